"""How a question was understood, for people: rewritten, at which time, in which parts; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.render.articles import article_head, day_text
from assistant.render.terminal import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.types import Question, QuestionTime
    from index.dates import Period
    from index.types import Filters

__all__ = ["period_text", "understood"]

_ORDERS = {"newest": "the newest articles come first", "oldest": "the oldest articles come first"}


def understood(question: Question) -> Iterator[str]:
    """What a reader should know of how a question was understood, a clause each."""
    if question.text != " ".join(question.asked.split()):
        yield f"understood as: {on_one_line(question.text)}"
    if question.article is not None:
        yield f"only {article_head(question.article)} is searched"
    if question.time is not None:
        yield _time(question.time, question.filters)
    if question.parts:
        yield f"searched in parts: {'; '.join(map(_part, question.parts))}"


def _part(part: Question) -> str:
    order = {"oldest": " (first)", "newest": " (last)"}.get(part.time.order if part.time else "")
    return f"{on_one_line(part.asked).rstrip('?')}{order or ''}"


def _time(time: QuestionTime, filters: Filters) -> str:
    words, period = on_one_line(time.words), period_text(time.period)
    if not period:
        return f"“{words}”: {_ORDERS[time.order]}" if time.order else f"“{words}”"
    match time.use:
        case "filter":
            what = f"only articles {_limits(filters)} are used"
        case "preference":
            what = "articles of that time are preferred"
        case _:
            what = "hardly any article is of that time, so it limits nothing"
    order = f", and {_ORDERS[time.order]}" if time.order and time.use != "context" else ""
    closed = time.period.first and time.period.last
    meant = f" is {period}" if closed and words.casefold() != period.casefold() else ""
    return f"“{words}”{meant}: {what}{order}"


def _limits(filters: Filters) -> str:
    first, last = filters.since, filters.until
    if first and last:
        return f"of {day_text(first)} to {day_text(last)}"
    return f"since {day_text(first)}" if first else f"until {day_text(last)}"


def period_text(period: Period) -> str:
    """Days in words: “14 September 2022”, “since 1 May 2022”; empty when both sides are open."""
    first, last = period.first, period.last
    if first and last:
        return day_text(first) if first == last else f"{day_text(first)} to {day_text(last)}"
    if first:
        return f"since {day_text(first)}"
    return f"until {day_text(last)}" if last else ""
