"""Cuts a stream into units that depend on what it says, never on how it came.

Everything that reads a reply works on these units, one after the other. However the pieces of a
stream fall, the units are the same, and so is whatever is read from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Units"]

# What runs on without white space, such as an address, is cut so that it cannot run on for ever.
_LONGEST = 400
# White space, and the characters of scripts that put none between words.
_END = r"\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uff9f"
_ENDS = re.compile(f"[{_END}]")
_UNIT = re.compile(f"[^{_END}]{{0,{_LONGEST - 1}}}[{_END}]|[^{_END}]{{{_LONGEST}}}")


@dataclass
class Units:
    """The units of one stream: each a word with the white space character behind it."""

    _rest: str = ""

    def feed(self, piece: str) -> list[str]:
        """The units that a piece completes."""
        text = self._rest + piece
        if len(text) < _LONGEST and not _ENDS.search(piece):
            self._rest = text
            return []
        units = _UNIT.findall(text)
        self._rest = text[sum(map(len, units)) :]
        return units

    def finish(self) -> list[str]:
        """What is left when the stream has ended."""
        rest, self._rest = self._rest, ""
        return [rest] if rest else []
