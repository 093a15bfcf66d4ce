"""Passages that cannot be understood by themselves get the sentence that stands before them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from index.catalog import Catalog
from index.sentences import split_sentences
from index.types import Passage

__all__ = ["completed", "points_back"]

# Words of a sentence that is still added.
_LONGEST = 60

_POINTING = re.compile(
    r"[“\"‘']?(?:he|she|it|they|his|her|its|their|this|that’s|that's|that|these|those)\b",
    re.IGNORECASE,
)


def points_back(text: str) -> bool:
    """Whether a text begins with a word for somebody, or something, that was named before it."""
    return bool(_POINTING.match(text))


def completed(catalog: Catalog, passages: Mapping[int, Passage]) -> dict[int, Passage]:
    """The passages, those that point back with the last sentence of the passage before them.

    `text` is still `article.text[start:end]`.

    Args:
        catalog: Has the text before them.
        passages: Live passages by number.
    """
    pointing = [n for n, p in passages.items() if p.ordinal and points_back(p.text)]
    made = dict(passages)
    for number, (start, before) in catalog.before(pointing).items():
        last = split_sentences(before)[-1:]
        if last and len(before[last[0].start : last[0].end].split()) <= _LONGEST:
            passage, place = passages[number], last[0].start
            text = before[place:] + passage.text
            made[number] = replace(passage, start=start + place, text=text)
    return made
