"""What a sentence changes that repeats its source nearly word for word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from assistant.support.names.check import find_names
from assistant.support.names.name_forms import may_be_one
from assistant.support.numbers.number_words import CARDINALS
from assistant.support.text.alignment import Alignment
from assistant.support.text.hedges_kept import in_other_form
from assistant.support.text.reading import Cue, Reading, Token
from assistant.support.text.words import word_set

__all__ = ["check_repetition"]

# A sentence that has this share of its content words from one source sentence repeats it.
_REPEATS = 0.7
# What is said of both of two names alike, so that they may change places, where the second is its
# object or stands behind one of these words.
_OF_BOTH = word_set("meet marri fac play fight speak talk agre join draw divorc dat discus debat")
_BESIDE = word_set("with against versus and")
_BEFORE = word_set(
    "with against versus and to for in at on about of by from over into under between"
)
# Words that one other takes the place of, where a hedge is dropped.
_SHORT = 4


@dataclass(frozen=True, slots=True)
class _Change:
    """Words of the answer (from one place to another) in the place of words of the source."""

    mine: tuple[int, int]
    theirs: tuple[int, int]


def check_repetition(found: Sequence[Alignment], near: Sequence[str]) -> tuple[str, ...]:
    """Check that what a sentence changes of a source sentence leaves names, numbers and doubts.

    Args:
        found: The sentence aligned with each sentence of the source.
        near: What stands near the source.
    """
    best = max(found, key=lambda alignment: alignment.share)
    if best.share < _REPEATS:
        return ()
    changes = list(_changes(best.answer, best.source))
    reasons = (
        *_exchanged(best, changes),
        *_renamed(best, changes, near),
        *_made_sure(best, changes),
    )
    return reasons[:1]


def _changes(answer: Reading, source: Reading) -> Iterator[_Change]:
    mine, theirs = ([_bare(token) for token in one.tokens] for one in (answer, source))
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for kind, *ends in matcher.get_opcodes():
        if kind != "equal":
            yield _Change((ends[0], ends[1]), (ends[2], ends[3]))


def _exchanged(alignment: Alignment, changes: Sequence[_Change]) -> Iterator[str]:
    """Two names or two numbers that stand in each other's place."""
    answer, source = alignment.answer, alignment.source
    for one, other in combinations(changes, 2):
        first, last = _cut(answer, one.mine), _cut(answer, other.mine)
        as_before = _cut(source, one.theirs), _cut(source, other.theirs)
        if not first or (first, last) != (as_before[1], as_before[0]):
            continue
        between = answer.tokens[one.mine[1] : other.mine[0]]
        if _may_change_places(between) and not _has_company(answer, other.mine[1]):
            continue
        kinds = {_kind(answer, change.mine) for change in (one, other)}
        if len(kinds) == 1 and kinds != {""}:
            yield _says(source, one.theirs, answer, one.mine)


def _may_change_places(between: Sequence[Token]) -> bool:
    """Whether words between two names say the same of both: "met", "drew a match with"."""
    said = [token for token in between if token.content and not token.name]
    if not said or said[-1].root in _OF_BOTH:
        return True
    before = [token.word for token in between if token.word in _BEFORE]
    return bool({token.root for token in said} & _OF_BOTH) and (not before or before[-1] in _BESIDE)


def _has_company(answer: Reading, at: int) -> bool:
    """Whether another name is named along with the one before a place: "met Lund and Reith"."""
    return [token.word == "and" or token.name for token in answer.tokens[at : at + 2]] == [True] * 2


def _renamed(
    alignment: Alignment, changes: Sequence[_Change], near: Sequence[str]
) -> Iterator[str]:
    """A name from elsewhere in the article that stands in the place of another."""
    answer, source = alignment.answer, alignment.source
    come = {word for change in changes for word in _cut(answer, change.mine)}
    gone = {word for change in changes for word in _cut(source, change.theirs)}
    for change in changes:
        mine, theirs = _cut(answer, change.mine), _cut(source, change.theirs)
        named = _kind(answer, change.mine) == _kind(source, change.theirs) == "name"
        if (
            named
            and gone.isdisjoint(mine)
            and come.isdisjoint(theirs)
            and not may_be_one(mine, theirs, near)
        ):
            yield _says(source, change.theirs, answer, change.mine)


def _made_sure(alignment: Alignment, changes: Sequence[_Change]) -> Iterator[str]:
    """A hedge that has gone, or has become a word that is none, before the word it was said of."""
    answer, source = alignment.answer, alignment.source
    hedged = set(answer.hedged_by())
    for change in changes:
        first, last = change.theirs
        for cue in source.cues:
            if (
                cue.kind in {"may", "plan"}
                and first <= cue.first < last
                and last - first <= _SHORT
                and last <= cue.anchor
                and hedged.isdisjoint(range(*change.mine))
                and not _is_hedged(alignment, cue)
            ):
                yield _says(source, (cue.first, cue.anchor + 1), answer, _with_next(change.mine))


def _is_hedged(alignment: Alignment, cue: Cue) -> bool:
    """Whether the word is as unsure in the answer: "could" for "could potentially"."""
    mine = alignment.back.get(cue.anchor)
    return mine is not None and (
        alignment.answer.says(("may",), mine) or in_other_form(alignment, cue, mine)
    )


def _with_next(places: tuple[int, int]) -> tuple[int, int]:
    return places[0], places[1] + 1


def _kind(reading: Reading, places: tuple[int, int]) -> str:
    """Whether words are a name or a number; empty for anything else."""
    tokens = reading.tokens[slice(*places)]
    if tokens and all(token.word[0].isdigit() or token.word in CARDINALS for token in tokens):
        return "number"
    names = find_names(reading.text) if tokens else []
    named = (any(n.start <= t.start and t.end <= n.end for n in names) for t in tokens)
    return "name" if tokens and all(named) else ""


def _cut(reading: Reading, places: tuple[int, int]) -> tuple[str, ...]:
    return tuple(_bare(token) for token in reading.tokens[slice(*places)])


def _bare(token: Token) -> str:
    return token.word.removesuffix("'s").removesuffix("'")


def _says(source: Reading, theirs: tuple[int, int], answer: Reading, mine: tuple[int, int]) -> str:
    said, instead = (
        reading.written(first, end - 1)
        for reading, (first, end) in ((source, theirs), (answer, mine))
    )
    return f"the source says “{said}”, not “{instead}”"
