"""Whether two articles say different things of the same.

A claim that sources disagree is worse than silence when it is wrong. So both have to speak of one
event: they share names, and words beside those that are compared. Totals that grow from one day to
the next, figures that one of them rounds, and parts of a whole do not conflict.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.support.conflicts.ages import age_conflict
from assistant.support.conflicts.amounts import Amount, can_only_grow
from assistant.support.conflicts.doers import doer_conflict
from assistant.support.conflicts.shares import is_one_share
from assistant.support.conflicts.told import Conflict, Told, names_of
from assistant.support.names.check import find_names
from assistant.support.numbers.quantities import rounding_words
from assistant.support.text.frames import frames
from assistant.support.text.reading import read
from index.dates import Days, find_dates

__all__ = ["denial", "find_conflict", "number_conflict"]

# Days within which a smaller total contradicts an earlier one, which it cannot have grown from.
_SHRINKS_WITHIN = 30
# What is told without a date happened this long before its article at most, or is planned so.
_LATELY = dt.timedelta(days=60)
# Figures farther apart than this count different things.
_APART = 10
# Content words that two sentences have to share beside those about the number, and names that
# their passages have to share where the sentences share few.
_SHARED = 3
_SHARED_NAMES = 2
# The shares of the content of the shorter and of the longer one that they have to share where
# events have many numbers of a kind.
_ALIKE, _ALIKE_LONGER = 0.6, 0.35
# Days between a statement and its denial.
_DENIED_WITHIN = 14
_THAT = re.compile(r"\bden(?:ied|ies|y|ying) that\s*$", re.IGNORECASE)
_DENIAL = re.compile(r"\b(?:den(?:y|ied|ies|ying|ials?)|took back|withdr[ae]w)\b", re.IGNORECASE)
# Of what is denied, as many words have to be in the statement, and this share in what is around it.
_STATED, _KNOWN = 2, 0.75
_BEGINNING = 6
# Characters behind a number in which the words for what it is a number of are looked for.
_PHRASE = 60
# What stands before a place, and how many characters it may be from a number that it belongs to.
_IN = re.compile(r"\b(?:in|at|near|outside|across|into|through|of|off|from)\s(?:the\s)?$")
_NEAR = 60


def find_conflict(one: Told, other: Told) -> Conflict | None:
    """What two sentences of different articles say differently of one thing, if they do."""
    for looked in (number_conflict, age_conflict, doer_conflict, denial):
        if found := looked(one, other):
            return found
    return None


def number_conflict(one: Told, other: Told) -> Conflict | None:
    """The number that two sentences of different articles give differently for one thing."""
    if one.date is None or other.date is None or _asks(one) or _asks(other):
        return None
    for mine in one.amounts:
        for theirs in other.amounts:
            if (
                _differs(mine, theirs)
                and _is_one_event(one, other, mine, theirs)
                and not _knows(one, theirs)
                and not _knows(other, mine)
                and _is_timely(mine, one.date, theirs, other.date)
            ):
                of = mine.of & theirs.of
                return Conflict(
                    _words(one, mine, of),
                    _words(other, theirs, of),
                    f"{theirs.quantity.values[0]:g}",
                )
    return None


def denial(one: Told, other: Told) -> Conflict | None:
    """What one of two sentences of different articles states and the other has somebody deny."""
    for stated, denied, said in ((one, other, "denied"), (other, one, "stated")):
        days = (denied.date - stated.date).days if stated.date and denied.date else -1
        if 0 <= days <= _DENIED_WITHIN and _denies(denied, stated):
            return Conflict(one.said(), other.said(), said)
    return None


def _denies(one: Told, other: Told) -> bool:
    """Whether the first says that somebody denies what the second states."""
    mine, theirs = read(one.text), read(other.text)
    if any(cue.kind == "not" for cue in theirs.cues) or _DENIAL.search(other.text):
        return False
    for frame in frames(one.text):
        if not frame.denied or not _THAT.search(one.text[: frame.start]):
            continue
        words = [t for t in mine.tokens if t.content and frame.start <= t.start < frame.end]
        # "inspected" and "inspection" have no common root, but a common beginning.
        begun = {root[:_BEGINNING] for root in other.roots}
        stated = [t for t in words if t.root[:_BEGINNING] in begun]
        known = sum(
            t.root[:_BEGINNING] in begun or t.word.removesuffix("'s") in other.names_around
            for t in words
        )
        enough = len(stated) >= _STATED and not all(t.name for t in stated)
        if enough and len(words) > _STATED and known >= _KNOWN * len(words):
            return True
    return False


def _words(told: Told, amount: Amount, of: frozenset[str]) -> str:
    """The number with the words that say what it is a number of, as written."""
    tokens = read(told.text).tokens
    start, end = amount.quantity.start, amount.quantity.end
    behind = [
        token.end
        for token in tokens
        if end < token.end <= end + _PHRASE and not of.isdisjoint(token.keys)
    ]
    noun = amount.said.removeprefix(amount.quantity.text)
    last = max([*behind[:1], end + len(noun)])
    start -= len(rounding_words(amount.quantity, told.text))
    if amount.quantity.kind == "percent":  # what it is a share of often stands before it
        before = (t.start for t in tokens if t.root in of and start - _PHRASE < t.start < start)
        start = min(before, default=start)
    return told.said(start, last)


def _differs(mine: Amount, theirs: Amount) -> bool:
    low, high = sorted((mine.quantity.values[0], theirs.quantity.values[0]))
    return mine.is_like(theirs) and not mine.agrees(theirs) and high <= _APART * low


def _asks(told: Told) -> bool:
    return told.text.rstrip("”\"’' ").endswith("?")


def _knows(told: Told, amount: Amount) -> bool:
    """Whether an article states the other figure too."""
    if any(known.is_like(amount) and known.agrees(amount) for known in told.amounts):
        return True
    sought = amount.quantity
    return any(
        (known.kind, known.unit) == (sought.kind, sought.unit)
        and known.values[0] == sought.values[0]
        for known in told.quantities_around
    )


def _is_timely(mine: Amount, my_day: dt.date, theirs: Amount, their_day: dt.date) -> bool:
    """Whether the later figure cannot merely be the newer one."""
    days = abs((my_day - their_day).days)
    if days == 0:
        return True
    early, late = (mine, theirs) if my_day < their_day else (theirs, mine)
    grows = can_only_grow(mine.of | theirs.of)
    return grows and days <= _SHRINKS_WITHIN and late.high < early.low


def _is_one_event(one: Told, other: Told, mine: Amount, theirs: Amount) -> bool:
    if not all(meet(one, mine, other, theirs) for meet in (_days_meet, _places_meet, _others_meet)):
        return False
    of = {word for word in mine.of | theirs.of if not word.startswith("=")}
    shared = (one.roots & other.roots) - {mine.thing, theirs.thing}
    names = one.names_around & other.names_around
    share = mine.quantity.kind == "percent"
    if one.is_apart_from(other) or len(names) < (1 if share else _SHARED_NAMES):
        return False
    if one.names and other.names and not one.names & other.names:
        return False
    if share and not is_one_share(one, other):
        return False
    if can_only_grow(mine.of & theirs.of) and one.date == other.date:
        return len(shared - of) >= _SHARED
    # A sum of money, a share, a number of things: of these, one event has many. And of a total
    # that seems to shrink, what comes later may be a part.
    fewer, more = sorted(len(told.roots - {mine.thing, theirs.thing}) for told in (one, other))
    return len(shared) >= max(_SHARED, _ALIKE * fewer, _ALIKE_LONGER * more)


def _places_meet(one: Told, amount: Amount, other: Told, other_amount: Amount) -> bool:
    """Whether each names the place that the other one names next to its number."""
    mine, theirs = _place(one, amount), _place(other, other_amount)
    return mine <= other.names_above and theirs <= one.names_above


def _place(told: Told, amount: Amount) -> frozenset[str]:
    """The words of the place that stands closest to a number, in the same part of the sentence."""
    start, end = amount.quantity.start, amount.quantity.end
    near = [
        (gap, name)
        for name in find_names(told.text)
        if _IN.search(told.text[: name.start])
        and (gap := max(name.start - end, start - name.end)) <= _NEAR
    ]
    closest = min(near, key=lambda found: found[0], default=None)
    return names_of(closest[1]) if closest else frozenset()


def _days_meet(one: Told, amount: Amount, other: Told, other_amount: Amount) -> bool:
    """Whether the days that both sentences name next to the numbers may be the same.

    What has no date is of the days before its article.
    """
    mine, theirs = _days(one, amount), _days(other, other_amount)
    if not mine and not theirs:
        return True
    mine, theirs = mine or _lately(one), theirs or _lately(other)
    return any(a[0] <= b[1] and b[0] <= a[1] for a in mine for b in theirs)


def _lately(told: Told) -> Sequence[Days]:
    if told.date is None:
        return ()
    return ((told.date - _LATELY, told.date + _LATELY),)


def _others_meet(one: Told, amount: Amount, other: Told, other_amount: Amount) -> bool:
    """Whether two sentences that have further numbers have one of them in common."""
    mine = {q.values[0] for q in one.quantities if q.start != amount.quantity.start}
    theirs = {q.values[0] for q in other.quantities if q.start != other_amount.quantity.start}
    return not mine or not theirs or bool(mine & theirs)


def _days(told: Told, amount: Amount) -> Sequence[Days]:
    """The days of the date that stands closest to a number."""
    start, end = amount.quantity.start, amount.quantity.end
    mentions = find_dates(told.text)
    if not mentions:
        return ()
    closest = min(mentions, key=lambda m: max(m.start - end, start - m.end))
    return closest.days(told.date)
