"""Whether what sources disagree about has to do with what was asked.

A question for a reason, a name or a day is answered by sentences that tell other things as well,
and a figure in one of them that others give differently does not put the answer in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extract.things import asked_for, asking_sentence
from assistant.support.numbers.quantities import find_quantities
from assistant.support.text.reading import read
from assistant.types import Question

__all__ = ["bears_on", "tells"]

_WHY = re.compile(
    r"\bwhy\b|\bhow come\b|\bwhat (?:\w+ )?(?:caus|led to|made)|\bwhat (?:was|is|were|are)"
    r" (?:the|to) (?:\w+ )?(?:cause|reason|blame)",
    re.IGNORECASE,
)
# “inspected” and “inspection” have no common root, but a common beginning.
_BEGINNING = 6
# More than this share of what is asked: the captain of the ferry is not whether it was inspected.
_MOST = 1 / 2


def bears_on(question: Question, said: Sequence[str], sentence: str) -> bool:
    """Whether a disagreement concerns a question; it does wherever the question is open.

    Args:
        question: As it was understood.
        said: What the sources say differently, in their words.
        sentence: The sentence of the answer that one of them stands in.
    """
    return any(
        not _is_narrow(part.text) or _is_about(part.text, said, sentence)
        for part in question.parts or (question,)
    )


def tells(text: str, said: str) -> bool:
    """Whether what a model wrote tells of what is in dispute, which quotes only hold.

    Args:
        text: Its sentences.
        said: What a source says that others contradict: its numbers, or most of its words.
    """
    numbers = {quantity.values[0] for quantity in find_quantities(said)}
    if numbers:
        return not numbers.isdisjoint(quantity.values[0] for quantity in find_quantities(text))
    written, words = frozenset().union(*_matter(text)), _matter(said)
    return sum(bool(keys & written) for keys in words) > _MOST * len(words)


def _is_about(question: str, said: Sequence[str], sentence: str) -> bool:
    """Whether it names what differs; of whole sentences, more than the event that they tell of."""
    asked = _matter(question)
    phrases = frozenset().union(*_matter(" ".join(said)))
    if phrases and sentence not in said:
        return any(keys & phrases for keys in asked)
    known = phrases.union(*_matter(sentence))
    return sum(bool(keys & known) for keys in asked) > _MOST * len(asked)


def _is_narrow(question: str) -> bool:
    """Whether it asks for a name, a day or a reason, and so for no figure."""
    asking = asking_sentence(question)
    return bool(_WHY.search(asking)) or asked_for(question) in {"name", "day", "year"}


def _matter(text: str) -> list[frozenset[str]]:
    """The content words of a text without names and numbers, each as it is compared."""
    return [
        frozenset(key[:_BEGINNING] for key in token.keys)
        for token in read(text).tokens
        if token.content and not text[token.start].isupper() and token.word.isalpha()
    ]
