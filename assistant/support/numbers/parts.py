"""Parts of a whole in words: half of it, two-thirds, one in ten, 3/4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from assistant.support.numbers.number_words import CARDINALS, PARTS, SCALES

__all__ = ["A_NUMBER", "parts"]

_HALF = re.compile(
    r"(?<!first )(?<!second )(?<!latter )(?<!other )"
    r"\b(?:(?P<and>and a )half|half(?=(?: of)?(?: the| a\b| an\b| its| their| his| her| all| that"
    r"| this| as\b| our| my| your| of\b))"
    r"|(?:by|about|nearly|almost|than|over|around|roughly|one|a|in|only|just) half)\b(?![-\w])",
    re.IGNORECASE,
)
_HALF_NUMBER = re.compile(r"half an? (?:dozen|hundred|\w+illion|hour)", re.IGNORECASE)
A_NUMBER = r"an? (?:dozen|hundred|thousand|\w+illion)\b"
"""What a part may be of that is itself a number in words."""
_OF_NUMBER = re.compile(rf" of {A_NUMBER}", re.IGNORECASE)
_HALF_PER_CENT = re.compile(
    r"half an? (?:per\s?cent\b|(?P<points>percentage point\b))", re.IGNORECASE
)
_PART = re.compile(
    r"\b(?P<over>an?|one|two|three|four|five|six|seven|eight|nine)(?P<join>[\s-])"
    r"(?P<part>thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b",
    re.IGNORECASE,
)
_TO_NINETEEN = "|".join([word for word, n in CARDINALS.items() if 1 <= n <= 19][::-1])
_TENS = "|".join(word for word, n in CARDINALS.items() if n >= 20)
_OUT_OF = re.compile(
    rf"\b(?P<few>{_TO_NINETEEN}|\d)"
    r"(?:(?P<what> [a-z]+)? (?:in|out of)| (?:[a-z]+ )?of(?= every )| of(?= (?:ten|10)\b))"
    r"(?: every)? "
    rf"(?P<many>{_TO_NINETEEN}|{_TENS}|a hundred|a thousand|\d{{1,2}}|100|1,000)\b"
    r"(?![.,:]\d)"
    r"(?! (?:years?|months?|weeks?|days?|hours?|minutes?|games?|matches|states|cities|countries"
    r"|innings?|starts?|seasons?|appearances?|attempts?|rounds?|sets?)\b)",
    re.IGNORECASE,
)
# "Four hits in six innings" are no part of anything, unlike "four adults in ten always".
_THINGS = re.compile(
    r" (?!(?:is|was|has|as|this|its|his|plus|unless|always|across|perhaps|less)\b)[a-z-]{3,}s\b"
)
_ONE_IN = re.compile(  # "one payment in seven", with nothing that is counted behind it
    rf"\b(?P<few>one)(?: [a-z]+){{1,4}} (?:in|out of) (?P<many>{_TO_NINETEEN}|twenty|\d{{1,2}})\b"
    r"(?![.,]\d)(?=$|[.,;:)]| (?:that|who|which|is|was|were|are|had|has|have)\b)",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![\d/.])(?<!\d[ -])([1-9])/([2-9]|10)(?![\d/])")
_ROUNDED = re.compile(r"\b(?:by|than|about|nearly|almost|over|around) $")
_ENDS = re.compile(r" of\b|[,.;)]|$")
_LOOK_BACK = 24  # characters that can matter before a part

Part = tuple[int, int, float, Literal["fraction", "percent", "points"]]


def parts(text: str) -> Iterator[Part]:
    """Each part: where it begins and ends, its value, and what it is a part of."""
    yield from _halves(text)
    for match in _PART.finditer(text):
        over = CARDINALS.get(match["over"].lower(), 1)
        plural = match["part"].lower().endswith("s")
        if _OF_NUMBER.match(text, match.end()):
            continue  # part of a number: "a quarter of a million"
        one = over == 1 and not plural
        share = (
            match["join"] == "-"
            or _ENDS.match(text[match.end() :])
            or _ROUNDED.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
        )
        if plural != one and (share or not one):
            value = over / PARTS[match["part"].lower().removesuffix("s")]
            yield match.start(), match.end(), value, "fraction"
    for match in (*_OUT_OF.finditer(text), *_ONE_IN.finditer(text)):
        few, many = (_plain_value(match[side]) for side in ("few", "many"))
        counted = few > 1 and match.groupdict().get("what") and _THINGS.match(text, match.end())
        if 0 < few < many and not counted:
            yield match.start(), match.end(), few / many, "fraction"
    for match in _SLASHED.finditer(text):
        if int(match[1]) < int(match[2]):
            yield match.start(), match.end(), int(match[1]) / int(match[2]), "fraction"


def _halves(text: str) -> Iterator[Part]:
    for match in _HALF.finditer(text):
        at = match.end() - len("half")
        if match["and"] or _HALF_NUMBER.match(text, at):
            continue  # part of a number: "two and a half", "half a million"
        per_cent = _HALF_PER_CENT.match(text, at)
        if per_cent:
            yield at, per_cent.end(), 0.5, "points" if per_cent["points"] else "percent"
        else:
            yield at, match.end(), 0.5, "fraction"


def _plain_value(numeral: str) -> float:
    numeral = numeral.lower().replace(",", "").removeprefix("a ")
    return CARDINALS.get(numeral) or SCALES.get(numeral) or float(numeral)
