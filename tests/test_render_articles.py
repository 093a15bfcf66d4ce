"""Articles and hits as people see them, letter by letter."""

from __future__ import annotations

import dataclasses

from answers import (
    END,
    HIT,
    INFO,
    START,
    TEXT,
    UNDATED,
)
from hypothesis import given
from hypothesis import strategies as st

from assistant.render.articles import (
    article_in_full,
    article_line,
    article_text,
    excerpt,
    hits_text,
    numbered_head,
)
from assistant.render.layout import Style
from index.types import Article


def test_hits():
    """Each hit says where it is from, how it begins and why it scored."""
    assert hits_text([HIT]) == (
        "1. The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
        f"   > {' '.join(TEXT.split())}\n"
        f"   score 1.25: lexical 1.00 (rank 1), vector 0.25 (rank 4); article {INFO.id}\n"
    )


def test_a_long_passage_is_cut_between_words():
    """A list of hits can be overlooked."""
    long = dataclasses.replace(HIT, passage=dataclasses.replace(HIT.passage, text="word " * 200))
    line = hits_text([long]).split("\n")[1]
    assert len(line) < 340
    assert line.endswith("word …")


def test_facts_stand_in_columns():
    """Where lines are wrapped, too, and under their own beginning."""
    shown, _ = article_in_full(Article(INFO, TEXT), 0, 0, Style(width=40))
    assert shown.startswith(
        "Title:   Ferry runs aground off Corran\n         Point\nDate:    2025-03-05\n"
    )
    assert numbered_head(10, INFO, Style(width=44)) == (
        "10. The Harbour Post, 5 March 2025, “Ferry\n    runs aground off Corran Point”"
    )


def test_a_list_of_articles():
    """One line an article, in columns that other programs can cut."""
    assert article_line(INFO) == (
        f"{INFO.id}  2025-03-05  The Harbour Post: Ferry runs aground off Corran Point\n"
    )
    assert article_line(UNDATED) == f"{UNDATED.id}  no date     What the harbour master saw\n"


def test_an_article():
    """All that is known, how long it is, and the stored text."""
    assert article_text(Article(INFO, TEXT), 3) == (
        "Title:   Ferry runs aground off Corran Point\n"
        "Date:    2025-03-05\n"
        "Outlet:  The Harbour Post\n"
        "Address: https://harbour.example/ferry\n"
        f"Id:      {INFO.id}, version 1\n"
        "Length:  3 sentences, 135 characters\n"
        f"\n{TEXT}\n"
    )


def test_an_address_stays_in_one_piece():
    """However narrow the terminal is: it could not be copied otherwise."""
    shown = article_text(Article(INFO, TEXT), 3, Style(width=24))
    assert "\nAddress: https://harbour.example/ferry\n" in shown
    assert shown.startswith("Title:   Ferry runs\n         aground off\n")


def test_an_excerpt_marks_what_is_cited():
    """The cited range stands between marks, with the paragraphs around it and no more."""
    article = Article(INFO, f"First.\n\nSecond.\n\n{TEXT}\n\nNext.\n\nLast.")
    offset = article.text.index(TEXT)
    assert excerpt(article, offset + START, offset + END) == (
        "The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n\n"
        "… The ferry Maribel ran aground off Corran Point on Tuesday.\n\n"
        "»Twelve passengers were taken to hospital, the coastguard said.« Nobody died.\n\n"
        "Next. …\n"
    )


@given(st.text("ab.\n", min_size=1), st.data())
def test_an_excerpt_holds_the_range_whole(text, data):
    """Wherever the range lies, it is shown whole between the marks."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert f"»{text[start:end]}«" in excerpt(Article(INFO, text), start, end)
