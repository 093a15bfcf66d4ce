"""The local doubter tells statements that a source supports from such as it does not."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.extract.ahead import load_ahead
from index.embed.doubter import packed, parts
from index.embed.fake import FakeEmbedder
from index.embed.local import LocalEmbedder
from index.embed.weights import BEGIN, END, MAX_TOKENS
from index.errors import WeightsMissing

TOKENS = st.lists(st.integers(1000, 30_000), max_size=200)
SOURCE = (
    "The council voted on Monday to close the Harbour Road library in June, because the roof leaks."
    " Repairs would cost more than the city has, Mayor Ines Falk said."
)
CONTEXT = f"Library to close\nCoast News\nIt has been discussed for years. {SOURCE}"
STATEMENTS = {
    "Because of its leaking roof, the library on Harbour Road is to shut in June.": (
        "Because of its falling visitor numbers, the library on Harbour Road is to shut in June."
    ),
    "According to Mayor Falk, the city cannot afford the repairs.": (
        "According to Mayor Falk, the city has already paid for the repairs."
    ),
    "Councillors decided on Monday that the Harbour Road library will close.": (
        "Councillors decided on Monday that all of the city's libraries will close."
    ),
}


@pytest.fixture(scope="module")
def doubter(tmp_path_factory):
    return LocalEmbedder(cache=tmp_path_factory.mktemp("cache"), allow_fetch=False)


@pytest.mark.parametrize(("fair", "unfair"), STATEMENTS.items())
def test_a_false_statement_is_doubted_more_than_its_true_twin(doubter, fair, unfair):
    """Of two statements alike, the one that the source does not support has more against it."""
    sources = [(SOURCE, CONTEXT)]
    assert doubter.doubt(unfair, sources)[0] > doubter.doubt(fair, sources)[0] + 1


def test_a_source_is_not_doubted_and_another_one_is(doubter):
    """What a source says word for word stands, and the same put to another source does not."""
    first, second = SOURCE.split(". ")
    own, other = doubter.doubt(f"{first}.", [(SOURCE, CONTEXT), (second, CONTEXT)])
    assert own < 0 < other


def test_the_words_that_are_doubted_are_words_of_the_statement(doubter):
    """They are told as they are written there, whole."""
    for unfair in STATEMENTS.values():
        words = doubter.doubted(unfair, SOURCE, CONTEXT)
        assert words
        assert f" {words}" in f" {unfair}"
    assert doubter.doubted("", SOURCE, CONTEXT) == ""


def test_it_is_loaded_ahead_where_a_model_writes(doubter, tmp_path):
    """What checks a model's sentences is there before the first of them, if the weights are."""
    before = set(threading.enumerate())
    load_ahead(doubter, writes=True)
    for thread in set(threading.enumerate()) - before:
        thread.join()
    assert doubter.doubt("It rained.", [("It rained.", "")])[0] < 0
    load_ahead(FakeEmbedder(), writes=True)  # has nothing to load
    missing = LocalEmbedder(tmp_path, allow_fetch=False)
    with pytest.raises(WeightsMissing):
        missing.load_doubter()


def test_nothing_to_doubt(doubter):
    """No sources have no scores, and an empty one is read, too."""
    assert doubter.doubt("It rained.", []).shape == (0,)
    assert np.isfinite(doubter.doubt("It rained.", [("", "")])).all()


def test_what_stands_before_a_source_is_told_from_its_context():
    """The title is the context's first line; what is not there has nothing before it."""
    before = "Coast News\nIt has been discussed for years. "
    assert parts("So.", SOURCE, CONTEXT) == (SOURCE, "So.", "Library to close", before)
    assert parts("So.", "Elsewhere.", CONTEXT)[3] == ""
    assert parts("So.", "", "") == ("", "So.", "", "")


@given(TOKENS, TOKENS, TOKENS, TOKENS)
def test_long_texts_are_cut_and_keep_their_ends(source, statement, title, before):
    """However long the texts are, the beginnings of three and the end of the last are there."""
    first, *text = packed(source, statement, title, before)
    assert first == BEGIN
    assert len(text) < MAX_TOKENS
    for part in (source, statement):
        end = text.index(END)
        assert text[:end] == part[:end]
        assert bool(end) == bool(part)
        text = text[end + 1 :]
    assert text.index(END) == len(text) - 1
    shown = next(n for n, one in enumerate(text) if n == len(title) or one != title[n])
    rest = text[shown:-1]
    assert rest == before[len(before) - len(rest) :]
