"""Times in questions that are not English, as `dateparser` reads them.

It knows 200 languages and takes half a second to load, so it is only asked about questions in a
language that it is told. It reads a point in time where a period is meant, and sees times where
there are none (“qui”), so what it finds has to hold a digit or a known word and is only ever
preferred, never a filter.
"""

from __future__ import annotations

import datetime as dt
import re

from assistant.question.calendar import span_around
from assistant.question.time_words import TimeWords
from index.dates import Period

__all__ = ["find_foreign_times"]

# Small words and letters that tell a language; where two tell as much, the first wins.
_LANGUAGES = {
    code: re.compile(signs, re.IGNORECASE)
    for code, signs in {
        "de": r"\b(?:wer|was|wann|wie|welche[rsn]?|wo|ist|hat|der|die|das|und|im|am|den)\b|[äöüß]",
        "fr": r"\b(?:qui|que|quoi|quand|combien|quel(?:le)?s?|où|est|les|des|le|la|du|en|a|qu)\b",
        "es": r"¿|\b(?:quién|qué|cuándo|cuántos?|cuántas?|dónde|los|las|el|del|de|en|la|fue)\b",
        "it": r"\b(?:chi|che|cosa|quando|quanti|quante|dove|il|gli|della|nel|ha|è|la|di)\b",
        "pt": r"\b(?:quem|que|quando|quantos?|quantas?|onde|os|as|do|da|em|foi|no|na|o)\b",
        "nl": r"\b(?:wie|wat|wanneer|hoeveel|waar|het|een|van|de|is|er|in)\b",
        "ru": r"[а-яё]",
        "zh": r"[\u4e00-\u9fff]",
        "ar": r"[\u0600-\u06ff]",
    }.items()
}
_ENGLISH = re.compile(
    r"\b(?:who|what|when|where|which|why|how|did|does|has|have|the|of|and|are|were|from|with|this"
    r"|will|its|by|for|after)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\d|heute|gestern|letzte|vorige|vergangene|diese|januar|februar|märz|april|juni|juli|august"
    r"|september|oktober|november|dezember|montag|dienstag|mittwoch|donnerstag|freitag|samstag"
    r"|sonntag|hier|aujourd|derni[eè]r|janvier|f[ée]vrier|mars|avril|juin|juillet|ao[uû]t|octobre"
    r"|d[ée]cembre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|ayer|hoy|pasad|enero"
    r"|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|lunes"
    r"|martes|miércoles|jueves|viernes|sábado|domingo|ieri|oggi|scors|gennaio|maggio|giugno"
    r"|luglio|ottobre|dicembre|ontem|hoje|vorige|gisteren|vandaag|вчера|сегодня|прошл|январ"
    r"|феврал|март|апрел|ма[йя]|июн|июл|сентябр|октябр|ноябр|декабр|昨|今|上|月|周|أمس|اليوم|الماضي",
    re.IGNORECASE,
)
_WEEK = re.compile(r"woche|semaine|semana|settimana|week|недел|周|星期|أسبوع", re.IGNORECASE)
_MARGINS = {"month": 15}


def find_foreign_times(text: str, today: dt.date) -> list[TimeWords]:
    """The times that a question in another language than English names, roughly.

    Args:
        text: The question.
        today: The day that it is asked of.
    """
    if not _TIMES.search(text) or _ENGLISH.search(text):
        return []
    signs = {code: len(sign.findall(text)) for code, sign in _LANGUAGES.items()}
    language = max(signs, key=lambda code: signs[code])
    if not signs[language]:
        return []
    from dateparser.date import DateDataParser  # noqa: PLC0415 - it takes half a second
    from dateparser.search import search_dates  # noqa: PLC0415 - likewise

    settings = {
        "RELATIVE_BASE": dt.datetime.combine(today, dt.time()),
        "PREFER_DATES_FROM": "past",
    }
    parser = DateDataParser(languages=[language], settings=settings)
    found = []
    for words, moment in search_dates(text, languages=[language], settings=settings) or []:
        plain = words.strip(" ?¿!.,")
        if not _TIMES.search(plain):
            continue
        day = Period(moment.date(), moment.date())
        grain = parser.get_date_data(plain).period
        start = text.index(words)
        found.append(TimeWords(start, start + len(words), plain, _widened(day, plain, grain)))
    return found


def _widened(day: Period, words: str, grain: str) -> Period:
    """The week, month or year that a point in time stands for."""
    first = day.first
    assert first is not None
    if _WEEK.search(words):
        return span_around(day, "week", "of")
    if grain == "year":
        return Period(dt.date(first.year, 1, 1), dt.date(first.year, 12, 31))
    margin = dt.timedelta(days=_MARGINS.get(grain, 0))
    return Period(first - margin, first + margin)
