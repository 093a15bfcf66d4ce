"""Words that stand in the place of others of the source, and make it another statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.support.evidence import Compares
from assistant.support.names.check import find_names
from assistant.support.numbers.number_words import CARDINALS, SCALES
from assistant.support.text.alignment import Alignment
from assistant.support.text.meanings import root
from assistant.support.text.reading import Reading
from assistant.support.text.words import words
from assistant.support.wording.compare import LIGHT

__all__ = ["check_substitutes"]

# A sentence that has this share of its content words from one source sentence repeats it, so that
# what it has at the place of other words has to mean what they do. The sentence is put beside
# itself with the source's words in place of its own, or, where the source has none there, without
# them. As alike as this are all but one in a hundred of the fair paraphrases of
# `paraphrases.jsonl` and of sentences reworded by rule, but not one in ten of the unfair ones.
_REPEATS = 0.78
_REPLACED = 0.9
_ADDED = 0.88
# What somebody states may be put with another of these.
_SAYING = frozenset(
    map(root, "say state argue warn note add explain insist remark write tell stress".split())
)
# Content words that are replaced, that replace them, and that are added.
_FEW, _SOME = 2, 4


@dataclass(frozen=True, slots=True)
class _Change:
    """Words of the answer at whose place the source has others, or none.

    Attributes:
        first: The first of them.
        last: The last of them.
        theirs: What the source has there, as written.
    """

    first: int
    last: int
    theirs: str


def check_substitutes(
    found: Sequence[Alignment], near: Sequence[str], likeness: Compares
) -> tuple[str, ...]:
    """Check that words which replace others in a repeated source sentence mean the same.

    A word of another cited sentence, or one that stands nearby and so says whom or what the
    sentence is about ("the wolf packs", "Lund" for "she"), makes no other statement of it.

    Args:
        found: The sentence aligned with each sentence of the source.
        near: What stands near the source.
        likeness: Compares meanings.
    """
    best = max(found, key=lambda alignment: alignment.share)
    answer, reasons = best.answer, []
    held = {at for alignment in found for at in alignment.pairs}
    known = {root(word) for text in near for word in words(text)}
    for change in _changes(best) if best.share >= _REPEATS else ():
        at = change.first
        if change.theirs and _both_say(answer, change):
            continue
        near_by = at == change.last and (at in held or answer.tokens[at].root in known)
        if near_by and _only_tells_which(answer, change):
            continue
        cosines = likeness(answer.text, [_undone(answer, change)])
        if not cosines or cosines[0] >= (_REPLACED if change.theirs else _ADDED):
            continue
        mine = answer.written(change.first, change.last)
        reasons.append(
            f"the source says “{change.theirs}”, not “{mine}”"
            if change.theirs
            else f"the source does not say “{mine}”"
        )
    return tuple(reasons)


def _both_say(answer: Reading, change: _Change) -> bool:
    """Whether one word for saying stands for another: "warned that" for "argued that"."""
    theirs = root(words(change.theirs)[0])
    return change.first == change.last and {answer.tokens[change.first].root, theirs} <= _SAYING


def _only_tells_which(answer: Reading, change: _Change) -> bool:
    """Whether a word is added, or names somebody whom the source does not name there."""
    named = not change.first or answer.tokens[change.first].name
    return not change.theirs or (named and not find_names(f"by {change.theirs}"))


def _changes(alignment: Alignment) -> Iterator[_Change]:
    """Few words without a place in the source, between words that have kept their order."""
    answer, source, pairs = alignment.answer, alignment.source, alignment.pairs
    held, names = set(pairs.values()), find_names(answer.text)
    hedges = source.hedged_by() if answer.hedged_by() else {}
    theirs = [at for at, t in enumerate(source.tokens) if t.content and at not in hedges]
    for run, left, right in _runs(alignment):
        low = -1 if left is None else pairs[left]
        high = len(source.tokens) if right is None else pairs[right]
        between = [at for at in theirs if low < at < high]
        first, last = answer.tokens[run[0]], answer.tokens[run[-1]]
        named = any(first.start < name.end and name.start < last.end for name in names)
        if len(run) <= _FEW and 0 < len(between) <= _FEW and held.isdisjoint(between):
            if named or not source.tokens[between[0]].name:  # not "the mayor" for her name
                yield _Change(run[0], run[-1], source.written(between[0], between[-1]))
        elif low < high and not named:
            yield _Change(run[0], run[-1], "")


def _runs(alignment: Alignment) -> Iterator[tuple[list[int], int | None, int | None]]:
    """Content words in a row without a place in the source, and the words beside them."""
    run: list[int] = []
    left: int | None = None
    content = [at for at, token in enumerate(alignment.answer.tokens) if token.content]
    for at in (*content, None):
        if at is not None and at not in alignment.pairs:
            run.append(at)
            continue
        written = {alignment.answer.tokens[place].word for place in run}
        counted = any(map(_is_number, written))  # numbers are compared by what they come to
        if 0 < len(run) <= _SOME and not counted and not written <= LIGHT:
            yield run, left, at
        run, left = [], at


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in CARDINALS or word in SCALES


def _undone(answer: Reading, change: _Change) -> str:
    """The sentence with what the source has at the place of the change."""
    before = answer.text[: answer.tokens[change.first].start]
    after = answer.text[answer.tokens[change.last].end :]
    return before + (change.theirs + after if change.theirs else after.lstrip())
