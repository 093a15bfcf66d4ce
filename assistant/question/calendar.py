"""The days that words of time mean, counted from the day they are said on; pure arithmetic."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from index.dates import DateMention, Period

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

__all__ = [
    "HOLIDAYS",
    "ago",
    "between",
    "century",
    "decade",
    "half",
    "holiday",
    "month_of",
    "months_between",
    "nearest_past",
    "part_of",
    "quarter",
    "rolling",
    "season",
    "span_around",
    "stepped",
]

_DECADES = {
    name: 1920 + 10 * n
    for n, name in enumerate(
        "twenties thirties forties fifties sixties seventies eighties nineties".split()
    )
}
_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_DAYS = {"hour": 1 / 24, "day": 1, "night": 1, "week": 7, "fortnight": 14}
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
# Days ahead of which a day without a year is spoken of as one to come.
_CLOSE = 14
# Seasons of the northern hemisphere, as news of it speak: their first months.
_SEASONS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_FIXED = {
    "christmas": (12, 24, 26),
    "christmas day": (12, 25, 25),
    "christmas eve": (12, 24, 24),
    "boxing day": (12, 26, 26),
    "new year's day": (1, 1, 1),
    "new year's eve": (12, 31, 31),
    "halloween": (10, 31, 31),
    "valentine's day": (2, 14, 14),
    "fourth of july": (7, 4, 4),
    "4th of july": (7, 4, 4),
}
# Days that a Monday or Thursday moves: month, weekday, which one of the month.
_MOVED = {"labor day": (9, 0, 1), "labour day": (9, 0, 1), "thanksgiving": (11, 3, 4)}
_MOVED |= {"martin luther king day": (1, 0, 3)}
# Days from Easter Sunday to the first and last of others.
_FROM_EASTER = {
    "easter": (-2, 1),
    "easter sunday": (0, 0),
    "easter monday": (1, 1),
    "easter weekend": (-2, 1),
    "good friday": (-2, -2),
}

HOLIDAYS = tuple(
    spelling
    for name in (*_FIXED, *_MOVED, *_FROM_EASTER)
    for spelling in {name, name.replace("'", "’"), name.replace("'", "")}
)


def _delta(count: float, unit: str) -> relativedelta:
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - few questions need it

    if unit in _DAYS:
        return relativedelta(days=math.ceil(_DAYS[unit] * count))
    months = _MONTHS_IN[unit] * count
    return relativedelta(months=int(months), days=round(30 * (months % 1)))


def _back(day: dt.date, count: float, unit: str) -> dt.date:
    """A day so many units before another; the first of the calendar when that is earlier."""
    try:
        earlier: dt.date = day - _delta(count, unit)
    except (OverflowError, ValueError):
        return dt.date.min
    return earlier


def _month(year: int, month: int, months: int = 1) -> Period:
    """So many months from the first day of one."""
    index = year * 12 + month - 1 + months - 1
    last_year, last_month = index // 12, index % 12 + 1
    last = calendar.monthrange(last_year, last_month)[1]
    return Period(dt.date(year, month, 1), dt.date(last_year, last_month, last))


def month_of(name: str, year: int) -> Period:
    """A month by its English name."""
    return _month(year, _MONTHS[name.lower()])


def months_between(one: str, other: str, year: int | None, today: dt.date) -> Period:
    """From one month to another, the latest that have begun when no year is given."""
    first, last = _MONTHS[one.lower()], _MONTHS[other.lower()]
    length = (last - first) % 12 + 1
    if year is not None:
        return _month(year - (first > last), first, length)
    return _latest(None, today, lambda y: _month(y, first, length))


def rolling(count: float, unit: str, today: dt.date) -> Period:
    """The days up to today: “the past three months”."""
    return Period(_back(today, count, unit), today)


def ago(count: float, unit: str, today: dt.date, *, exact: bool = False) -> Period:
    """The day, or the days about it, so long ago; negative counts lie ahead.

    “Three weeks ago” is the week around that day, “five months ago” that month and its
    neighbours' nearer halves, “two years ago” that calendar year, unless `exact`.
    """
    day = today + dt.timedelta(days=-int(count)) if count < 0 else _back(today, count, unit)
    if exact:
        return Period(day, day)
    match unit:
        case "week" | "fortnight":
            margin = 4
        case "month":
            margin = 15
        case "quarter":
            margin = 45
        case "year":
            return Period(dt.date(day.year, 1, 1), dt.date(day.year, 12, 31))
        case "decade":
            return Period(_back(day, 2, "year"), _back(day, -2, "year"))
        case _:
            margin = 0
    step = dt.timedelta(days=margin)
    return Period(day - step, min(day + step, today) if count > 0 else day + step)


def stepped(step: int, span: str, today: dt.date) -> Period | None:
    """The week, month, year and so on that lies so many steps from today's own."""
    match span:
        case "week" | "weekend" | "fortnight":
            return _week(step, span, today)
        case "month":
            index = today.year * 12 + today.month - 1 + step
            return _month(index // 12, index % 12 + 1)
        case "quarter":
            index = today.year * 4 + (today.month - 1) // 3 + step
            return _month(index // 4, index % 4 * 3 + 1, 3)
        case "year" | "decade" | "century":
            length = {"year": 1, "decade": 10, "century": 100}[span]
            first = (today.year // length + step) * length
            return Period(dt.date(first, 1, 1), dt.date(first + length - 1, 12, 31))
        case _:
            return None


def _week(step: int, span: str, today: dt.date) -> Period:
    monday = today - dt.timedelta(days=today.weekday())
    if span == "fortnight":
        first = monday + dt.timedelta(weeks=2 * step)
        return Period(first, first + dt.timedelta(days=13))
    if span == "weekend":
        # On a Saturday or Sunday “last weekend” is the one before, on other days the latest.
        saturday = monday + dt.timedelta(days=5, weeks=step)
        return Period(saturday - dt.timedelta(days=1), saturday + dt.timedelta(days=1))
    first = monday + dt.timedelta(weeks=step)
    return Period(first, first + dt.timedelta(days=6))


def part_of(whole: Period, part: str, today: dt.date) -> Period:
    """The beginning, middle or end of a period, or its part before or after today."""
    first, last = whole.first, whole.last
    assert first is not None
    assert last is not None
    days = (last - first).days + 1
    third, week = dt.timedelta(days=days // 3), dt.timedelta(days=6)
    parts = {
        ("earlier", "so far"): (first, max(first, min(last, today))),
        ("later",): (min(last, max(first, today)), last),
        ("early", "beginning", "start", "turn"): (first, first + third),
        ("mid", "middle"): (first + third * 0.8, last - third * 0.8),
        ("late", "end"): (last - third, last),
        ("first half",): (first, first + dt.timedelta(days=days // 2)),
        ("second half",): (first + dt.timedelta(days=days // 2), last),
        ("first week",): (first, first + week),
        ("first days", "first weeks", "opening days"): (first, first + 2 * week),
        ("last week",): (last - week, last),
        ("last days", "last weeks"): (last - 2 * week, last),
    }
    return next(Period(*days) for names, days in parts.items() if part in names)


def span_around(day: Period, span: str, how: str) -> Period:
    """The week or weekend of a day, or the days around it."""
    first, last = day.first, day.last
    assert first is not None
    assert last is not None
    if span == "weekend":
        saturday = first + dt.timedelta(days=(5 - first.weekday() + 3) % 7 - 3)
        return Period(saturday - dt.timedelta(days=1), saturday + dt.timedelta(days=1))
    week = dt.timedelta(days=6)
    if how in {"beginning", "starting", "from"}:
        return Period(first, first + week)
    if how in {"ending", "to"}:
        return Period(last - week, last)
    if span == "week":
        monday = first - dt.timedelta(days=first.weekday())
        return Period(monday, monday + week)
    return Period(first - week / 2, last + week / 2)


def quarter(number: int, year: int | None, today: dt.date) -> Period:
    """A quarter of a year; of the latest year in which it has begun when none is given."""
    return _latest(year, today, lambda y: _month(y, 3 * number - 2, 3))


def half(number: int, year: int | None, today: dt.date) -> Period:
    """Half a year, likewise."""
    return _latest(year, today, lambda y: _month(y, 6 * number - 5, 6))


def _latest(year: int | None, today: dt.date, of: Callable[[int], Period]) -> Period:
    if year is not None:
        return of(year)
    this = of(today.year)
    begun = this.first and this.first <= today
    return this if begun or today.year == dt.MINYEAR else of(today.year - 1)


def season(name: str, year: int | None, step: int | None, today: dt.date) -> Period:
    """A season; the latest that has begun, the one before it for “last”, the coming for “next”.

    The winter of 2022 is the one that begins in it.
    """

    def of(y: int) -> Period:
        return _month(y, _SEASONS[name], 3)

    if year is not None:
        return of(year)
    latest = _latest(None, today, of)
    assert latest.first is not None
    running = latest.last is not None and latest.last >= today
    if step == -1 and running:
        return of(latest.first.year - 1)
    if step == 1 or (step == 0 and not running and _is_soon(of(latest.first.year + 1), today)):
        return of(latest.first.year + 1)
    return latest


def _is_soon(period: Period, today: dt.date) -> bool:
    """“This winter” in October is the one to come."""
    return period.first is not None and (period.first - today).days < 92


def decade(words: str, today: dt.date, part: str = "") -> Period:
    """“1990s”, “90s” or “nineties”, or a part of them."""
    if words.isdigit():
        first = int(words) if len(words) == 4 else 1900 + int(words)
        if first + 100 <= today.year and len(words) == 2:
            first += 100
    else:
        first = _DECADES[words]
    whole = Period(dt.date(first, 1, 1), dt.date(first + 9, 12, 31))
    return part_of(whole, part, today) if part else whole


def century(number: int) -> Period:
    """The twentieth century, as people count it: 1900 to 1999."""
    first = (number - 1) * 100
    return Period(dt.date(max(first, 1), 1, 1), dt.date(first + 99, 12, 31))


def holiday(name: str, year: int | None, today: dt.date) -> Period | None:
    """A holiday; the latest that has come when no year is given."""
    plain = " ".join(name.lower().replace("’", "'").removeprefix("the ").split())
    plain = plain.replace("years ", "year's ").replace("valentines", "valentine's")

    def of(y: int) -> Period:
        if plain in _FIXED:
            month, first, last = _FIXED[plain]
            return Period(dt.date(y, month, first), dt.date(y, month, last))
        if plain in _MOVED:
            month, weekday, which = _MOVED[plain]
            start = dt.date(y, month, 1)
            day = start + dt.timedelta(days=(weekday - start.weekday()) % 7, weeks=which - 1)
            return Period(day, day)
        from dateutil.easter import easter  # noqa: PLC0415 - few questions need it

        before, after = _FROM_EASTER[plain]
        sunday = easter(y)
        return Period(sunday + dt.timedelta(days=before), sunday + dt.timedelta(days=after))

    if plain not in _FIXED | _MOVED | _FROM_EASTER:
        return None
    return _latest(year, today, of)


def between(one: Period, other: Period) -> Period:
    """From the first day of one to the last of the other."""
    first, last = one.first, other.last
    if first and last and first > last and other.first and first.year - other.first.year in (0, 1):
        # “Between November and February”, and “between 5 March and 9 April” when it is 1 March:
        # the first of them lies in the year of the other, or in the year before.
        before = (first.month, first.day) > (last.month, last.day)
        first = first.replace(year=max(1, last.year - before), day=min(first.day, 28))
    return Period(first, last)


def nearest_past(mention: DateMention, today: dt.date) -> Period | None:
    """The days of a date in a question: the latest past ones where the words leave it open.

    A question that speaks of what is to come means the next ones.
    """
    found = mention.days(today)
    if not found:
        return None
    if mention.year or mention.decade:
        return Period(*found[0])
    begun = [days for days in found if days[0] <= today]
    coming = [days for days in found if days[1] >= today]
    if mention.month and not mention.ahead and not mention.direction:
        return _latest_named(mention, today)
    chosen = coming[:1] if mention.ahead and coming else begun[-1:] or found[:1]
    return Period(*chosen[0])


def _latest_named(mention: DateMention, today: dt.date) -> Period | None:
    """The latest such day or month that has begun, or a day that is close ahead."""
    if mention.day and mention.month:
        for ahead in range(1, _CLOSE + 1):
            day = today + dt.timedelta(days=ahead)
            if (day.month, day.day) == (mention.month, mention.day):
                return Period(day, day)
    for year in range(today.year, today.year - 9, -1):
        if mention.day is None and mention.month:
            found = _month(year, mention.month)
        else:
            try:
                day = dt.date(year, mention.month or 1, mention.day or 1)
            except ValueError:  # 29 February
                continue
            found = Period(day, day)
        if found.first and found.first <= today:
            return found
    return None
