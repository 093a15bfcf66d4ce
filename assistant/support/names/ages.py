"""How old a text says that somebody is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.support.names.check import find_names

__all__ = ["AGE", "Age", "find_ages"]

AGE = r"(?P<age>[1-9]\d|1[01]\d|[5-9])"
_BEHIND = re.compile(
    rf"(?:,? (?:who (?:is|was)|is|was|aged|age) |, (?:aged? )?| \((?:aged )?){AGE}"
    r"(?:(?=[,;)]| (?:and|was|of|from|has|who)\b|\.(?!\d))| years old\b|-year-old\b(?! [A-Z]))"
)
_BEFORE = re.compile(rf"\b{AGE}-year-old (?:[a-z]+ ){{0,3}}$")


@dataclass(frozen=True, slots=True)
class Age:
    """An age with the name it belongs to.

    Attributes:
        name: The words of the name, folded.
        years: The age.
        start: Where both begin in the text.
        end: Where they end.
    """

    name: tuple[str, ...]
    years: int
    start: int
    end: int


def find_ages(text: str) -> Iterator[Age]:
    """The ages of a text that stand right beside a name: "Ida Lund, 34," or "34-year-old Lund"."""
    if not any(sign.isdigit() for sign in text):
        return
    for name in find_names(text):
        if behind := _BEHIND.match(text, name.end):
            yield Age(name.folded, int(behind["age"]), name.start, behind.end())
        elif before := _BEFORE.search(text[: name.start]):
            yield Age(name.folded, int(before["age"]), before.start(), name.end)
