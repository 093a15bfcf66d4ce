"""From what a person typed to what is looked up: the day it is asked of, and follow-ups."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from assistant.question.times import date_filters, read_time
from assistant.types import Question, Turn
from index.dates import Period
from index.errors import UsageError
from index.lexical import query_words
from index.types import Filters

__all__ = ["parse_day", "resolve"]

# Words that point at something said before.
_POINTING = re.compile(
    r"\b(he|him|his|she|her|hers|it|its|they|them|their|theirs|there|then|this|that|these|those"
    r"|the (?:same|other|others|former|latter))\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\s*(and|but|so|also|what about|how about|why|when|where)\b", re.IGNORECASE)
# A question with fewer telling words than this cannot stand alone when it opens like a follow-up.
_FEW = 4


def parse_day(text: str | dt.date | None, name: str) -> dt.date | None:
    """A day given as a date or as `YYYY-MM-DD`.

    Raises:
        UsageError: When it is neither.
    """
    if text is None or isinstance(text, dt.date):
        return text
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{name} is “{text}”, which is not a day", help="write days as YYYY-MM-DD"
        ) from error


def resolve(
    asked: str,
    *,
    today: dt.date,
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
    as_of: str | dt.date | None = None,
    sources: Sequence[str] = (),
    history: Sequence[Turn] = (),
    dated: Callable[[Period], int] = lambda _: 1,
) -> Question:
    """What is looked up for a question.

    Args:
        asked: The words as typed.
        today: The day it is asked on, which `as_of` replaces.
        since: The earliest publication date.
        until: The latest publication date.
        as_of: The day that the question is asked of; nothing later is used.
        sources: Outlets; none means all.
        history: The turns before this one, oldest first.
        dated: Says how many articles of the library are of a period; only asked when it matters.

    Raises:
        UsageError: When the question is empty or a day is malformed.
    """
    text = " ".join(asked.split())
    if not any(c.isalnum() for c in text):
        raise UsageError("the question is empty", help='ask something: dateline ask "Who …?"')
    start, end, limit = (
        parse_day(day, name)
        for day, name in ((since, "--since"), (until, "--until"), (as_of, "--as-of"))
    )
    if limit is not None:
        end = min(end, limit) if end else limit
    if start and end and start > end:
        raise UsageError(
            f"nothing lies between {start} and {end}", help="give --since a day before --until"
        )
    day, whole = limit or today, _complete(text, history)
    time = read_time(whole, day, dated)
    filters = date_filters(time, Filters(start, end, tuple(sources)), day)
    return Question(asked, whole, day, filters, time)


def _complete(text: str, history: Sequence[Turn]) -> str:
    """A follow-up together with the question it follows; any other question as it is."""
    if not history:
        return text
    words = query_words(text)
    follows = _POINTING.search(text) or (_OPENING.match(text) and len(words) < _FEW)
    if not follows:
        return text
    known = {word.lower() for word in words}
    before = [w for w in query_words(history[-1].question.text) if w not in known]
    return f"{text} ({' '.join(before)})" if before else text
