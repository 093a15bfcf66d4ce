"""How old two articles say that one person is.

An age belongs to a name in full, or to the one who had a part that an event has once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.support.conflicts.told import Conflict, Told
from assistant.support.names.ages import AGE, find_ages
from index.dates import find_dates

__all__ = ["age_conflict"]

# Days between two articles that speak of one age; a birthday makes a year of difference.
_WITHIN = 14
# Ages farther apart are of two persons of one name, or one of them is a score.
_APART = 15
# Days before the article after which an age was one at that time.
_THEN = 60
_SHARED_NAMES = 3
_SHARED, _ALIKE = 2, 0.6
_PART = r"(?:driver|gunman|shooter|attacker|assailant|suspect|pilot|captain|bomber|hijacker)"
_OF_PART = re.compile(
    rf"\b[Tt]he (?P<part>{_PART}), (?:aged? |an? )?{AGE}(?=,|-year-old)"
    rf"|\b(?:[Tt]he|[Aa]n?) {AGE.replace('age', 'ago')}-year-old (?P<actor>{_PART})\b"
)
# What tells of another time, or of more than one such person.
_OTHER_TIME = re.compile(r"\b(?:then|at the time|would have|turn(?:s|ed|ing)?|late)\b")
_SEVERAL = re.compile(
    rf"\b(?:(?:other|another|second|both|two|first|three) {_PART}|{_PART}s)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Age:
    who: tuple[str, ...]
    years: int
    start: int
    end: int
    named: bool

    def words(self, told: Told) -> str:
        return told.said(self.start, self.end).lstrip(", ")


def age_conflict(one: Told, other: Told) -> Conflict | None:
    """The age that two sentences of different articles give differently for one person."""
    days = one.days_from(other)
    if days is None or days > _WITHIN:
        return None
    for mine in _ages(one.text):
        for theirs in _ages(other.text):
            if mine.who != theirs.who or not _differ(mine.years, theirs.years, days):
                continue
            same = _is_one_person(one, other) if mine.named else _is_one_event(one, other)
            if same and not _knows(one, theirs) and not _knows(other, mine):
                return Conflict(mine.words(one), theirs.words(other), str(theirs.years))
    return None


def _differ(mine: int, theirs: int, days: int) -> bool:
    """Whether no birthday between the two articles makes both right."""
    return (1 if days else 0) < abs(mine - theirs) <= _APART


def _ages(text: str) -> Iterator[_Age]:
    for age in find_ages(text):
        if len(age.name) > 1:
            who = (age.name[0], age.name[-1])
            yield _Age(who, age.years, age.start, age.end, named=True)
    for match in _OF_PART.finditer(text):
        part, years = match["part"] or match["actor"], match["age"] or match["ago"]
        yield _Age((part,), int(years), match.start(), match.end(), named=False)


def _is_one_person(one: Told, other: Told) -> bool:
    shared = one.names_around & other.names_around
    return len(shared) >= _SHARED_NAMES and not any(_is_of_the_past(told) for told in (one, other))


def _is_of_the_past(told: Told) -> bool:
    """Whether a sentence may give an age that somebody had at another time."""
    if told.date is None or _OTHER_TIME.search(told.text):
        return True
    return any(
        days and (told.date - days[-1][1]).days > _THEN
        for days in (mention.days(told.date) for mention in find_dates(told.text))
    )


def _is_one_event(one: Told, other: Told) -> bool:
    shared = one.roots & other.roots
    return (
        _is_one_person(one, other)
        and not one.is_apart_from(other)
        and not any(_SEVERAL.search(told.around) for told in (one, other))
        and len(shared) >= max(_SHARED, _ALIKE * min(len(one.roots), len(other.roots)))
    )


def _knows(told: Told, age: _Age) -> bool:
    """Whether an article gives the other age too."""
    return re.search(rf"\b{age.years}\b", told.around) is not None
