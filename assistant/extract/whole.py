"""Quotes that can be understood by themselves: where a sentence needs its neighbour, both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.extract.strays import belongs, curled, holds_stray
from assistant.extract.things import asked_for, new_things
from assistant.extract.whom import naming
from assistant.furniture import is_furniture
from assistant.shown import SourceRange
from assistant.support.conflicts.corrections import find_corrections
from assistant.support.text.frames import frames
from index.lexical import stems
from index.neighbours import points_back
from index.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_cut", "reads_on", "whole"]

# Words of a neighbour that is still added, and sentences that complete a quotation.
_LONGEST, _FURTHER = 45, 3
# A mark that closes what was opened before, and one that opens what is closed behind.
_CLOSES = re.compile(r"[^“”]*”")
_OPENS = re.compile(r"“[^”]*\Z")
_ENDED = re.compile(r"[.!?…:;][”’')\]]*\s*\Z")


def whole(question: str, source: SourceRange) -> SourceRange:
    """The quote, with its neighbours in the passage where it cannot do without.

    A correction is quoted to where it says what is right. A sentence that points back, whose “he”
    is named in the one before it, or that somebody says whom that one names, gets that one; one
    that holds nothing of the kind that is asked for gets the one after it that does. What somebody
    says is quoted from its mark to its mark.

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
    first, last = _closed(question, ranges, *_with_neighbour(question, ranges, place))
    return SourceRange(passage, ranges[first].start, ranges[last].end)


def is_cut(source: SourceRange) -> bool:
    """Whether a quote begins or ends within what somebody says."""
    said = curled(source.text)
    return bool(_CLOSES.match(said) or _OPENS.search(said))


def reads_on(one: SourceRange, other: SourceRange) -> bool:
    """Whether two neighbouring sentences may be read as one text.

    A heading does not go on in the sentence below it. Over the end of a paragraph what somebody
    says, or what “he” does, would seem to be of whoever is named in the other one.
    """
    first, second = sorted((one, other), key=lambda source: source.start)
    before, after = curled(first.text), curled(second.text)
    if not _ENDED.search(before):
        return False
    if "\n" not in SourceRange(first.passage, first.start, second.end).text:
        return True
    return not any(text.startswith("“") or points_back(text) for text in (before, after))


def _with_neighbour(question: str, ranges: Sequence[SourceRange], place: int) -> tuple[int, int]:
    """The first and the last sentence to quote."""
    for correction in find_corrections([one.text for one in ranges]):
        if correction.first <= place <= correction.last:
            return correction.first, correction.last
    one, before = ranges[place], ranges[place - 1] if place else None
    if before and _is_fit(question, before):
        named = naming([one.text for one in ranges], place) == place - 1
        back = points_back(one.text) or (_is_said(one.text) and _is_of_somebody(before.text))
        if named or (back and belongs(before, question)):
            return place - 1, place
    after = _after(question, ranges, place) if _lacks(question, one) else None
    if after is not None and not _lacks(question, after):
        return place, place + 1
    return place, place


def _is_said(text: str) -> bool:
    """Whether a sentence is what somebody says, from mark to mark, without who says it."""
    said = curled(text).strip()
    return said.startswith("“") and said.endswith("”") and said.count("“") == 1


def _is_of_somebody(text: str) -> bool:
    return any(frame.who for frame in frames(text))


def _closed(question: str, ranges: Sequence[SourceRange], first: int, last: int) -> tuple[int, int]:
    """The sentences with those up to the marks of a quotation that they leave open on a side."""
    texts = [curled(one.text) for one in ranges]
    start, end = first, last
    said = "\n".join(texts[first : last + 1])
    if _CLOSES.match(said):
        start = next((n for n in range(first - 1, -1, -1) if "“" in texts[n]), first)
    if _OPENS.search(said):
        end = next((n for n in range(last + 1, len(texts)) if "”" in texts[n]), last)
    added = [*ranges[start:first], *ranges[last + 1 : end + 1]]
    fits = len(added) <= _FURTHER and all(_is_fit(question, one) for one in added)
    return (start, end) if fits else (first, last)


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
