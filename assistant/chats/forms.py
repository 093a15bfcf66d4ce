"""What is kept of a chat, as JSON and back; a file comes from outside, so all of it is checked."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.jsonform import answer_to_json, dumps, hit_to_json
from assistant.repl.scope import Scope
from assistant.saved import parse_answer, parse_hits
from assistant.types import Answer, Turn

__all__ = ["answer_text", "made_text", "parse_scope", "parse_turn", "scope_text"]


_SCOPE = TypeAdapter(Scope)


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Made(_Form):
    hits: list[dict[str, Any]] = []
    messages: tuple[tuple[str, str], ...] = ()


def scope_text(scope: Scope) -> str:
    """The settings of a chat as JSON."""
    return _SCOPE.dump_json(scope).decode()


def parse_scope(text: str) -> Scope:
    """The settings of a chat from their JSON; the usual ones where that cannot be read."""
    try:
        return _SCOPE.validate_json(text)
    except ValidationError:
        return Scope()


def answer_text(answer: Answer) -> str:
    """An answer as JSON, on one line."""
    return dumps(answer_to_json(answer), indent=None)


def made_text(turn: Turn) -> str:
    """What an answer was made from, as JSON."""
    form = {
        "hits": [hit_to_json(hit) for hit in turn.hits],
        "messages": [list(message) for message in turn.messages],
    }
    return dumps(form, indent=None)


def parse_turn(asked: str, answer: str, made: str | None) -> Turn:
    """A turn from its parts.

    Raises:
        ReadError: When the answer cannot be read.
    """
    read = parse_answer(answer, f"the answer to “{asked}”")
    try:
        form = _Made.model_validate_json(made or "{}")
        hits = parse_hits(form.hits)
    except ValidationError:  # it only says how the answer came about
        return Turn(read.question, read)
    return Turn(read.question, read, hits, form.messages)
