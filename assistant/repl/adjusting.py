"""The commands that change what a chat's questions are asked with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assistant.option_table import MOST_PASSAGES
from assistant.render.chat import scope_text
from assistant.repl.actions import ListModels, Use
from assistant.repl.command import Outcome, State
from assistant.repl.scope import Scope, parse_day
from index.errors import UsageError

__all__ = ["as_of", "model", "number", "since", "source", "strict", "top_k", "until"]

# A field of the settings with its new value.
_Change = dict[str, Any]
# What turns a limit of the chat off.
_OFF = frozenset({"-", "all", "any", "none", "off"})


def since(rest: str, state: State) -> Outcome:
    """Questions reach back to this day."""
    return _use(state, rest, lambda: {"since": parse_day(rest, _today(state))}, {"since": None})


def until(rest: str, state: State) -> Outcome:
    """Questions reach up to this day."""

    def value() -> _Change:
        return {"until": parse_day(rest, _today(state), last=True)}

    return _use(state, rest, value, {"until": None})


def as_of(rest: str, state: State) -> Outcome:
    """The day that questions are asked of."""

    def value() -> _Change:
        return {"as_of": parse_day(rest, state.today, last=True)}

    return _use(state, rest, value, {"as_of": None})


def source(rest: str, state: State) -> Outcome:
    """Questions are of these outlets."""
    names = tuple(name.strip() for name in rest.split(",") if name.strip())
    return _use(state, rest, lambda: {"sources": names}, {"sources": ()})


def top_k(rest: str, state: State) -> Outcome:
    """How many passages an answer is made from."""
    usual = {"top_k": Scope().top_k}
    return _use(state, rest, lambda: {"top_k": number("/top-k", rest, MOST_PASSAGES)}, usual)


def model(rest: str, state: State) -> Outcome:
    """Who writes answers; without a name, which there are."""
    if not rest:
        return Outcome(scope_text(state.scope, state.style), ListModels())
    return _use(state, rest, lambda: {"model": rest}, {"model": ""})


def strict(rest: str, state: State) -> Outcome:
    """Whether what no source supports is left out."""
    word = rest.lower() or "on"
    if word not in {"on", *_OFF}:
        raise UsageError("/strict takes “on” or “off”")
    return Outcome(action=Use(replace(state.scope, strict=word == "on")))


def _today(state: State) -> dt.date:
    return state.scope.as_of or state.today


def _use(state: State, rest: str, change: Callable[[], _Change], usual: _Change) -> Outcome:
    """Shows the settings, changes one of them, or makes it again what it usually is."""
    if not rest:
        return Outcome(scope_text(state.scope, state.style))
    changed = usual if rest.lower() in _OFF else change()
    return Outcome(action=Use(replace(state.scope, **changed)))


def number(name: str, text: str, most: int) -> int:
    """A number behind a command.

    Raises:
        UsageError: When it is none from 1 to `most`.
    """
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise UsageError(f"{name} takes a number from 1 to {most}")
    return int(text)
