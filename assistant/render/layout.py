"""Text of a given width, in columns of a terminal: letters may take none, one or two of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from assistant.render.links import linked

__all__ = [
    "PLAIN",
    "Depth",
    "Role",
    "Style",
    "Word",
    "columns",
    "fitted",
    "flow",
    "graphemes",
    "indented",
]

Role = Literal["cite", "faint", "partial", "unsupported", "strong", "emphasis", "marked"]
Depth = Literal[0, 16, 256]
# A word, and the same as it is to be printed (with colour).
Word = tuple[str, str]

# What a role looks like, as a terminal is told. Of 256 colours those are taken whose contrast is at
# least 4:1 on black and on white alike, so that nobody has to say which of the two a terminal has.
_FACES: dict[Role, str] = {"strong": "1", "emphasis": "3", "marked": "7"}
_COLOURS: dict[Depth, dict[Role, str]] = {
    16: {"cite": "36", "faint": "2", "partial": "33", "unsupported": "31"},
    256: {
        "cite": "38;5;31",
        "faint": "38;5;243",
        "partial": "38;5;130",
        "unsupported": "38;5;161",
    },
}


_PLAIN_AGAIN = "\x1b[0m"
_PAINTED = re.compile(r"(?P<face>\x1b\[[\d;]+m)[^\x1b]*\x1b\[0m")


@dataclass(frozen=True, slots=True)
class Style:
    """How text is laid out.

    Attributes:
        width: Columns of a line; 0 leaves lines as long as they are.
        depth: How many colours there are; 0 means no colour, and no bold letters either.
        quotes: Whether the answer is made of quotes.
        links: Whether addresses can stand behind words.
    """

    width: int = 0
    depth: Depth = 0
    quotes: bool = False
    links: bool = False
    _codes: dict[Role, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        codes = _FACES | _COLOURS[self.depth] if self.depth else {}
        object.__setattr__(self, "_codes", codes)

    def paint(self, text: str, *roles: Role) -> str:
        """The text as what it is, where a terminal can show that."""
        codes = ";".join(self._codes[role] for role in roles if role in self._codes)
        return f"\x1b[{codes}m{text}{_PLAIN_AGAIN}" if codes and text else text

    def link(self, text: str, url: str) -> str:
        """The text with an address behind it, where a terminal knows such links."""
        return linked(text, url) if self.links and text else text


PLAIN = Style()


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth  # noqa: PLC0415 - plain text does without

    return sum(max(0, wcswidth(letter)) for letter in graphemes(text))


def graphemes(text: str) -> Iterable[str]:
    """The letters of a text as people count them: what combines stays together."""
    if text.isascii():
        return text
    from wcwidth import iter_graphemes  # noqa: PLC0415 - plain text does without

    return iter_graphemes(text)


def flow(words: Iterable[Word], width: int, column: int = 0, indent: int = 0) -> tuple[str, int]:
    """Sets words one after the other, carrying on at a column.

    Args:
        words: The words.
        width: Columns of a line, or 0 for one line without end.
        column: Where the last text ended.
        indent: Columns that stay empty at the start of further lines.

    Returns:
        The text, and the column it ends at.
    """
    out: list[str] = []
    start = 0 if not column else indent
    face = ""
    for plain, painted in words:
        need = columns(plain)
        gap = int(column > start)
        if width and column > start and column + gap + need > width:
            out.append("\n" + " " * indent)
            column = start = indent
            gap = 0
            face = ""
        if width and column + gap + need > width:
            *whole, last = _cut(plain, max(width - column, 2), max(width - indent, 2))
            out += [f"{piece}\n{' ' * indent}" for piece in whole]
            out.append(last)
            column = (indent if whole else column) + columns(last)
            start = indent
            face = ""
            continue
        looks = _PAINTED.fullmatch(painted)
        same = gap and looks and looks["face"] == face
        if same:  # the space between looks the same
            out[-1] = out[-1].removesuffix(_PLAIN_AGAIN)
        out.append(" " * gap + (painted.removeprefix(face) if same else painted))
        face = looks["face"] if looks else ""
        column += gap + need
    return "".join(out), column


def _cut(word: str, first: int, width: int) -> Iterator[str]:
    """Pieces of a word that is longer than a line, such as an address or Chinese text."""
    piece, room = "", first
    for letter in graphemes(word):
        if columns(piece) + columns(letter) > room:
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


def fitted(text: str, width: int) -> str:
    """Lines of plain text, of which those that are too long go on below, two columns further in."""
    lines = []
    for line in text.split("\n"):
        inner = line.lstrip(" ")
        lead = line[: len(line) - len(inner)]
        long = width and columns(line) > width
        lines.append(indented(inner, width, lead, f"{lead}  ") if long else line)
    return "\n".join(lines)
