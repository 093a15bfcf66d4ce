"""Language models over a real connection: whole replies, broken ones, and who gets which key."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, closing

import pytest
from llama_index.core.base.llms.types import ChatMessage, ChatResponse
from llama_index.core.llms import MockLLM
from llama_index.llms.openai_like import OpenAILike
from openai_server import Fault, OpenAIServer

from assistant.models import Done, Message, Model, TextPiece, list_models, open_model
from assistant.scripted import ScriptedModel
from assistant.types import Usage
from index.endpoint import Endpoint
from index.errors import (
    AuthenticationFailed,
    RateLimited,
    ReplyCutOff,
    RequestRefused,
    ServerFailed,
    TimedOut,
    Unreachable,
    UsageError,
)

ASKED = (Message("system", "Be brief."), Message("user", "Where did the ferry run aground?"))
REPLY = "Off Corran Point [1]."
SOON = {"Retry-After": "0.01"}


@pytest.fixture
def server():
    """A server that knows `test-model`."""
    with OpenAIServer(REPLY) as running:
        yield running


@pytest.fixture(params=["stream", "astream"])
def read(request):
    """Reads one reply into a list, so that what came before an error can be looked at."""

    def with_stream(model, pieces):
        for piece in model.stream(ASKED):
            pieces.append(piece)

    async def with_astream(model, pieces):
        async for piece in model.astream(ASKED):
            pieces.append(piece)

    def run(model, pieces=None):
        pieces = [] if pieces is None else pieces
        if request.param == "stream":
            with_stream(model, pieces)
        else:
            asyncio.run(with_astream(model, pieces))
        return pieces

    return run


def endpoint_of(server: OpenAIServer, **changes) -> Endpoint:
    """The server's endpoint with its key; nothing is tried twice unless said."""
    return Endpoint(**{"base_url": server.base_url, "key": server.key, "retries": 0} | changes)


def model_at(endpoint: Endpoint, name: str = "test-model", **how) -> Model:
    """A model by name, as settings make it."""
    return Model(name, lambda: open_model(name, endpoint), endpoint, **how)


def text_of(pieces: list) -> str:
    """The text of a reply's pieces."""
    return "".join(piece.text for piece in pieces if isinstance(piece, TextPiece))


def test_a_reply_comes_in_pieces_and_ends_once(server, read):
    """Text is passed on as it comes, and the end tells the reason and the tokens."""
    endpoint = endpoint_of(server)
    pieces = read(model_at(endpoint))
    assert pieces == [
        TextPiece("Off"),
        TextPiece(" Corran"),
        TextPiece(" Point"),
        TextPiece(" [1]."),
        Done("stop", Usage(prompt_tokens=8, completion_tokens=4, calls=1)),
    ]
    sent = server.requests[0].body
    assert sent["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Where did the ferry run aground?"},
    ]
    assert sent["temperature"] == 0


def test_any_model_name_works(server, read):
    """Names that OpenAI never heard of are what local servers have."""
    server.models = {"qwen3:4b-instruct": {}}
    endpoint = endpoint_of(server)
    assert text_of(read(model_at(endpoint, "qwen3:4b-instruct"))) == REPLY


@pytest.mark.parametrize("fault", [Fault(empty_choices=True), Fault(reasoning="Let me see.")])
def test_what_is_not_text_is_left_out(server, read, fault):
    """Chunks without choices are harmless, and a model's reasoning is not its answer."""
    server.fault = fault
    endpoint = endpoint_of(server)
    assert text_of(read(model_at(endpoint))) == REPLY


def test_a_reply_that_reached_its_limit_says_so(server, read):
    """The finish reason is the endpoint's own word."""
    server.fault = Fault(finish="length")
    endpoint = endpoint_of(server)
    assert read(model_at(endpoint))[-1].finish_reason == "length"


@pytest.mark.parametrize("complaint", ["unknown field: {}", "Bad Request"])
def test_an_endpoint_without_usage_works(server, read, complaint):
    """Endpoints that refuse to count tokens answer still, and are not asked to again."""
    server.fault = Fault(refuse="stream_options", complaint=complaint)
    endpoint = endpoint_of(server)
    model = model_at(endpoint)
    for _ in range(2):
        pieces = read(model)
        assert text_of(pieces) == REPLY
        assert pieces[-1] == Done("stop", Usage(calls=1))
    assert len(server.requests) == 3


def test_a_model_with_its_own_temperature_works(server, read):
    """Models that take no temperature are asked without one; tokens are still counted."""
    server.fault = Fault(refuse="temperature")
    endpoint = endpoint_of(server)
    pieces = read(model_at(endpoint))
    assert text_of(pieces) == REPLY
    assert pieces[-1].usage == Usage(8, 4, calls=1)
    assert "temperature" not in server.requests[-1].body


def test_a_request_that_is_refused_anyway_changes_nothing(server, read):
    """A refusal for another reason is reported, and the next reply counts its tokens again."""
    server.fault = Fault(status=400, body={"message": "not on a Sunday"}, times=3)
    endpoint = endpoint_of(server)
    model = model_at(endpoint)
    with pytest.raises(RequestRefused, match="not on a Sunday"):
        read(model)
    assert read(model)[-1].usage is not None


def test_a_wrong_key(server, read):
    """A refused key is exit code 4, and is not repeated in the message."""
    endpoint = endpoint_of(server, key="sk-wrong-0123456789")
    with pytest.raises(AuthenticationFailed) as caught:
        read(model_at(endpoint))
    assert caught.value.exit_code == 4
    assert "sk-wrong" not in caught.value.message


def test_nothing_listens(read):
    """An address where nothing answers is exit code 5."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        endpoint = Endpoint(f"http://127.0.0.1:{free.getsockname()[1]}/v1", retries=0)
        with pytest.raises(Unreachable, match="nothing answers") as caught:
            read(model_at(endpoint))
    assert caught.value.exit_code == 5


def test_too_many_requests(server, read):
    """The client tries again as often as it may before it gives up with exit code 6."""
    server.fault = Fault(status=429, body={"message": "slow down"}, headers=SOON)
    endpoint = endpoint_of(server, retries=2)
    with pytest.raises(RateLimited) as caught:
        read(model_at(endpoint))
    assert caught.value.exit_code == 6
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "wait",
    [{"Retry-After": "3600"}, {"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"}],
    ids=["seconds", "date"],
)
def test_a_long_wait_is_left_to_the_person(server, read, wait):
    """Nobody sits before a silent screen for an hour."""
    server.fault = Fault(status=429, body={"message": "slow down"}, headers=wait)
    with pytest.raises(RateLimited) as caught:
        read(model_at(endpoint_of(server, retries=2)))
    assert len(server.requests) == 1
    assert "try again in" in caught.value.help


def test_a_failure_that_passes_is_not_seen(server, read):
    """One bad moment of a server costs a retry, not an answer."""
    server.fault = Fault(status=503, headers=SOON, times=1)
    endpoint = endpoint_of(server, retries=1)
    assert text_of(read(model_at(endpoint))) == REPLY


@pytest.mark.parametrize("fault", [Fault(before=30), Fault(between=30)])
def test_too_slow(server, read, fault):
    """Silence is exit code 7, before a reply as in its midst; asking again would cost as much."""
    server.fault = fault
    endpoint = endpoint_of(server, timeout=0.2, retries=2)
    with pytest.raises(TimedOut, match=r"0\.2 s") as caught:
        read(model_at(endpoint))
    assert caught.value.exit_code == 7
    assert len(server.requests) == 1


def test_a_whole_reply_has_its_time_too(server, read):
    """Words that come one by one for ever are no answer."""
    server.replies, server.fault = [["word "] * 1000], Fault(between=0.02)
    with pytest.raises(TimedOut, match=r"not done after 0\.3 s"):
        read(model_at(endpoint_of(server, deadline=0.3)))
    assert server.hung_up.wait(5)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500, body={"message": "out of memory"}),
        Fault(status=502, body="<html><title>Bad Gateway</title>nginx</html>"),
        Fault(content_type="text/html", finish=False, done=False),
    ],
)
def test_a_server_that_fails(server, read, fault):
    """A failing server is exit code 8, whatever the page it sends."""
    server.fault = fault
    if fault.content_type:
        server.replies = [[]]
    endpoint = endpoint_of(server)
    with pytest.raises((ServerFailed, ReplyCutOff)) as caught:
        read(model_at(endpoint))
    assert caught.value.exit_code == 8
    assert "nginx" not in caught.value.message


@pytest.mark.parametrize("page", ["<html><body>Welcome</body></html>", ""])
def test_a_page_instead_of_a_reply(server, read, page):
    """A web page with status 200 is not taken for an empty answer."""
    server.fault = Fault(status=203, body=page)
    endpoint = endpoint_of(server)
    with pytest.raises(ServerFailed, match="text/html instead of a reply"):
        read(model_at(endpoint))


@pytest.mark.parametrize(
    "fault",
    [
        Fault(cut_after=2),
        Fault(cut_after=2, reset=True),
        Fault(garbage_after=2),
        Fault(error_after=2, body={"message": "overloaded"}),
    ],
)
def test_a_reply_that_breaks_off(server, read, fault):
    """What came before the break has been passed on, and the break is an error."""
    server.fault = fault
    endpoint = endpoint_of(server)
    pieces = []
    expected = ServerFailed if fault.cut_after is None else ReplyCutOff
    with pytest.raises(expected):
        read(model_at(endpoint), pieces)
    assert pieces == [TextPiece("Off"), TextPiece(" Corran")]


def test_a_reply_without_its_end_is_cut_off(server, read):
    """A stream that stops in good order but unfinished does not pass for a whole answer."""
    server.fault = Fault(finish=False, done=False)
    endpoint = endpoint_of(server)
    pieces = []
    with pytest.raises(ReplyCutOff):
        read(model_at(endpoint), pieces)
    assert text_of(pieces) == REPLY


@pytest.mark.parametrize("fault", [Fault(finish=False), Fault(done=False)])
def test_either_mark_is_an_end(server, read, fault):
    """Some servers leave out the finish reason, others the end mark."""
    server.fault = fault
    endpoint = endpoint_of(server)
    pieces = read(model_at(endpoint))
    assert text_of(pieces) == REPLY
    assert isinstance(pieces[-1], Done)


def test_an_end_mark_within_the_text_is_no_end(server, read):
    """A reply that speaks of the protocol cannot fake its own end."""
    server.replies = ["It ends with data: [DONE]"]
    server.fault = Fault(finish=False, done=False)
    endpoint = endpoint_of(server)
    with pytest.raises(ReplyCutOff):
        read(model_at(endpoint))


def test_an_unknown_model_is_answered_with_the_known_ones(server, read):
    """The help names what the endpoint has."""
    endpoint = endpoint_of(server)
    with pytest.raises(RequestRefused, match="'tset-model'") as caught:
        read(model_at(endpoint, "tset-model"))
    assert "test-embedder, test-model" in caught.value.help


def test_a_model_of_another_interface_is_refused_at_once():
    """A name that LlamaIndex knows not to be a chat model gets a sentence, not a traceback."""
    with pytest.raises(UsageError, match=r"gpt-5\.2-pro"):
        open_model("gpt-5.2-pro", Endpoint())


def test_listing_models_is_best_effort(server):
    """The list is for help messages, so its failure is none."""
    assert list_models(endpoint_of(server)) == ["test-embedder", "test-model"]
    server.fault = Fault(status=500)
    assert list_models(endpoint_of(server)) == []


def test_closing_early_hangs_up(server):
    """Who stops reading stops the model, and so what it costs."""
    server.replies, server.fault = [["word "] * 1000], Fault(between=0.01)
    endpoint = endpoint_of(server)
    with closing(model_at(endpoint).stream(ASKED)) as pieces:
        assert next(pieces) == TextPiece("word ")
    assert server.hung_up.wait(5)


def test_closing_early_hangs_up_when_awaited(server):
    """The same for asynchronous programs, cancelled ones included."""
    server.replies = [["word "] * 1000, ["word "] * 1000]
    server.fault = Fault(between=0.01)
    endpoint = endpoint_of(server)
    model = model_at(endpoint)

    async def read_one() -> None:
        async with aclosing(model.astream(ASKED)) as pieces:
            assert await anext(pieces) == TextPiece("word ")
        assert await asyncio.to_thread(server.hung_up.wait, 5)

    async def read_all() -> list:
        return [piece async for piece in model.astream(ASKED)]

    async def be_cancelled() -> None:
        server.hung_up.clear()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(read_all(), 0.2)
        assert await asyncio.to_thread(server.hung_up.wait, 5)

    asyncio.run(read_one())
    asyncio.run(be_cancelled())


def test_hanging_up_before_the_first_word(server):
    """A model that thinks is stopped as well as one that speaks."""
    server.fault = Fault(before=1)

    async def be_cancelled() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(model_at(endpoint_of(server)).astream(ASKED)), 0.1)

    asyncio.run(be_cancelled())
    assert server.hung_up.wait(5)


def test_one_model_serves_several_event_loops(server):
    """A program may call `asyncio.run` for each question."""
    endpoint = endpoint_of(server)
    model = model_at(endpoint)

    async def once() -> list:
        return [piece async for piece in model.astream(ASKED)]

    assert [text_of(asyncio.run(once())) for _ in range(3)] == [REPLY] * 3
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: text_of(asyncio.run(once())), range(12)))
    assert replies == [REPLY] * 12


def test_the_environment_does_not_leak_in(server, read, monkeypatch):
    """Only the endpoint decides where a question goes and which key goes with it."""
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/v1")
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "of-the-environment")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Team: of-the-environment")
    server.key = ""
    endpoint = endpoint_of(server)
    assert text_of(read(model_at(endpoint))) == REPLY
    assert server.requests[0].headers["authorization"] == "Bearer no-key"
    assert "of-the-environment" not in str(server.requests)


def test_each_endpoint_gets_its_own_key(server, read):
    """A key is only sent to the endpoint it belongs to, also when that one redirects."""
    with OpenAIServer(REPLY, key="other-key-9876543210") as other:
        own, others = endpoint_of(server), endpoint_of(other)
        first, second = model_at(own), model_at(others)
        read(first)
        read(second)
        read(first)
        elsewhere = f"{other.base_url}/chat/completions"
        server.fault = Fault(status=307, headers={"Location": elsewhere})
        with pytest.raises(RequestRefused, match="sends on to another address: http://127"):
            read(first)
        assert len(other.requests) == 1
        assert all(server.key not in str(request.headers) for request in other.requests)
        assert all(other.key not in str(request.headers) for request in server.requests)


def test_any_llama_index_model_can_be_handed_in(read):
    """A model whose integration has no word for the end of a reply is believed to be whole."""
    pieces = read(Model.of(MockLLM(max_tokens=3)))
    assert text_of(pieces) == "text text text"
    assert pieces[-1] == Done(usage=Usage(calls=1))


def test_a_handed_in_openai_model_is_judged_by_its_chunks(server):
    """Without our own client the finish reason still tells a whole reply from a broken one."""
    llm = OpenAILike(
        model="test-model", api_base=server.base_url, api_key=server.key, is_chat_model=True
    )
    assert list(Model.of(llm).stream(ASKED))[-1] == Done("stop", Usage(8, 4, calls=1))
    server.fault = Fault(finish=False, done=False)
    with pytest.raises(ReplyCutOff):
        list(Model.of(llm).stream(ASKED))


def test_a_model_that_sends_the_text_so_far(read):
    """Integrations that repeat the whole text instead of the new piece are read right."""

    class Cumulative(ScriptedModel):
        def _responses(self, messages):
            for text in ("Off", "Off Corran", "Off Corran Point."):
                message = ChatMessage(role="assistant", content=text)
                yield ChatResponse(message=message, delta=None)

    assert [piece.text for piece in read(Model.of(Cumulative([])))[:-1]] == [
        "Off",
        " Corran",
        " Point.",
    ]


def test_importing_is_cheap():
    """The command's help must not wait for LlamaIndex."""
    heavy = "{'openai', 'httpx', 'llama_index', 'numpy', 'pydantic'} & set(sys.modules)"
    code = f"import sys, assistant.models, index.endpoint, index.embed.openai_like; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
