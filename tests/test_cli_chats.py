"""The command `chats`, on chats that were kept in the library's folder."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from answers import ANSWER, HIT, NO_ANSWER, QUESTION
from click.testing import CliRunner

from assistant.chats.store import ChatStore, chats_file
from assistant.chats.values import ChatInfo
from assistant.cli import main
from assistant.render.chat import chats_text
from assistant.render.layout import Style
from assistant.repl.scope import Scope
from assistant.settings import state_folder
from assistant.types import Turn

FIRST, SECOND = "How many were hurt?", "And who died?"


@pytest.fixture
def dateline(tmp_path, monkeypatch):
    """Runs `dateline chats`, with two chats kept of which the first has a rated answer."""
    library = tmp_path / "library"
    library.mkdir()
    monkeypatch.setenv("DATELINE_LIBRARY", str(library))
    store = ChatStore(chats_file(library, state_folder()))
    for question, answer in ((FIRST, ANSWER), (SECOND, NO_ANSWER)):
        chat = store.begin(Scope())
        turn = store.ask(chat, question, Scope())
        store.answer(turn, Turn(QUESTION, answer, (HIT,)))
    store.rate(1, good=False, note="it was thirteen")

    def run(*words):
        return CliRunner().invoke(main, ["chats", *words], prog_name="dateline")

    return run


def test_the_list(dateline):
    """A line a chat, the one used last first; JSON for programs."""
    lines = dateline().stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "1"]
    assert lines[1].endswith(f"1 question  {FIRST}")
    listed = json.loads(dateline("--json").stdout)["chats"]
    assert [(one["number"], one["title"], one["questions"]) for one in listed] == [
        (2, SECOND, 1),
        (1, FIRST, 1),
    ]


def test_the_list_in_a_narrow_window():
    """Titles have room for words: beside the rest, or below it where that leaves too little."""
    title = "How many were hurt on the ferry Maribel?"
    chat = ChatInfo(2, title, dt.datetime(2025, 3, 9, 12, 30, tzinfo=dt.UTC), 1)
    for width in (100, 60, 40, 24):
        lines = chats_text([chat], Style(width)).splitlines()
        assert max(map(len, lines)) <= width
        assert " ".join(" ".join(lines).split()).endswith(title)
    assert len(chats_text([chat], Style(40)).splitlines()) == 3


def test_one_chat(dateline):
    """Named by number or words of its title: Markdown in a pipe, or JSON."""
    shown = dateline("1")
    assert shown.stdout.startswith(f"# {FIRST}\n")
    assert "Twelve passengers went to hospital.[^1]" in shown.stdout
    assert dateline("were hurt").stdout == shown.stdout
    assert json.loads(dateline("1", "--json").stdout)["answers"][0]["text"] == ANSWER.text
    missing = dateline("9")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert missing.stderr.startswith("dateline: there is no such chat; name one by its number")


def test_saving_and_removing(dateline, tmp_path):
    """A chat becomes a file, and is gone when it was removed."""
    file = tmp_path / "chat.html"
    assert dateline("1", "--save", str(file)).exit_code == 0
    assert "How many were hurt?</h1>" in file.read_text("utf-8")
    again = dateline("1", "--save", str(file))
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)
    assert dateline("1", "--remove").stderr == "removed chat 1\n"
    assert [line.split()[0] for line in dateline().stdout.splitlines()] == ["2"]
    assert dateline("--save", str(file)).exit_code == 2


def test_feedback(dateline):
    """What was thought of answers, with the answers, is there for evaluation."""
    assert dateline("--feedback").stdout.startswith("bad ")
    (rated,) = json.loads(dateline("--feedback", "--json").stdout)["feedback"]
    assert (rated["good"], rated["note"]) == (False, "it was thirteen")
    assert rated["answer"]["text"] == ANSWER.text


def test_no_chat_yet(tmp_path):
    """A library without chats is said to have none, and nothing is made there."""
    (tmp_path / "new").mkdir()
    shown = CliRunner().invoke(main, ["chats", "--library", str(tmp_path / "new")])
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, "", "no chat was kept yet\n")
    assert list((tmp_path / "new").iterdir()) == []
