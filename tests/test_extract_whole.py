"""Quotes that need a neighbour to be understood get it, and no others do."""

from __future__ import annotations

import pytest
from conftest import make_article

from assistant.extract.whole import reads_on, whole
from assistant.shown import Shown
from index.types import Hit, Passage

TEXT = (
    "Judge Omar Reith opened the inquiry. He said that it would be public. "
    "The harbour was busy. A prize was awarded at the end. It went to Ada Finch of Lessing. "
    "Finch, who builds boats in Lessing, was not there."
)


def quoted(question, sentence, text=TEXT):
    info = make_article("https://x.example/1", text).info
    shown = Shown.of([Hit(Passage(info, 0, 0, len(text), text), 1.0)])
    return whole(question, list(shown.sentences(1))[sentence]).text


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "Will the inquiry be public?",
            1,
            "Judge Omar Reith opened the inquiry. He said that it would be public.",
        ),
        (
            "Who was awarded the prize?",
            3,
            "A prize was awarded at the end. It went to Ada Finch of Lessing.",
        ),
        ("Who opened the inquiry?", 0, "Judge Omar Reith opened the inquiry."),
        ("Who was busy?", 2, "The harbour was busy."),  # what follows holds no name either
    ],
)
def test_neighbours(question, sentence, expected):
    """A sentence that points back gets what it points at; one without a name gets the name."""
    assert quoted(question, sentence) == expected


def test_what_is_said_from_mark_to_mark_gets_its_speaker():
    """A quotation that is a paragraph by itself is quoted with the one that says whose it is."""
    text = (
        "“The rules are weak,” said Ida Lund, who leads the union.\n\n"
        "“Nobody will have to follow them.”\n\nThe court was not there."
    )
    whole_text = "“The rules are weak,” said Ida Lund, who leads the union.\n\n“Nobody will have to"
    assert quoted("Who will have to follow the rules?", 1, text).startswith(whole_text)
    assert quoted("Was the court there?", 2, text) == "The court was not there."


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("The bridge closed in May.\n\nThe council shut it for repairs.", True),
        ("Bridge closed for repairs\n\nThe council shut it in May.", False),
        ("He wants it open by May.\n\n“It will be open,” Ida Lund said.", False),
        ("“It is closed.”\n\nIn a letter the council said it would open.", False),
        ("He wants it open by May. “It will be open,” he said.", True),
    ],
)
def test_over_a_paragraph_nothing_changes_its_speaker(text, joined):
    """Sentences of two paragraphs are one quote only where neither needs who was named before."""
    info = make_article("https://x.example/1", text).info
    first, second = Shown.of([Hit(Passage(info, 0, 0, len(text), text), 1.0)]).sentences(1)
    assert reads_on(first, second) is reads_on(second, first) is joined


@pytest.mark.parametrize("marks", ["“”", '""'])
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (1, "[I never saw it. It was dark, and it was late,] said the pilot."),
        (2, "[I never saw it. It was dark, and it was late,] said the pilot."),
        (3, "Nobody else was on the bridge."),
        (4, "He added: [We called for help at once. Nobody came.]"),
        (5, "He added: [We called for help at once. Nobody came.]"),
    ],
)
def test_a_quotation_is_quoted_from_mark_to_mark(marks, sentence, expected):
    """No quote begins or ends within what somebody says, as if the outlet had said it itself."""
    text = (
        "The ferry sank at night. [I never saw it. It was dark, and it was late,] said the pilot. "
        "Nobody else was on the bridge. He added: [We called for help at once. Nobody came.]"
    )
    text, expected = (
        each.replace("[", marks[0]).replace("]", marks[1]) for each in (text, expected)
    )
    assert quoted("Was it dark at once?", sentence, text) == expected


def test_a_quotation_that_never_ends_is_quoted_as_it_stands():
    """Where the mark that closes is missing, nothing more is quoted for it."""
    text = "The pilot said: “It was dark. The ferry sank. The crew swam. The harbour slept."
    assert quoted("Was it dark?", 1, text) == "The ferry sank."
