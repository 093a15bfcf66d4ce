"""Completes a follow-up without a model, from what the last turns were about.

“He” becomes the person that was named last, “it” the thing; “And in March?” takes the place of the
last question's time, “What about Germany?” that of a name in it. What cannot be put in its place
is put behind, in brackets, so that it is at least searched for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.question.asked_for import asked_for, gist
from assistant.question.follow_ups import OPENING, asks_why, bare, pointing, spelled_out, telling
from assistant.question.people import Named, named
from assistant.question.phrases import PREPOSITION
from assistant.question.reasons import why_of
from assistant.question.stand_ins import (
    has_matter,
    own_words,
    resolved,
)
from assistant.question.time_words import find_time_words
from assistant.types import Answer, Question, Turn
from index.lexical import query_words, stems

__all__ = ["complete", "complete_beside", "with_topic"]

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
_ABOUT = frozenset({"about", "on", "of", "regarding", "concerning"})


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
    if opening and opening["about"] and not pointing(rest):
        return _replaced(rest, last, day)
    if _only_time(rest, day) or _ORDERED.fullmatch(rest):
        return _with_time(rest, last, day)
    if len(rest.split()) <= 5 and not _ASKING.match(rest) and not pointing(rest):
        return _replaced(rest, last, day)
    asked = rest[0].upper() + rest[1:]
    return _likewise(asked, last) or _at_the_place(asked, last) or _resolved(asked, history)


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


def _likewise(text: str, last: str) -> str:
    """The last question of somebody else: “And what did Rubio say?”, or nothing."""
    names = named(text)
    asked = _LIKEWISE.match(text)
    if len(names) != 1 or own_words(text) or not (asked and last.startswith(asked[0])):
        return ""
    said = set(query_words(text)) - set(query_words(names[0].text))
    if pointing(text) or not said <= set(query_words(last)):
        return ""
    old = _counterpart(names[0], named(last))
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


# fragments


def _only_time(rest: str, day: dt.date) -> bool:
    times = find_time_words(_asking_of(rest), day)
    left = bare(_asking_of(rest), times)
    return bool(times) and not [w for w in re.findall(r"\w+", left) if w not in _SMALL]


def _asking_of(rest: str) -> str:
    """A fragment in small letters at its start, as within a question."""
    return rest[0].lower() + rest[1:] if rest[:1].isupper() and not named(rest) else rest


_SMALL = frozenset({"in", "on", "at", "the", "during", "over", "for", "of", "just"})


def _with_time(rest: str, last: str, day: dt.date) -> str:
    """The last question with another time."""
    plain = _without_times(last, day).rstrip(" ?.!")
    return f"{plain} {_asking_of(rest).strip(' ?.!')}?"


def _without_times(text: str, day: dt.date) -> str:
    for each in sorted(find_time_words(text, day), key=lambda each: -each.start):
        before = re.sub(r"\s*\b(?:in|on|at|during|over|of|for|by)\s*$", "", text[: each.start])
        behind = re.sub(r"^[’']s\b", "", text[each.end :])
        text = f"{before} {behind}"
    return " ".join(text.split()).replace(" ?", "?")


def _replaced(rest: str, last: str, day: dt.date) -> str:
    """The last question with a name or the end of it replaced by a fragment."""
    if _only_time(rest, day):
        return _with_time(rest, last, day)
    plain, fragment = last.rstrip(" ?.!"), _asking_of(rest).strip(" ?.!")
    names = named(fragment)
    lead = re.match(rf"(?P<word>{PREPOSITION}|regarding|concerning)\s+", fragment, re.IGNORECASE)
    if lead:
        return _behind(plain, fragment, lead["word"].lower(), names)
    if names:
        old = _counterpart(names[0], named(plain))
        if old is not None:
            end = old.start + len(old.text)
            new = re.sub(r"^the\s+", "", fragment, flags=re.IGNORECASE)
            return f"{plain[: old.start]}{new}{plain[end:]}?"
        return f"{plain}? ({fragment})"
    return with_topic(f"{fragment[0].upper()}{fragment[1:]}?", last)


def _behind(plain: str, fragment: str, word: str, names: Sequence[Named]) -> str:
    """The last question with what a preposition introduced replaced, or the fragment behind it."""
    alike = _ABOUT if word in _ABOUT else {word}
    places = list(re.finditer(rf"\s({'|'.join(map(re.escape, alike))})\s", plain))
    if places:
        kept = places[-1][1] if word in _ABOUT else word
        behind = fragment.split(maxsplit=1)[1]
        follows = re.search(rf"\s{PREPOSITION}\s", plain[places[-1].end() :]) if names else None
        rest = plain[places[-1].end() + follows.start() :] if follows else ""
        return f"{plain[: places[-1].start()]} {kept} {behind}{rest}?"
    return f"{plain} {fragment}?"


def _counterpart(new: Named, names: Sequence[Named]) -> Named | None:
    """The name that another one takes the place of: the first of its kind, or the only one."""
    others = [name for name in names if name.text != new.text]
    if any(name.text == new.text for name in names) or not others:
        return None
    alike = [name for name in others if (name.person > 0) == (new.person > 0)]
    if new.person > 0 and alike:
        return alike[0]
    return min(alike or others, key=lambda name: abs(name.person - new.person))


# what goes behind


def with_topic(text: str, last: str, least: int = 1) -> str:
    """A question with what the last one was about in brackets, if that says more.

    Args:
        text: The question.
        last: The one before it.
        least: The words that are worth it; a name alone is.
    """
    topic = gist(last, beside=text)
    known = set(stems(text))
    new = [word for word in telling(topic) if not known.issuperset(stems(word))]
    names = [name for name in named(topic) if not known.issuperset(stems(name.text))]
    return f"{text} ({topic})" if len(new) >= least or (new and names) else text
