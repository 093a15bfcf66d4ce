"""Quotes that can be understood by themselves: where a sentence needs its neighbour, both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.extract.strays import belongs, holds_stray
from assistant.extract.things import asked_for, new_things
from assistant.furniture import is_furniture
from assistant.shown import SourceRange
from assistant.support.conflicts.corrections import find_corrections
from index.lexical import stems
from index.neighbours import points_back
from index.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["whole"]

# Words of a neighbour that is still added.
_LONGEST = 45


def whole(question: str, source: SourceRange) -> SourceRange:
    """The quote, with its neighbour in the passage where it cannot do without.

    A correction is quoted to where it says what is right. A sentence that points back gets the one
    before it; one that holds nothing of the kind that is asked for gets the one after it that does.

    Args:
        question: What was asked.
        source: One sentence of a passage.
    """
    passage = source.passage
    ranges = [
        SourceRange(passage, s.start, s.end) for s in split_sentences(passage.text, passage.start)
    ]
    place = next((n for n, one in enumerate(ranges) if one.start == source.start), None)
    if place is None:
        return source
    for correction in find_corrections([one.text for one in ranges]):
        if correction.first <= place <= correction.last:
            return SourceRange(passage, ranges[correction.first].start, ranges[correction.last].end)
    if points_back(source.text) and place and _is_fit(question, ranges[place - 1]):
        return SourceRange(passage, ranges[place - 1].start, source.end)
    after = _after(question, ranges, place) if _lacks(question, source) else None
    if after is not None and not _lacks(question, after):
        return SourceRange(passage, source.start, after.end)
    return source


def _after(question: str, ranges: Sequence[SourceRange], place: int) -> SourceRange | None:
    """The sentence after one, in the same paragraph."""
    if place + 1 == len(ranges) or not _is_fit(question, ranges[place + 1]):
        return None
    one, after = ranges[place], ranges[place + 1]
    both = SourceRange(one.passage, one.start, after.end)
    return None if "\n" in both.text else after


def _is_fit(question: str, source: SourceRange) -> bool:
    """Whether a neighbour may be quoted: it is short, of the story, and of the same matter."""
    return (
        len(source.text.split()) <= _LONGEST
        and not is_furniture(source.text)
        and not holds_stray(source, question)
        and belongs(source, question)
    )


def _lacks(question: str, source: SourceRange) -> bool:
    """Whether a sentence holds nothing new of the kind that is asked for."""
    kind = asked_for(question)
    return not new_things(kind, source.text, frozenset(stems(question)))
