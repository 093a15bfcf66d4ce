"""What Tab offers."""

from __future__ import annotations

import dataclasses

import pytest
from answers import INFO, UNDATED

from assistant.repl.completing import Vocabulary, files, offers

OTHER = dataclasses.replace(INFO, title="A million loaves", url="https://harbour.example/bakery")
COURIER = dataclasses.replace(
    INFO, title="Ferry inquiry opens", source="Lessing Courier", url="https://courier.example/1"
)
WORDS = dataclasses.replace(
    Vocabulary.of([INFO, OTHER, COURIER, UNDATED]),
    models=("large", "small"),
    chats=(("3", "Who was hurt?"),),
    places=(("1", "The Harbour Post"), ("12", "Lessing Courier")),
)


def offered(line: str) -> list[str]:
    """The lines that could be made of one."""
    found = offers(line, WORDS, lambda typed: [f"{typed}ship.txt", f"{typed}two words.md"])
    return [line[: len(line) - offer.length] + offer.text for offer in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/so", ["/sources", "/source"]),
        ("/OPEN", ["/open"]),
        ("/open ", ["/open 1", "/open 12", "/open --browser"]),
        ("/open 1", ["/open 12"]),
        ("/open 1 --", ["/open 1 --browser"]),
        (
            "/open ferr",
            ["/open Ferry inquiry opens", "/open Ferry runs aground off Corran Point"],
        ),
        ("/source the h", ["/source The Harbour Post"]),
        ("/source The Harbour Post, le", ["/source The Harbour Post, Lessing Courier"]),
        ("/model ", ["/model large", "/model small", "/model off"]),
        ("/since y", ["/since yesterday"]),
        ("/resume ", ["/resume 3"]),
        ("/feedback g", ["/feedback good"]),
        ("/save a", ["/save aship.txt", "/save atwo words.md"]),
        ("/index x\\ y", ["/index x\\ yship.txt", "/index x\\ ytwo\\ words.md"]),
        ("/why ", []),
        ("/nothing ", []),
    ],
)
def test_commands_and_what_stands_behind_them(line, expected):
    """Each command is completed by what it takes."""
    assert offered(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("What says the Less", ["What says the Lessing Courier"]),
        ("What says “A mill", ["What says “A million loaves"]),
        ("What says the harb", ["What says The Harbour Post"]),
        ("Fe", []),
        ("What happened?", []),
        ("", []),
    ],
)
def test_questions(line, expected):
    """In a question, outlets and titles are completed, the longest beginning first."""
    assert offered(line) == expected


def test_outlets_with_most_articles_come_first():
    """So the likely one is there with one key."""
    assert WORDS.outlets == ("The Harbour Post", "Lessing Courier")


def test_files(tmp_path, monkeypatch):
    """Folders have a slash, hidden files wait for their dot, and what is not there offers none."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").touch()
    (tmp_path / "note.md").touch()
    (tmp_path / ".hidden").touch()
    assert list(files("n")) == ["news/", "note.md"]
    assert list(files("news/")) == ["news/a.txt"]
    assert list(files("./no")) == ["./note.md"]
    assert list(files("~/note")) == ["~/note.md"]
    assert list(files(".h")) == [".hidden"]
    assert list(files("nowhere/x")) == []
    assert list(files("~nobody-at-all/x")) == []
