"""Quotes that can be understood by themselves: where a sentence needs its neighbour, both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.extract.strays import belongs, holds_stray
from assistant.extract.things import asked_for, new_things
from assistant.extract.whom import naming
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

    A correction is quoted to where it says what is right. A sentence that points back, or whose
    “he” is named in the one before it, gets that one; one that holds nothing of the kind that is
    asked for gets the one after it that does.

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
    before = ranges[place - 1] if place else None
    if before and _is_fit(question, before):
        named = naming([one.text for one in ranges], place) == place - 1
        if named or (points_back(source.text) and belongs(before, question)):
            return SourceRange(passage, before.start, source.end)
    after = _after(question, ranges, place) if _lacks(question, source) else None
    if after is not None and not _lacks(question, after):
        return SourceRange(passage, source.start, after.end)
    return source


def _after(question: str, ranges: Sequence[SourceRange], place: int) -> SourceRange | None:
    """The sentence after one, in the same paragraph."""
    if place + 1 == len(ranges):
        return None
    one, after = ranges[place], ranges[place + 1]
    both = SourceRange(one.passage, one.start, after.end)
    fits = _is_fit(question, after) and belongs(after, question)
    return after if fits and "\n" not in both.text else None


def _is_fit(question: str, source: SourceRange) -> bool:
    """Whether a neighbour may be quoted: it is short and of the story."""
    return (
        len(source.text.split()) <= _LONGEST
        and not is_furniture(source.text)
        and not holds_stray(source, question)
    )


def _lacks(question: str, source: SourceRange) -> bool:
    """Whether a sentence holds nothing new of the kind that is asked for."""
    kind = asked_for(question)
    return not new_things(kind, source.text, frozenset(stems(question)))
