"""A question about somebody of whom nothing tells is not answered with what others said."""

from __future__ import annotations

import datetime as dt

import pytest
from test_extract import hit

from assistant.extract import quote
from assistant.question.times import read_time
from assistant.types import Question

DAM = (
    "Ida Lund, the minister for waterways of the United Kingdom, told reporters on 25 December "
    "that the dam of Upper Veldra was never at risk. The dam was built in 1961."
)


def asked(text: str):
    day = dt.date(2025, 1, 10)
    return quote(
        Question(text, text, day, time=read_time(text, day, lambda _: 1)),
        [hit(DAM, title="The dam")],
        None,
    )[1]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What did Omar Reith say about the dam of Upper Veldra?", "Omar Reith"),
        ("Did SCOTUS say that the dam of Upper Veldra was never at risk?", "SCOTUS"),
        ("Did the minister say in Oslo that the dam was never at risk?", "Oslo"),
    ],
)
def test_a_name_that_nothing_holds_is_told(question, missing):
    """Instead of quoting somebody else it says who is not mentioned."""
    answer = asked(question)
    assert answer.abstained
    assert answer.confidence == 0
    assert answer.warnings == (f"nothing that was found mentions “{missing}”",)
    assert answer.closest


@pytest.mark.parametrize(
    "question",
    [
        "What did Ida Lund say about the dam of Upper Veldra?",
        "What did Ida Lundt say about the dam of Upper Veldra?",
        "What did Minister Lund say about the dam of Upper Veldra?",
        "What did Lund say at Christmas about the dam of Upper Veldra?",
        "What did the UK's minister, Lund, say about the dam of Upper Veldra?",
        "WHAT DID LUND SAY ABOUT THE DAM OF UPPER VELDRA?",
        "what did ida lund say about the dam of upper veldra?",
    ],
)
def test_names_in_other_forms_are_known(question):
    """Misspelt, shortened, in capitals or for a time, a name is not called missing."""
    assert not asked(question).warnings


def test_what_sort_of_thing_is_asked_for_need_not_be_told():
    """Nobody writes “Norwegian” of a minister at home, so that the quote may answer."""
    answer = asked("Which Norwegian minister said that the dam of Upper Veldra was never at risk?")
    assert "nothing that was found" not in " ".join(answer.warnings)


def test_what_is_quoted_may_lack_a_name_that_was_found():
    """Where only another article names somebody, the answer says that its quotes do not."""
    text = "What did Lund and the Harbour Board say about the dam of Upper Veldra?"
    other = hit("The Harbour Board has a new pier, and it is long.", 0.1, url="https://x.example/2")
    day = dt.date(2025, 1, 10)
    answer = quote(Question(text, text, day), [hit(DAM), other], None)[1]
    assert not answer.abstained
    assert answer.warnings == ("what is quoted does not mention “Harbour Board”",)


def test_another_event_is_not_quoted_for_the_one_that_is_named():
    """What is told of a fire elsewhere is no answer, though some article has the name."""
    text = "How many people died in the fire of Corrow?"
    fires = [
        hit("Nine people died in the fire of Tarn on Friday, the mayor said."),
        hit("Corrow has a new theatre with a red roof.", 0.2, url="https://x.example/2"),
    ]
    answer = quote(Question(text, text, dt.date(2025, 1, 10)), fires, None)[1]
    assert answer.abstained
    assert answer.warnings == ("what was found does not say this of “Corrow”",)


def test_other_languages_are_not_judged_by_english_names():
    """An article in Chinese spells names otherwise, and may answer all the same."""
    text = "What did Ida Lund say about the dam of Upper Veldra?"
    found = hit("伦德部长星期四说，上韦尔德拉大坝从来没有危险。大坝建于1961年。")
    day = dt.date(2025, 1, 10)
    answer = quote(Question(text, text, day), [found], None)[1]
    assert not any("mention" in warning for warning in answer.warnings)


def test_a_name_that_is_told_in_other_words_is_known():
    """SCOTUS is not missing where articles have the Supreme Court."""
    court = "The Supreme Court ruled on Tuesday that the dam of Upper Veldra has to be repaired."
    question = "What did SCOTUS rule about the dam of Upper Veldra?"
    answer = quote(
        Question(question, question, dt.date(2025, 1, 10)), [hit(court, title="The dam")], None
    )[1]
    assert not answer.warnings
    assert not answer.abstained
