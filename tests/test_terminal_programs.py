"""Pagers, editors and clipboards: programs that people chose, and what is done without them."""

from __future__ import annotations

import base64
import os
import signal

import pytest

from assistant.terminal import clipboard, pager
from assistant.terminal.abilities import Abilities
from assistant.terminal.clipboard import clip
from assistant.terminal.pager import edited, paged
from index.errors import UsageError


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Makes programs of which each writes what it was given into a file of its name."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin{os.pathsep}/usr/bin")

    def make(name: str, script: str = 'echo "$@" > "$0.said"; cat >> "$0.said"'):
        file = folder / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        return folder / f"{name}.said"

    return make


def test_less_begins_where_the_line_is_seen(programs, monkeypatch):
    """A third down, so that what stands before it is seen too."""
    monkeypatch.setattr(pager.shutil, "get_terminal_size", lambda **_: os.terminal_size((80, 30)))
    said = programs("less")
    assert paged("text\n", 45)
    assert said.read_text() == "-R -F +36\ntext\n"
    assert paged("text\n", 5)
    assert said.read_text() == "-R -F\ntext\n"


def test_the_pager_that_was_chosen(programs):
    """With its options; ours are only for less."""
    said = programs("most")
    assert paged("text\n", 45, "most -w 'two words'")
    assert said.read_text() == "-w two words\ntext\n"


def test_a_pager_that_is_not_there(programs, monkeypatch):
    """The usual one takes its place; where there is none, that is said."""
    said = programs("less")
    assert paged("text\n", 0, "nowhere")
    assert "text" in said.read_text()
    assert paged("text\n", 0, "'not closed")
    monkeypatch.setenv("PATH", "")
    assert not paged("text\n", 0)


def test_a_pager_that_is_left_early(programs):
    """Whoever has seen enough of a long text may leave."""
    programs("less", "head -c 1 > /dev/null")
    before = signal.getsignal(signal.SIGINT)
    assert paged("long\n" * 1_000_000, 0)
    assert signal.getsignal(signal.SIGINT) is before


def test_an_editor(programs):
    """It is given the text, and what it leaves is the text."""
    programs("ed2", 'printf "%s and more" "$(cat "$2")" > "$2"; echo "$1" > "$0.said"')
    assert edited("some", "ed2 -w") == "some and more"


def test_an_editor_that_fails(programs, monkeypatch):
    """What was begun is not taken for a question."""
    programs("ed2", "exit 3")
    with pytest.raises(UsageError, match="the editor ed2 ended with 3"):
        edited("some", "ed2")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="there is no editor"):
        edited("some")


def test_copying_with_a_program(programs):
    """The program of the display that there is; the text is what it gets."""
    said = programs("xclip")
    assert clip("“text”\n", Abilities(x11=True)) == ("", "with xclip")
    assert said.read_text("utf-8") == "-selection clipboard\n“text”\n"
    said = programs("tmux")
    assert clip("text", Abilities(x11=True, tmux=True)) == ("", "with tmux")
    assert said.read_text() == "load-buffer -w -\ntext"


def test_copying_through_the_terminal(programs):
    """Where no program can, or its reader sits elsewhere, the terminal is asked to."""
    programs("xclip")
    for abilities in (Abilities(), Abilities(x11=True, remote=True)):
        sent, how = clip("“text”", abilities)
        assert sent == f"\x1b]52;c;{base64.b64encode('“text”'.encode()).decode()}\x07"
        assert "terminal" in how
    programs("xclip", "exit 1")
    assert clip("text", Abilities(x11=True))[0].startswith("\x1b]52;c;")


def test_what_cannot_be_copied(programs):
    """A dumb terminal has no clipboard, and no terminal takes everything."""
    with pytest.raises(UsageError, match="no clipboard"):
        clip("text", Abilities(moves=False))
    with pytest.raises(UsageError, match="too long"):
        clip("x" * clipboard._MOST, Abilities())
