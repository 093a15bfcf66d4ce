"""How long a prompt may be: told, looked up, learned from a refusal, or noticed too late."""

from __future__ import annotations

import asyncio
import json

import pytest
from conftest import make_article
from openai_server import Fault, OpenAIServer

from assistant import Assistant, ScriptedModel
from assistant.models import Message, Model, TraitsFile, count_messages, open_model
from assistant.settings import load
from assistant.types import Usage
from index.embed.fake import FakeEmbedder
from index.endpoint import Endpoint
from index.errors import PromptTooLong
from index.library import Library

QUESTION = "What did the harbour report say?"
LONG = (Message("user", "The ferry ran aground off Corran Point on Tuesday. " * 200),)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A library of eight long articles on one thing, so that a prompt has eight passages."""
    place = tmp_path_factory.mktemp("window") / "library"
    with Library(place, embedder=FakeEmbedder(), create=True) as library:
        library.add(
            *(
                make_article(
                    f"https://harbour.example/{n}",
                    f"Harbour report {n} says a great deal about berth {n}.\n\n"
                    + (f"It says that the crane at berth {n} stood still on day {n}. " * 14),
                    title=f"Harbour report {n}",
                )
                for n in range(8)
            )
        )
    return place


@pytest.fixture
def ask(folder, tmp_path):
    """Asks through settings, as the command does, each time with a new assistant."""

    def run(server, *, awaited=False, **options):
        settings = load(
            {"base_url": server.base_url, "model": "test-model", **options},
            {"DATELINE_API_KEY": server.key},
            tmp_path / "none.toml",
        )
        with Assistant.open(folder, settings=settings, embedder=FakeEmbedder()) as assistant:
            if awaited:
                return asyncio.run(assistant.aask(QUESTION))
            return assistant.ask(QUESTION)

    return run


def chats(server):
    """The prompts that were sent, without the questions for the list of models."""
    return [request for request in server.requests if request.method == "POST"]


@pytest.mark.parametrize("awaited", [False, True])
def test_a_refused_prompt_is_made_shorter(ask, awaited):
    """The question is answered all the same, says what it left out, and learns for the next."""
    with OpenAIServer("Nothing [1.1].", window=700) as server:
        answer = ask(server, awaited=awaited)
        assert answer.sentences
        assert any("passages fit" in warning for warning in answer.warnings)
        assert len(chats(server)) == 2
        assert server.requests[0].path == "/v1/models"
        ask(server, awaited=awaited)
        assert len(chats(server)) == 3
        assert len(server.requests) == 4


def test_a_window_that_the_endpoint_tells(ask):
    """Where the list of models says how much fits, no request is refused first."""
    known = {"test-model": {"max_model_len": 1200}}
    with OpenAIServer("Nothing [1.1].", models=known, window=1200) as server:
        assert any("passages fit" in warning for warning in ask(server).warnings)
        assert len(chats(server)) == 1


def test_a_window_that_is_set(ask):
    """Who knows better need not be asked, and is not overruled by what was learned before."""
    with OpenAIServer("Nothing [1.1].", window=700) as server:
        ask(server)
        server.window, server.requests[:] = 0, []
        answer = ask(server, context_window=100_000)
        assert not any("passages" in warning for warning in answer.warnings)
        assert [request.method for request in server.requests] == ["POST"]


def test_a_prompt_that_no_shortening_helps(ask):
    """What does not fit at all ends in the endpoint's own words, not in a loop."""
    with OpenAIServer("Nothing [1.1].", window=20) as server:
        with pytest.raises(PromptTooLong, match="maximum context length is 20") as caught:
            ask(server)
        assert caught.value.exit_code == 1
        assert len(chats(server)) < 6


def test_a_prompt_that_was_cut_without_a_word(ask):
    """Ollama reads the end of a prompt that is too long; the reader of the answer is told."""
    with OpenAIServer("Nothing [1.1].", window=512, cut=True) as server:
        assert any("was given only 512 of" in warning for warning in ask(server).warnings)
        second = ask(server)
        assert not any("was given only" in warning for warning in second.warnings)
        assert any("passages fit" in warning for warning in second.warnings)


@pytest.mark.parametrize("known", [0, 32_768])
def test_an_endpoint_that_counts_otherwise_cuts_nothing(ask, known):
    """Half of the tokens in what an endpoint reports does not make its window smaller for good."""
    with OpenAIServer("Nothing [1.1].", counted=0.7) as server:
        answers = [ask(server, context_window=known) for _ in range(4)]
    warned = [any("was given only" in one for one in answer.warnings) for answer in answers]
    assert warned == [not known, False, False, False]
    sent = [len(str(request.body["messages"])) for request in chats(server)]
    assert sent[-1] >= sent[1] * (1 if known else 1.3)  # what was taken for a cut is made good
    assert known == 0 or not any("passages fit" in one for one in answers[-1].warnings)


def test_a_count_that_is_right_is_no_cut(ask):
    """Tokens of a model that differ from our own count are learned, not suspected."""
    with OpenAIServer("Nothing [1.1].") as server:
        for _ in range(2):
            assert ask(server).warnings == ()


@pytest.mark.parametrize(
    ("described", "window"),
    [
        ({"max_model_len": 4096}, 4096),
        ({"context_length": 131072, "top_provider": {"context_length": 32768}}, 32768),
        ({"meta": {"n_ctx": 8192, "n_ctx_train": 131072}}, 8192),
        ({"meta": {"n_ctx_train": 131072}}, 0),
        ({"loaded_context_length": 4096, "max_context_length": 131072}, 4096),
        ({"context_window": "large"}, 0),
        ({}, 0),
    ],
)
def test_how_servers_describe_a_model(described, window):
    """vLLM, OpenRouter, llama.cpp and LM Studio each have their own word for it."""
    with OpenAIServer(models={"test-model": described, "other": {"max_model_len": 1}}) as server:
        endpoint = Endpoint(server.base_url, server.key)
        model = Model("test-model", lambda: open_model("test-model", endpoint), endpoint)
        model.prepare()
        assert model.window == window


def test_a_server_of_one_model(tmp_path):
    """llama.cpp answers to any name, so the one model in its list is meant."""
    with OpenAIServer(models={"/models/qwen.gguf": {"meta": {"n_ctx": 8192}}}) as server:
        endpoint = Endpoint(server.base_url, server.key)
        model = Model("qwen", lambda: open_model("qwen", endpoint), endpoint)
        model.prepare()
        assert model.window == 8192


def test_a_list_of_models_that_fails_is_no_failure():
    """Not every endpoint has one, and it is asked for once."""
    with OpenAIServer(fault=Fault(status=500)) as server:
        endpoint = Endpoint(server.base_url, server.key)
        model = Model("test-model", lambda: open_model("test-model", endpoint), endpoint)
        for _ in range(3):
            model.prepare()
        assert model.room is None
        assert len(server.requests) == 1


def test_room_leaves_space_for_the_reply():
    """A prompt may not fill the window, and a long reply leaves less."""
    llm = ScriptedModel([], context_window=8192)
    assert Model.of(llm).room == 8192 - 1024
    assert Model("m", lambda: llm, max_tokens=2000).room == 8192 - 2000
    assert Model("m", lambda: llm, window=400).room == 300


def test_what_is_learned_is_forgotten(tmp_path):
    """A server may be started again with other settings."""
    now = [1_000_000.0]
    file = TraitsFile(tmp_path / "state" / "models.json", lambda: now[0])
    endpoint = Endpoint("http://localhost:1/v1", "sk-secret-0123456789")

    def opened():
        return Model("m", lambda: ScriptedModel([]), endpoint, file=file)

    opened().learn(window=4096, refused=frozenset({"temperature"}))
    assert opened().window == 4096
    assert opened().traits.refused == {"temperature"}
    assert "secret" not in file.file.read_text()
    now[0] += 25 * 3600
    assert opened().traits.window == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"http://localhost:1/v1 m": 3}',
        json.dumps({"http://localhost:1/v1 m": {"noted": 1.0, "window": "many"}}).encode(),
        json.dumps(
            {"http://localhost:1/v1 m": {"noted": 1.0, "refused": 3, "scale": "x"}}
        ).encode(),
    ],
)
def test_a_damaged_file_costs_nothing_but_learning_again(tmp_path, content):
    """What stands there was never more than a hint."""
    file = TraitsFile(tmp_path / "models.json", lambda: 2.0)
    file.file.write_bytes(content)
    model = Model("m", lambda: ScriptedModel([]), Endpoint("http://localhost:1/v1"), file=file)
    assert model.traits.window == 0
    model.learn(window=4096)
    assert file.of("http://localhost:1/v1", "m").window == 4096


def test_a_place_that_cannot_be_written_is_no_failure(tmp_path):
    """A home folder may be read-only."""
    (tmp_path / "state").write_text("a file, not a folder")
    file = TraitsFile(tmp_path / "state" / "models.json")
    model = Model("m", lambda: ScriptedModel([]), Endpoint("http://localhost:1/v1"), file=file)
    model.learn(window=4096)
    assert model.window == 4096


def test_tokens_of_a_real_tokeniser():
    """The estimate is near what OpenAI's tokeniser counts, and rather above than below."""
    from pathlib import Path

    import llama_index.core
    import tiktoken

    folder = Path(llama_index.core.__file__).parent / "_static" / "tiktoken_cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIKTOKEN_CACHE_DIR", str(folder))
        encoding = tiktoken.get_encoding("cl100k_base")
    text = "\n".join(file.read_text("utf-8") for file in Path("seeds").glob("*.txt"))
    exact = len(encoding.encode(text))
    assert 1.0 < count_messages([Message("user", text)]) / exact < 1.25


def test_usage_adds_up():
    """Two replies for one answer have used what both used; an unknown cost stays unknown."""
    first, second = Usage(10, 2, 5, 1, 0.5), Usage(20, 3, 0, 1, 0.25)
    assert Usage() + first == first + Usage() == first
    assert first + second == Usage(30, 5, 5, 2, 0.75)
    assert (first + Usage(1, 1, 0, 1)).cost is None
