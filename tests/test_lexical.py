"""The lexical index finds passages by their words."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import BAKERY, FERRY, INQUIRY, make_article, new_catalog
from hypothesis import given
from hypothesis import strategies as st

from index.errors import LibraryDamaged
from index.lexical import LexicalIndex, query_words
from index.types import Filters


@pytest.fixture
def indexed(tmp_path, articles):
    """The catalog and the lexical index of the sample articles."""
    catalog = new_catalog(tmp_path / "catalog.sqlite3")
    catalog.put(articles)
    _, numbers = catalog.backlog.behind("lexical", 100)
    lexical = LexicalIndex(tmp_path / "lexical")
    lexical.apply([], catalog.passages(numbers).items())
    yield catalog, lexical
    catalog.close()


def urls(indexed, query: str, **filters) -> list[str]:
    catalog, lexical = indexed
    found = lexical.search(query, 10, Filters(**filters))
    passages = catalog.passages([number for number, _ in found])
    return [passages[number].article.url for number, _ in found]


def test_words_are_found_in_other_forms(indexed):
    """Stemming, case and accents do not stand in the way."""
    assert urls(indexed, "OPERATORS repaired")[0] == INQUIRY
    assert urls(indexed, "bäkeries") == [BAKERY]


def test_title_counts(indexed):
    """A word of the headline is found although the body lacks it."""
    assert urls(indexed, "loaves")[0] == BAKERY


def test_question_words_do_not_count(indexed):
    """How a question is put does not decide what is found."""
    assert query_words("What did they say about the ferry?") == ["say", "ferry"]
    assert query_words("Who is it?") == ["who", "is", "it"]
    assert BAKERY not in urls(indexed, "What was the name of the ferry?")


def test_words_that_follow_each_other_count_more(tmp_path):
    """Of two passages with the same words, the one that has them in a row comes first."""
    catalog = new_catalog(tmp_path / "catalog.sqlite3")
    apart = make_article(
        "https://a.example", "The point that Corran made was clear to all of them."
    )
    near = make_article(
        "https://b.example", "They made it clear to all of us that Corran Point was."
    )
    catalog.put([apart, near])
    lexical = LexicalIndex(tmp_path / "lexical")
    lexical.apply([], catalog.passages([1, 2]).items())
    assert urls((catalog, lexical), "Corran Point")[0] == "https://b.example"
    plain = lexical.search("Corran Point", 10, Filters(), phrases=0)
    assert plain[0][1] == pytest.approx(plain[1][1], rel=0.05)
    catalog.close()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("UK colour", "The United Kingdom chose a new coin."),
        ("European Union colour", "The EU chose a new coin."),
        ("defence colour", "The defense minister spoke."),
        ("12 colour", "Twelve people were there."),
        ("twelve colour", "There were 12 people."),
    ],
)
def test_other_names_spellings_and_numbers_are_found(tmp_path, query, text):
    """Who writes a thing otherwise than the article finds it all the same, but below the same."""
    catalog = new_catalog(tmp_path / "catalog.sqlite3")
    same = make_article("https://s.example", f"{query.rsplit(' ', 1)[0]} it was at last.")
    other = make_article("https://o.example", text)
    catalog.put([make_article("https://n.example", "Nothing of the kind."), other, same])
    lexical = LexicalIndex(tmp_path / "lexical")
    lexical.apply([], catalog.passages([1, 2, 3]).items())
    assert urls((catalog, lexical), query) == ["https://s.example", "https://o.example"]
    catalog.close()


def test_chinese_is_found_by_its_characters(tmp_path):
    """A script without spaces is searched by pairs of characters, not by whole clauses."""
    catalog = new_catalog(tmp_path / "catalog.sqlite3")
    quake = make_article("https://q.example", "四川省发生强烈地震，造成六十五人死亡。")
    other = make_article("https://o.example", "图书馆有三万册书。")
    catalog.put([quake, other])
    lexical = LexicalIndex(tmp_path / "lexical")
    lexical.apply([], catalog.passages([1, 2]).items())
    assert urls((catalog, lexical), "地震死亡人数")[0] == "https://q.example"
    assert urls((catalog, lexical), "书") == []  # one character alone is no word
    catalog.close()


def test_filters(indexed):
    """Dates and outlets limit what is found."""
    assert set(urls(indexed, "Maribel")) == {FERRY, INQUIRY}
    assert urls(indexed, "Maribel", since=dt.date(2025, 3, 6)) == [INQUIRY]
    assert urls(indexed, "Maribel", until=dt.date(2025, 3, 6)) == [FERRY]
    assert urls(indexed, "Maribel", sources=("LESSING COURIER",)) == [INQUIRY]


def test_removed_and_replaced_passages(indexed, tmp_path):
    """What is removed is gone, and applying the same passages twice does not double them."""
    catalog, lexical = indexed
    numbers = [number for number, _ in lexical.search("Maribel", 10, Filters())]
    passages = catalog.passages(numbers)
    lexical.apply([], passages.items())
    assert len(lexical.search("Maribel", 10, Filters())) == len(numbers)
    lexical.apply([passage.id for passage in passages.values()], [])
    assert lexical.search("Maribel", 10, Filters()) == []


def test_another_process_sees_commits(indexed, tmp_path):
    """A reader that was open before takes up what was committed since."""
    catalog, lexical = indexed
    reader = LexicalIndex(tmp_path / "lexical")
    before = reader.search("loaf", 10, Filters())
    lexical.apply([catalog.passages([before[0][0]])[before[0][0]].id], [])
    assert reader.search("loaf", 10, Filters()) == []


def test_no_index_yet_finds_nothing(tmp_path):
    """A library that is being made can be searched."""
    assert LexicalIndex(tmp_path / "none").search("anything", 10, Filters()) == []


def test_damaged_folder_names_the_fix(indexed, tmp_path):
    """A damaged index is a clear error that names `dateline repair`."""
    (tmp_path / "lexical" / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(LibraryDamaged) as caught:
        LexicalIndex(tmp_path / "lexical").search("ferry", 10, Filters())
    assert "repair" in caught.value.help


@given(st.text())
def test_any_text_is_a_query(text):
    """No character is syntax; a query is never empty where the text has a word."""
    words = query_words(text)
    assert all(words)
    assert bool(words) == any(character.isalnum() for character in text)
