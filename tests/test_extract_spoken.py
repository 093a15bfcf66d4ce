"""Who asks what somebody said gets that person's words."""

from __future__ import annotations

import datetime as dt

import pytest
from test_extract import hit

from assistant.extract import quote
from assistant.extract.spoken import asked_speaker, speaks
from assistant.types import Question


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("What did Ida Lund say about the dam?", ("Ida Lund",)),
        ("How has the harbour board responded to the strike?", ("the harbour board",)),
        ("what does lund think of the plan", ("lund",)),
        ("What did he say about it?", ()),
        ("What did the storm destroy?", ()),
        ("Who said that the dam was safe?", ()),
        ("What did Ida Lund and Omar Reith say about it?", ("Ida Lund", "Omar Reith")),
    ],
)
def test_whose_words_are_asked_for(question, who):
    """Only a question for what a named one said is read so."""
    assert asked_speaker(question) == who


@pytest.mark.parametrize(
    ("text", "who", "expected"),
    [
        ("Ida Lund said the dam was safe.", "Lund", True),
        ("“It is safe,” the minister, Ida Lund, said.", "Minister Lund", True),
        ("Lund rejected calls to step down.", "Ida Lund", True),
        ("Lund, who turned 60, again apologised to the town.", "Ida Lund", True),
        ("Ida Lundt said the dam was safe.", "Lund", True),
        ("Omar Reith said that Lund knew of the crack.", "Lund", False),
        ("Nell Lund said the dam was safe.", "Ida Lund", False),
        ("A letter of March 27 to Lund says that it holds.", "Ida Lund", False),
        ("The report on Lund was false, Reith said.", "Ida Lund", False),
        ("Reith accused Lund of hiding the report.", "Ida Lund", False),
        ("The dam that Lund opened in 1961 has a crack.", "Ida Lund", False),
    ],
)
def test_who_speaks_in_a_sentence(text, who, expected):
    """To be spoken of is not to speak."""
    assert speaks(text, who) is expected


_REITH = (
    "Omar Reith of the farmers said that Ida Lund should close the dam of Upper Veldra. "
    "The dam of Upper Veldra was built in 1961, long before Ida Lund was born."
)
_LUND = "Ida Lund said on Friday that the dam of Upper Veldra would be drained in the summer."


def asked(text, *hits):
    return quote(Question(text, text, dt.date(2025, 1, 10)), hits, None)[1]


def test_the_words_of_whom_they_are_asked_for_come_first():
    """What others say of somebody has more words of the question, and answers less."""
    hits = (hit(_REITH), hit(_LUND, 0.9, url="https://x.example/2"))
    answer = asked("What did Ida Lund say about the dam of Upper Veldra?", *hits)
    assert answer.sentences[0].text == _LUND
    assert not answer.warnings


def test_that_nobody_quoted_is_the_one_is_told():
    """A reader could take what is quoted for the words of the one in the question."""
    answer = asked("What did Ida Lund say about the dam of Upper Veldra?", hit(_REITH))
    assert not answer.abstained
    assert answer.warnings == ("nothing that is quoted is said by “Ida Lund”",)
