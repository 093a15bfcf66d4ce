"""Text that a terminal only shows; what comes from articles and models passes through here."""

from __future__ import annotations

import re

__all__ = ["UNSAFE", "counted", "for_terminal", "on_one_line"]

# What a terminal acts on or hides: control characters other than tab and line feed, bidirectional
# overrides and isolates, separators that break lines, halves of surrogate pairs, and tags.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff"
    "\ufeff\U000e0000-\U000e007f]"
)


def for_terminal(text: str) -> str:
    """Text that a terminal only shows: nothing in it moves, colours, hides or reorders.

    Control characters become their pictures (`␛`), line separators become line feeds, and what
    reorders or hides text is left out.
    """
    return UNSAFE.sub(_picture, text.replace("\r\n", "\n"))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if match[0] in "\u2028\u2029":
        return "\n"
    return "�" if code < 0xA0 or 0xD800 <= code < 0xE000 else ""


def on_one_line(text: str) -> str:
    """Text that a terminal only shows, on one line."""
    return " ".join(for_terminal(text).split())


def counted(number: int, what: str) -> str:
    """A number with what is counted, which is given in the plural: `1 article`."""
    return f"{number:,} {what.removesuffix('s') if number == 1 else what}"
