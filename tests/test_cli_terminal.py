"""The command in a real terminal, with a model and an embedder on the loopback device."""

from __future__ import annotations

import os
import re
import socket
import sys
from pathlib import Path

import pytest

pytest.importorskip("pexpect", reason="pseudo-terminals need a Unix-like system")

from openai_server import Fault, OpenAIServer
from prefork import Prefork
from screen import Terminal

from assistant.settings import history_file
from index.library import Library

ROOT = Path(__file__).parent.parent
QUESTION = "How many passengers were taken to hospital?"
ANSWER = "Twelve passengers went to hospital, the coastguard said. [1]"
REST = ["Nobody ", *["else "] * 50]
SOURCE = "[1] The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”"


def reply(request):
    """Cites the sentence asked about under the number it was shown with; completes follow-ups."""
    prompt = request["messages"][-1]["content"]
    if "question to complete" in prompt:
        return ["What was heard on the Maribel?"]
    number = re.search(r"\[(\d+\.\d+)\] Twelve passengers", prompt)[1]
    return ["Twelve passengers ", f"went to hospital, the coastguard said [{number}]. ", *REST]


def short_reply(request):
    return reply(request)[:2]


READING = re.compile(r"reading \d passages?")
SLOWLY = Fault(between=0.2, times=None)


@pytest.fixture
def server():
    with OpenAIServer(short_reply) as running:
        yield running


@pytest.fixture(scope="session")
def prefork():
    """Starts the command in no time."""
    started = Prefork()
    yield started
    started.close()


@pytest.fixture
def terminal(server, tmp_path, articles, prefork):
    """Starts the command in a terminal, on a library that is searched by words.

    With `fresh`, it is started as a shell would.
    """
    with Library(tmp_path / "library", create=True) as library:
        library.add(*articles, embed=False)
    started = []

    def start(*words, columns=80, lines=40, fresh=False, **environ):
        env = {
            **{k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "COLORTERM", "TMUX"}},
            "OPENAI_BASE_URL": server.base_url,
            "OPENAI_API_KEY": server.key,
            "DATELINE_LIBRARY": str(tmp_path / "library"),
            "DATELINE_CONTEXT_WINDOW": "8192",  # so that the endpoint is not asked for it
            "TERM": "xterm-256color",
            "PYTHONWARNINGS": "default",
            **environ,
        }
        command = [sys.executable, "-m", "assistant", *words] if fresh else list(words)
        how = {"cwd": ROOT, "env": env, "prefork": None if fresh else prefork}
        started.append(Terminal(command, columns=columns, lines=lines, **how))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture
def chat(terminal):
    """Starts a chat with the model, up to its prompt."""

    def start(*words, model="test-model", **how):
        begun = terminal("chat", *(["--model", model] if model else []), *words, **how)
        begun.wait_for_prompt()
        return begun

    return start


# whole sessions


def test_a_session(chat):
    """Ask, look into a source, ask on, and leave with Ctrl-D."""
    talk = chat(fresh=True)
    assert "Answers by test-model." in talk.text
    talk.enter(QUESTION)
    talk.wait_for("(test-model, ")
    talk.wait_for_prompt()
    assert "\n".join(talk.lines[1:-2]).split("note: ")[0] == (
        f"> {QUESTION}\n{ANSWER}\n\n{SOURCE}\n"
        "    > Twelve passengers were taken to hospital, the coastguard said.\n"
    )
    talk.enter("/open 1")
    talk.wait_for("»Twelve passengers were taken to hospital, the coastguard said.«")
    talk.wait_for_prompt()
    talk.enter("And what was heard?")
    talk.wait_for(lambda text: text.count("(test-model, ") == 2)
    talk.wait_for_prompt()
    talk.type("\x04")
    assert talk.left() == 0


def test_lines_fit_every_width(chat):
    """Nothing of an answer is broken by the terminal itself, and no line is over-long to read."""
    talk = chat(columns=40, lines=60)
    for count, columns in enumerate((40, 64, 120, 200), 1):
        talk.resize(columns, 60)
        talk.enter(QUESTION)
        talk.wait_for(lambda text, count=count: text.count("(test-model, ") == count)
        talk.wait_for_prompt()
        shown = talk.text.rpartition("?\n")[2].partition("\n\n>")[0]
        assert max(map(len, shown.split("\n"))) <= min(columns - 1, 100)
        assert " ".join(shown.split()).startswith(f"{ANSWER} {SOURCE} > Twelve passengers")


def test_the_line_of_facts(chat):
    """Library, articles, share with vectors, who answers, limits and tokens are there."""
    talk = chat("--as-of", "2025-04-01", columns=120)
    facts = " library · 3 articles · 0% with vectors · answers by test-model · as of 2025-04-01"
    talk.wait_for(facts)
    talk.enter(QUESTION)
    talk.wait_for("(test-model, ")
    talk.wait_for(re.compile(re.escape(facts) + r" · \d+ tokens"))
    talk.enter("/model off")
    talk.wait_for("· quotes only ·")
    talk.enter("/source the harbour post")
    talk.wait_for("from The Harbour Post")


# editing lines


def test_lines_are_remembered(chat):
    """The arrow up brings back lines of earlier chats, Ctrl-R finds them, Tab completes."""
    history_file().parent.mkdir(parents=True)
    history_file().write_text("How was the weather?\n/sources\n", encoding="utf-8")
    talk = chat(model="")
    talk.type("\x1b[A")
    talk.wait_for("> /sources")
    talk.type("\r")
    talk.wait_for("There are no sources yet.")
    talk.wait_for_prompt()
    talk.type("\x12wea")
    talk.wait_for("How was the weather?")
    talk.type("\x07")
    talk.wait_for_prompt()
    talk.type("/he")
    talk.wait_for("what can be typed")
    talk.type("\t")
    talk.wait_for("> /help")
    talk.type("\r")
    talk.wait_for("> /help\n")
    talk.type("\r")
    talk.wait_for("A line is a question")
    talk.wait_for_prompt()
    talk.type("\x04")
    assert talk.left() == 0
    kept = history_file().read_text(encoding="utf-8")
    assert kept == "How was the weather?\n/sources\n+/help\n\n"


def test_many_lines(chat, server):
    """A question may have lines: by Alt-Enter, by a backslash, or because it was pasted."""
    server.replies = "Nobody died."
    talk = chat()
    talk.type("How many\x1b\rwere taken\\\rto hospital?")
    talk.wait_for("  to hospital?")
    talk.type("\r")
    talk.wait_for("(test-model, ")
    assert "How many were taken to hospital?" in server.requests[-1].body["messages"][-1]["content"]
    talk.wait_for_prompt()
    talk.type("\x1b[200~How many\nwere\nhurt?\x1b[201~")
    talk.wait_for("  hurt?")
    assert len(server.requests) == 1
    talk.type("\r")
    talk.wait_for(lambda text: text.count("(test-model, ") == 2)
    assert "How many were hurt?" in server.requests[-1].body["messages"][-1]["content"]


def test_titles_and_outlets_are_completed(chat):
    """Tab knows what the library holds."""
    talk = chat(model="", columns=100)
    talk.wait_for("3 articles")
    talk.type("/open ferry")
    talk.wait_for("title")
    talk.type("\t")
    talk.wait_for("> /open Ferry runs aground off Corran Point")
    talk.type("\x15What says the Less\t")
    talk.wait_for("> What says the Lessing Courier")


def test_an_editor(chat, tmp_path):
    """/editor hands over to the editor, and what was written there can still be changed."""
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "%s, hurt?" "$(cat "$1")" > "$1"\n')
    editor.chmod(0o755)
    talk = chat(model="", VISUAL=str(editor))
    talk.enter("/editor How many were")
    talk.wait_for("> How many were, hurt?")


def test_vi_keys(terminal):
    """Who edits with vi does so here."""
    talk = terminal("chat", DATELINE_EDITING="vi")
    talk.wait_for_prompt()
    talk.type("/hilp\x1b")
    talk.wait_for("> /hilp")
    talk.look(0.1)
    talk.type("hhre")
    talk.wait_for("> /help")
    talk.type("\x1b")
    talk.look(0.1)
    talk.type("\r")
    talk.wait_for("A line is a question")


# progress, Ctrl-C


def test_what_goes_on_is_said_when_it_takes_long(chat, server):
    """After half a second a line says what happens; it is gone when the answer is there."""
    server.fault = Fault(before=1.5, times=1)
    talk = chat()
    talk.enter(QUESTION)
    talk.wait_for(READING)
    talk.wait_for("(test-model, ")
    assert "reading" not in talk.text


def test_sentences_are_seen_while_they_are_written(chat, server):
    """Words come as the model writes them, faint until they are checked, and then stay in place."""
    server.replies = reply
    server.fault = SLOWLY
    talk = chat()
    talk.enter(QUESTION)
    talk.wait_for(re.compile(r"^Twelve passengers$", re.MULTILINE))
    assert talk.faces("Twelve") == {("767676", False)}
    talk.wait_for(f"{ANSWER} Nobody else")
    assert talk.faces("Twelve passengers") == {("default", False)}
    assert talk.faces("Nobody") == {("767676", False)}
    assert talk.text.count("Twelve") == 1


def test_ctrl_c_while_the_library_opens(chat):
    """A server that does not answer keeps nobody: the question stops, and the chat can be left."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"http://127.0.0.1:{silent.getsockname()[1]}/news"
        talk = chat(model="", fresh=True, DATELINE_LIBRARY=place)
        talk.enter(QUESTION)
        talk.wait_for("opening the library")
        talk.interrupt()
        talk.wait_for("(stopped)")
        talk.wait_for_prompt()
        talk.type("\x04")
        assert talk.left() == 0


def test_ctrl_c_while_it_searches_or_reads(chat, server):
    """Nothing has come yet, so nothing is kept, and the chat goes on."""
    server.fault = Fault(before=30, times=1)
    talk = chat()
    talk.enter(QUESTION)
    talk.wait_for(READING)
    talk.interrupt()
    talk.wait_for("(stopped)")
    talk.wait_for_prompt()
    talk.enter("/sources")
    talk.wait_for("There are no sources yet.")
    talk.enter("/retry")
    talk.wait_for(ANSWER)


def test_ctrl_c_in_the_middle_of_a_sentence(chat, server):
    """What came is kept with its source, the model is hung up on, and the chat goes on."""
    server.replies = reply
    server.fault = SLOWLY
    talk = chat()
    talk.enter(QUESTION)
    talk.wait_for("the coastguard said. [1] Nobody else")
    talk.interrupt()
    text = talk.wait_for("(stopped)")
    assert f"{ANSWER}\n\n{SOURCE}\n" in text
    assert "else" not in text
    assert server.hung_up.wait(10)
    talk.wait_for_prompt()
    server.fault, server.replies = None, short_reply
    talk.enter("/retry")
    talk.wait_for("(test-model, ")
    talk.wait_for_prompt()
    talk.enter("/quit")
    assert talk.left() == 0


def test_ctrl_c_while_it_checks(chat, server):
    """All sentences are there, and stay with our verdicts; only the second ones are missing."""

    def judged(request):
        if "Judge each" not in str(request["messages"]):
            return short_reply(request)
        server.stopping.wait(30)
        return "1: supported"

    server.replies = judged
    talk = chat("--judge")
    talk.enter(QUESTION)
    talk.wait_for("checking …")
    talk.interrupt()
    text = talk.wait_for("(stopped)")
    assert f"{ANSWER}\n\n{SOURCE}\n" in text
    assert "checking" not in text
    talk.wait_for_prompt()
    talk.enter("/why")
    talk.wait_for("by: test-model\nsentences: 1 supported")


def test_two_ctrl_c_leave_in_the_middle(chat, server):
    """Whoever presses twice wants to be out."""
    server.fault = Fault(before=30, times=1)
    talk = chat()
    talk.enter(QUESTION)
    talk.wait_for(READING)
    while talk.child.isalive():  # how long a second is depends on the machine
        talk.interrupt()
        talk.look(0.2)
    assert talk.left() == 0


def test_ctrl_c_at_the_prompt(chat):
    """The first clears what was typed, the second leaves."""
    talk = chat(model="")
    talk.type("not meant")
    talk.wait_for("not meant")
    talk.interrupt()
    talk.wait_for("Ctrl-C again")
    talk.wait_for_prompt()
    talk.interrupt()
    assert talk.left() == 0


def test_a_terminated_chat_gives_the_terminal_back(chat, server):
    """A chat that is told to end does so, and the shell can be typed in as before."""
    server.fault = Fault(before=30, times=1)
    talk = chat()
    talk.enter(QUESTION)
    talk.wait_for(READING)
    assert not talk.child.getecho()
    talk.child.kill(15)
    assert talk.left() == 143


# chats that are kept, indexing meanwhile


def test_a_kill_in_the_middle_and_going_on(chat, server):
    """Whatever was on the screen is there again with -c, and a follow-up has what it follows."""
    server.replies = reply
    server.fault = SLOWLY
    talk = chat("--as-of", "2025-04-01")
    talk.enter(QUESTION)
    talk.wait_for(f"{ANSWER} Nobody else")
    talk.child.kill(9)
    server.fault, server.replies = None, "Nobody died."
    talk = chat("-c")
    text = talk.wait_for("as of 2025-04-01; 8 passages; answers by test-model")
    assert f"“{QUESTION}” goes on: 1 answer\n\n> {QUESTION}\n{ANSWER}\n\n{SOURCE}\n" in text
    talk.enter("And who died?")
    talk.wait_for("(test-model, ")
    assert "Twelve passengers went to hospital, the coastguard said." in str(
        server.requests[-1].body["messages"]
    )
    talk.enter("/sessions")
    talk.wait_for("2 questions  How many passengers were taken to")


def test_indexing_while_chatting(chat, tmp_path):
    """Questions are answered meanwhile, and what was done is said above the line."""
    file = tmp_path / "a b.txt"
    file.write_text(" date 2025-03-05 A lighthouse fell.\n\nIts keeper was Abel Moss.\n")
    talk = chat(model="")
    talk.enter(f"/index '{file}'")
    talk.wait_for("1 article added")
    talk.wait_for("4 articles")
    talk.enter("Who was the keeper of the lighthouse?")
    talk.wait_for("Its keeper was Abel Moss. [1]")
    talk.wait_for_prompt()
    talk.enter(f"/save {tmp_path / 'chat.md'}")
    talk.wait_for("Saved to")
    assert "Its keeper was Abel Moss.[^1]" in (tmp_path / "chat.md").read_text("utf-8")


# models that are slow, fail or write much


def test_a_model_that_fails_in_the_middle(chat, server):
    """What came is kept with its sources, the error is explained, and the next question works."""
    server.replies = reply
    server.fault = Fault(cut_after=6, times=1)
    talk = chat()
    talk.enter(QUESTION)
    text = talk.wait_for("dateline: ")
    assert ANSWER in text
    talk.wait_for("the answer is incomplete")
    talk.wait_for_prompt()
    server.replies = short_reply
    talk.enter("/retry")
    talk.wait_for("(test-model, ")


def test_a_very_long_answer(chat, server):
    """An answer of many screens is whole in what scrolled by, each sentence once."""
    server.replies = " ".join(f"Sentence number {n} of this answer is here." for n in range(60))
    talk = chat(lines=12, columns=60)
    talk.enter(QUESTION)
    talk.wait_for("(test-model, ")
    shown = " ".join(talk.scrolled.split())
    for n in range(60):
        assert shown.count(f"Sentence number {n} of this answer is here.") == 1


def test_the_terminal_is_resized_meanwhile(chat, server):
    """Sentences after it are laid out anew; none of those that are complete is lost or doubled."""
    sentences = [f"Sentence number {n} of this answer is a little longer." for n in range(12)]
    server.replies = lambda _: [f"{word} " for word in " ".join(sentences).split()]
    server.fault = Fault(between=0.01, times=None)
    talk = chat(columns=80)
    talk.enter(QUESTION)
    talk.wait_for("Sentence number 3")
    talk.resize(50, 40)
    talk.wait_for("(test-model, ")
    shown = " ".join(talk.text.split())
    assert sentences[11] in shown
    counts = [shown.count(f"number {n} of this") for n in range(12)]
    # The sentence that was being written then may be seen as far as it had come.
    assert 0 not in counts
    assert sum(counts) <= 13


# other terminals


def test_a_terminal_that_cannot_move_its_cursor(terminal):
    """A dumb terminal gets plain lines and no escape at all."""
    talk = terminal("chat", "--model", "test-model", TERM="dumb")
    talk.wait_for_prompt()
    talk.enter(QUESTION)
    talk.wait_for("(test-model, ")
    talk.type("\x04")
    assert talk.left() == 0
    assert ANSWER in talk.text
    assert "\x1b" not in talk.raw


def test_no_colour_where_none_is_wanted(chat):
    """NO_COLOR leaves the chat without colour."""
    talk = chat(NO_COLOR="1")
    talk.enter(QUESTION)
    talk.wait_for("(test-model, ")
    assert talk.faces(ANSWER) == {("default", False)}
    assert talk.faces("[1] The Harbour Post") == {("default", False)}
    assert not re.search(r"\x1b\[[\d;]*[34][\d;]+m", talk.raw)


def test_a_long_article_in_a_pager(chat, tmp_path):
    """It begins where what is cited can be seen, marked; Ctrl-C there is the pager's own."""
    text = "\n\n".join(f"Paragraph {n} of a long report." for n in range(80)).replace(
        "Paragraph 60", "The lighthouse keeper was Abel Moss. Paragraph 60"
    )
    with Library(tmp_path / "library") as library:
        (tmp_path / "long.txt").write_text(f" date 2025-03-05 A report.\n\n{text}\n")
        library.add(tmp_path / "long.txt", embed=False)
    talk = chat(model="", lines=24, PAGER="less")
    talk.enter("Who was the lighthouse keeper?")
    talk.wait_for("[1]")
    talk.wait_for_prompt()
    talk.enter("/open 1")
    text = talk.wait_for("»The lighthouse keeper was Abel Moss.«")
    assert talk.faces("lighthouse keeper") == {("default", True)}
    assert "Paragraph 59" in text
    talk.interrupt()
    talk.look(0.2)
    talk.type("q")
    talk.wait_for_prompt()
    talk.enter("/sources")
    assert "stopped" not in talk.wait_for("A report.")


# other commands


def test_colour_on_a_terminal(terminal):
    """A terminal gets colour, and lines that fit."""
    search = terminal("search", "Maribel", columns=72)
    assert search.left() == 0
    assert search.faces("score") == {("767676", False)}
    assert max(map(len, search.lines)) <= 72


def test_no_escape_where_no_colour_is_wanted(terminal):
    """NO_COLOR leaves no escape at all in what is printed."""
    search = terminal("search", "Maribel", NO_COLOR="1")
    assert search.left() == 0
    assert "score" in search.text
    assert "\x1b" not in search.raw


def test_ctrl_c_ends_a_question(terminal, server):
    """Exit code 130 with what came and its source, and no traceback."""
    server.replies = reply
    server.fault = SLOWLY
    ask = terminal("ask", "--model", "test-model", QUESTION)
    ask.wait_for("the coastguard said. [1]")
    ask.interrupt()
    assert ask.left() == 130
    assert SOURCE in ask.text
    assert "Traceback" not in ask.text


def test_a_question_is_missing(terminal):
    """At a terminal nobody waits for standard input: the way to ask is shown."""
    ask = terminal("ask")
    assert ask.left() == 2
    assert "there is nothing to ask" in ask.text


def test_indexing_shows_progress(terminal, tmp_path):
    """One line changes while articles are read and embedded, and the report follows."""
    file = tmp_path / "a.txt"
    file.write_text(" date 2025-03-05 A ferry ran aground.\n\nNobody died.\n")
    library = str(tmp_path / "new")
    index = terminal("index", str(file), "--library", library, "--embedder", "test-embedder")
    assert index.left() == 0
    assert "\r\x1b[Kreading 1 article" in index.raw
    assert "embedding 1 of 1 passage" in index.raw
    assert "1 article added" in index.text
