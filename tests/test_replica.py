"""A library on a Chroma server: any machine with its address has it, whatever happens between."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest
from chroma_server import ChromaServer
from click.testing import CliRunner
from conftest import BAKERY, FERRY, INQUIRY, make_article

from assistant.app import Assistant
from assistant.cli import main
from index.address import server_address
from index.connection import Connection
from index.embed.fake import FakeEmbedder
from index.errors import LibraryDamaged, LibraryLocked, NoLibrary, Unreachable, UsageError
from index.lease import leased
from index.library import Library
from index.server import Server
from index.types import Article, Filters


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with ChromaServer(tmp_path_factory.mktemp("chroma")) as running:
        yield running


@pytest.fixture
def own_server(tmp_path):
    with ChromaServer(tmp_path / "chroma") as running:
        yield running


@pytest.fixture
def impatient(monkeypatch):
    """A server that is away for good is not waited for as long as one that restarts."""
    monkeypatch.setattr("index.connection._WRITING", (0.1,))


@pytest.fixture
def address(server, request):
    """A library of its own for each test."""
    return server.address(request.node.name.replace("[", "-").rstrip("]")[:60])


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """Goes to a machine of a name: each has its own cache, and so its own replicas."""

    def go(name):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / name))

    go("first")
    return go


class Counting(FakeEmbedder):
    """Counts the passages that it is asked to embed."""

    def __init__(self):
        super().__init__()
        self.passages = 0

    def embed_passages(self, texts):
        self.passages += len(texts)
        return super().embed_passages(texts)


class Interrupting(FakeEmbedder):
    """Does something before it embeds its first passages."""

    def __init__(self, interruption):
        super().__init__()
        self._interruption = interruption

    def embed_passages(self, texts):
        interruption, self._interruption = self._interruption, lambda: None
        interruption()
        return super().embed_passages(texts)


def open_library(address, **how):
    return Library(address, embedder=how.pop("embedder", None) or FakeEmbedder(), **how)


def found(library, query="the ferry ran aground"):
    return {hit.passage.article.url for hit in library.search(query)}


@contextmanager
def speaking_to(address):
    """The server's side of a library, for looking and for planting faults."""
    server = Server(server_address(address))
    try:
        yield server
    finally:
        server.close()


def ids_on(address):
    with speaking_to(address) as server:
        return {identity for page in server.ids() for identity in page}


def end_the_writers_term(address):
    with speaking_to(address) as server:
        server.set_state(replace(server.state(), token="", until=0))


def test_reader_needs_nothing_but_the_address(address, machine, articles):
    """Another machine finds, quotes and shows what was indexed, each text to the character."""
    with open_library(address, create=True) as library:
        library.add(*articles)
    machine("second")
    with open_library(address) as library:
        retrieval = library.retrieve("the ferry ran aground off Corran Point")
        assert retrieval.warnings == ()
        assert retrieval.hits[0].passage.article.url == FERRY
        assert set(retrieval.hits[0].ranks) == {"lexical", "vector"}
        for article in articles:
            stored = library.article(article.info.url)
            assert stored.text == article.text
            assert replace(stored.info, path=article.info.path) == article.info


def test_answers_cite_from_a_server(address, machine, articles):
    """Promise 1 holds for a library on a server: the quote stands at its offsets."""
    with open_library(address, create=True) as library:
        library.add(*articles)
    machine("second")
    with Assistant.open(address, embedder=FakeEmbedder(), model="") as assistant:
        answer = assistant.ask("Where did the ferry Maribel run aground?")
        assert answer.citations
        for citation in answer.citations:
            text = assistant.library.article(citation.article.id).text
            assert text[citation.start : citation.end] == citation.quote


def test_replica_takes_only_what_changed(address, machine, articles, monkeypatch):
    """A reader that has the library fetches a changed article again, and no other."""
    with open_library(address, create=True) as library:
        library.add(*articles)
        machine("second")
        with open_library(address) as reader:
            fetched = []
            texts = Server.texts

            def watch(server, heads):
                fetched.extend(head.article for head in heads)
                return texts(server, heads)

            monkeypatch.setattr(Server, "texts", watch)
            library.add(Article(articles[0].info, articles[0].text.replace("Twelve", "Eleven")))
            library.remove(BAKERY)
            reader._home._replica._looked = float("-inf")
            texts_found = {hit.passage.text for hit in reader.search("passengers hospital bread")}
            assert set(fetched) == {articles[0].info.id, reader.article(BAKERY).info.id}
            assert any("Eleven passengers" in text for text in texts_found)
            assert not any("Twelve passengers" in text for text in texts_found)
            assert BAKERY not in {info.url for info in reader.articles()}


def test_version_that_the_replica_never_saw_can_be_shown(address, machine, articles):
    """An old citation is shown on a machine that came to the library after the change."""
    with open_library(address, create=True) as library:
        library.add(*articles)
        library.add(Article(articles[0].info, articles[0].text.replace("Twelve", "Eleven")))
    machine("second")
    with open_library(address) as reader:
        assert reader.article(FERRY).info.version == 2
        assert reader.article(FERRY, 1).text == articles[0].text


def test_unchanged_articles_cost_nothing_on_another_machine(address, machine, articles):
    """Whoever indexes the same articles elsewhere embeds none of them again."""
    with open_library(address, create=True) as library:
        library.add(*articles)
    machine("second")
    embedder = Counting()
    with open_library(address, embedder=embedder) as library:
        assert library.add(*articles).unchanged == 3
    assert embedder.passages == 0


def test_restart_in_the_middle_of_indexing_is_bridged(own_server, machine, articles):
    """A server that is away for a moment costs a writer that moment and nothing else."""

    def restart():
        own_server.stop()
        threading.Timer(1.0, own_server.start).start()

    address = own_server.address("restarted")
    with open_library(address, embedder=Interrupting(restart), create=True) as library:
        assert library.add(*articles).embedded == 3
        assert library.status().vectors == 3
        assert FERRY in found(library)


def test_lost_server_loses_nothing(own_server, machine, articles, impatient):
    """What a writer had done when the server went is used by the next run; nothing is doubled."""
    address = own_server.address("lost")
    with open_library(address, embedder=Interrupting(own_server.stop), create=True) as library:
        with pytest.raises(Unreachable) as caught:
            library.add(*articles)
        assert caught.value.exit_code == 5
    own_server.start()
    end_the_writers_term(address)
    embedder = Counting()
    with open_library(address, embedder=embedder) as library:
        report = library.add(*articles)
        assert (report.unchanged, library.status().vectors) == (3, 3)
        assert embedder.passages == 0
    assert len(ids_on(address)) == 3


def test_without_its_server_a_replica_still_searches_by_words(
    own_server, machine, articles, impatient
):
    """A reader that is cut off goes on with what it has, and says so."""
    address = own_server.address("away")
    with open_library(address, create=True) as library:
        library.add(*articles)
    own_server.stop()
    with open_library(address) as library:
        library._home._replica._looked = float("-inf")
        retrieval = library.retrieve("the ferry ran aground")
        assert FERRY in {hit.passage.article.url for hit in retrieval.hits}
        assert any("cannot be reached" in warning for warning in retrieval.warnings)
        assert any("by words only" in warning for warning in retrieval.warnings)
        with pytest.raises(Unreachable):
            library.add(*articles)
    own_server.start()


def test_machine_without_replica_says_that_nothing_answers(own_server, machine):
    """Nothing kept here and nobody there is an error with the address in it."""
    address = own_server.address("nowhere")
    own_server.stop()
    with pytest.raises(Unreachable, match=f"127.0.0.1:{own_server.port}"):
        open_library(address, create=True)
    own_server.start()


def test_library_that_is_not_there(server, machine):
    """A misspelt name does not make an empty library."""
    with pytest.raises(NoLibrary, match="misspelt"):
        open_library(server.address("misspelt"))


def test_second_writer_is_told_who_holds_the_library(address, machine, articles):
    """One writer at a time, wherever it runs."""
    with open_library(address, create=True) as library:
        machine("second")
        with open_library(address) as other, speaking_to(address) as server, leased(server):
            for writer in (library, other):
                with pytest.raises(LibraryLocked, match="process") as caught:
                    writer.add(*articles)
                assert caught.value.exit_code == 9


def test_writer_that_died_is_forgotten(address, machine, articles):
    """A killed writer's right to write runs out by the server's clock."""
    with open_library(address, create=True) as library:
        with speaking_to(address) as server:
            stale = replace(server.state(), writer="process 1 on gone", token="x", until=1)
            server.set_state(stale)
        assert library.add(*articles).added == 3


def test_writer_that_took_too_long_stops(address, machine, articles, monkeypatch):
    """Whoever lost the right to write to another writer does not write on."""
    monkeypatch.setattr("index.lease._RENEWAL", 0)

    def usurp():
        with speaking_to(address) as server:
            server.set_state(replace(server.state(), writer="process 7 on other", token="y"))

    with (
        open_library(address, embedder=Interrupting(usurp), create=True) as library,
        pytest.raises(LibraryLocked, match="process 7 on other"),
    ):
        library.add(*articles)


@pytest.mark.parametrize("method", ["set_state", "publish"])
def test_stop_while_publishing(address, machine, articles, method, monkeypatch):
    """A writer that was stopped between two calls leaves nothing half for the next one."""
    with open_library(address, create=True) as library:
        library.add(articles[0])
        original, calls = getattr(Server, method), []

        def stop(server, *values):
            calls.append(values)
            original(server, *values)
            if method == "publish" or values[0].step > 1:
                raise KeyboardInterrupt

        monkeypatch.setattr(Server, method, stop)
        with pytest.raises(KeyboardInterrupt):
            library.add(*articles)
        monkeypatch.setattr(Server, method, original)
    end_the_writers_term(address)
    machine("second")
    with open_library(address) as other:
        other.add(*articles)
        assert found(other, "ferry inquiry bread") == {FERRY, INQUIRY, BAKERY}
    machine("third")
    with open_library(address) as reader:
        assert found(reader, "ferry inquiry bread") == {FERRY, INQUIRY, BAKERY}
    assert len(ids_on(address)) == 3


def test_vectors_that_a_stopped_writer_left_out_are_made_up_elsewhere(address, machine, articles):
    """Another machine completes what was published and never embedded."""
    with open_library(address, create=True) as library:
        library.add(*articles, embed=False)
    machine("second")
    with open_library(address) as reader:
        warnings = reader.retrieve("ferry").warnings
        assert any("by words only" in warning for warning in warnings)
        assert reader.embed() == 3
        assert reader.retrieve("ferry").warnings == ()


def test_library_on_a_server_keeps_its_embedder(address, machine, articles):
    """A collection of Chroma's has one dimension; the way out is named."""
    with open_library(address, create=True) as library:
        library.add(*articles)
        with pytest.raises(UsageError, match="keeps its embedder, fake"):
            library.rebind(FakeEmbedder(dimension=32))
        assert "vector" in library.search("ferry")[0].parts


def test_version_of_as_many_passages_is_not_taken_for_embedded(address, machine, articles):
    """A writer that stopped before it embedded leaves as many vectors as there should be."""
    changed = replace(articles[0], text=articles[0].text.replace("Twelve", "Fourteen"))
    with open_library(address, create=True) as library:
        library.add(*articles)
        library.add(changed, embed=False)
    machine("second")
    embedder = Counting()
    with open_library(address, embedder=embedder) as other:
        other.embed()
        live = {
            row[0] for row in other._catalog.database.rows("SELECT id FROM passages WHERE live")
        }
        assert ids_on(address) == live
        assert embedder.passages == 1


def test_superseded_vectors_that_a_stopped_writer_left_are_removed(address, machine, articles):
    """No search on a server finds what is no longer true."""
    with open_library(address, create=True) as library:
        library.add(*articles)
        library._catalog.remove([articles[2].info.id])
        with library._home.writing(0):
            library._home.publish()
    assert len(ids_on(address)) == 3
    machine("second")
    with open_library(address) as other:
        other.embed()
    assert len(ids_on(address)) == 2


def test_library_that_was_made_anew_is_not_mixed_with_the_old(address, machine, articles):
    """A replica of what is gone is not taken for what is there now; `repair` starts it again."""
    with open_library(address, create=True) as library:
        library.add(articles[0])
    with speaking_to(address) as server:
        client = server.connection._connected()
        for name in (server.address.name, f"{server.address.name}.articles"):
            client.delete_collection(name)
    machine("second")
    with open_library(address, create=True) as library:
        library.add(articles[2])
    machine("first")
    with pytest.raises(LibraryDamaged) as caught:
        open_library(address)
    assert "repair" in caught.value.help


def test_filters_hold_on_a_server(address, machine, articles):
    """Dates and outlets narrow both halves of a search on a server."""
    with open_library(address, create=True) as library:
        library.add(*articles)
        hits = library.search("ferry", filters=Filters(sources=("the harbour post",)))
        assert {hit.passage.article.source for hit in hits} == {"The Harbour Post"}


def test_what_is_sent_fits_the_distributed_service(address, machine, monkeypatch):
    """No call is larger than Chroma's distributed service takes, whatever the articles hold."""
    sent = []
    for name in ("passages", "articles"):
        original = getattr(Connection, name)

        def watch(connection, method, *, original=original, **arguments):
            sent.append((method, arguments))
            return original(connection, method, **arguments)

        monkeypatch.setattr(Connection, name, watch)
    endless = "word " * 9_000 + "ñ" * 20_000 + " end."
    many = [make_article(f"https://x.example/{n}", f"Report {n} came in.") for n in range(350)]
    with open_library(address, create=True) as library:
        library.add(*many, make_article("https://x.example/" + "u" * 3_000, endless))
        assert library.search("report")
        assert library.article("https://x.example/" + "u" * 3_000).text == endless
    assert {method for method, _ in sent} <= {"get", "upsert", "query", "delete", "count", "modify"}
    for _, arguments in sent:
        assert len(arguments.get("ids", ())) <= 300
        assert arguments.get("limit", 0) <= 300
        assert arguments.get("n_results", 0) <= 300
        assert all(len(text.encode()) <= 16_384 for text in arguments.get("documents", ()))
        assert all(len(identity.encode()) <= 128 for identity in arguments.get("ids", ()))
        for metadata in arguments.get("metadatas", ()):
            assert len(metadata) <= 32
            assert all(len(str(value).encode()) <= 4_096 for value in metadata.values())
        for value in arguments.get("metadata", {}).values():
            assert len(str(value).encode()) <= 256


def test_commands_take_an_address(address, machine, tmp_path, monkeypatch):
    """From the command line a library on a server is used like any other."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ferry.txt").write_text(
        "date 2025-03-04\nTrouble at sea.\n\nThe ferry Maribel ran aground on Tuesday.\n"
    )
    runner = CliRunner()
    indexed = runner.invoke(main, ["--library", address, "index", "ferry.txt"])
    assert indexed.exit_code == 0, indexed.output
    machine("second")
    asked = runner.invoke(main, ["--library", address, "ask", "--json", "Which ferry ran aground?"])
    assert asked.exit_code == 0, asked.output
    assert "Maribel" in json.loads(asked.stdout)["text"]
    status = runner.invoke(main, ["--library", address, "status", "--json"])
    assert json.loads(status.stdout)["path"] == address


def test_wait_of_a_second_writer(address, machine, articles):
    """A writer that may wait begins when the other has finished."""
    with open_library(address, create=True) as library:
        with speaking_to(address) as server, leased(server):
            waiting = threading.Thread(target=lambda: library.add(*articles, wait=20))
            waiting.start()
            time.sleep(0.5)
            assert library.status().articles == 0
        waiting.join(30)
        assert library.status().articles == 3
