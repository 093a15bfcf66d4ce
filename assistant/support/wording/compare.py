"""Whether a sentence is about what its source is about, and adds nothing to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.support.text.alignment import Alignment
from assistant.support.text.meanings import root
from assistant.support.text.words import word_set, words

__all__ = ["LIGHT", "Wording", "clauses", "compare_wording"]

# Words that say little, so that a source need not have them.
LIGHT = word_set(
    """
    also however though although while including according accord among around about roughly nearly
    almost later earlier still just even made make makes take took taken get got going go went come
    came give gave given put set use used way lot called call said say says told tell reported
    """
)
# Where a sentence is taken apart, and the fewest words of a part that says something.
_BETWEEN_CLAUSES = re.compile(r"[,;:]| (?:and|but|after|because|while|which|who) ")
_CLAUSE = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """How much of a sentence's content its source has.

    Attributes:
        share: The share of its content words that have a place in the source.
        longest: The longest run of content words that have none, as written.
        missing: How many they are.
        content: How many content words the sentence has.
    """

    share: float
    longest: str
    missing: int
    content: int


def compare_wording(found: Sequence[Alignment], near: Iterable[str] = ()) -> Wording:
    """Looks for every content word of a sentence in the sentences of the source together.

    Args:
        found: The sentence aligned with each sentence of the source.
        near: What stands near the source, where names may be found too.
    """
    answer = found[0].answer
    held = {at for alignment in found for at in alignment.pairs}
    known = {root(word) for text in near for word in words(text)}
    runs: list[list[int]] = [[]]
    content = has = 0
    for at, token in enumerate(answer.tokens):
        if not token.content or token.word in LIGHT:
            continue
        content += 1
        named = (token.name or at == 0) and token.root in known
        if at in held or named:
            has += 1
            runs.append([])
        elif not any(sign.isdigit() for sign in token.word):
            runs[-1].append(at)
    longest = max(runs, key=len)
    written = answer.phrase(longest[0], longest[-1]) if longest else ""
    return Wording(has / content if content else 1.0, written, len(longest), content)


def clauses(sentence: str) -> list[str]:
    """The parts of a sentence between marks and conjunctions; all of it where there are none."""
    parts = [part for part in _BETWEEN_CLAUSES.split(sentence) if len(part.split()) >= _CLAUSE]
    return parts if len(parts) > 1 else [sentence]
