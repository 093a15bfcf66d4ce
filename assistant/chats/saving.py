"""Writes a chat to a file, in the form that the file's ending asks for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assistant.jsonform import answer_to_json, dumps
from assistant.render.as_html import chat_html
from assistant.render.as_markdown import chat_markdown
from assistant.types import Turn
from index.errors import UsageError

__all__ = ["FORMS", "chat_json", "chat_json_lines", "save_chat"]

# Of the JSON of a chat; it grows when a program that reads the older form would be misled.
FORMAT = 1

_Form = Callable[[str, Sequence[Turn]], str]


def chat_json(title: str, turns: Sequence[Turn]) -> str:
    """A chat as one JSON object, whose answers are those of `ask --json`."""
    answers = [answer_to_json(turn.answer) for turn in turns]
    return dumps({"format": FORMAT, "title": title, "answers": answers}) + "\n"


def chat_json_lines(_: str, turns: Sequence[Turn]) -> str:
    """The answers of a chat, one a line, as `chat --json` prints them."""
    return "".join(dumps(answer_to_json(turn.answer), indent=None) + "\n" for turn in turns)


FORMS: Mapping[str, _Form] = {
    ".md": chat_markdown,
    ".markdown": chat_markdown,
    ".html": chat_html,
    ".htm": chat_html,
    ".json": chat_json,
    ".jsonl": chat_json_lines,
}
"""What makes a file's text, by its ending."""


def save_chat(path: Path, title: str, turns: Sequence[Turn], *, over: bool = False) -> None:
    """Writes a chat to a file, all of it or nothing.

    Args:
        path: The file.
        title: What the chat is called.
        turns: What was said.
        over: Whether a file that is there may be written over.

    Raises:
        UsageError: When the ending says nothing, the file is there, or it cannot be written.
    """
    form = FORMS.get(path.suffix.lower())
    if form is None:
        endings = ", ".join(FORMS)
        raise UsageError(f"“{path.name}” does not say in which form", help=f"end it in {endings}")
    if path.exists() and not over:
        raise UsageError(
            f"{path} is there already",
            help="name another file, or remove it; /save! in a chat writes over it",
        )
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
        try:
            with open(descriptor, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - it is open already
                file.write(form(title, turns))
            os.chmod(temporary, 0o666 & ~_umask())  # noqa: PTH101 - as a file that is opened anew
            os.replace(temporary, path)  # noqa: PTH105 - likewise
        except BaseException:
            os.unlink(temporary)  # noqa: PTH108 - likewise
            raise
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error


def _umask() -> int:
    """What may not be allowed to others; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
