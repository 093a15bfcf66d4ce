"""Finds corrections in articles, and what they correct."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.support.names.check import find_names
from assistant.support.numbers.quantities import find_quantities
from assistant.support.text.reading import read
from index.dates import date_ranges

__all__ = ["Correction", "find_corrections"]

_EARLIER = (
    r"\b(?:an?|the|our) (?:earlier|previous|prior|original) (?:report|article|story"
    r"|version(?! of (?!(?:this|our|the) (?:report|article|story|post|piece|item|headline)\b)))\b"
    r"|\b(?:misstated|misidentified|misspelled|misreported)\b"
    r"|\b(?:incorrectly|wrongly|mistakenly|erroneously) (?:said|stated|reported|gave|identified"
    r"|described|attributed|listed|named|referred)\b"
)
_REPORTS = r"(?:wrote|reported|stated)\b"
# "This article was amended on 3 May to say …": these say what is right, and perhaps what is not.
_MENDED = (
    r"^\W*(?:this|the|our) (?:article|story|report|headline|text) (?:has been|was)"
    r" (?:corrected|amended|updated)\b"
)
# "… 43, not 34 as we reported": only what an outlet says of itself.
_AS_WE = re.compile(
    rf"\bnot (?:[^,.;]|[.,](?=\d))+,? as we (?:\w+ly |first |earlier )?{_REPORTS}", re.IGNORECASE
)
_NOTICE = re.compile(
    r"^\W*(?:corrections?|clarification|editor[’']s note)\b\W*[:—–]"
    rf"|{_EARLIER}|{_MENDED}",
    re.IGNORECASE,
)
_WRONG = re.compile(_EARLIER, re.IGNORECASE)
# What an outlet tells of its own reports is a correction only if what follows says so.
_WROTE = re.compile(
    r"^\W*(?:(?:in|on|last|yesterday|earlier)\b[^,.;:]{0,60},? )?"
    rf"we (?:\w+ly |first |earlier )?{_REPORTS}",
    re.IGNORECASE,
)
_RIGHTED = re.compile(
    r"^\W*(?:the (?:correct|right|actual) \w+ (?:is|was|are|were)\b|in fact\b|actually\b"
    r"|(?:that|this) (?:is|was) (?:wrong|incorrect|not correct)\b)",
    re.IGNORECASE,
)
# Without a comma or “and” it may deny anything: “he was not charged in 12 cases”.
_NOT = re.compile(r"(?:, (?:and )?| and )not (?P<wrong>(?:[^,.;]|[.,](?=\d))+)")
_QUOTES = re.compile(r"[“”\"„«»]")
# Content words that a sentence has to share with what is corrected.
_SHARED = 2
_AT_MOST = 2


@dataclass(frozen=True, slots=True)
class Correction:
    """A notice that something in an earlier report was wrong.

    Attributes:
        first: The number of the sentence, of those of its passage, in which it begins.
        last: The number of the sentence in which it ends.
        wrong: The numbers and names that it takes back.
        roots: The content of what it corrects.
    """

    first: int
    last: int
    wrong: frozenset[str]
    roots: frozenset[str]

    def corrects(self, sentence: str) -> bool:
        """Whether a sentence states what is taken back here."""
        if any(form.search(sentence) for form in (_NOTICE, _WROTE, _AS_WE)):
            return False
        shared = (_roots(sentence) & self.roots) - self.wrong
        return bool(_facts(sentence) & self.wrong) and len(shared) >= _SHARED


def find_corrections(sentences: Sequence[str]) -> list[Correction]:
    """The corrections in consecutive sentences of one article.

    None of a page that collects corrections, which says too little of what each one is about.
    """
    found: list[Correction] = []
    if sum(bool(_NOTICE.search(sentence)) for sentence in sentences) > _AT_MOST:
        return found
    for at, sentence in enumerate(sentences):
        after = sentences[at + 1] if at + 1 < len(sentences) else ""
        if not _NOTICE.search(sentence) and not _is_our_own(sentences, at):
            continue
        if "://" in sentence:  # one of a list of corrections; the digits are of its address
            continue
        replaced, later = _NOT.search(sentence), _NOT.search(after)
        if replaced:
            wrong, last = _taken_back(replaced["wrong"], sentence[: replaced.start()]), at
        elif not after or not (_WRONG.search(sentence) or _WROTE.search(sentence)):
            continue
        elif later:
            wrong, last = _taken_back(later["wrong"], after[: later.start()]), at + 1
        else:
            wrong, last = _taken_back(sentence, after), at + 1
        if wrong:
            found.append(Correction(at, last, wrong, _roots(sentence) | _roots(after)))
    return found


def _is_our_own(sentences: Sequence[str], at: int) -> bool:
    """Whether a sentence says what we reported, and it or the next one that it is otherwise.

    Within a quotation, “we” may be anybody.
    """
    one, after = sentences[at], " ".join(sentences[at + 1 : at + 2])
    righted = bool(_WROTE.search(one) and _RIGHTED.search(after))
    said = f"{one} {after}" if righted else one
    if not righted and not _AS_WE.search(one):
        return False
    return not _QUOTES.search(said) and not _is_open(sentences[:at])


def _is_open(before: Sequence[str]) -> bool:
    """Whether a quotation that was opened in the sentences before has not been closed."""
    text = " ".join(before)
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def _taken_back(wrong: str, right: str) -> frozenset[str]:
    """What the wrong words state otherwise than the right ones: numbers, or parts of one name."""
    numbers = _numbers(right)
    if numbers:
        return _numbers(wrong) - numbers
    kept = [frozenset(name.folded) for name in find_names(f"by {right}") if len(name.words) > 1]
    return frozenset(
        word
        for name in find_names(f"by {wrong}")
        for other in kept
        if len(name.words) > 1 and frozenset(name.folded) & other
        for word in frozenset(name.folded) - other
    )


def _facts(text: str) -> frozenset[str]:
    """The numbers and the words of names of a text, in one form."""
    return _numbers(text).union(*(frozenset(name.folded) for name in find_names(text)))


def _numbers(text: str) -> frozenset[str]:
    found = find_quantities(text, date_ranges(text))
    return frozenset(f"{quantity.values[0]:g}" for quantity in found)


def _roots(text: str) -> frozenset[str]:
    return frozenset(token.root for token in read(text).tokens if token.content)
