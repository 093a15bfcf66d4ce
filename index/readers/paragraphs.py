"""Lines that were broken to fit a page or a screen, joined into paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["join_lines"]

_FULL = 0.72  # of the usual length; a line that is shorter could have held another word
_USUAL = 0.8  # the quantile of the lengths that counts as usual
_ENDS = re.compile(r"""[.!?:…]["'”’»)\]]*\Z""")
_ITEM = re.compile(r"(?:[-•‣▪◦*]|\(?[0-9]{1,2}[.)])\s")
_BROKEN = re.compile(r"(\w*[^\W\d_])[-\u2010]\Z")
_HEAD = re.compile(r"[a-zà-öø-ÿ]\w*")


def join_lines(lines: Sequence[str]) -> str:
    """Return paragraphs divided by empty lines.

    A paragraph ends at an empty line, before an item of a list, and at a line that is too short
    to have been broken where it ends: one that ends a sentence, or that is followed by a capital
    letter. A word that was divided at the end of a line is put together; its hyphen stays where
    the text writes the same word with a hyphen elsewhere.
    """
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    if not lengths:
        return ""
    usual = lengths[min(len(lengths) - 1, int(_USUAL * len(lengths)))]
    words = set(re.findall(r"[\w-]+", " ".join(lines).lower()))
    paragraphs: list[list[str]] = [[]]
    before = ""
    for line in (line.strip() for line in lines):
        if paragraphs[-1] and (not line or _breaks(before, line, usual)):
            paragraphs.append([])
        if line:
            _append(paragraphs[-1], line, words)
        before = line
    return "\n\n".join(["".join(parts) for parts in paragraphs if parts])


def _breaks(before: str, line: str, usual: int) -> bool:
    if not before or _ITEM.match(line):
        return True
    if _BROKEN.search(before) and _HEAD.match(line):
        return False
    first_word = len(line.split(maxsplit=1)[0])
    short = len(before) < _FULL * usual and len(before) + 1 + first_word < usual
    return short and (_ENDS.search(before) is not None or not _HEAD.match(line))


def _append(parts: list[str], line: str, words: set[str]) -> None:
    """Add a line to the parts of a paragraph, which end in the line before."""
    if not parts:
        parts.append(line)
        return
    if parts[-1].endswith("\xad"):
        parts[-1] = parts[-1][:-1]
    elif (broken := _BROKEN.search(parts[-1])) and (head := _HEAD.match(line)):
        whole = (broken[1] + head[0]).lower()
        hyphenated = f"{broken[1]}-{head[0]}".lower()
        if whole in words or hyphenated not in words:
            parts[-1] = parts[-1][:-1]
    else:
        parts.append(" ")
    parts.append(line)
