"""Lines of a given width, in columns of a terminal: letters may take none, one or two of them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["PLAIN", "Style", "columns", "flow", "indented"]

_COLOURS = {"cyan": 36, "dim": 2, "red": 31, "yellow": 33}


@dataclass(frozen=True, slots=True)
class Style:
    """How text is laid out.

    Attributes:
        width: Columns of a line; 0 leaves lines as long as they are.
        colour: Whether colour is used.
        quotes: Whether the answer is made of quotes.
    """

    width: int = 0
    colour: bool = False
    quotes: bool = False

    def paint(self, text: str, colour: str) -> str:
        """The text in a colour, where colour is used."""
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self.colour and text else text


PLAIN = Style()


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(letter) in ("Mn", "Me", "Cf")
        else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def flow(
    words: Iterable[tuple[str, str]], width: int, column: int = 0, indent: int = 0
) -> tuple[str, int]:
    """Sets words one after the other, carrying on at a column.

    Args:
        words: Each word, and the same as it is to be printed (with colour).
        width: Columns of a line, or 0 for one line without end.
        column: Where the last text ended.
        indent: Columns that stay empty at the start of further lines.

    Returns:
        The text, and the column it ends at.
    """
    out = []
    start = 0 if not column else indent
    for plain, painted in words:
        need = columns(plain)
        gap = int(column > start)
        if width and column > start and column + gap + need > width:
            out.append("\n" + " " * indent)
            column = start = indent
            gap = 0
        if width and column + gap + need > width:
            *whole, last = _cut(plain, max(width - column, 2), max(width - indent, 2))
            out += [f"{piece}\n{' ' * indent}" for piece in whole]
            out.append(last)
            column = (indent if whole else column) + columns(last)
            start = indent
            continue
        out.append(" " * gap + painted)
        column += gap + need
    return "".join(out), column


def _cut(word: str, first: int, width: int) -> Iterator[str]:
    """Pieces of a word that is longer than a line, such as an address or Chinese text."""
    piece, room = "", first
    for letter in word:
        if columns(piece + letter) > room:
            yield piece
            piece, room = "", width
        piece += letter
    yield piece


def indented(text: str, width: int, first: str = "", rest: str = "") -> str:
    """One paragraph, wrapped; `first` begins its first line and `rest` the others."""
    if not width:
        return first + text
    body, _ = flow(((word, word) for word in text.split()), max(width - columns(rest), 2))
    return first + body.replace("\n", f"\n{rest}")
