"""Any LlamaIndex model can be handed in, whatever of the interface it has."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import aclosing, closing

import httpx
import pytest
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    CompletionResponse,
    LLMMetadata,
)
from llama_index.core.llms import LLM, CustomLLM, MockLLM
from llama_index.core.llms.mock import MockFunctionCallingLLM, MockLLMWithNonyieldingChatStream
from openai_server import Fault, OpenAIServer

from assistant.models import Done, Message, Model, TextPiece
from assistant.types import Usage
from index.errors import (
    AuthenticationFailed,
    PromptTooLong,
    RateLimited,
    ServerFailed,
    Unreachable,
    UsageError,
)

ASKED = (Message("system", "Be brief."), Message("user", "Where did the ferry run aground?"))
WORDS = ["Off ", "Corran ", "Point."]


@pytest.fixture(params=["sync", "async", "sync in a loop"])
def read(request):
    """Reads a model's reply as programs do: in a thread, awaiting, or blocking inside a loop."""

    async def collect(llm):
        return [piece async for piece in Model.of(llm).astream(ASKED)]

    async def blocking(llm):
        return list(Model.of(llm).stream(ASKED))

    def run(llm):
        if request.param == "sync":
            return list(Model.of(llm).stream(ASKED))
        return asyncio.run(collect(llm) if request.param == "async" else blocking(llm))

    return run


def text_of(pieces):
    assert isinstance(pieces[-1], Done)
    return "".join(piece.text for piece in pieces[:-1])


def said(text="Off Corran Point.", delta=None, **more):
    return ChatResponse(message=ChatMessage(role="assistant", content=text), delta=delta, **more)


class Nothing(LLM):
    """The whole interface, and none of it implemented."""

    @property
    def metadata(self):
        return LLMMetadata(model_name="bare")

    def chat(self, messages, **kwargs):
        raise NotImplementedError

    def stream_chat(self, messages, **kwargs):
        raise NotImplementedError

    def complete(self, prompt, formatted=False, **kwargs):
        raise NotImplementedError

    def stream_complete(self, prompt, formatted=False, **kwargs):
        raise NotImplementedError

    async def achat(self, messages, **kwargs):
        raise NotImplementedError

    async def astream_chat(self, messages, **kwargs):
        raise NotImplementedError

    async def acomplete(self, prompt, formatted=False, **kwargs):
        raise NotImplementedError

    async def astream_complete(self, prompt, formatted=False, **kwargs):
        raise NotImplementedError


class OnlyChat(Nothing):
    def chat(self, messages, **kwargs):
        return said()


class OnlyAwaitedChat(Nothing):
    async def achat(self, messages, **kwargs):
        await asyncio.sleep(0)
        return said()


class OnlyStream(Nothing):
    def stream_chat(self, messages, **kwargs):
        return (said("", word) for word in WORDS)


class OnlyAwaitedStream(Nothing):
    async def astream_chat(self, messages, **kwargs):
        async def pieces():
            for word in WORDS:
                await asyncio.sleep(0)
                yield said("", word)

        return pieces()


class StreamThatFindsOutLate(OnlyChat):
    def stream_chat(self, messages, **kwargs):
        raise NotImplementedError
        yield


class OnlyComplete(Nothing):
    def complete(self, prompt, formatted=False, **kwargs):
        assert formatted
        assert "Be brief." in prompt
        return CompletionResponse(text="".join(WORDS))


class OnlyAwaitedCompletion(Nothing):
    async def astream_complete(self, prompt, formatted=False, **kwargs):
        async def pieces():
            for word in WORDS:
                yield CompletionResponse(text="", delta=word)

        return pieces()


class Custom(CustomLLM):
    """What LlamaIndex's own pages show: two methods for completing, and nothing else."""

    chat_model: bool = False

    @property
    def metadata(self):
        return LLMMetadata(model_name="custom", is_chat_model=self.chat_model)

    def complete(self, prompt, formatted=False, **kwargs):
        return CompletionResponse(text="".join(WORDS))

    def stream_complete(self, prompt, formatted=False, **kwargs):
        text = ""
        for word in WORDS:
            text += word
            yield CompletionResponse(text=text, delta=word)


class CustomWithoutStream(Custom):
    def stream_complete(self, prompt, formatted=False, **kwargs):
        raise NotImplementedError


class CustomAwaited(Custom):
    async def achat(self, messages, **kwargs):
        return said()


@pytest.mark.parametrize(
    "llm",
    [
        OnlyChat(),
        OnlyAwaitedChat(),
        OnlyStream(),
        OnlyAwaitedStream(),
        StreamThatFindsOutLate(),
        OnlyComplete(),
        OnlyAwaitedCompletion(),
        Custom(),
        Custom(chat_model=True),
        CustomWithoutStream(),
        CustomAwaited(),
    ],
    ids=lambda llm: type(llm).__name__,
)
def test_each_half_of_the_interface_will_do(llm, read):
    """Chat or complete, streamed or not, awaited or not: whichever is there is used."""
    assert text_of(read(llm)) == "".join(WORDS)


def test_llama_indexs_own_mocks(read):
    """The models that programs test with answer as real ones do."""
    assert text_of(read(MockLLM(max_tokens=3))) == "text text text"
    assert "Where did the ferry" in text_of(read(MockLLM()))
    assert text_of(read(MockFunctionCallingLLM()))
    with pytest.raises(ServerFailed, match="without text"):
        read(MockLLMWithNonyieldingChatStream())


def test_a_model_that_can_do_nothing(read):
    """It is named, with what it would need."""
    with pytest.raises(UsageError, match="'bare' can neither chat nor complete"):
        read(Nothing())


def test_a_model_that_blocks_holds_up_no_task():
    """Other tasks go on while one waits for a model that knows no await."""

    class Slow(Custom):
        def stream_complete(self, prompt, formatted=False, **kwargs):
            for word in WORDS:
                time.sleep(0.05)
                yield CompletionResponse(text="", delta=word)

    async def both():
        ticks = 0

        async def tick():
            nonlocal ticks
            while True:
                await asyncio.sleep(0.005)
                ticks += 1

        ticking = asyncio.create_task(tick())
        pieces = [piece async for piece in Model.of(Slow()).astream(ASKED)]
        ticking.cancel()
        return text_of(pieces), ticks

    text, ticks = asyncio.run(both())
    assert text == "".join(WORDS)
    assert ticks > 5


def test_who_stops_reading_stops_the_model():
    """Closing early closes the model's own stream, in each way that it is read."""
    closed = threading.Event()

    class Endless(Custom):
        def stream_complete(self, prompt, formatted=False, **kwargs):
            try:
                while True:
                    yield CompletionResponse(text="", delta="word ")
                    time.sleep(0.001)
            finally:
                closed.set()

    class EndlessAwaited(Nothing):
        async def astream_chat(self, messages, **kwargs):
            async def pieces():
                try:
                    while True:
                        yield said("", "word ")
                        await asyncio.sleep(0.001)
                finally:
                    closed.set()

            return pieces()

    async def begin(llm):
        async with aclosing(Model.of(llm).astream(ASKED)) as pieces:
            assert await anext(pieces) == TextPiece("word ")
        return await asyncio.to_thread(closed.wait, 5)

    for llm in (Endless(), EndlessAwaited()):
        closed.clear()
        with closing(Model.of(llm).stream(ASKED)) as pieces:
            assert next(pieces) == TextPiece("word ")
        assert closed.wait(5)
        closed.clear()
        assert asyncio.run(begin(llm))
    assert not [t for t in threading.enumerate() if t.name == "dateline-model" and t.is_alive()]


def test_a_reply_without_end_is_not_read_for_ever(read):
    """Nobody wants an answer of a book's length, nor what it costs."""

    class Endless(OnlyStream):
        def stream_chat(self, messages, **kwargs):
            while True:
                yield said("", "word " * 100)

    pieces = read(Endless())
    assert 32_000 <= len(text_of(pieces)) < 33_000
    assert pieces[-1].finish_reason == "length"
    assert "length limit" in pieces[-1].warnings[0]


@pytest.mark.parametrize(
    ("raw", "usage", "reason"),
    [
        ({"usage": {"input_tokens": 9, "output_tokens": 4}}, Usage(9, 4, 0, 1), ""),
        (
            {
                "usage": {
                    "input_tokens": 9,
                    "output_tokens": 4,
                    "cache_read_input_tokens": 100,
                    "cache_creation_input_tokens": 10,
                },
                "stop_reason": "max_tokens",
            },
            Usage(119, 4, 100, 1),
            "length",
        ),
        (
            {"prompt_eval_count": 9, "eval_count": 4, "done_reason": "length"},
            Usage(9, 4, 0, 1),
            "length",
        ),
        (
            {"usage_metadata": {"prompt_token_count": 9, "candidates_token_count": 4}},
            Usage(9, 4, 0, 1),
            "",
        ),
        (
            {
                "usage": {
                    "prompt_tokens": 9,
                    "completion_tokens": 4,
                    "prompt_cache_hit_tokens": 8,
                },
                "choices": [{"finish_reason": "stop"}],
            },
            Usage(9, 4, 8, 1),
            "stop",
        ),
        (
            {"x_groq": {"usage": {"prompt_tokens": 9, "completion_tokens": 4}}},
            Usage(9, 4, 0, 1),
            "",
        ),
        ({"usage": {"prompt_tokens": True, "completion_tokens": -1}}, Usage(calls=1), ""),
        ({"usage": None, "choices": []}, Usage(calls=1), ""),
        ("a text", Usage(calls=1), ""),
    ],
)
def test_tokens_and_ends_by_each_vendors_name(read, raw, usage, reason):
    """Anthropic's, Ollama's, Google's, DeepSeek's and Groq's words are understood."""

    class Told(OnlyChat):
        def chat(self, messages, **kwargs):
            return said(raw=raw)

    done = read(Told())[-1]
    assert done.usage == usage
    assert done.finish_reason == reason


class VendorError(Exception):
    """As clients that are built like openai's raise, Anthropic's and Groq's among them."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status_code = status
        self.body = {"type": "error", "error": {"type": "x", "message": message}}


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (VendorError(401, "invalid x-api-key"), AuthenticationFailed),
        (VendorError(429, "slow down"), RateLimited),
        (VendorError(529, "overloaded"), ServerFailed),
        (VendorError(400, "prompt is too long: 213462 tokens > 200000 maximum"), PromptTooLong),
        (httpx.ConnectError("refused"), Unreachable),
    ],
)
def test_errors_of_other_vendors_clients(read, error, kind):
    """What their endpoints answer has the same exit codes, with their own words."""

    class Failing(OnlyChat):
        def chat(self, messages, **kwargs):
            raise error

    with pytest.raises(kind) as caught:
        read(Failing())
    assert caught.value.__cause__ is error
    if isinstance(error, VendorError):
        assert error.body["error"]["message"] in caught.value.message


def test_a_models_own_bug_is_not_blamed_on_an_endpoint(read):
    """Whoever wrote the model sees his own error."""

    class Broken(OnlyChat):
        def chat(self, messages, **kwargs):
            return {}["answer"]

    with pytest.raises(KeyError, match="answer"):
        read(Broken())


def test_a_model_that_does_not_know_its_own_name():
    """LlamaIndex's class for OpenAI refuses other names, and says so only when it is asked."""
    from llama_index.llms.openai import OpenAI

    with pytest.raises(UsageError, match=r"Unknown model 'llama3\.2'") as caught:
        Model.of(OpenAI(model="llama3.2", api_key="none"))
    assert "OpenAILike" in caught.value.help


def test_an_openai_model_with_settings_of_its_own(read):
    """What its maker chose is kept, and its endpoint is named in errors."""
    from llama_index.llms.openai import OpenAI

    with OpenAIServer("Off Corran Point.", models=("gpt-4o-mini",)) as server:
        llm = OpenAI(
            model="gpt-4o-mini",
            api_base=server.base_url,
            api_key=server.key,
            temperature=0.7,
            max_tokens=100,
            max_retries=0,
        )
        pieces = read(llm)
        assert text_of(pieces) == "Off Corran Point."
        assert pieces[-1].usage.completion_tokens == 3
        sent = server.requests[0].body
        assert (sent["temperature"], sent["max_tokens"]) == (0.7, 100)
        server.fault = Fault(garbage_after=1)
        with pytest.raises(ServerFailed, match=server.base_url):
            read(llm)
