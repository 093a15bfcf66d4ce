"""Finds the numbers in a text and brings them to one form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.support.numbers.clock import clock_times
from assistant.support.numbers.number_reader import Token, gap, read_number, tokenise
from assistant.support.numbers.number_words import (
    CARDINALS,
    CURRENCIES,
    DOLLARS,
    MEASURES,
    MONEY_WORDS,
    ORDINALS,
    PARTS,
    PREFIXES,
    SCALES,
    VAGUE,
)
from assistant.support.numbers.parts import A_NUMBER, parts
from assistant.support.numbers.rounding import hedge_of, words_that_round
from assistant.support.text.words import STOPWORDS, stem

__all__ = ["Kind", "Quantity", "find_quantities", "rounding_words"]

Kind = Literal[
    "count", "money", "percent", "points", "ordinal", "fraction", "time", "label", "vague"
]

_BEFORE = re.compile(
    r"(?P<prefix>\b[A-Z]{1,3})?\s?(?P<sign>[$€£¥₹₽])\s?$|\b(?P<code>USD|EUR|GBP)\s?$"
)
_PERCENT = re.compile(r"[\s-]?(?:%|(?:per\s?cent|percent|pct)\b)", re.IGNORECASE)
_POINTS = re.compile(
    r"[\s-]?(?:(?:%|percentage|per\s?cent|percent)[\s-]points?|basis points?)\b", re.IGNORECASE
)
_MONEY = re.compile(
    r"[\s-]?(?:of )?(?:US |U\.S\. |American |Australian |Canadian )?(?P<word>[A-Za-z]+)"
)
_TOURNAMENT = re.compile(r" Euro [a-z]+s\b")  # "four Euro matches"
_NEXT_WORD = re.compile(r"[\s-]*[-\s](?P<word>[^\W\d_]+)|(?P<attached>[^\W\d_]+|°[CF]?)")
_VAGUE_WORDS = re.compile(
    r"\b(?:" + "|".join(sorted(VAGUE, key=len, reverse=True)) + r")\b"
    r"|\b(?:several|a few) (?P<one>hundred|thousand|million|billion)\b(?! \w+illion| thousand)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\s*(?:-|–|—|to|or|and|and/or|through)\s*(?:[A-Z]{0,3}[$€£¥₹])?", re.IGNORECASE
)
_LABEL = re.compile(r"(?:\b(?:No\.?|number|#|nr\.?)\s?|[a-z’'] (?P<name>[A-Z][\w’'-]*) )$")
_PARTED_NAME = re.compile(r"\b[A-Z]{1,3}\.(?:\d+\.)*$")
# A score, a possessive's number and "16-ounce" name nothing.
_NO_LABEL_AFTER = re.compile(r"\s+[a-z]+s\b|[-–](?:\d|[a-z])")
# What there is of a number in words: "three quarters of a [million]".
_PART = r"\b(?P<over>an?|one|two|three)[ -](?P<part>third|quarter|tenth)s? of "
_PART_OF = re.compile(rf"{_PART}\Z", re.IGNORECASE)
_PART_OF_NUMBER = re.compile(rf"{_PART}{A_NUMBER}", re.IGNORECASE)
# "Five of seven three-pointers" are no three.
_NO_COUNT = re.compile(r"\b(?:three-pointers?|one-sided)\b", re.IGNORECASE)
_NO_ORDINAL_AFTER = re.compile(
    r"[\s-](?:hand|party|parties|class|aid|rate|lady|ladies|minister|name|names|half|person|world"
    r"|born|place of|of all|and foremost|thing|things|\w*time)\b",
    re.IGNORECASE,
)
_BEFORE_FIRST = re.compile(
    r"\b(?:the|his|her|its|their|a|my|our|your|’s|'s)\s+(?:very )?$", re.IGNORECASE
)
_BEFORE_SECOND = re.compile(
    r"(?:\b(?:per|split|every|each|a|one|last|final)|\d)[\s-]$", re.IGNORECASE
)

_WHICH = frozenset({"last", "next", "this", "that"})
# "12 since August", "three before noon": no nouns either.
_NO_NOUNS = STOPWORDS | frozenset(
    "since after before during while when until till against amid than because despite without"
    " within though although unless across among around between toward towards through".split()
)
_LOOK_BACK = 24  # characters that can matter before a number


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text states it.

    Attributes:
        start: Where it begins, currency sign included.
        end: Where it ends, scale and percent sign included.
        text: Its words.
        values: What it may stand for, the likeliest first ("5m" is five million or five metres).
        kind: What is counted or measured.
        unit: The currency, the measure, or the stem of the noun that follows; empty if none.
        noun: The noun or measure as printed.
        hedge: "about", "over" or "under" when the text rounds, else empty.
        high: The end of the range for `vague`, whose `values` holds its beginning.
    """

    start: int
    end: int
    text: str
    values: tuple[float, ...]
    kind: Kind = "count"
    unit: str = ""
    noun: str = ""
    hedge: str = ""
    high: float = 0.0

    @property
    def figures(self) -> float:
        """How many figures are significant; a last 5 counts half, as people round to it.

        A dozen has one.
        """
        if self.text.lower().endswith("dozen"):
            return 1.0
        digits = f"{self.values[0]:.6g}"
        digits = re.sub(r"e.*|\D", "", digits).strip("0")
        return len(digits) - 0.5 * digits.endswith("5")

    @property
    def shares(self) -> tuple[float, ...]:
        """Its values, percentages as shares of one."""
        return tuple(v / 100 for v in self.values) if self.kind == "percent" else self.values

    @property
    def phrase(self) -> str:
        """The number with what it counts."""
        return f"{self.text} {self.noun}" if self.noun and self.noun not in self.text else self.text


def find_quantities(text: str, skip: Iterable[tuple[int, int]] = ()) -> list[Quantity]:
    """The numbers of a text in order, written with digits or in English words.

    Args:
        text: Any text.
        skip: Ranges that are something else, such as dates.
    """
    taken = list(skip)
    found: list[Quantity] = []
    for finder in (_clock_times, _parts, _vague, _numbers):
        for quantity in finder(text):
            if not any(s < quantity.end and quantity.start < e for s, e in taken):
                found.append(quantity)
                taken.append((quantity.start, quantity.end))
    found.sort(key=lambda quantity: quantity.start)
    return _share_units(found, text)


def _clock_times(text: str) -> Iterable[Quantity]:
    for start, end, readings in clock_times(text):
        yield Quantity(start, end, text[start:end], readings, "time")


def _parts(text: str) -> Iterable[Quantity]:
    for start, end, value, kind in parts(text):
        yield _hedged(Quantity(start, end, text[start:end], (value,), kind), text)


def _vague(text: str) -> Iterable[Quantity]:
    for match in _VAGUE_WORDS.finditer(text):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if match[0].lower() == "scores" and not text.startswith(" of ", match.end()):
            continue  # those of tests and games
        named = match[0][0].isupper() and re.search(r"\b[A-Z][\w’'-]* $", before)
        if named or re.search(r"(?:\d|\b(?:few|several|two|three)) $", before):
            continue
        low, high = VAGUE[f"{match['one']}s".lower() if match["one"] else match.group().lower()]
        found = Quantity(match.start(), match.end(), match.group(), (low,), "vague", high=high)
        yield _with_noun(found, text)


def _numbers(text: str) -> Iterable[Quantity]:
    tokens = tokenise(text)
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if _PART_OF_NUMBER.match(text, token.start):
            i += 2
            continue
        if _is_in_a_name(token, text) or _NO_COUNT.match(text, token.start):
            i += 1
            continue
        read = read_number(tokens, i, text)
        if read is None:
            ordinal = _ordinal(tokens, i, text)
            if ordinal:
                yield ordinal
            i += 1
            continue
        value, after = read
        found = _finish(value, tokens[i:after], text)
        yield _shared(found, text)
        i = after


def _shared(found: Quantity, text: str) -> Quantity:
    """A quarter of a million for a million of which one says a quarter."""
    part = _PART_OF.search(text, max(0, found.start - _LOOK_BACK), found.start)
    if part is None:
        return found
    share = PARTS[part["part"].lower()] / CARDINALS.get(part["over"].lower(), 1)
    return _hedged(
        replace(
            found,
            start=part.start(),
            text=text[part.start() : found.end],
            values=(found.values[0] / share,),
        ),
        text,
    )


def _is_in_a_name(token: Token, text: str) -> bool:
    """Covid-19, F-16, A320, G7, 5G, mp3, BQ.1.1, 49ers: digits that hang on letters."""
    if token.word:
        return False
    if _PARTED_NAME.search(text[max(0, token.start - _LOOK_BACK) : token.start]) or re.match(
        r"ers\b", text[token.end :]
    ):
        return True
    before = re.search(r"[^\W\d_]+-?$", text[max(0, token.start - _LOOK_BACK) : token.start])
    if before and (not before.group().endswith("-") or before.group()[0].isupper()):
        return not re.search(r"(?:US|USD|EUR|GBP|CHF)$", before.group())
    return re.match(r"-?[A-Z](?![A-Za-z%])", text[token.end :]) is not None and not re.match(
        r"[CFKMB]\b", text[token.end :]
    )


def _ordinal(tokens: Sequence[Token], i: int, text: str) -> Quantity | None:
    token = tokens[i]
    value = ORDINALS.get(token.word)
    start = token.start
    if value is None:
        return None
    before, after = text[max(0, start - _LOOK_BACK) : start], text[token.end :]
    if i and tokens[i - 1].value and tokens[i - 1].word and gap(text, tokens[i - 1], token) == "-":
        return None  # "twenty-first": read with its tens
    fixed = _NO_ORDINAL_AFTER.match(after) and not re.match(r"\stime\b", after)
    adverb = token.word == "first" and not (
        _BEFORE_FIRST.search(before) or after.startswith(" time")
    )
    moment = token.word == "second" and _BEFORE_SECOND.search(before)
    named = text[start].isupper() and re.match(r"[\s-][A-Z]", after)  # Second World War
    if fixed or adverb or moment or named:
        return None
    found = Quantity(start, token.end, text[start : token.end], (float(value),), "ordinal")
    return _with_noun(found, text)


def _finish(value: float, tokens: Sequence[Token], text: str) -> Quantity:
    """Look around a number for its currency, unit, suffix and hedge."""
    start, end = tokens[0].start, tokens[-1].end
    suffix = re.match(r"(?:st|nd|rd|th)\b", text[end:])
    tens_first = re.match(r"-([a-z]+)\b", text[end:])
    if suffix and not tokens[-1].word:
        end += suffix.end()
        return _with_noun(Quantity(start, end, text[start:end], (value,), "ordinal"), text)
    if tens_first and tokens[-1].word and value % 10 == 0 and tens_first[1] in ORDINALS:
        end += tens_first.end()
        return Quantity(start, end, text[start:end], (value + ORDINALS[tens_first[1]],), "ordinal")
    readings: tuple[float, ...] = (value,)
    if tokens[-1].word == "m" and len(tokens) > 1:
        readings = (value, value / 1e6)
    found = Quantity(start, end, text[start:end], readings)
    return _hedged(_with_kind(found, text), text)


def _with_kind(found: Quantity, text: str) -> Quantity:
    before = _BEFORE.search(text[max(0, found.start - _LOOK_BACK) : found.start])
    if before:
        prefix = (before["prefix"] or before["code"] or "").lower()
        if before["sign"] == "$" and prefix in DOLLARS:
            unit = DOLLARS[prefix]
        else:
            unit = CURRENCIES.get(before["sign"] or "", PREFIXES.get(prefix, ""))
        start = max(0, found.start - _LOOK_BACK) + before.start()
        start += len(before[0]) - len(before[0].lstrip())
        values = found.values[:1]
        whole = text[start : found.end]
        return replace(
            found, start=start, text=whole.strip(), kind="money", unit=unit, values=values
        )
    rest = text[found.end :]
    for form, kind in ((_POINTS, "points"), (_PERCENT, "percent")):
        match = form.match(rest)
        if match:
            end = found.end + match.end()
            known: Kind = "points" if kind == "points" else "percent"
            values = tuple(v / 100 for v in found.values) if "basis" in match[0] else found.values
            return replace(found, end=end, text=text[found.start : end], kind=known, values=values)
    money = _MONEY.match(rest)
    if money:
        word = money["word"].lower()
        currency = MONEY_WORDS.get(word) or MONEY_WORDS.get(word.removesuffix("s"))
        if currency and not _TOURNAMENT.match(rest):
            end = found.end + money.end()
            return replace(
                found, end=end, text=text[found.start : end], kind="money", unit=currency
            )
    return _with_noun(_as_label(found, text), text)


def _as_label(found: Quantity, text: str) -> Quantity:
    """A number that names: "No. 3", "Boeing 737"."""
    plain = found.text.isdigit()
    label = _LABEL.search(text[max(0, found.start - _LOOK_BACK) : found.start]) if plain else None
    owns = label and (label["name"] or "").endswith(("'s", "’s"))
    if label and not owns and not _NO_LABEL_AFTER.match(text, found.end):
        return replace(found, kind="label")
    return found


def _with_noun(found: Quantity, text: str) -> Quantity:
    """Take the measure among the next two words, else the next word that is not a small word."""
    at, first = found.end, ""
    for _ in range(2):
        match = _NEXT_WORD.match(text, at)
        if not match:
            break
        word = match["word"] or match["attached"]
        measure = MEASURES.get(word.lower())
        if word.lower() in _WHICH and not first:
            break  # "729 last year" are no years
        if measure:
            return replace(found, unit=measure, noun=word)
        if word.lower() in _NO_NOUNS and not (not first and word.lower() == "of"):
            break
        if word.lower() != "of":
            first = first or word
        at = match.end()
    return replace(found, unit=stem(first), noun=first) if first else found


def _hedged(found: Quantity, text: str) -> Quantity:
    before = text[max(0, found.start - _LOOK_BACK) : found.start]
    return replace(found, hedge=hedge_of(before, text[found.end :]))


def rounding_words(quantity: Quantity, text: str) -> str:
    """The words before a number that round it, such as "At least ", as written; empty if none."""
    return words_that_round(text[max(0, quantity.start - _LOOK_BACK) : quantity.start])


def _share_units(found: list[Quantity], text: str) -> list[Quantity]:
    """Let "30-40%", "$10 to 15 million" and "12 or 13 people" share unit and scale."""
    for i in range(len(found) - 1):
        left, right = found[i], found[i + 1]
        joint = text[left.end : right.start]
        if not _RANGE.fullmatch(joint):
            continue
        if " and" in joint and not re.search(
            r"\b(?:between|both)\s[^a-z]*$", text[max(0, left.start - _LOOK_BACK) : left.start]
        ):
            continue
        scale = _spoken_scale(right)
        if left.kind in {"count", "money"} and scale > 1 and _spoken_scale(left) == 1:
            left = replace(left, values=(left.values[0] * scale, *left.values))
        if left.kind == "count" and not left.unit and right.kind in {"count", "money", "percent"}:
            left = replace(left, kind=right.kind, unit=right.unit, noun=right.noun)
        elif left.kind == "money" and right.kind == "count" and (not right.unit or len(joint) == 1):
            right = replace(right, kind="money", unit=left.unit, noun="")
        found[i], found[i + 1] = left, right
    return found


def _spoken_scale(quantity: Quantity) -> float:
    """The scale that a number names: 1e6 for "15 million" and "15m", else 1."""
    word = re.search(
        r"([a-z]+)$", re.sub(r"[\s-](?:dollars?|euros?|pounds?)$", "", quantity.text.lower())
    )
    return SCALES.get(word[1], 1.0) if word and quantity.values[0] >= 1e3 else 1.0
