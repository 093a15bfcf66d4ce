"""Answers as people see them, letter by letter."""

from __future__ import annotations

import dataclasses

import pytest
from answers import (
    ALSO_CITED,
    ANSWER,
    CITED,
    DIED,
    EVENTS,
    HURT,
    NO_ANSWER,
    QUESTION,
    TEXT,
    whole,
)

from assistant.render.answers import AnswerText, notes_text, replayed, sources_text
from assistant.render.as_html import chat_html
from assistant.render.as_markdown import chat_markdown
from assistant.render.disagreements import disagreements_of
from assistant.render.layout import Style, columns
from assistant.types import (
    AnswerSentence,
    Disagreement,
    Finished,
    Position,
    SentenceReady,
    Turn,
    Verdict,
)

QUOTES = Style(quotes=True)


def test_an_answer_with_its_sources():
    """Sentences with numbers, a mark where support is partial, and the quoted sources."""
    assert whole(EVENTS) == (
        "Twelve passengers went to hospital. [1] Two people died. [1][2]\n"
        "  ⚠ partly supported: the source says nobody, not two\n"
        "\n"
        "[1] The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
        "    > Twelve passengers were taken to hospital, the coastguard said.\n"
        "[2] no date, “What the harbour master saw”, version 2\n"
        "    > The ferry Maribel ran aground off Corran Point on Tuesday.\n"
    )


def test_an_unsupported_sentence_is_marked():
    """Nobody can take it for a fact, also without citations."""
    made_up = SentenceReady(
        AnswerSentence("It sank.", (), Verdict("unsupported", ("cites nothing",))), "", ()
    )
    assert whole([made_up]) == "It sank.\n  ✗ not supported: cites nothing\n"


def test_paragraphs_and_lists_stay_apart():
    """Where the model began a new line or paragraph, so does the text."""
    item = dataclasses.replace(HURT, before="\n")
    paragraph = dataclasses.replace(HURT, before="\n\n")
    assert whole([HURT, item, paragraph]) == (
        "Twelve passengers went to hospital. [1]\n"
        "Twelve passengers went to hospital. [1]\n\n"
        "Twelve passengers went to hospital. [1]"
    )


def test_quotes_say_that_they_are_quotes():
    """Without a model the text says so, and does not quote the same words twice."""
    assert whole([HURT, Finished(dataclasses.replace(ANSWER, mode="extractive"))], QUOTES) == (
        "Quoted from the articles (no model):\n"
        "\n"
        "> Twelve passengers went to hospital. [1]\n"
        "\n"
        "[1] The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
    )


def test_an_abstention_shows_what_came_nearest():
    """It says that the articles do not answer, before anything else."""
    assert whole([Finished(NO_ANSWER)]) == (
        "The articles do not answer this.\n"
        "\n"
        "The closest passages:\n"
        "1. The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
        f"   > {' '.join(TEXT.split())}\n"
    )


def test_a_stopped_answer_keeps_its_sources():
    """What came before Ctrl-C can still be checked; nothing came, nothing is shown."""
    text = AnswerText()
    assert text.stop() == ""
    text.feed(HURT)
    assert text.stop().startswith("\n\n[1] The Harbour Post")
    text.feed(DIED)
    assert text.stop().startswith("\n[1] The Harbour Post")


@pytest.mark.parametrize("quotes", [False, True])
@pytest.mark.parametrize("width", [20, 33, 80])
def test_lines_fit_the_terminal(width, quotes):
    """Whatever is printed of an answer fits; colour takes no room."""
    plain = whole(EVENTS, Style(width, quotes=quotes))
    coloured = whole(EVENTS, Style(width, depth=16, quotes=quotes))
    assert all(columns(line) <= width for line in plain.split("\n"))
    for code in (2, 31, 33, 36, 0):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == plain


def test_notes_of_an_answer():
    """Warnings always, figures unless it is to be quiet."""
    notes = (
        "note: understood as: How many were hurt? (Maribel)\n"
        "note: the model cited [9.9], which it was not shown\n"
    )
    assert notes_text(ANSWER) == f"{notes}(test-model, 812 + 34 tokens, $0.0003, 1.2 s)\n"
    assert notes_text(ANSWER, quiet=True) == notes
    question = dataclasses.replace(QUESTION, text=QUESTION.asked)
    plain = dataclasses.replace(NO_ANSWER, question=question)
    assert notes_text(plain) == "(0.0 s)\n"


def test_sources_of_quotes_stand_once():
    """Three quotes from one article are one line, with all their numbers."""
    again = dataclasses.replace(CITED, number=3)
    assert sources_text([CITED, ALSO_CITED, again], QUOTES) == (
        "[1][3] The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
        "[2] no date, “What the harbour master saw”, version 2\n"
    )


def test_sources_of_one_article_in_a_row():
    """What it is called stands above the first of them, and each has its number and its quote."""
    again = dataclasses.replace(CITED, number=2, quote="Nobody died.")
    assert sources_text([CITED, again]) == (
        "[1] The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
        "    > Twelve passengers were taken to hospital, the coastguard said.\n"
        "[2] > Nobody died.\n"
    )


def test_sources_without_any():
    """No sources, no list."""
    assert sources_text([]) == ""
    assert sources_text([ALSO_CITED]).startswith("[2] no date")


def test_disagreements_are_shown_with_their_dates():
    """What sources say differently stands with outlet and day, and with when it was taken back."""
    other = dataclasses.replace(CITED, number=2, quote="Fourteen passengers went to hospital.")
    positions = (Position("Twelve passengers", (1,)), Position("Fourteen passengers", (2,), 1))
    answer = dataclasses.replace(
        ANSWER, citations=(CITED, other), disagreements=(Disagreement(positions),)
    )
    title, lines = next(disagreements_of(answer))
    assert title == "A source has been corrected:"
    assert lines == [
        "“Twelve passengers” [1] The Harbour Post, 5 March 2025",
        "“Fourteen passengers” [2] The Harbour Post, 5 March 2025; corrected on 5 March 2025 [1]",
    ]
    standing = dataclasses.replace(positions[1], correction=0)
    answer = dataclasses.replace(answer, disagreements=(Disagreement((positions[0], standing)),))
    shown = "".join(map(AnswerText().feed, replayed(answer)))
    assert "\nThe sources disagree:\n  “Twelve passengers” [1] The Harbour Post" in shown
    for form in (chat_markdown, chat_html):
        assert "The sources disagree:" in form("Chat", [Turn(answer.question, answer)])
