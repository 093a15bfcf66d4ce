"""Degrees on one scale and on the other, which are not the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.support.numbers.quantities import Quantity, find_quantities

__all__ = ["on_the_other_scale"]

# Behind the first of two figures stands the second: "between 21 and 23° C".
_SCALE = re.compile(
    r"(?:\s?(?:-|–|to|and|or)\s?[-−]?\d+(?:\.\d+)?)?"
    r"(?:\s?[°º]\s?|[\s-]degrees?[\s-]|\s)(?P<scale>C|F|Celsius|Fahrenheit)\b"
)
_NAMES = {"C": "Celsius", "F": "Fahrenheit"}


def on_the_other_scale(
    stated: Sequence[Quantity], sentence: str, sources: Sequence[str]
) -> Iterator[str]:
    """The temperatures of a sentence that the sources have on the other scale only, as reasons.

    Args:
        stated: The numbers of the sentence.
        sentence: The sentence of the answer.
        sources: The cited texts.
    """
    mine = [(quantity, scale) for quantity in stated if (scale := _scale(quantity, sentence))]
    if not mine:
        return
    known = [(q.values[0], _scale(q, text)) for text in sources for q in find_quantities(text)]
    for quantity, scale in mine:
        theirs = {other for value, other in known if value == quantity.values[0]}
        if theirs and theirs.isdisjoint({scale, ""}):
            yield f"the source says {quantity.text} {theirs.pop()}, not {scale}"


def _scale(quantity: Quantity, text: str) -> str:
    found = _SCALE.match(text, quantity.end)
    return _NAMES[found["scale"][0]] if found else ""
