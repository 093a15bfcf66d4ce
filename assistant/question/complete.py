"""Completes a follow-up without a model, from what the last turns were about.

“He” becomes the person that was named last, “it” the thing; “And in March?” takes the place of the
last question's time, “What about Germany?” that of a name in it. What cannot be put in its place
is put behind, in brackets, so that it is at least searched for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.question.asked_for import asked_for
from assistant.question.follow_ups import OPENING, asks_why, pointing, spelled_out
from assistant.question.instead import counterpart, instead, only_time, with_time
from assistant.question.people import named
from assistant.question.reasons import why_of
from assistant.question.stand_ins import (
    has_matter,
    own_words,
    resolved,
)
from assistant.question.topic import with_topic
from assistant.types import Answer, Question, Turn
from index.lexical import query_words

__all__ = ["complete", "complete_beside"]

_ASKING = re.compile(
    r"^\s*(?:(?:so|and|but)\s+)?(?:(?:after|at|by|for|from|in|on|since|to|until|with)\s+(?=how\b|wh))?"
    r"(?:who(?:se|m)?|what|when|where|why|which|how(?:\s+(?:many|much|long"
    r"|old|far|often))?|did|does|do|is|was|were|are|has|have|had|will|would|can|could|should)\b"
    r"(?:\s+(?:did|does|do|is|was|were|are|has|have|had|will|would|can|could|should)\b)?\s*",
    re.IGNORECASE,
)
_LIKEWISE = re.compile(
    r"(?:what|how|why|when|where|whom)\s+(?:did|does|do|has|have|had|was|is|were|are|will)\s+",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\W*(?:(?:and|but)\s+)?(?:before(?:\s+(?:that|then))?|after(?:wards|\s+that)?|later|now|earlier"
    r"|previously|today|until\s+then|since(?:\s+then)?|originally|at\s+first|finally|in\s+the\s+end)\W*",
    re.IGNORECASE,
)
# Telling words of the last question that are worth to be put behind one that says what it is about.
_TELLING = 2


def complete(text: str, history: Sequence[Turn], day: dt.date) -> str:
    """A follow-up as a question that stands alone.

    Args:
        text: The follow-up.
        history: The turns before it, oldest first; at least one.
        day: The day that it is asked of.

    Raises:
        UsageError: When it cannot be told what it refers to.
    """
    if asks_why(text):
        return why_of(text, history)
    text, last = spelled_out(text), history[-1].question.text.strip()
    opening = OPENING.match(text)
    rest = text[opening.end() :].strip() if opening else text
    rest = rest or text
    if opening and opening["about"]:
        return instead(resolved(rest, history) or rest, history, day)
    if only_time(rest, day) or _ORDERED.fullmatch(rest):
        return with_time(rest, last, day)
    if len(rest.split()) <= 5 and not _ASKING.match(rest):
        meant = resolved(rest, history) if pointing(rest) else rest
        if meant:
            return instead(meant, history, day)
    asked = rest[0].upper() + rest[1:]
    return (
        _likewise(asked, last, history) or _at_the_place(asked, last) or _resolved(asked, history)
    )


def complete_beside(text: str, first: str) -> str:
    """The second of two questions in one with what its “he” or “it” takes up from the first.

    Args:
        text: The second question, which stays as it is where it takes up nothing.
        first: The question before it, which nothing has answered yet.
    """
    if pointing(text) is None:
        return text
    question = Question(first, first, dt.date.min)
    return _resolved(text, [Turn(question, Answer(question, "extractive", "", abstained=True))])


def _resolved(text: str, history: Sequence[Turn]) -> str:
    """The question with what “he” or “it” stands for, and what else it needs behind it."""
    last = history[-1].question.text.strip()
    full, asked = resolved(text, history), asked_for(last)
    if not full or (asked and asked.noun in full):
        return with_topic(full or text, last)
    return full if has_matter(text) else with_topic(full, last, least=_TELLING)


def _likewise(text: str, last: str, history: Sequence[Turn]) -> str:
    """The last question of somebody else: “And what did Rubio say?”, or nothing."""
    names = named(text)
    asked = _LIKEWISE.match(text)
    if len(names) != 1 or own_words(text) or not (asked and last.startswith(asked[0])):
        return ""
    said = set(query_words(text)) - set(query_words(names[0].text))
    if pointing(text) or not said <= set(query_words(last)):
        return ""
    old = counterpart(names[0], last, history)
    if old is None:
        return ""
    return f"{last[: old.start]}{names[0].text}{last[old.start + len(old.text) :]}"


def _at_the_place(text: str, last: str) -> str:
    """The question with “there” replaced by a place of the last one, or nothing."""
    there = re.search(r"\bthere\b", text, re.IGNORECASE)
    if there is None or pointing(text) is None or len(query_words(text)) < 2:
        return ""
    for name in named(last):
        lead = re.search(r"\b(?:in|at|near|off|around)\s+(?:the\s+)?$", last[: name.start])
        if lead:
            place = last[lead.start() : name.start + len(name.text)]
            return f"{text[: there.start()]}{place}{text[there.end() :]}"
    return ""
