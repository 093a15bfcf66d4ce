"""Whom “he” and “she” mean is told where it is clear, and left open where it is not."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_extract import hit

from assistant.extract.quotes import best_quotes
from assistant.extract.whom import naming, with_name
from assistant.types import Question


@pytest.mark.parametrize(
    ("before", "sentence", "told"),
    [
        ("Ida Lund went further.", "She said that the dam holds.", "Ida Lund said"),
        ("The minister, Ida Lund, said no.", "“It holds,” she added.", "Ida Lund added"),
        ("“It holds,” said Ida Lund.", "She would not say more.", "Ida Lund would"),
        ("Ida Lund spoke first. He had doubts, he said.", "He asked for proof.", "Ida Lund asked"),
        ("Ida Lund spoke. It rained on Tuesday.", "She said that the dam holds.", ""),
        ("Oru's mayor spoke.", "She said that the dam holds.", ""),
        ("Norway was asked.", "He said that the dam holds.", ""),
        ("Ida Lund spoke.", "When Omar Reith came, he said that the dam holds.", ""),
        ("Ida Lund spoke.", "Reporters heard “he is gone”.", ""),
        ("Ida Lund spoke.", "He's late.", ""),
        ("Ida Lund went.", "Her successor is Omar Reith.", "Ida Lund’s successor is Omar"),
        ("“It holds,” said Ida Lund.", "But her deputy has doubts.", "But Ida Lund’s deputy"),
        ("Ida Lund rose. Lund spoke.", "She said that the dam holds.", "Ida Lund said that"),
        ("Ida Lund went. Omar Lund spoke. Lund rose.", "He left.", "Lund left"),
        ("Ida Lund spoke.", "Reporters saw her car.", ""),
        ("Ida Lund spoke.", "Her and Omar Reith they let go.", ""),
        ("Ida Lund spoke.", "“Her car is gone,” people said.", ""),
        ("The owner was found, said Ida Lund.", "Her house had burnt down.", ""),
        ("Lessing: The mayor, a widow, spoke.", "Her house had burnt down.", ""),
        ("Norwegian Minister Ida Lund spoke.", "Her house had burnt down.", ""),
    ],
)
def test_he_and_she_are_those_whom_the_text_is_about(before, sentence, told):
    """A name is put for “she” only where the sentences before leave no doubt who she is."""
    *others, last = (each.strip() for each in f"{before} | {sentence}".split(" | "))
    sentences = [part if part.endswith(".") else f"{part}." for part in others[0].split(". ")]
    found = with_name([*sentences, last], len(sentences))
    assert (told in found) if told else found == last


@given(st.lists(st.text("“”\"' .HeshIdaLund,'s", min_size=1), min_size=1), st.data())
def test_any_text_may_stand_before_he(sentences, data):
    """However damaged a text is, only the word for somebody gives way to a name before it."""
    place = data.draw(st.integers(0, len(sentences) - 1))
    named = naming(sentences, place)
    told = with_name(sentences, place)
    assert named is None or 0 <= named < place
    assert named is not None or told == sentences[place]


TALKS = (
    "The board asked whether Oru might run the plants. Ida Lund, the minister, went further. "
    "She said that Oru wanted a share of the plants, which nobody had offered. "
    "Omar Reith put it more narrowly. He said that the talk of the plants was about the oldest one."
)


@pytest.mark.parametrize(
    ("who", "said"), [("Lund", "wanted a share"), ("Reith", "about the oldest one")]
)
def test_what_somebody_says_is_found_though_he_is_named_before_it(who, said):
    """Of two who say something in turn, the one who is asked about is quoted, with his name."""
    asked = f"What did {who} say about the plants?"
    first, *_ = best_quotes(Question(asked, asked, dt.date(2025, 1, 1)), [hit(TALKS)], None, 1)
    assert said in first
    assert who in first


@pytest.mark.parametrize(
    "asked",
    ["Who replaced Lund?", "Who succeeded Ida Lund as minister?", "who took over from Lund"],
)
def test_a_successor_is_found_however_the_question_is_put(asked):
    """“Her successor is …” answers who replaced, succeeded or took over from one."""
    text = (
        "Ida Lund has resigned as minister for the ferries. “I was wrong,” said Lund. "
        "Her successor is Omar Reith, so far head of the harbour board. "
        "The ferries will run on Sunday, too."
    )
    first, *_ = best_quotes(Question(asked, asked, dt.date(2025, 1, 1)), [hit(text)], None, 1)
    assert "Omar Reith" in first


def test_a_quotation_is_shown_with_its_speaker():
    """“…,” she said, comes with the sentence that tells who she is."""
    text = "Ida Lund gave the keys away. “The ferry of Oru never was late,” she said."
    asked = Question(
        "Was the ferry of Oru late?", "Was the ferry of Oru late?", dt.date(2025, 1, 1)
    )
    assert "Ida Lund" in best_quotes(asked, [hit(text)], None, 1)[0]
