"""Which embedder is opened, and where it is."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from llama_index.core.embeddings import MockEmbedding
from openai_server import OpenAIServer

from assistant.app import Assistant
from assistant.cli import main
from assistant.embedders import open_embedder
from assistant.settings import load
from index.embed.fake import FakeEmbedder
from index.embed.local import LocalEmbedder
from index.embed.openai_like import LlamaIndexEmbedder, OpenAILikeEmbedder
from index.endpoint import Endpoint
from index.errors import EmbedderMismatch, NotConfigured
from index.library import Library

FAR = "https://vectors.example/v1"


def opened(library, given="", environ=None, **flags):
    return open_embedder(given, library, load(flags, environ or {}), lambda _: None)


@pytest.fixture
def empty(tmp_path):
    with Library(tmp_path / "empty", create=True) as library:
        yield library


@pytest.fixture
def bound(tmp_path, articles):
    """Gives a library that was embedded at an address."""

    def make(address):
        with OpenAIServer([], key="") as server, Library(tmp_path / "b", create=True) as library:
            library.use(OpenAILikeEmbedder("test-embedder", Endpoint(server.base_url)))
            library.add(*articles)
            recorded = library._catalog.setting("embedder")
            changed = recorded.replace(server.base_url, address)
            library._catalog.set_setting("embedder", changed)
        return Library(tmp_path / "b")

    return make


def test_without_a_word_it_is_the_local_one(empty):
    """A new library needs no choice; objects are taken as they are."""
    assert isinstance(opened(empty), LocalEmbedder)
    fake = FakeEmbedder()
    assert opened(empty, fake) is fake
    mock = MockEmbedding(embed_dim=4, model_name="mock")
    assert isinstance(opened(empty, mock), LlamaIndexEmbedder)


def test_library_remembers_where_its_embedder_is(tmp_path, articles):
    """After the first run neither the name nor the address has to be given again."""
    with OpenAIServer([], key="") as server:
        flags = {"embedder": "test-embedder", "embedder_base_url": server.base_url}
        with Assistant.open(tmp_path / "l", settings=load(flags, {})) as assistant:
            assistant.library.add(*articles)
        with Assistant.open(tmp_path / "l", settings=load({}, {})) as assistant:
            sent = len(server.requests)
            assert "vector" in assistant.search("the ferry Maribel")[0].parts
            assert len(server.requests) == sent + 1


def test_settings_win_over_what_is_remembered(bound):
    """An endpoint that moved is named once more; the chat model's does not count."""
    with bound("http://localhost:11434/v1") as library:
        moved = opened(library, embedder_base_url="http://localhost:9/v1")
        assert moved.endpoint.base_url == "http://localhost:9/v1"
        chat = opened(library, environ={"OPENAI_BASE_URL": "http://localhost:8/v1"})
        assert chat.endpoint.base_url == "http://localhost:11434/v1"


def test_questions_do_not_follow_a_library_to_strangers(bound):
    """A library from elsewhere cannot send what is asked to an address that nobody here set."""
    with bound(FAR) as library:
        with pytest.raises(NotConfigured, match=FAR) as caught:
            opened(library)
        assert f"--embedder-base-url {FAR}" in caught.value.help
        assert opened(library, embedder_base_url=FAR).endpoint.base_url == FAR
        keyed = {"DATELINE_API_KEY": "k-1", "DATELINE_BASE_URL": FAR}
        assert opened(library, environ=keyed).endpoint.key == "k-1"


def test_name_of_another_embedder_is_refused(bound):
    """Vectors of two embedders are never mixed."""
    with bound(FAR) as library, pytest.raises(EmbedderMismatch):
        opened(library, "local")


def test_repair_puts_another_in_its_place(bound, tmp_path):
    """A library whose embedder is gone, or has changed, is not lost: `repair` embeds it anew."""
    bound(FAR).close()
    words = ["--library", str(tmp_path / "b"), "repair", "--embedder", "local"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert "Embedder:  local" in done.stdout
    with Library(tmp_path / "b") as library:
        assert library.status().vectors == library.status().passages > 0
        assert "vector" in library.search("the ferry Maribel")[0].parts
