"""What may stand for a name: its team or city, a country of its region, what an office is for."""

from __future__ import annotations

import functools
import re

from assistant.support.names.name_forms import COUNTRIES, SEATS, forms, origins
from assistant.support.names.regions import COUNTRIES_OF
from assistant.support.names.teams import CITIES, TEAMS
from assistant.support.text.words import fold

__all__ = ["stands_for"]

# Institutions that news calls by their place or people, and an illness by what it became.
_OFFICES = {
    "white house": "president presidential presidency administration",
    "congress": "lawmaker lawmakers legislator legislators representative representatives rep sen"
    " hill house senate",
    "house": "representative representatives rep congressman congresswoman",
    "supreme court": "high.court justices",
    "republican": "red.states?",
    "democratic": "blue.states?",
    "republicans": "both.parties either.party bipartisan",
    "democrats": "both.parties either.party bipartisan",
    "eu": "brexit",
    "jewish": "antisemit\\w+ anti-semit\\w+",
    "washington": "federal administration",
    "pentagon": "defense military",
    "covid": "pandemic",
    "earth": "planet orbit orbital world globe",
    "twitter": "tweet tweets tweeted tweeting",
    "met": "metropolitan",
    "winter games": "winter.olympics",
    "summer games": "summer.olympics",
    "olympic games": "olympics",
    "british": "union.jack union.flag",
}
# Where no other country is named, the nation is the one that the news is of.
_HOME = frozenset({"america", "american", "americans", "us", "u.s", "u.s."})
# The scales of temperature, which weather reports name by a letter.
_SCALES = {
    "celsius": re.compile(r"(?:[°º]|\bdegrees|\d) ?C\b"),
    "fahrenheit": re.compile(r"(?:[°º]|\bdegrees|\d) ?F\b"),
}
_NATION = re.compile(
    r"\b(?:nation|nationwide|national|nationally|federal|(?:the|this|our) country|domestic"
    r"|across the country|white house|(?:commerce|justice|labor|state|treasury) department"
    r"|department of health|environmental protection agency|food and drug administration)\b"
)
_WORDS = re.compile(r"[^\W_]+(?:['.][^\W_]+)*")


def stands_for(
    name: str, texts: tuple[str, ...], cited: tuple[str, ...], *, place: bool = False
) -> bool:
    """Whether another name or word in the sources stands for a name.

    Args:
        name: All its words, without a possessive.
        texts: The sources and what stands around them.
        cited: The sources alone.
        place: Whether it is told as a place, "in Denver", where no team is meant.
    """
    plain = fold(name).replace(".", "")
    told = " ".join(map(_folded, cited))
    if plain in _OFFICES and _has_any(told, _OFFICES[plain].split()):
        return True
    if plain in _SCALES:
        return any(_SCALES[plain].search(text) for text in cited)
    if plain in _HOME:
        return bool(_NATION.search(told)) and not _countries(told)
    region = COUNTRIES_OF.get(plain.replace("-", " "))
    if region and any(_names(told, country) for country in region):
        return True
    return (not place and _is_team(plain, texts)) or _is_capital(plain, told)


def _is_team(plain: str, texts: tuple[str, ...]) -> bool:
    """Whether the sources call a city by its team, or a team by its city and no other team."""
    named = frozenset().union(*map(_called, texts))
    city = "tampa bay" if plain == "tampa" else plain
    if CITIES.get(city, frozenset()) & named:
        return True
    return any(city in named and not CITIES[city] & named for city in TEAMS.get(plain, ()))


@functools.lru_cache(maxsize=256)
def _called(text: str) -> frozenset[str]:
    """The cities and teams of a text, written with capitals."""
    return frozenset(
        name for name in (*CITIES, *TEAMS) if re.search(rf"\b{re.escape(name.title())}\b", text)
    )


def _is_capital(plain: str, said: str) -> bool:
    """Whether a country is told by its capital, or a capital as "the Iranian capital"."""
    country = SEATS.get(plain, "")
    if country and "capital" in said and _names(said, country):
        return True
    return any(
        _same(plain, country) and re.search(rf"\b{seat}\b", said)
        for seat, country in SEATS.items()
        if seat not in {"washington", "kremlin", "brussels"}
    )


def _same(name: str, country: str) -> bool:
    mine, theirs = forms(name), forms(country)
    return bool(
        mine & theirs or origins(name)[0] & origins(country)[1] or COUNTRIES.get(name, "") in theirs
    )


def _names(said: str, country: str) -> bool:
    """Whether a folded text names a country, its people or something of it."""
    if " " in country:
        return country in said
    keys, places = forms(country), origins(country)[1]
    return any(keys & forms(word) or places & origins(word)[0] for word in _words(said)) or any(
        key in keys and phrase in said for phrase, key in COUNTRIES.items()
    )


@functools.lru_cache(maxsize=256)
def _words(said: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(said))


@functools.lru_cache(maxsize=256)
def _countries(said: str) -> bool:
    """Whether a folded text names a country other than the United States."""
    return any(
        _names(said, country)
        for countries in COUNTRIES_OF.values()
        for country in countries
        if country in COUNTRIES or len(country) > 3  # "sd" and "us" are no countries
    )


def _has_any(said: str, words: list[str]) -> bool:
    return re.search(rf"\b(?:{'|'.join(words)})\b", said) is not None


@functools.lru_cache(maxsize=256)
def _folded(text: str) -> str:
    return fold(text)
