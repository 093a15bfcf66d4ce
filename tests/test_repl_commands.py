"""What lines that are no questions lead to."""

from __future__ import annotations

import datetime as dt

import pytest
from answers import ALSO_CITED, ANSWER, CITED, HIT, QUESTION

from assistant.render.layout import Style
from assistant.repl.actions import (
    Ask,
    Browse,
    Compose,
    Edit,
    Feedback,
    Index,
    Indexing,
    Leave,
    ListModels,
    ListSessions,
    More,
    Open,
    OpenNamed,
    Page,
    Rename,
    Reset,
    Resume,
    Save,
    ShowTimeline,
    Undo,
    Use,
)
from assistant.repl.command import Outcome, State
from assistant.repl.commands import COMMANDS, handle
from assistant.repl.scope import Scope, parse_day
from assistant.types import Turn
from index.errors import UsageError

DAY = dt.date(2025, 3, 9)
TURN = Turn(QUESTION, ANSWER, (HIT,), (("system", "Answer."), ("user", "How many were hurt?")))
NEW = State(today=DAY)
ASKED = State(turns=(TURN,), places=(CITED, ALSO_CITED), asked="How many were hurt?", today=DAY)


@pytest.mark.parametrize("line", ["thanks", "OK, thank you!", "Hello there", "help", "bye", "yes"])
def test_who_asks_nothing_is_told_how(line):
    """Thanks and greetings are no questions, which would be searched and become the topic."""
    outcome = handle(line, State())
    assert "/help" in outcome.text
    assert outcome.action is None


@pytest.mark.parametrize("line", ["How many?", "quit smoking?", "exit polls", "  Why?"])
def test_questions(line):
    """Whatever is no command is a question."""
    assert handle(line, NEW) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("exit", Leave()),
        ("/QUIT", Leave()),
        ("/open 1", Open(CITED)),
        ("/open [2]", Open(ALSO_CITED)),
        ("/open 1 --browser", Browse(CITED)),
        ("/open --browser 1", Browse(CITED)),
        ("/open Ferry runs aground", OpenNamed("Ferry runs aground")),
        ("/more", More(5)),
        ("/more 12", More(12)),
        ("/timeline the ferry", ShowTimeline("the ferry")),
        ("/timeline", ShowTimeline(QUESTION.text)),
        ("/retry", Ask("How many were hurt?", instead=True)),
        ("/edit", Edit("How many were hurt?", instead=True)),
        ("/editor What about", Compose("What about")),
        ("/undo", Undo()),
        ("/reset", Reset()),
        ("/model", ListModels()),
        ("/model tiny", Use(Scope(model="tiny"))),
        ("/since 2025-02", Use(Scope(since=dt.date(2025, 2, 1)))),
        ("/until 2025-02", Use(Scope(until=dt.date(2025, 2, 28)))),
        ("/as-of yesterday", Use(Scope(as_of=dt.date(2025, 3, 8)))),
        ("/source The Harbour Post, Courier", Use(Scope(sources=("The Harbour Post", "Courier")))),
        ("/source all", Use(Scope())),
        ("/top-k 20", Use(Scope(top_k=20))),
        ("/strict", Use(Scope(strict=True))),
        ("/strict off", Use(Scope())),
        ("/save notes/ferry 1.md", Save("notes/ferry 1.md", over=False)),
        ("/save! a.json", Save("a.json", over=True)),
        ("/sessions", ListSessions()),
        ("/resume", ListSessions()),
        ("/resume the ferry", Resume("the ferry")),
        ("/rename The ferry", Rename("The ferry")),
        ("/feedback good", Feedback(good=True, note="")),
        ("/feedback bad not  so", Feedback(good=False, note="not  so")),
        ("/index a 'b c' d\\ e", Index(("a", "b c", "d e"), agreed=False)),
        ("/index --yes a", Index(("a",), agreed=True)),
        ("/index", Indexing(stop=False)),
        ("/index stop", Indexing(stop=True)),
    ],
)
def test_what_is_to_be_done(line, expected):
    """Commands lead to what they say."""
    assert handle(line, ASKED).action == expected


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/open 7", "/open takes a number (1, 2), or words of a title.\n"),
        ("/open", "/open takes a number (1, 2), or words of a title.\n"),
        ("/copy 7", "/copy takes the number of a source, or nothing for the whole answer.\n"),
        ("/more lots", "/more takes a number from 1 to 50.\n"),
        ("/top-k 0", "/top-k takes a number from 1 to 100.\n"),
        ("/strict very", "/strict takes “on” or “off”.\n"),
        (
            "/since Ester",
            "“Ester” is not a day; write 2022-03-14, 14 March 2022, March 2022 or last week.\n",
        ),
        ("/save", "/save takes a file whose name ends in .md, .html, .json or .jsonl.\n"),
        ("/rename", "/rename takes the title of this chat.\n"),
        (
            "/feedback better",
            "/feedback takes “good” or “bad”, and whatever you want to say of it.\n",
        ),
        ("/index 'a", "A quotation mark is not closed.\n"),
        ("/index --sync a", "/index knows no --sync; `dateline index --help` does.\n"),
        ("/since", "all dates, all outlets; 8 passages; quotes only\n"),
        ("/sorces", "There is no command /sorces; did you mean /sources?\n"),
        ("/xyzzy", "There is no command /xyzzy; /help lists what there is.\n"),
        ("/\x1b[31m", "There is no command /␛[31m; /help lists what there is.\n"),
    ],
)
def test_what_cannot_be_done(line, said):
    """What is wrong is said, with what would be right."""
    assert handle(line, ASKED) == Outcome(said)


@pytest.mark.parametrize(
    "line",
    ["/sources", "/open 1", "/why", "/more", "/copy", "/retry", "/edit", "/undo", "/save a.md"],
)
def test_before_the_first_question(line):
    """Nothing is there yet, and that is said."""
    outcome = handle(line, NEW)
    assert outcome.text.startswith("There ")
    assert outcome.action is None


def test_help_names_every_command():
    """/help can be trusted to be complete."""
    text = handle("/help", State(style=Style(79))).text
    for command in COMMANDS:
        assert f"  {command.usage}" in text
        assert command.what.split()[-1] in text
    for key in ("/exit", "Ctrl-D", "Ctrl-C", "Ctrl-R", "Alt-Enter"):
        assert key in text
    assert max(map(len, text.split("\n"))) < 80


def test_narrow_terminals():
    """What is said fits, and what a command is for stands below its name."""
    state = State(style=Style(39))
    for line in ("/help", "/since Ester", "/feedback so", "/nowhere"):
        assert max(map(len, handle(line, state).text.split("\n"))) < 40
    assert (
        "\n  /sources\n    the sources of the last answer\n    again\n"
        in handle("/help", state).text
    )


def test_why():
    """The question as looked up, what was found and how it ranks, what was sent, what it took."""
    action = handle("/why", ASKED).action
    assert isinstance(action, Page)
    assert action.text == (
        "Question\n"
        "asked: How many were hurt?\n"
        "understood as: How many were hurt? (Maribel)\n"
        "as of: 9 March 2025\n"
        "\n"
        "Found: 1 passage\n"
        "1. The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
        "   > The ferry Maribel ran aground off Corran Point on Tuesday. …\n"
        "   score 1.25: lexical 1.00 (rank 1), vector 0.25 (rank 4)\n"
        "\n"
        "Answer\n"
        "by: test-model\n"
        "prompt: answer, version 1 (abc123)\n"
        "tokens: 812 sent (512 of them cached), 34 written, $0.0003\n"
        "time: retrieve 0.01 s, answer 1.20 s\n"
        "sentences: 1 supported, 1 partial\n"
        "note: the model cited [9.9], which it was not shown\n"
        "\n"
        "Sent to test-model: system\n"
        "Answer.\n"
        "\n"
        "Sent to test-model: user\n"
        "How many were hurt?\n"
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-03-14", (2022, 3, 14), (2022, 3, 14)),
        (" 2024-2 ", (2024, 2, 1), (2024, 2, 29)),
        ("2022", (2022, 1, 1), (2022, 12, 31)),
        ("Today", (2025, 3, 9), (2025, 3, 9)),
        ("14 March 2022", (2022, 3, 14), (2022, 3, 14)),
        ("last week", (2025, 2, 24), (2025, 3, 2)),
        ("march", (2025, 3, 1), (2025, 3, 31)),
        ("two weeks ago", (2025, 2, 19), (2025, 2, 27)),
    ],
)
def test_days(text, first, last):
    """A longer time means its first or its last day, as the limit wants."""
    assert parse_day(text, DAY) == dt.date(*first)
    assert parse_day(text, DAY, last=True) == dt.date(*last)


@pytest.mark.parametrize("text", ["2022-13", "2022-02-30", "3/4/2022", "0000", "", "so"])
def test_what_is_no_day(text):
    """A slip is refused instead of being guessed at."""
    with pytest.raises(UsageError, match="is not a day"):
        parse_day(text, DAY)
