"""What a line of an answer is: a paragraph, an item of a list, a quotation, a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Block"]

_MARK = re.compile(r"(?P<mark>[-*+•●▪◦‣–—]|\(?\d{1,3}[.)]|>+)[ \t]+")
_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
_BULLETS = "-*+•●▪◦‣–—"
_TAB = 4


@dataclass(frozen=True, slots=True)
class Block:
    """A line of an answer.

    Attributes:
        mark: What stands before its first word, moved in as far as it is: the bullet or number of
            an item, the angle of a quotation.
        indent: Columns that its further lines leave empty.
        heading: Whether it is a heading.
        text: The words, without the signs that made it what it is.
    """

    mark: str = ""
    indent: int = 0
    heading: bool = False
    text: str = ""

    @classmethod
    def of(cls, before: str, text: str) -> Block:
        """The line that begins with a sentence.

        Args:
            before: What stands between the sentence before and this one; a list's mark may be here
                or at the beginning of `text`.
            text: The sentence.
        """
        line = before.expandtabs(_TAB).rpartition("\n")[2] + text
        level = len(line) - len(line.lstrip(" "))
        line = line.lstrip(" ")
        if found := _MARK.match(line):
            mark = "•" if found["mark"] in _BULLETS else found["mark"]
            lead = " " * level + mark
            return cls(lead, len(lead) + 1, text=line[found.end() :])
        if heading := _HEADING.match(line):
            return cls(heading=True, text=line[heading.end() :].rstrip(" #"))
        return cls(" " * level, level, text=line)
