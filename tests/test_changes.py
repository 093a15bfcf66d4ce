"""What has become of cited words when an article got a new version."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from conftest import FERRY
from hypothesis import given
from hypothesis import strategies as st

from assistant.changes import describe, find_quote, gone_sentences, look_since, word_diff
from index.errors import UnknownArticle
from index.sentences import split_sentences
from index.types import ArticleInfo

QUOTE = "Twelve passengers were taken to hospital, the coastguard said."


@pytest.fixture
def since(library, articles):
    """What has become of a sentence after the ferry's article was changed."""

    def look(text, **known):
        ferry = articles[0]
        library.add(replace(ferry, text=text, info=replace(ferry.info, **known)))
        return look_since(library, ferry.info, ferry.text.index(QUOTE), QUOTE)

    return look


def test_nothing_changed(since, articles):
    """A current version has no past to tell of."""
    assert since(articles[0].text) is None


def test_a_quote_that_stands(since, articles):
    """A change behind the quote leaves it where it was."""
    found = since(articles[0].text + "\n\nNobody died.")
    assert found.stands
    assert describe(found, QUOTE) == (
        "the article changed since: version 2 is current and still has the quoted words"
    )


def test_a_quote_that_moved(since, articles):
    """A change before the quote moves it."""
    found = since("Corrected.\n\n" + articles[0].text)
    assert found.stands
    assert found.start == articles[0].text.index(QUOTE) + len("Corrected.\n\n")
    assert describe(found, QUOTE).endswith("has the quoted words at another place")


def test_a_quote_that_is_gone(since, articles):
    """What became of it is shown word by word."""
    found = since(articles[0].text.replace("Twelve passengers", "Fourteen passengers"))
    assert not found.stands
    assert describe(found, QUOTE).endswith(
        "no longer has the quoted words: [-Twelve-] {+Fourteen+} passengers were taken to"
        " hospital, the coastguard said."
    )


def test_words_that_are_denied_now_do_not_stand(since, articles):
    """A quote that became part of a longer sentence no longer says what it said."""
    found = since(articles[0].text.replace(QUOTE, f"It is not true that {QUOTE}"))
    assert found.start is None
    assert "{+It is not true that+} Twelve" in describe(found, QUOTE)


def test_a_text_that_has_nothing_like_it(since):
    """Two sentences that have nothing in common are not compared."""
    found = since("This report has been withdrawn.")
    assert describe(found, QUOTE).endswith("has neither the quoted words nor any like them")


def test_a_new_headline_and_date(since, articles):
    """Corrections of what an article is called and dated are told."""
    found = since(articles[0].text, title="Ferry hits Corran Point", date=dt.date(2025, 3, 6))
    assert found.stands
    assert "is current, its title “Ferry hits Corran Point”, its date 2025-03-06 and" in describe(
        found, QUOTE
    )


def test_a_removed_article(library, articles):
    """A removal is told even though the text is the same."""
    library.remove(FERRY)
    found = look_since(library, articles[0].info, articles[0].text.index(QUOTE), QUOTE)
    assert not found.stands
    assert describe(found, QUOTE) == "the article was removed from the library"


def test_an_unknown_article(library):
    """An article that never was there has no story."""
    with pytest.raises(UnknownArticle):
        look_since(library, ArticleInfo(url="https://nowhere.example"), 0, QUOTE)


def test_a_quote_of_two_sentences(articles):
    """A range of sentences is found as one, at the nearest of its places."""
    text = articles[0].text
    first, second = split_sentences(text)[1:3]
    quote = text[first.start : second.end]
    twice = f"{text}\n\nAgain. {quote}"
    assert find_quote(twice, quote, 0) == first.start
    assert find_quote(twice, quote, len(twice)) == twice.rindex(quote)


def test_gone_sentences(articles):
    """Only the sentences that are no longer there, in their order."""
    new = replace(articles[0], text=articles[0].text.replace("Twelve", "Fourteen") + " Again.")
    assert gone_sentences(articles[0], new) == [QUOTE]
    assert gone_sentences(articles[0], articles[0]) == []


@given(st.text(), st.integers(0, 200), st.text())
def test_what_is_found_is_there(before, near, behind):
    """Promise 1 holds for the current text too: a place that is told has the quote."""
    text = f"{before}\n\n{QUOTE} {behind}"
    found = find_quote(text, QUOTE, near)
    assert found is None or text[found : found + len(QUOTE)] == QUOTE


words = st.lists(st.sampled_from(["so", "it", "goes", "12", "14", "a"])).map(" ".join)


@given(words, words)
def test_a_word_diff_holds_both_texts(old, new):
    """Without what was put in it is the old text, without what was taken out the new one."""
    import re

    diff = word_diff(old, new)
    taken = re.sub(r"\{\+.*?\+\}", "", diff).replace("[-", "").replace("-]", "")
    put = re.sub(r"\[-.*?-\]", "", diff).replace("{+", "").replace("+}", "")
    assert (taken.split(), put.split()) == (old.split(), new.split())
