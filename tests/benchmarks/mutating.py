"""Changes of one number, name or date, which make a sentence false.

None uses what the checks use.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import pairwise

from drawn import Drawn, Names

__all__ = ["FACTS", "Mutation", "one", "swap"]

Mutation = Callable[[Drawn, Names, random.Random], str | None]

_SPELLED = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
).split()
_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_MONTH = "|".join(_MONTHS)
_DIGITS = re.compile(r"(?<![\w.,/:’'-])[$€£]?(\d[\d,]*(?:\.\d+)?)(?![\w/:]|[.,]\d)")


def swap(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def one(
    pick: random.Random, text: str, pattern: str, new: Callable[[re.Match[str]], str | None]
) -> str | None:
    """Changes one match of a pattern, at random."""
    matches = list(re.finditer(pattern, text))
    while matches:
        match = matches.pop(pick.randrange(len(matches)))
        changed = new(match)
        if changed is not None and changed != match[0]:
            return swap(text, match.start(), match.end(), changed)
    return None


def _is_date(text: str, match: re.Match[str]) -> bool:
    near = text[max(0, match.start() - 12) : match.end() + 12]
    year = re.fullmatch(r"(?:1[5-9]|20)\d\d", match[0].lstrip("$€£"))
    month = re.search(rf"(?:{_MONTH}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b", near)
    return bool(year or month)


# numbers


def number(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Another number with as many digits, in the same form."""

    def other(match: re.Match[str]) -> str | None:
        if _is_date(drawn.text, match):
            return None
        for _ in range(20):
            new = list(match[0])
            places = [i for i, sign in enumerate(new) if sign.isdigit()]
            lead = places[0]
            new[lead] = pick.choice("123456789")
            if len(places) > 1 and new[places[1]] != "0":
                new[places[1]] = pick.choice("123456789")
            changed = "".join(new)
            value = float(re.sub(r"[^\d.]", "", changed))
            if value and not re.search(rf"(?<![\d,.]){re.escape(changed)}(?!\d)", drawn.text):
                return changed
        return None

    return one(pick, drawn.text, _DIGITS.pattern, other)


def number_word(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Another number in words."""
    free = [word for word in _SPELLED if word not in drawn.text.lower()]
    return one(
        pick,
        drawn.text,
        rf"(?<![\w-])(?:{'|'.join(_SPELLED)})(?![\w-])",
        lambda _: pick.choice(free),
    )


def ordinal(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Another ordinal: "third" for "second"."""
    free = [word for word in _ORDINALS if word not in drawn.text]
    return one(
        pick,
        drawn.text,
        rf"\b(?:{'|'.join(_ORDINALS)})\b(?! of all| World| hand|-hand| half|s\b| party)",
        lambda m: None if re.match(r"second(?:s| later)", m[0]) else pick.choice(free),
    )


def unit(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Another unit or scale behind a number."""
    others = {
        "miles": "kilometers",
        "kilometers": "miles",
        "million": "billion",
        "billion": "million",
        "thousand": "million",
        "hours": "days",
        "minutes": "hours",
        "days": "weeks",
        "weeks": "months",
        "months": "years",
        "years": "months",
        "feet": "meters",
        "meters": "feet",
        "pounds": "kilograms",
        "tons": "pounds",
        "acres": "square miles",
        "dollars": "euros",
        "euros": "dollars",
        "percent": "percentage points",
        "seconds": "minutes",
        "degrees": "percent",
        "$": "€",
        "€": "$",
        "£": "$",
    }
    behind = "|".join([r"(?<=\d )", *(rf"(?<={word} )" for word in _SPELLED)])
    words = "|".join(word for word in others if word.isalpha())
    return one(
        pick,
        drawn.text,
        rf"(?:{behind})(?:{words})\b|(?<![A-Z])[$€£](?=\d)",
        lambda match: others[match[0]],
    )


# names


def _another(names: Names, size: int, drawn: Drawn, pick: random.Random) -> str | None:
    for _ in range(30):
        new = pick.choice(names.pool[size])
        known = f"{drawn.article.text} {drawn.article.info.title}".lower()
        if not any(part.lower()[:5] in known for part in new.split(" ")):
            return new
    return None


def _renamed(match: re.Match[str], drawn: Drawn, names: Names, pick: random.Random) -> str | None:
    parts = match[0].split(" ")
    new = _another(names, min(len(parts), 3), drawn, pick)
    owner = re.search(r"[’']s$", match[0])
    return new + (owner[0] if owner else "") if new else None


def name_inside(drawn: Drawn, names: Names, pick: random.Random) -> str | None:
    """Another name, inside of the sentence."""
    found = [m for m in names.find(drawn.text) if m.start() > 1]
    if not found:
        return None
    match = pick.choice(found)
    new = _renamed(match, drawn, names, pick)
    return swap(drawn.text, match.start(), match.end(), new) if new else None


def name_first(drawn: Drawn, names: Names, pick: random.Random) -> str | None:
    """Another name where the sentence begins with one."""
    found = [m for m in names.find(drawn.text) if m.start() == 0]
    new = _renamed(found[0], drawn, names, pick) if found else None
    return swap(drawn.text, 0, found[0].end(), new) if new else None


def part_of_name(drawn: Drawn, names: Names, pick: random.Random) -> str | None:
    """Another first name or surname in a name of two words."""
    found = [m for m in names.find(drawn.text) if m[0].count(" ") == 1]
    if not found:
        return None
    match = pick.choice(found)
    parts = match[0].split(" ")
    place = pick.randrange(2)
    new = _another(names, 1, drawn, pick)
    if new is None:
        return None
    owner = re.search(r"[’']s$", parts[place])
    parts[place] = new + (owner[0] if owner else "")
    return swap(drawn.text, match.start(), match.end(), " ".join(parts))


def names_swapped(drawn: Drawn, names: Names, pick: random.Random) -> str | None:
    """Two names in each other's place around a verb: who did it to whom."""
    found = names.find(drawn.text)
    pairs = [
        (a, b)
        for a, b in pairwise(found)
        if a[0] != b[0]
        and not set(a[0].split(" ")) & set(b[0].split(" "))
        and not re.search(r"[’']s$", a[0] + " " + b[0])
        and re.search(
            r"\w{2,}(?:ed|ught|old|ave|ook|ent|et|on|ost|ells|aid)\b", between(a, b, drawn)
        )
        and len(between(a, b, drawn)) < 60
        and not re.search(r"\band\b|[,;:]", between(a, b, drawn))
    ]
    if not pairs:
        return None
    a, b = pick.choice(pairs)
    return drawn.text[: a.start()] + b[0] + between(a, b, drawn) + a[0] + drawn.text[b.end() :]


def between(a: re.Match[str], b: re.Match[str], drawn: Drawn) -> str:
    return drawn.text[a.end() : b.start()]


def numbers_swapped(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Two counts in each other's place: 12 dead and 3 injured."""
    found = [
        m
        for m in re.finditer(r"(?<![\w.,/:$€£-])\d[\d,]*(?![\w/:%-]|[.,]\d)(?= [a-z])", drawn.text)
        if not re.fullmatch(r"(?:1[5-9]|20)\d\d", m[0]) and not _is_date(drawn.text, m)
    ]
    pairs = [
        (a, b)
        for a, b in pairwise(found)
        if a[0] != b[0]
        and re.match(r" [a-z]{4,}", between(a, b, drawn))
        and re.match(r" [a-z]{4,}", drawn.text[b.end() :])
    ]
    if not pairs:
        return None
    a, b = pick.choice(pairs)
    return drawn.text[: a.start()] + b[0] + between(a, b, drawn) + a[0] + drawn.text[b.end() :]


# dates


def weekday(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Another day of the week."""
    free = [day for day in _DAYS if day not in drawn.evidence.text]
    return one(
        pick,
        drawn.text,
        rf"(?<!Black )(?<!Good )(?<!Super )(?<!Cyber )\b(?:{'|'.join(_DAYS)})\b(?! [A-Z])",
        lambda _: pick.choice(free) if free else None,
    )


def month(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Another month."""
    free = [m for m in _MONTHS if m not in drawn.evidence.text and m not in {"March", "May"}]
    return one(
        pick,
        drawn.text,
        rf"\b(?:{_MONTH})\b(?= \d)|(?<=in )(?:{_MONTH})\b|(?<=since )(?:{_MONTH})\b",
        lambda _: pick.choice(free) if free else None,
    )


def day_of_month(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Another day of the month."""
    free = [str(day) for day in range(1, 29) if str(day) not in drawn.evidence.text]
    return one(
        pick,
        drawn.text,
        rf"(?:{'|'.join(f'(?<={m} )' for m in _MONTHS)})\d{{1,2}}\b(?![\d:])",
        lambda _: pick.choice(free) if free else None,
    )


def year(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Another year."""
    return one(
        pick,
        drawn.text,
        r"(?<=in )(?:19|20)\d\d\b|(?<=since )(?:19|20)\d\d\b|(?<=\d, )(?:19|20)\d\d\b",
        lambda match: str(int(match[0]) + pick.choice((-7, -4, -3, -2, -1, 1, 2, 3))),
    )


def relative_date(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Another relative date: "last month" for "last week"."""
    others = {
        "last year": ("last week", "last month"),
        "last month": ("last week", "last year"),
        "last week": ("last year", "next week"),
        "next year": ("next week", "last year"),
        "next month": ("next week", "last month"),
        "next week": ("next year", "last week"),
        "this year": ("last year", "next year"),
        "this month": ("last month", "next month"),
        "this week": ("last week", "next week"),
        "yesterday": ("today", "tomorrow"),
        "tomorrow": ("yesterday", "today"),
    }
    return one(
        pick,
        drawn.text,
        rf"\b(?:{'|'.join(others)})\b(?! end)(?![’'])",
        lambda match: pick.choice(others[match[0]]),
    )


FACTS: dict[str, Mutation] = {
    "number": number,
    "number in words": number_word,
    "ordinal": ordinal,
    "unit or scale": unit,
    "name inside": name_inside,
    "name at the start": name_first,
    "part of a name": part_of_name,
    "day of the week": weekday,
    "month": month,
    "day of the month": day_of_month,
    "year": year,
    "relative date": relative_date,
    "names swapped": names_swapped,
    "numbers swapped": numbers_swapped,
}
