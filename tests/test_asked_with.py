"""What is asked with from Python: slips are said, and limits are never passed over in silence."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from conftest import FERRY, INQUIRY, make_article

from assistant import Assistant
from assistant.asked_with import limits_of
from assistant.settings import load
from index.embed.fake import FakeEmbedder
from index.errors import EmptyLibrary, UsageError
from index.library import Library
from index.types import Filters


@pytest.fixture
def assistant(library):
    return Assistant(library)


def urls(hits):
    return {hit.passage.article.url for hit in hits}


ENTRIES = {
    "ask": lambda a, **asking: a.ask("Who?", **asking),
    "stream": lambda a, **asking: a.stream("Who?", **asking),
    "search": lambda a, **asking: a.search("ferry", **asking),
    "timeline": lambda a, **asking: a.timeline("ferry", **asking),
    "chat": lambda a, **asking: a.chat(**asking),
    "retriever": lambda a, **asking: a.as_retriever(**asking),
    "query engine": lambda a, **asking: a.as_query_engine(**asking),
    "aask": lambda a, **asking: asyncio.run(a.aask("Who?", **asking)),
    "astream": lambda a, **asking: a.astream("Who?", **asking),
    "asearch": lambda a, **asking: asyncio.run(a.asearch("ferry", **asking)),
    "atimeline": lambda a, **asking: asyncio.run(a.atimeline("ferry", **asking)),
}


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_slip_of_a_keyword_is_refused_everywhere(assistant, entry):
    """Promise 4: a limit that was misspelt is not left out without a word."""
    with pytest.raises(TypeError, match="“asof”; did you mean “as_of”"):
        ENTRIES[entry](assistant, asof="2025-03-31")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("source", "did you mean “sources”"),
        ("top_k", "did you mean “k”"),
        ("nonsense", "there are as_of, judge, k, since, sources, strict, until, without"),
    ],
)
def test_the_right_keyword_is_named(assistant, name, said):
    """The flags of the command line are called otherwise; who cannot be guessed gets them all."""
    with pytest.raises(TypeError, match=f"“{name}”; {said}"):
        assistant.search("ferry", **{name: 1})


def test_one_outlet_and_one_id_are_no_lists_of_letters(assistant):
    """Text by itself is one name; none is no limit."""
    assert urls(assistant.search("Maribel", sources="Lessing Courier")) == {INQUIRY}
    assert FERRY in urls(assistant.search("Maribel", sources=None))
    ferry = assistant.library.article(FERRY).info.id
    assert FERRY not in urls(assistant.search("Maribel", without=ferry))


@pytest.mark.parametrize("entry", ["ask", "search", "timeline", "aask"])
def test_an_outlet_that_no_article_is_from(assistant, entry):
    """It is a mistake, not a question that the articles leave open."""
    with pytest.raises(UsageError, match="no article is from “Lesing Courier”") as caught:
        ENTRIES[entry](assistant, sources=["The Harbour Post", "Lesing Courier"])
    assert caught.value.help == "did you mean Lessing Courier?"


def test_outlets_as_they_are_called(assistant):
    """Capitals and “The” do not matter; what is said of a question is what was searched."""
    answer = assistant.ask("How many passengers were taken to hospital?", sources="harbour post")
    assert answer.question.filters.sources == ("The Harbour Post",)
    assert {citation.article.url for citation in answer.citations} == {FERRY}


def test_a_part_of_a_name_is_not_taken_for_it(assistant):
    """Nobody is shown which outlet a program gets for “Harbour”."""
    with pytest.raises(UsageError, match="no article is from “Harbour”") as caught:
        assistant.search("ferry", sources="Harbour")
    assert caught.value.help == "did you mean The Harbour Post?"


def test_an_outlet_whose_articles_were_removed(assistant):
    """What is gone is not offered, and not searched in vain."""
    assistant.library.remove(INQUIRY)
    with pytest.raises(UsageError) as caught:
        assistant.search("ferry", sources="Lessing Courier")
    assert caught.value.help == "there are The Harbour Post"


def test_an_outlet_that_is_new_on_a_server(assistant, monkeypatch):
    """What others add is taken up before an outlet is missed, by a program that goes on running."""
    new = make_article("https://m.example/1", "The Maribel floats again.", source="The Meridian")

    def follow():
        assistant.library.add(new)
        return []

    monkeypatch.setattr(assistant.library._home, "follow", follow)
    assert urls(assistant.search("Maribel", sources="The Meridian")) == {new.info.url}


def test_an_empty_library_is_said_to_be_empty(tmp_path):
    """No outlet is missed where there is no article."""
    with Library(tmp_path / "new", embedder=FakeEmbedder(), create=True) as empty:
        assistant = Assistant(empty)
        with pytest.raises(EmptyLibrary):
            assistant.ask("Who?", sources="Lessing Courier")
        empty.add(make_article("https://a.example/1", "A loaf was sold in Lessing."))
        with pytest.raises(UsageError, match="no article is from “Lessing Courier”"):
            assistant.ask("Who?", sources="Lessing Courier")


SETTINGS = {"DATELINE_SINCE": "2025-04-01", "DATELINE_SOURCE": "Lessing Courier"}


@pytest.mark.parametrize("entry", ENTRIES)
def test_limits_of_the_settings_hold_everywhere(library, tmp_path, entry, monkeypatch):
    """A program that reads the same settings as the command searches the same articles."""
    asked = []
    monkeypatch.setattr(
        "assistant.app.limits_of", lambda asking: asked.append(limits_of(asking)) or asked[-1]
    )
    assistant = Assistant(library, settings=load({}, SETTINGS, tmp_path / "none.toml"))

    def filters(**asking):
        made = ENTRIES[entry](assistant, **asking)
        if entry == "chat":
            made.ask("Who?")
        elif entry == "retriever":
            made.retrieve("ferry")
        elif entry == "query engine":
            made.query("Who?")
        return asked[-1].filters

    day = dt.date(2025, 4, 1)
    assert filters() == Filters(since=day, sources=("Lessing Courier",))
    assert filters(sources="Harbour Post") == Filters(since=day, sources=("Harbour Post",))
    assert filters(since=None, sources=()) == Filters()


def test_number_of_passages_of_the_settings(library, tmp_path):
    """What is set counts for searching as it does for the command; an argument counts more."""
    assistant = Assistant(library, settings=load({"top_k": 1}, {}, tmp_path / "none.toml"))
    assert len(assistant.search("Maribel")) == 1
    assert len(assistant.search("Maribel", k=2)) == 2


def test_errors_name_what_python_calls_it(assistant):
    """Who passes arguments is not told of flags."""
    with pytest.raises(UsageError, match="since is “soon”"):
        assistant.search("ferry", since="soon")
    with pytest.raises(
        UsageError, match=r"2025-04-02 \(since\) and 2025-04-01 \(as_of\)"
    ) as caught:
        assistant.search("ferry", since="2025-04-02", until="2025-05-01", as_of="2025-04-01")
    assert "--" not in caught.value.help


@pytest.mark.parametrize("k", [0, -1, 101, "8", 2.5, True, None])
@pytest.mark.parametrize("entry", ["ask", "search", "timeline"])
def test_a_number_of_passages_out_of_range_is_refused(assistant, entry, k):
    """No passages asked for is a slip, and not a library that says nothing."""
    with pytest.raises(UsageError, match="k is"):
        ENTRIES[entry](assistant, k=k)


def test_a_time_stands_for_its_day(assistant):
    """A `datetime` limits as its date does; what is no day at all is said."""
    moment = dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)
    assert assistant.search("ferry", until=moment, as_of=moment) == assistant.search(
        "ferry", until=moment.date(), as_of=moment.date()
    )
    with pytest.raises(UsageError, match="not a day"):
        assistant.search("ferry", since=2023)
