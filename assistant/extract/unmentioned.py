"""Names of a question that nothing of what was found mentions, which then cannot answer it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from assistant.extract.things import asking_sentence
from assistant.support.names.check import find_names, untold_names
from assistant.support.names.name_forms import forms
from index.lexical import query_words
from index.variants import wordings

if TYPE_CHECKING:
    from assistant.types import QuestionTime
    from index.types import Hit

__all__ = ["nowhere", "passed_by", "unmentioned"]

# What stands before a name that tells what sort of thing is asked for.
_SORT = re.compile(
    r"\b(?:which|what)\s(?:(?!(?:d(?:id|oes|o)|is|was|are|were|ha[sd]|have|w\w+ld|will|can|could)\b)"
    r"\w+\s)?$",
    re.IGNORECASE,
)
# What stands before whoever reported what is asked for.
_REPORTED = re.compile(
    r"\b(?:according to|report(?:ed|s)? (?:by|in|from)|told|interview with)\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
# How alike words are of which one may be the other, misspelt: Zelensky, Zelenskyy.
_MISSPELT = 0.8


def unmentioned(question: str, hits: Sequence[Hit], time: QuestionTime | None) -> list[str]:
    """The names of a question that the passages of some hits do not hold, nor their articles' data.

    A name that is misspelt in the question, or there, counts as held, and so does one that they
    hold in other words: SCOTUS as the Supreme Court.

    Args:
        question: The words of the question.
        hits: Passages of what is quoted.
        time: When it asks about: “at Easter” names nobody.
    """
    if question.isupper():
        return []
    words = time.words.split(", ") if time else []
    times = [(start, start + len(each)) for each in words if (start := question.find(each)) >= 0]
    said = [_said(hit) for hit in hits]
    names = [question[name.start : name.end] for name in find_names(question, times)]
    if all(any(name in each for each in said) for name in names):
        return []
    missing = untold_names(question, said, times)
    if not missing:
        return []
    known = {word for each in said for word in query_words(each)}
    told = _in_other_words(question, said)
    return [name for name in missing if name not in told and not _is_misspelt(name, known)]


def nowhere(question: str, hits: Sequence[Hit], time: QuestionTime | None) -> list[str]:
    """The names of a question that no hit holds.

    What the library has of somebody would be among what was found for a question that names him.
    Only what sort of thing is asked for need not be told: “which Spanish golfer”. Of 455 questions
    of 2022 that were answered 1 had such a name; of 398 whose articles were left out 1 in 10, and
    of 700 that are nearly answered 1 in 20.

    Args:
        question: The words of the question.
        hits: All that was found.
        time: When it asks about.
    """
    missing = unmentioned(question, hits, time)
    return [name for name in missing if not _SORT.search(question[: question.find(name)])]


def passed_by(question: str, hits: Sequence[Hit], time: QuestionTime | None) -> list[str]:
    """The names in what a question asks when the hits that would be quoted hold none of them.

    Others that were found may: then what is known of the one in the question is not what is asked.
    Who reported it, countries and what is written in capitals may well go by another name.

    Args:
        question: The words of the question.
        hits: Those of the best sentences.
        time: When it asks about.
    """
    asking = asking_sentence(question)
    names = find_names(asking)
    if not names or any(_REPORTED.search(asking[: name.start]) for name in names):
        return []
    missing = nowhere(asking, hits, time)
    named = [name for name in missing if not _has_other_names(name)]
    return named if len(named) == len(names) else []


def _has_other_names(name: str) -> bool:
    """Whether a name is in capitals or of a land or people: Britons are of the UK."""
    families = (form for word in name.split() for form in forms(word))
    return name.rstrip("s").isupper() or any(form.startswith("=") for form in families)


def _said(hit: Hit) -> str:
    passage = hit.passage
    return "\n".join(filter(None, (passage.article.title, passage.article.source, passage.text)))


def _in_other_words(question: str, said: Sequence[str]) -> set[str]:
    """What of a question some texts say by another name."""
    return {own for own, other in wordings(question) if any(_holds(each, other) for each in said)}


def _holds(text: str, name: str) -> bool:
    """Whether a text has a name: acronyms in capitals, as “EU” and “AI” stand in other words."""
    case = re.NOFLAG if name.isupper() else re.IGNORECASE
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, case))


def _is_misspelt(name: str, known: Iterable[str]) -> bool:
    """Whether the last word of a name is like one that is known."""
    *_, last = name.lower().split()
    return bool(get_close_matches(last, known, 1, _MISSPELT))
