"""The command in a real pseudo-terminal, with a model and an embedder on the loopback device."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from openai_server import Fault, OpenAIServer

from assistant.settings import history_file
from index.library import Library

pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals need a Unix-like system")

ROOT = Path(__file__).parent.parent
QUESTION = "How many passengers were taken to hospital?"


def reply(request):
    """Cites the sentence asked about under the number it was shown with; completes follow-ups."""
    prompt = request["messages"][-1]["content"]
    if "question to complete" in prompt:
        return ["What was heard on the Maribel?"]
    number = re.search(r"\[(\d+\.\d+)\] Twelve passengers", prompt)[1]
    return ["Twelve passengers ", f"went to hospital [{number}]. ", "Nobody ", *["else "] * 50]


SLOWLY = Fault(between=0.2, times=None)


@pytest.fixture
def server():
    with OpenAIServer(reply) as running:
        yield running


@pytest.fixture
def terminal(server, tmp_path, articles):
    """Starts the command in a terminal, on a library that is searched by words."""
    with Library(tmp_path / "library", create=True) as library:
        library.add(*articles, embed=False)
    started = []

    def start(*words, **environ):
        env = {
            **os.environ,
            "OPENAI_BASE_URL": server.base_url,
            "OPENAI_API_KEY": server.key,
            "DATELINE_LIBRARY": str(tmp_path / "library"),
            "TERM": "xterm",
            "PYTHONWARNINGS": "default",
            **environ,
        }
        child = pexpect.spawn(
            sys.executable,
            ["-m", "assistant", *words],
            cwd=ROOT,
            env=env,
            encoding="utf-8",
            timeout=30,
            dimensions=(40, 72),
        )
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


def left(child) -> int:
    """Waits for the end of the process; its exit code."""
    child.expect(pexpect.EOF)
    child.close()
    assert child.signalstatus is None
    return child.exitstatus


def test_a_chat(terminal):
    """Ask, open a source, ask on, and leave with Ctrl-D."""
    chat = terminal("chat", "--model", "test-model", NO_COLOR="1")
    chat.expect_exact("Answers by test-model.")
    chat.expect_exact("\r\n> ")
    chat.sendline(QUESTION)
    chat.expect_exact("Twelve passengers went to hospital. [1]")
    chat.expect_exact("[1] The Harbour Post, 5 March 2025")
    chat.expect_exact("> Twelve passengers were taken to hospital, the coastguard said.")
    chat.expect_exact("(test-model, ")
    chat.expect_exact("\r\n> ")
    chat.sendline("/open 1")
    chat.expect_exact("»Twelve passengers were taken to hospital, the coastguard said.«")
    chat.expect_exact("\r\n> ")
    chat.sendline("And what was heard?")
    chat.expect_exact("[1] The Harbour Post")
    chat.expect_exact("\r\n> ")
    chat.sendeof()
    assert left(chat) == 0
    assert chat.before.endswith("\r\n")


def test_ctrl_c_stops_the_answer_and_not_the_chat(terminal, server):
    """What came is kept with its source, the model is hung up on, and the chat goes on."""
    server.fault = SLOWLY
    chat = terminal("chat", "--model", "test-model", NO_COLOR="1")
    chat.expect_exact("\r\n> ")
    chat.sendline(QUESTION)
    chat.expect_exact("went to hospital. [1]")
    chat.sendintr()
    chat.expect_exact("[1] The Harbour Post")
    chat.expect_exact("(stopped)")
    chat.expect_exact("\r\n> ")
    assert server.hung_up.wait(10)
    server.fault = None
    chat.sendline(QUESTION)
    chat.expect_exact("(test-model, ")
    chat.expect_exact("\r\n> ")
    chat.sendline("/quit")
    assert left(chat) == 0


def test_ctrl_c_at_the_prompt(terminal):
    """The first clears what was typed, the second leaves."""
    chat = terminal("chat")
    chat.expect_exact("\r\n> ")
    chat.send("not meant")
    chat.expect_exact("not meant")
    chat.sendintr()
    chat.expect_exact("Ctrl-C again")
    chat.expect_exact("\r\n> ")
    chat.sendintr()
    assert left(chat) == 0


def test_lines_are_remembered(terminal):
    """The arrow up brings back lines of earlier chats; tab completes commands."""
    history_file().parent.mkdir(parents=True)
    history_file().write_text("/sources\n", encoding="utf-8")
    chat = terminal("chat")
    chat.expect_exact("\r\n> ")
    chat.send("\x1b[A\r")
    chat.expect_exact("There are no sources yet.")
    chat.expect_exact("\r\n> ")
    chat.send("/he\t\r")
    chat.expect_exact("what can be typed")
    chat.expect_exact("\r\n> ")  # before that, the end would be lost
    chat.sendeof()
    assert left(chat) == 0
    assert history_file().read_text(encoding="utf-8").split() == ["/sources", "/help"]


def test_colour_on_a_terminal(terminal):
    """A terminal gets colour, and lines that fit."""
    search = terminal("search", "Maribel")
    assert left(search) == 0
    assert "\x1b[2m   score" in search.before
    plain = re.sub(r"\x1b\[\d+m", "", search.before)
    assert max(len(line) for line in plain.split("\r\n")) <= 72


def test_no_colour_where_none_is_wanted(terminal):
    """NO_COLOR leaves no escape at all."""
    search = terminal("search", "Maribel", NO_COLOR="1")
    assert left(search) == 0
    assert "score" in search.before
    assert "\x1b" not in search.before


def test_ctrl_c_ends_a_question(terminal, server):
    """Exit code 130 with what came and its source, and no traceback."""
    server.fault = SLOWLY
    ask = terminal("ask", "--model", "test-model", QUESTION, NO_COLOR="1")
    ask.expect_exact("went to hospital. [1]")
    ask.sendintr()
    assert left(ask) == 130
    assert "[1] The Harbour Post" in ask.before
    assert "Traceback" not in ask.before


def test_a_question_is_missing(terminal):
    """At a terminal nobody waits for standard input: the way to ask is shown."""
    ask = terminal("ask")
    assert left(ask) == 2
    assert "there is nothing to ask" in ask.before


def test_indexing_shows_progress(terminal, tmp_path):
    """One line changes while articles are read and embedded, and the report follows."""
    file = tmp_path / "a.txt"
    file.write_text(" date 2025-03-05 A ferry ran aground.\n\nNobody died.\n")
    library = str(tmp_path / "new")
    index = terminal("index", str(file), "--library", library, "--embedder", "test-embedder")
    assert left(index) == 0
    assert "\r\x1b[Kreading 1 article" in index.before
    assert "embedding 1 of 1 passage" in index.before
    assert "1 article added" in index.before
