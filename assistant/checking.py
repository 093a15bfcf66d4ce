"""Checks the sentences of a reply one by one: what they cite, and whether that supports them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.align import Aligner, evidence
from assistant.likeness import Likeness
from assistant.reply.cited import Written
from assistant.reply.links import LINK_REMOVED
from assistant.reply.marks import Mark
from assistant.shown import Shown, SourceRange
from assistant.support import Evidence, check
from assistant.types import Verdict

__all__ = ["NOT_SHOWN", "Checked", "check_sentence", "is_shown", "judge"]

# How the reason ends that a sentence gets for a number that does not exist.
NOT_SHOWN = ", which it was not shown"
_LOST_LINK = "had a link that no source contains"


@dataclass(frozen=True, slots=True)
class Checked:
    """One sentence of a reply, checked but not numbered.

    Attributes:
        written: The sentence as it was written.
        cited: The ranges that the model cited.
        aligned: The ranges that were found for it.
        unknown: What it cited that does not exist.
        verdict: What the checks say.
    """

    written: Written
    cited: tuple[SourceRange, ...]
    aligned: tuple[SourceRange, ...]
    unknown: tuple[str, ...]
    verdict: Verdict


def check_sentence(written: Written, shown: Shown, aligner: Aligner, as_of: dt.date) -> Checked:
    """Looks up what a sentence cites, aligns it where that is nothing, and judges it."""
    cited: list[SourceRange] = []
    unknown: list[str] = []
    passages: set[int] = set()
    for mark in written.marks:
        sources = shown.runs(mark.passage, mark.first, mark.last) if mark.first else ()
        if sources:
            cited += sources
        elif is_shown(mark, shown):
            passages.add(mark.passage)
        else:
            unknown.append(str(mark))
    aligned: tuple[SourceRange, ...] = ()
    if passages:
        aligned = aligner.align_within(written.text, passages)
    elif not cited:
        aligned = aligner.align(written.text)
    lost = (f"cites {', '.join(unknown)}{NOT_SHOWN}",) if unknown else ()
    texts = [evidence(source) for source in (*cited, *aligned)]
    verdict = judge(written.text, texts, as_of, lost, aligner.likeness)
    return Checked(written, tuple(cited), aligned, tuple(unknown), verdict)


def is_shown(mark: Mark, shown: Shown) -> bool:
    """Whether a mark points at something; of a passage alone it does when there is one."""
    if not mark.first:
        return shown.holds(mark.passage)
    return bool(shown.runs(mark.passage, mark.first, mark.last))


def judge(
    sentence: str,
    cited: Sequence[Evidence],
    as_of: dt.date,
    lost: Iterable[str] = (),
    likeness: Likeness | None = None,
) -> Verdict:
    """The verdict on a sentence that a model wrote.

    Args:
        sentence: The sentence, without its citation numbers.
        cited: What it cites.
        as_of: The day the answer speaks from.
        lost: What it cites that does not exist, each a reason why it is not fully supported.
        likeness: Compares the meanings of sentences, and reads them with what they cite; None
            compares words only.
    """
    verdict = check(sentence, cited, as_of=as_of, likeness=likeness, doubts=likeness)
    missing = (*lost, _LOST_LINK) if LINK_REMOVED in sentence else tuple(lost)
    if not missing:
        return verdict
    if cited and verdict.status != "unsupported":
        return Verdict("partial", (*missing, *verdict.reasons))
    return Verdict("unsupported", (*missing, *(verdict.reasons if cited else ())))
