"""Errors and settings as people see them."""

from __future__ import annotations

from assistant.render.messages import config_text, error_text
from index.errors import NoLibrary, ReadError


def test_an_error_with_its_help():
    """One line says what is wrong and the next what to do."""
    error = NoLibrary("there is none", help="make one")
    assert error_text(error) == "dateline: there is none; make one\n"
    assert error_text(ReadError("no")) == "dateline: no\n"


def test_settings_in_force():
    """Every option with its value and its origin."""
    option = {"value": "x", "origin": "--model"}
    form = {"file": "c.toml", "options": {"model": option}, "keys": {"base_url": None}}
    lines = config_text(form).split("\n")
    assert lines[0] == "Configuration file: c.toml"
    assert lines[2].split() == ["model", "x", "--model"]
    assert lines[4] == "key of base_url: none"
