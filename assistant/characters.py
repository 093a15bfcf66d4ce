"""Takes out of a text the characters that a screen acts on or hides instead of showing them."""

from __future__ import annotations

import re

from assistant.render.terminal import UNSAFE

__all__ = ["without_unsafe"]

# A terminal's sequences, whole: colours and moves, and commands such as links and titles.
_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c\s]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[@-Z\\^_]"
)


def without_unsafe(text: str) -> str:
    """The text without what a screen acts on or hides; separators of lines become line feeds."""
    if not UNSAFE.search(text):
        return text
    plain = _SEQUENCE.sub("", text).replace("\u2028", "\n").replace("\u2029", "\n")
    return UNSAFE.sub("", plain)
