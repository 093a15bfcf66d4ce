"""Tab in real shells, and the manual page as its readers show it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys

import click
import pytest

pytest.importorskip("pexpect", reason="pseudo-terminals need a Unix-like system")

from click.testing import CliRunner
from screen import Terminal

from assistant.cli import main
from assistant.examples import EXAMPLES
from assistant.manual import manual_page
from assistant.repl.commands import COMMANDS
from index.library import Library

SHELLS = {
    "bash": ("bash", "--norc", "--noprofile"),
    "zsh": ("zsh", "--no-rcs"),
    "fish": ("fish", "--no-config"),
}
PREPARE = {
    "bash": 'PS1="> "; eval "$(dateline completion bash)"',
    "zsh": 'PS1="> "; autoload -Uz compinit; compinit -D -u; eval "$(dateline completion zsh)"',
    "fish": 'function fish_prompt; echo -n "> "; end; dateline completion fish | source',
}


@pytest.fixture
def shell(tmp_path, articles):
    """Starts a shell that completes the command, in an empty folder beside a library."""
    with Library(tmp_path / "library", create=True) as library:
        library.add(*articles, embed=False)
    command = tmp_path / "bin" / "dateline"
    command.parent.mkdir()
    command.write_text(
        f"#!{sys.executable}\nfrom assistant.cli import main\nmain(prog_name='dateline')\n"
    )
    command.chmod(0o755)
    here = tmp_path / "here"
    here.mkdir()
    started = []

    def start(name):
        if not shutil.which(name):
            pytest.skip(f"there is no {name} here")
        env = {
            "PATH": f"{command.parent}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "TERM": "xterm-256color",
            "DATELINE_LIBRARY": str(tmp_path / "library"),
        }
        started.append(Terminal(list(SHELLS[name]), columns=100, env=env, cwd=here))
        talk = started[-1]
        talk.enter(f"{PREPARE[name]}; clear")
        talk.wait_for(lambda text: text.startswith(">") and "clear" not in text)
        return talk

    yield start
    for one in started:
        one.close()


@pytest.mark.parametrize("name", SHELLS)
def test_tab(shell, name, tmp_path):
    """Commands, options, outlets with spaces in their names, and files are completed."""
    (tmp_path / "here" / "harbour.jsonl").touch()
    talk = shell(name)
    talk.type("dateline sta\t")
    talk.wait_for("> dateline status")
    talk.type("--js\t")
    talk.wait_for("status --json")
    talk.type("\x15dateline search --source Less\t")
    talk.wait_for("Lessing\\ Courier")
    talk.type("\x15dateline index harb\t")
    talk.wait_for("index harbour.jsonl")


def offered(tmp_path, *words):
    """What is offered for the last word."""
    environ = {
        "_DATELINE_COMPLETE": "fish_complete",
        "COMP_WORDS": "\n".join(["dateline", *words]),
        "COMP_CWORD": words[-1],
        "DATELINE_LIBRARY": str(tmp_path / "library"),
    }
    shown = CliRunner().invoke(main, (), env=environ, prog_name="dateline").output
    items = (line.removeprefix("plain,").partition("\t") for line in shown.splitlines() if line)
    return {name: what for name, _, what in items}


def test_names_are_offered_with_what_they_are(tmp_path, library):
    """Articles by id with their titles, outlets with their number, models, chats."""
    ferry = next(info for info in library.articles() if info.title.startswith("Ferry"))
    assert offered(tmp_path, "show", ferry.id[:4]) == {ferry.id: ferry.title}
    assert offered(tmp_path, "ask", "--source", "the") == {"The Harbour Post": "2 articles"}
    assert "gpt-4o-mini" in offered(tmp_path, "ask", "--model", "gpt-4o-")
    assert offered(tmp_path, "chats", "") == {}
    assert offered(tmp_path, "st") == {"status": "Show what the library holds."}


def test_nothing_is_said_where_something_is_wrong(tmp_path):
    """No library, a broken setting: Tab offers nothing and prints no error."""
    assert offered(tmp_path, "ask", "--source", "the") == {}
    (tmp_path / "config" / "dateline").mkdir(parents=True)
    (tmp_path / "config" / "dateline" / "config.toml").write_text("no toml")
    assert offered(tmp_path, "ask", "--source", "the") == {}


# the manual page


PAGE = manual_page(main, "0.1", dt.date(2025, 3, 1))


def test_the_manual_page_says_what_help_says():
    """Every command with its options and examples, and every command of a chat, is in it."""
    plain = PAGE.replace("\\-", "-").replace("\\(aq", "'").replace("\\(ga", "`")
    for name, command in main.commands.items():
        assert f".SS dateline {name} " in plain
        for option in command.params:
            if isinstance(option, click.Option):
                assert max(option.opts, key=len) in plain
    for command in COMMANDS:
        assert command.usage in plain
    for _, line in (example for examples in EXAMPLES.values() for example in examples):
        assert line in plain


def test_every_command_has_examples():
    """Help ends with lines that can be typed, and every one of them names what there is."""
    assert {*main.commands, ""} == set(EXAMPLES)
    for command, examples in EXAMPLES.items():
        for _, line in examples:
            known = main.commands.get(command, main)
            options = {name for option in known.params for name in option.opts}
            options |= {name for option in main.params for name in option.opts}
            words = [word for word in line.split(" | ")[0].split() if word.startswith("--")]
            if line.startswith("dateline "):
                assert set(words) <= options, line
    assert (
        "Examples:\n    # go on with the last chat"
        in CliRunner().invoke(main, ["chat", "--help"]).output
    )


@pytest.mark.skipif(not shutil.which("groff"), reason="there is no groff here")
def test_the_manual_page_is_sound():
    """What sets manual pages finds nothing to warn of, and every letter arrives."""
    words = ["groff", "-man", "-ww", "-Tutf8", "-P-cbou"]
    shown = subprocess.run(words, input=PAGE, capture_output=True, text=True, check=True)
    assert shown.stderr == ""
    assert "or with “-”, it is read from standard input." in " ".join(shown.stdout.split())
