"""Indexing beside a chat: searchable at once, stopped without loss, and never at a cost unasked."""

from __future__ import annotations

import threading
import time

import pytest
from conftest import FERRY

from assistant.cost import Tariff
from assistant.repl.indexing import Indexer
from index.embed.fake import FakeEmbedder
from index.errors import UsageError
from index.library import Library
from index.web.fetch import WebOptions

STORY = " date 2025-03-05 The lighthouse of {place} went dark.\n\nIt was lit again on Friday.\n"


@pytest.fixture
def stories(tmp_path):
    folder = tmp_path / "stories"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(STORY.format(place=f"Cape {number}"))
    return folder


@pytest.fixture
def indexer(library):
    """An indexer of the sample library; what it tells is in `said`."""
    said = []
    made = Indexer(lambda: library, WebOptions, lambda _: None, tell=said.append)
    made.said = said
    yield made
    assert made.close(30)


def wait_for(condition) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_questions_go_on_meanwhile(indexer, library, stories):
    """It says that it began, can be searched while it goes on, and tells what it did."""
    assert indexer.begin([str(stories)], agreed=False).startswith("Indexing; questions")
    assert library.search("Maribel")
    wait_for(lambda: indexer.said)
    assert indexer.said[0].startswith("4 articles added, 0 changed")
    assert "4 passages embedded" in indexer.said[0]
    assert any("lighthouse" in hit.passage.text for hit in library.search("lighthouse"))
    wait_for(lambda: not indexer.goes_on)
    assert indexer.so_far() == ""


class Slow(FakeEmbedder):
    """Waits before it embeds anything."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.go_on = threading.Event(), threading.Event()

    def embed_passages(self, texts, **how):
        self.reached.set()
        self.go_on.wait(30)
        return super().embed_passages(texts, **how)


def test_stopped_in_the_middle(tmp_path, articles, stories):
    """What can be searched already stays, nothing else is begun, and the next run carries on."""
    with Library(tmp_path / "l", embedder=FakeEmbedder(), create=True) as library:
        library.add(*articles)
        slow = Slow()
        library.use(slow)
        said = []
        indexer = Indexer(lambda: library, WebOptions, lambda _: None, tell=said.append)
        indexer.begin([str(stories)], agreed=False)
        assert slow.reached.wait(30)
        assert indexer.so_far() == "embedding 4 passages"
        with pytest.raises(UsageError, match="something is being indexed"):
            indexer.begin(["other"], agreed=False)
        assert indexer.stop()
        assert not indexer.stop()
        slow.go_on.set()
        assert indexer.close(30)
        assert said == []
        assert library.status().articles == 7
        assert indexer.begin([str(stories)], agreed=False)
        wait_for(lambda: said)
        assert library.status().vectors == library.status().passages


def test_what_is_new_does_not_wait_for_what_was_left(library, stories, tmp_path, monkeypatch):
    """It is told at once, and found by its vector, before the passages that had none before."""
    monkeypatch.setattr("assistant.repl.indexing._SOON", 1)
    library.add(stories, embed=False)
    new = tmp_path / "new.txt"
    new.write_text(" date 2025-03-09 A bridge was shut.\n")
    said, ranks = [], []

    def moved():
        if indexer.so_far() == "embedding 4 passages":
            ranks.append(library.search("A bridge was shut.")[0].ranks["vector"])

    indexer = Indexer(lambda: library, WebOptions, lambda _: None, tell=said.append, moved=moved)
    indexer.begin([str(new)], agreed=False)
    wait_for(lambda: len(said) == 2)
    assert said[0].startswith("1 article added")
    assert said[0].endswith("; 5 passages to embed\n")
    assert ranks == [1]
    assert said[1] == "5 passages embedded\n"


def test_what_cannot_be_indexed(indexer, library):
    """The reason is told like any error, and the chat goes on."""
    indexer.begin(["/nowhere/at/all"], agreed=False)
    wait_for(lambda: indexer.said)
    assert indexer.said[0].startswith("dateline: ")
    assert library.article(FERRY)


def test_nothing_is_sent_before_it_is_agreed_to(library, stories):
    """Without agreement articles are searchable by their words, and it is said what it would be."""
    said = []
    tariff = Tariff("x", "example.org", price=0.02, most=None)
    indexer = Indexer(lambda: library, WebOptions, lambda _: tariff, tell=said.append)
    indexer.begin([str(stories)], agreed=False)
    wait_for(lambda: said)
    assert "embedding with x at example.org will send 4 passages" in said[0]
    assert said[0].endswith("  /index --yes PATH agrees to that\n")
    assert library.status().vectors == 3
    wait_for(lambda: not indexer.goes_on)
    indexer.begin([str(stories)], agreed=True)
    wait_for(lambda: len(said) == 2)
    assert library.status().vectors == 7


def test_in_the_foreground(library, stories):
    """Over pipes the next line waits until all is done."""
    seen = []
    indexer = Indexer(lambda: library, WebOptions, lambda _: None, shown=seen.append)
    assert indexer.begin([str(stories)], agreed=False).startswith("4 articles added")
    assert {progress.stage for progress in seen} >= {"reading", "lexical", "embedding"}
