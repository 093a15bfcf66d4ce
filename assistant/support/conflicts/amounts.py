"""What a source sentence counts: a number, what it is a number of, and how exactly it is meant."""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass

from assistant.support.numbers.around import Reach, around
from assistant.support.numbers.number_words import MEASURES
from assistant.support.numbers.quantities import Quantity, find_quantities
from assistant.support.text.meanings import root, senses
from assistant.support.text.reading import Reading, read
from assistant.support.text.words import word_set
from index.dates import date_ranges

__all__ = ["Amount", "amounts", "can_only_grow"]

_KINDS = frozenset({"count", "money", "percent"})
# What has happened to people and stands right behind a number that counts people.
_MET = word_set("injured hurt wounded killed dead arrested detained missing evacuated displaced")
_PEOPLE = "people"
_PERSON = frozenset(
    root(word)
    for word in (
        *("person", "people", "victim", "men", "women", "man", "woman", "resident", "civilian"),
        *("passenger", "soldier", "child", "student", "worker", "migrant", "fan", "officer"),
    )
)
_ANYBODY = frozenset(root(word) for word in ("person", "people", "victim"))
# Spans of time, ages and turns count something else in nearly every sentence.
_UNCOUNTED = word_set(
    """
    year month week day hour minute second decade century time point percent age season game
    goal episode page part way thing hand side step other more least others
    """
)
_UNCOUNTED_ROOTS = frozenset(root(word) for word in _UNCOUNTED)
_MEASURED = frozenset(MEASURES.values())
# Before or behind a number: it counts only a part, or what comes on top.
_PART_BEFORE = re.compile(
    r"\b(?:another|other|additional|further|extra|remaining|first|last|next|these|those|the other"
    r"|of whom|including|among them|age|aged|average of|by|from|between|per|each|every|than"
    r"|of the|additional|of those|all)\s+(?:an? |the |estimated )?$",
    re.IGNORECASE,
)
# Two things that happened counted together: "45 people died or were injured".
_TOGETHER = re.compile(
    r".{0,30}\b(?:killed|died|dead|injured|wounded|hurt) (?:or|and) (?:were )?"
    r"(?:killed|died|dead|injured|wounded|hurt|missing)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:more|fewer|less|greater|higher|lower) than\s+(?:an? |the )?$", re.IGNORECASE
)
_PART_BEHIND = re.compile(
    r"\s*(?:of (?:them|whom|those|these|the|its|his|her|their)\b|more\b|others?\b|additional\b"
    r"|further\b|extra\b|to\b|-|–|per\b|(?:\w+ ){0,3}?(?:per|each|every|apiece)\b"
    r"|(?:\w+ ){0,2}?an? (?:day|week|month|year|hour|share|barrel|gallon|person)\b)",
    re.IGNORECASE,
)
# What happens to people; of one event, the number of those to whom it happened only grows.
_HAPPENS = frozenset({"die", "kill", "injure", "arrest", "evacuate", "infect", "leave", "rescu"})
# Words that stand beside any number.
_SAYS_NOTHING = word_set(
    """
    say tell report accord official police authority spokesman spokeswoman state announce estimate
    expect believe know count number total figure put give make take get come go have be do
    include nearly almost around about roughly some many least up far so now already also still
    new coastguard ministry government agency early late initial
    """
)
_SAYS_NOTHING_ROOTS = frozenset(root(word) for word in _SAYS_NOTHING) | {"=arrive"}
_REACH = Reach(
    before=4,
    after=5,
    divides=word_set("and or but while whereas with than compar versus including among"),
    marks=re.compile(r"[,;:—–()“”\"]"),
    behind_others=True,
)
_EXACT_BELOW = 100
_ABOUT = 0.12
# "More than 300" is said of what is closer to 300 than to the next round number. Of a total that
# still grows it says nothing of how much more there is, nor does "at least".
_OVER = 1.5
# Of two figures that are rounded to neighbours one is wrong.
_INSIDE = 0.999


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a sentence and what it is a number of.

    Attributes:
        quantity: The number.
        thing: The root of what is counted, `people` for anybody, or the currency of money.
        of: Roots and senses of the words around it that say what happened to the thing.
        low: The least that may be meant.
        high: The most that may be meant.
    """

    quantity: Quantity
    thing: str
    of: frozenset[str]
    low: float
    high: float

    @property
    def said(self) -> str:
        """The number with what it counts, as written."""
        return " ".join(self.quantity.phrase.split())

    def agrees(self, other: Amount) -> bool:
        """Whether both may mean the same number."""
        return self.low <= other.high and other.low <= self.high

    def is_like(self, other: Amount) -> bool:
        """Whether both count the same kind of thing, and say the same of it."""
        if self.quantity.kind != other.quantity.kind or not self.of & other.of:
            return False
        same = self.thing == other.thing or bool(senses(self.thing) & senses(other.thing))
        return same or _holds(self, other) or _holds(other, self)


def _holds(more: Amount, less: Amount) -> bool:
    """Whether one counts anybody and the other only some of them, who yet are more."""
    return more.thing == _PEOPLE and less.thing in _PERSON and less.low > more.high


def can_only_grow(of: frozenset[str]) -> bool:
    """Whether what is said of a thing makes its number a total, such as that of the injured."""
    return any(word.removeprefix("=") in _HAPPENS for word in of)


@functools.lru_cache(maxsize=4096)
def amounts(sentence: str) -> tuple[Amount, ...]:
    """The numbers of a sentence that count something which can be compared."""
    reading = read(sentence)
    quantities = find_quantities(sentence, date_ranges(sentence))
    found = (_amount(reading, quantity, quantities) for quantity in quantities)
    return tuple(amount for amount in found if amount is not None)


def _amount(reading: Reading, quantity: Quantity, every: list[Quantity]) -> Amount | None:
    text = reading.text
    before = text[max(0, quantity.start - 40) : quantity.start]
    if (
        text[quantity.start - 1 : quantity.start] in {"-", "–"}
        or quantity.kind not in _KINDS
        or quantity.values[0] < 2
        or _PART_BEHIND.match(text, quantity.end)
        or _TOGETHER.match(text, quantity.end)
    ):
        return None
    if _PART_BEFORE.search(before) and not _COMPARED.search(before):
        return None
    of = _around(reading, quantity, every)
    thing = _thing(quantity)
    if not thing or not of:
        return None
    of -= {thing, f"={thing}"}
    opens = can_only_grow(of) or re.search(r"\b(?:at|no) \w+ (?:an? |the )?$", before) is not None
    return Amount(quantity, thing, of, *_range(quantity, math.inf if opens else _OVER))


def _thing(quantity: Quantity) -> str:
    """What is counted; empty where that cannot be compared."""
    if quantity.kind == "money":
        return quantity.unit or "money"
    if quantity.kind == "percent":
        return "percent"
    noun = quantity.noun.lower()
    # Measures are of too many things, and a capital makes the noun a part of a name.
    if not noun or quantity.unit in _MEASURED or quantity.noun[:1].isupper():
        return ""
    found = root(noun)
    if noun in _MET or found in _ANYBODY:
        return _PEOPLE
    return "" if found in _UNCOUNTED_ROOTS else found


def _around(reading: Reading, quantity: Quantity, every: list[Quantity]) -> frozenset[str]:
    """Roots and senses of the content words near a number."""
    words: set[str] = set()
    for token, _ in around(reading, quantity, every, _REACH):
        if token.content and not token.name and token.root not in _UNCOUNTED_ROOTS:
            words |= token.keys
    plain = _PERSON | {root(quantity.noun)} if quantity.noun else _PERSON
    met = quantity.noun.lower() in _MET
    return frozenset(words if met else words - plain) - _SAYS_NOTHING_ROOTS


def _range(quantity: Quantity, over: float) -> tuple[float, float]:
    """From the least to the most that a number may mean, as it is hedged and rounded.

    Args:
        quantity: The number.
        over: How many times a number may be what it is said to be more than.
    """
    low, high = min(quantity.values), max(quantity.values)
    step = _step(quantity)
    spread = max(_INSIDE * step / 2, _ABOUT * high if quantity.hedge == "about" else 0.0)
    if quantity.hedge == "over":
        return low - spread, high * over
    if quantity.hedge == "under":
        return low / over, high + spread
    return low - spread, high + spread


def _step(quantity: Quantity) -> float:
    """What a number is rounded to, by the zeros at its end; small ones are exact."""
    value = abs(quantity.values[0])
    if quantity.kind == "percent":
        return 0.1 if value != int(value) else 1.0
    if value < _EXACT_BELOW:
        return 0.0 if value == int(value) else 0.1
    digits = f"{value:.6g}"
    figures = len(re.sub(r"e.*|\D", "", f"{value:.6e}".split("e")[0].rstrip("0"))) or len(digits)
    return float(10 ** (math.floor(math.log10(value)) - figures + 1))
