"""What is typed is kept for later chats, in a file that only its owner can read."""

from __future__ import annotations

import stat

import pytest

pytest.importorskip("prompt_toolkit")

from hypothesis import given
from hypothesis import strategies as st

from assistant.terminal import editor
from assistant.terminal.editor import LinesTyped, _entries, _entry


def kept(file) -> list[str]:
    return list(LinesTyped(file).load_history_strings())


def test_entries_come_back_the_last_one_first(tmp_path):
    """Also those of several lines, and whatever they begin with."""
    file = tmp_path / "state" / "history"
    lines = LinesTyped(file)
    for entry in ("How many?", "two\nlines\n\nand a gap", "+1?", "# heading"):
        lines.store_string(entry)
    assert kept(file) == ["# heading", "+1?", "two\nlines\n\nand a gap", "How many?"]


def test_only_its_owner_can_read_it(tmp_path):
    """What a reporter asks is nobody else's business."""
    file = tmp_path / "history"
    LinesTyped(file).store_string("Who is the source?")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_older_versions_kept_is_read(tmp_path):
    """A line was an entry then."""
    file = tmp_path / "history"
    file.write_text("How many?\n/sources\n", encoding="utf-8")
    LinesTyped(file).store_string("And then?")
    assert kept(file) == ["And then?", "/sources", "How many?"]


def test_a_history_that_cannot_be_kept(tmp_path):
    """It is no reason to fail."""
    (tmp_path / "history").mkdir()
    lines = LinesTyped(tmp_path / "history")
    lines.store_string("How many?")
    assert list(lines.load_history_strings()) == []


def test_a_long_history_is_shortened(tmp_path, monkeypatch):
    """The newest entries stay."""
    monkeypatch.setattr(editor, "_KEPT", 3)
    file = tmp_path / "history"
    for number in range(8):
        LinesTyped(file).store_string(f"Question {number}?")
    assert len(kept(file)) == 3
    assert kept(file)[0] == "Question 7?"


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")), max_size=5)
)
def test_whatever_was_typed(entries):
    """Every entry is read as it was typed, but for those that are nothing at all."""
    text = "".join(map(_entry, entries))
    assert list(_entries(text)) == entries
