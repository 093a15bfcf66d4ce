"""Lists, headings and quotations of an answer, as a terminal shows them."""

from __future__ import annotations

import dataclasses

import pytest
from answers import HURT, whole

from assistant.render.answers import AnswerText
from assistant.render.blocks import Block
from assistant.render.layout import Style
from assistant.types import AnswerSentence, SentenceReady, Verdict, Writing


def sentence(text: str, before: str = " ") -> SentenceReady:
    return SentenceReady(AnswerSentence(text, (), Verdict("supported")), before, ())


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("", "Plain words.", Block("", 0, text="Plain words.")),
        ("\n", "- An item.", Block("•", 2, text="An item.")),
        ("\n- ", "An item.", Block("•", 2, text="An item.")),
        ("\n  * ", "Below it.", Block("  •", 4, text="Below it.")),
        ("\n\n10. ", "A number.", Block("10.", 4, text="A number.")),
        ("\n   ", "Goes on.", Block("   ", 3, text="Goes on.")),
        ("\n> ", "Quoted.", Block(">", 2, text="Quoted.")),
        ("\n\n", "## Heading ##", Block(heading=True, text="Heading")),
        ("", "-5 degrees.", Block("", 0, text="-5 degrees.")),
        ("", "#1 in the charts.", Block("", 0, text="#1 in the charts.")),
        ("", "2022 was dry.", Block("", 0, text="2022 was dry.")),
    ],
)
def test_what_a_line_is(before, text, expected):
    """Marks are known wherever they were left, and what only looks like one is text."""
    assert Block.of(before, text) == expected


def test_a_list_hangs_from_its_marks():
    """Further lines of an item, and its further sentences, stand below its first word."""
    events = [
        sentence("What came of it:", ""),
        sentence("- The ferry was towed to the yard in Lessing.", "\n\n"),
        sentence("It stays there."),
        sentence("1) One.", "\n  "),
    ]
    assert whole(events, Style(30)) == (
        "What came of it:\n"
        "\n"
        "• The ferry was towed to the\n"
        "  yard in Lessing. It stays\n"
        "  there.\n"
        "  1) One."
    )


def test_a_heading_is_bold_where_that_can_be():
    """Without colour it is only a line of its own."""
    events = [sentence("## The yard", ""), sentence("It is in Lessing.", "\n\n")]
    assert whole(events, Style(40, depth=16)) == "\x1b[1mThe yard\x1b[0m\n\nIt is in Lessing."
    assert whole(events, Style(40)) == "The yard\n\nIt is in Lessing."


def test_off_a_terminal_marks_stay_as_written():
    """What is piped on is the Markdown that the model wrote."""
    events = [sentence("Two:", ""), sentence("- One.", "\n"), sentence("Another.", "\n- ")]
    assert whole(events) == "Two:\n- One.\n- Another."


def test_a_preview_stands_where_the_sentence_will():
    """What is still being written is laid out like what it becomes, and changes nothing."""
    text = AnswerText(Style(30))
    so_far = text.feed(dataclasses.replace(HURT, before=""))
    preview = text.preview(Writing(" ", "Nobody died that"))
    assert so_far + preview == ("Twelve passengers went to\nhospital. [1] Nobody died that")
    assert text.preview(Writing("\n- ", "Nobody")) == "\n• Nobody"
    assert text.feed(sentence("Nobody died that day.")) == " Nobody died that\nday."


def test_another_width_from_here_on():
    """After the terminal was resized, the next sentence keeps to its new width."""
    text = AnswerText(Style(60))
    text.feed(dataclasses.replace(HURT, before=""))
    text.restyle(Style(30))
    # The line so far, of 39 columns, was broken by the terminal: nine of them are on its last line.
    assert text.feed(sentence("Nobody died that day at all.")) == (" Nobody died that day\nat all.")
