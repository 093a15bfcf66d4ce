"""The chat loop, as whole transcripts: what is typed, what is printed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from answers import ANSWER, CITED, DIED, EVENTS, HURT, INFO, NO_ANSWER, TEXT

from assistant.repl import Door, Outcome, handle, run
from assistant.types import Finished
from index.errors import RateLimited, UnknownArticle
from index.types import Article

CTRL_C = KeyboardInterrupt()

SENTENCES = "Twelve passengers went to hospital. [1] Two people died. [1][2]\n"
MARK = "  ⚠ partly supported: the source says nobody, not two\n"
FIRST_SOURCE = (
    "[1] The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
    "    > Twelve passengers were taken to hospital, the coastguard said.\n"
)
SOURCES = FIRST_SOURCE + (
    "[2] no date, “What the harbour master saw”, version 2\n"
    "    > The ferry Maribel ran aground off Corran Point on Tuesday.\n"
)
WARNINGS = (
    "note: understood as: How many were hurt? (Maribel)\n"
    "note: the model cited [9.9], which it was not shown\n"
)
NOTES = f"{WARNINGS}(test-model, 812 + 34 tokens, $0.0003, 1.2 s)\n"


class Talk:
    """A person with a script, and answers with another."""

    def __init__(self, lines, answers=(), **how) -> None:
        self.lines = iter(lines)
        self.answers = iter(answers)
        self.asked: list[str] = []
        self.closed = 0
        self.resets = 0
        self.out = ""
        self.err = ""
        self.both = ""
        door = Door(self.ask, self.article, self.reset, self.read, self.write, self.warn)
        run(door, **how)

    def ask(self, question: str) -> Iterator:
        self.asked.append(question)
        try:
            for event in next(self.answers):
                if isinstance(event, BaseException):
                    raise event
                yield event
        finally:
            self.closed += 1

    def article(self, citation) -> Article:
        if citation.article != INFO:
            raise UnknownArticle("there is no such article", help="index it again")
        return Article(INFO, TEXT)

    def reset(self) -> None:
        self.resets += 1

    def read(self, prompt: str) -> str:
        line = next(self.lines, EOFError())
        if isinstance(line, BaseException):
            raise line
        self.both += f"{prompt}{line}\n"
        return line

    def write(self, text: str) -> None:
        self.out += text
        self.both += text

    def warn(self, text: str) -> None:
        self.err += text
        self.both += text


def test_a_question_and_its_sources():
    """A whole chat: an answer, its sources again, the article around one, and good-bye."""
    talk = Talk(["How many were hurt?", "/sources", "/open 1", "/quit"], [EVENTS])
    assert talk.both == (
        f"> How many were hurt?\n{SENTENCES}{MARK}\n{SOURCES}{NOTES}\n"
        f"> /sources\n{SOURCES}"
        "> /open 1\n"
        "The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n\n"
        "The ferry Maribel ran aground off Corran Point on Tuesday.\n\n"
        "»Twelve passengers were taken to hospital, the coastguard said.« Nobody died.\n"
        "> /quit\n"
    )
    assert talk.asked == ["How many were hurt?"]


def test_answers_and_notes_go_different_ways():
    """Answers can be piped: warnings and figures are not among them."""
    talk = Talk(["How many?"], [EVENTS])
    assert talk.out == f"{SENTENCES}{MARK}\n{SOURCES}\n"
    assert talk.err == NOTES


def test_quiet_leaves_only_warnings():
    """With --quiet there are no figures."""
    talk = Talk(["How many?"], [EVENTS], quiet=True)
    assert talk.err == WARNINGS


def test_ctrl_c_stops_an_answer_and_keeps_what_came():
    """The first Ctrl-C ends the answer, not the chat; its sources can still be opened."""
    talk = Talk(["How many?", "/sources", "And then?"], [[HURT, CTRL_C], EVENTS])
    assert talk.both.startswith(
        f"> How many?\nTwelve passengers went to hospital. [1]\n\n{FIRST_SOURCE}(stopped)\n\n"
        f"> /sources\n{FIRST_SOURCE}> And then?\n{SENTENCES}"
    )
    assert talk.closed == 2


def test_ctrl_c_before_anything_came():
    """Stopping early leaves no empty list of sources behind."""
    talk = Talk(["How many?", "/sources"], [[CTRL_C]])
    assert talk.both == "> How many?\n(stopped)\n\n> /sources\nThere are no sources yet.\n"


def test_ctrl_c_at_the_prompt_leaves_the_second_time():
    """One Ctrl-C clears the line and says how to leave, two in a row leave."""
    talk = Talk([CTRL_C, "How many?", CTRL_C, CTRL_C, "never read"], [EVENTS])
    assert talk.asked == ["How many?"]
    assert talk.err.count("leaves") == 2
    assert next(talk.lines) == "never read"


def test_an_error_does_not_end_the_chat():
    """What came before the error is kept, the error explained, and the next question works."""
    error = RateLimited("it asks to slow down", help="wait")
    talk = Talk(["How many?", "Again?"], [[HURT, error], EVENTS])
    assert talk.both.startswith(
        f"> How many?\nTwelve passengers went to hospital. [1]\n\n{FIRST_SOURCE}"
        "dateline: it asks to slow down\n  wait\n\n> Again?\n" + SENTENCES
    )


def test_an_incomplete_answer_is_printed_once():
    """When the answer so far is handed over before the error, its sources come once."""
    error = RateLimited("it asks to slow down")
    talk = Talk(["How many?"], [[*EVENTS, error]])
    assert talk.out.count("[2] no date") == 1
    assert talk.err == f"dateline: it asks to slow down\n{NOTES}"


def test_an_abstention():
    """The chat says what came nearest, and there is nothing to open."""
    talk = Talk(["How many?", "/open 1"], [[Finished(NO_ANSWER)]])
    assert talk.out.startswith("The articles do not answer this.\n\nThe closest passages:\n")
    assert talk.out.endswith("There are no sources yet.\n")


def test_reset_forgets_questions_and_sources():
    """After /reset a follow-up has nothing to follow."""
    talk = Talk(["How many?", "/reset", "/sources"], [EVENTS])
    assert talk.resets == 1
    assert talk.out.endswith("The questions so far are forgotten.\nThere are no sources yet.\n")


def test_a_source_that_is_gone():
    """An article that can no longer be read is an error like any other."""
    talk = Talk(["How many?", "/open 2", "/help"], [EVENTS])
    assert "dateline: there is no such article\n  index it again\n" in talk.err
    assert "/reset" in talk.out


def test_empty_lines_and_the_end():
    """Nothing is asked for empty lines; the end of input ends the chat."""
    assert Talk(["", "   "]).asked == []


def test_without_streaming_an_answer_comes_whole():
    """--no-stream prints once, and still keeps what came before Ctrl-C."""
    writes: list[str] = []

    class Whole(Talk):
        def write(self, text):
            super().write(text)
            if text.strip():
                writes.append(text)

    Whole(["How many?", "And?"], [EVENTS, [HURT, DIED, CTRL_C]], stream=False)
    assert writes[0] == f"{SENTENCES}{MARK}\n{SOURCES}"
    assert writes[1] == f"{SENTENCES}{MARK}\n{SOURCES}"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("How many?", None),
        ("quit smoking?", None),
        ("exit", Outcome(leave=True)),
        ("/QUIT", Outcome(leave=True)),
        ("/open 1", Outcome(open=CITED)),
        ("/open [1]", Outcome(open=CITED)),
        ("/open 7", Outcome("/open takes the number of a source of the last answer: 1.\n")),
        ("/open", Outcome("/open takes the number of a source of the last answer: 1.\n")),
        ("/sorces", Outcome("There is no command /sorces; did you mean /sources?\n")),
        ("/xyzzy", Outcome("There is no command /xyzzy; /help lists what there is.\n")),
        ("/\x1b[31m", Outcome("There is no command /␛[31m; /help lists what there is.\n")),
    ],
)
def test_lines_that_are_no_questions(line, expected):
    """Slash commands lead to what they say; everything else is a question."""
    assert handle(line, (CITED,)) == expected


def test_help_names_every_command():
    """/help can be trusted to be complete."""
    text = handle("/help", ()).text
    for name in ("/help", "/sources", "/open N", "/reset", "/quit", "/exit", "Ctrl-D", "Ctrl-C"):
        assert name in text


def test_the_answer_is_in_the_transcript_as_it_is_in_the_value():
    """What is printed has the sentences of the answer, in their order."""
    talk = Talk(["How many?"], [EVENTS])
    places = [talk.out.index(sentence.text) for sentence in ANSWER.sentences]
    assert places == sorted(places)
