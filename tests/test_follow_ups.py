"""Follow-ups: which questions need the turns before them, and what becomes of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.complete import complete
from assistant.question.follow_ups import is_follow_up
from assistant.question.replies import read_plan, read_rewritten
from assistant.question.time_words import find_time_words
from assistant.types import Answer, AnswerSentence, Question, Turn, Verdict

TODAY = dt.date(2025, 6, 1)
TABLE = Path(__file__).parent / "data" / "follow_ups.txt"


def turn(asked: str, said: str) -> Turn:
    question = Question(asked, asked, TODAY)
    sentences = tuple(
        AnswerSentence(f"{part.rstrip('.')}.", (), Verdict("supported"))
        for part in said.replace("Dr. ", "Dr ").split(". ")
    )
    return Turn(
        question, Answer(question, "extractive", said, abstained=False, sentences=sentences)
    )


def rows():
    for line in TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(part.strip() for part in line.split("|"))


@pytest.mark.parametrize(("asked", "said", "text", "completed"), list(rows()))
def test_without_a_model(asked, said, text, completed):
    """A follow-up becomes a question that stands alone; one that does already stays as it is."""
    needed = is_follow_up(text, find_time_words(text, TODAY), asked)
    assert needed == (completed != "=")
    if needed:
        assert complete(text, [turn(asked, said)], TODAY) == completed


def test_a_chain_of_follow_ups():
    """Each refers to the completed form of the one before, so that the topic is not lost."""
    history = [turn("Who leads the inquiry into the Anneke Roos?", "Judge Omar Reith")]
    for text, completed in (
        ("When did it open?", "When did the inquiry into the Anneke Roos open?"),
        ("And when did it end?", "When did the inquiry into the Anneke Roos end?"),
        ("Why?", "Why? (the inquiry into the Anneke Roos end)"),
    ):
        assert complete(text, history, TODAY) == completed
        history.append(turn(completed, "In November"))


def test_what_was_put_behind_stays_behind():
    """“It” is what the follow-up before asked about, not what that was completed with."""
    history = [turn("Who leads the inquiry? (the Anneke Roos)", "Judge Omar Reith")]
    completed = complete("When did it open?", history, TODAY)
    assert completed == "When did the inquiry open? (leads the inquiry; the Anneke Roos)"


def test_what_is_behind_does_not_grow():
    """However long a chat goes on, its beginning and the last question are what is kept."""
    history = [
        turn("Which ferry hit the breakwater of Sarnhaven, at Tarn?", "The Anneke Roos did.")
    ]
    for text in ("Who leads the inquiry?", "And who paid the divers?", "And who saw the fire?"):
        completed = complete(text, history, TODAY)
        history.append(turn(completed, "Nobody knows"))
    assert completed == (
        "Who saw the fire? (paid the divers; ferry hit the breakwater of Sarnhaven, at Tarn)"
    )


def test_the_person_may_be_of_an_earlier_turn():
    """“He” looks back further when the last turn names nobody."""
    history = [
        turn("Who leads the inquiry?", "Judge Omar Reith opened it"),
        turn("How much did the repairs cost?", "They cost $1.5 million"),
    ]
    assert complete("And what did he say?", history, TODAY) == "What did Omar Reith say?"


@given(
    st.text(max_size=60).filter(lambda text: any(c.isalnum() for c in text)), st.text(max_size=40)
)
def test_any_words(text, asked):
    """No follow-up is too odd to be completed to something."""
    history = [turn(asked or "Who?", "Nobody")]
    assert complete(" ".join(text.split()), history, TODAY).strip()
    assert is_follow_up(text, find_time_words(text, TODAY), asked) in {True, False}


@pytest.mark.parametrize(
    ("reply", "question"),
    [
        ("What did Zelenskyy say about rail?", "What did Zelenskyy say about rail?"),
        ("“What did he say?”\n", "What did he say?"),
        ("**Question:** Who leads the inquiry?", "Who leads the inquiry?"),
        ("Rewritten question: Who leads it?", "Who leads it?"),
        ("```\nWho leads the inquiry?\n```", "Who leads the inquiry?"),
        ("- Who leads the inquiry?", "Who leads the inquiry?"),
        ("", ""),
        ("He said that rail was covered.", ""),
        ("Sure!\nHere it is:\nWho leads the inquiry?", ""),
        (f"Who {'x' * 400}?", ""),
    ],
)
def test_what_a_model_rewrote(reply, question):
    """A question is taken out of its wrapping; an answer or a speech is not taken for one."""
    assert read_rewritten(reply) == question


@pytest.mark.parametrize(
    ("reply", "searches"),
    [
        ("Who won in May?\nWho won in June?", ["Who won in May?", "Who won in June?"]),
        ("1. Who won in May?\n2) Who won in June?", ["Who won in May?", "Who won in June?"]),
        ("- injured Herald\n- injured Daily", ["injured Herald", "injured Daily"]),
        ("ONE", []),
        ("One.", []),
        ("Who won?", []),
        ("Who won?\nWho won?", []),
        ("a\nb\nc\nd\ne", []),
        ("", []),
    ],
)
def test_what_a_model_planned(reply, searches):
    """Two to four searches, one a line; anything else is no plan."""
    assert read_plan(reply) == searches
