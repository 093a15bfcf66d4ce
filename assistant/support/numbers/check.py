"""Every number of a sentence is in the source, in one form or another."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from typing import Final

from assistant.support.evidence import Outcome
from assistant.support.numbers.bounds import other_bounds
from assistant.support.numbers.lengths import other_length
from assistant.support.numbers.number_words import CARDINALS, MEASURES, ORDINALS
from assistant.support.numbers.quantities import Quantity, find_quantities
from assistant.support.numbers.rounding import reach_of
from assistant.support.numbers.same_number import is_said_otherwise
from assistant.support.numbers.steps import other_steps
from assistant.support.numbers.temperatures import on_the_other_scale
from assistant.support.text.languages import is_english, number_words
from assistant.support.text.words import stem

__all__ = ["check_numbers"]

_THIRD = 0.01
_OF_SMALL = 0.1  # "one in a hundred" is not 0.1 per cent
_HEDGED_THIRD = 0.02  # "over a third" may be 33 per cent, "under a twelfth" not 9
_ROUNDED = 0.05

_SAME_COUNT = re.compile(
    r"\b(?:(?P<two>couple|pair|both|duo|twins|twice|doubl(?:e[ds]?|ing)|twofold|twin|neither|either)"
    r"|(?P<three>trio|tripl(?:e[ds]?|ets|ing)|threefold|thrice|trebles?|hat[- ]tricks?|trilogy)"
    r"|(?P<four>semi-?finals?|quadrupl(?:e[ds]?|ets|ing)|fourfold|quartet|foursome)"
    r"|(?P<five>quintets?|quintupl(?:e[ds]?|ets|ing)|fivefold)"
    r"|(?P<one>sole|single|lone|once|only))\b",
    re.IGNORECASE,
)
_COUNTS = {2.0: "two", 3.0: "three", 4.0: "four", 5.0: "five", 1.0: "one"}
# "The first and second floors" are two.
_ORDINALS = "|".join(ORDINALS)
_IN_A_ROW = re.compile(
    rf"\b(?:{_ORDINALS})(?:(?:,| and|, and) (?:the )?(?:{_ORDINALS}))+\b", re.IGNORECASE
)
_FIGURES = re.compile(r"\b(?P<count>five|six|seven|eight|nine|[5-9])-figure\b", re.IGNORECASE)
# "Second World War" counts nothing, but "his second world title" may be what the sentence counts.
_ORDINAL = re.compile(rf"\b(?:{_ORDINALS})\b", re.IGNORECASE)
_NEW = re.compile(
    r"\b(?:initial\w*|primary|inaugural|debut\w*|maiden|originated|never before"
    r"|(?:had|has|have) never|begin|begins|began|start\w*|kick\w* off|open(?:s|ed|ing|er)"
    r"|launch\w*|introduc\w*"
    r"|unveil\w*|premi[eè]re\w*|teaser|founding|lead[- ]?off|without precedent|unprecedented"
    r"|(?:not|n’t|n't) (?:been )?previously|not since"
    r"|(?:not|n’t|n't|never|no [a-z]+)\b[^.]{0,80}\b"
    r"(?:since|in [a-z0-9-]+ (?:years|decades|months))"
    r"|(?:highest|lowest|biggest|largest|worst|best|most|smallest|last)\b[^.]{0,60}\bsince)\b",
    re.IGNORECASE,
)
# "A trillion-dollar law" says how large it is, not how many dollars.
_ORDER = re.compile(r"(?:million|billion|trillion)-", re.IGNORECASE)
_RUNNER_UP = re.compile(r"\brunners?-up\b", re.IGNORECASE)
_NTH: Final = "ordinal"
_RECORD = re.compile(r"(?: [\w’'-]+){0,3}? (?:to|ever|who|that|in|since|time|of|on|for)\b")
# "3, 800", as some texts come out of other programs.
_PARTED = re.compile(r"(?<![\d,.])(\d{1,3}), (\d{3})(?![\d,.])")
_MEASURED = frozenset(MEASURES.values())
# "A third" and 33 per cent, "a quarter point", "the third" and "No. 3", hundreds and 260.
_ALIKE = (
    {"fraction", "percent"},
    {"fraction", "count"},
    {"fraction", "points"},
    {"ordinal", "label"},
    {"count", "vague"},
)
# "Two victims were named; three remain": what is counted is left out before a verb.
_VERBS = frozenset({"remain", "remains", "died"})
_PEOPLE = frozenset({"people", "men", "women", "children"})
_NOT_COUNTED = frozenset(
    {"another", "day", "time", "point", "thing", "way", "hand", "side", "reason"}
)


def check_numbers(
    sentence: str,
    sources: Sequence[str],
    dates: Sequence[tuple[int, int]] = (),
    source_dates: Sequence[Sequence[tuple[int, int]]] = (),
    days: Sequence[dt.date | None] = (),
) -> Outcome:
    """Check that the sources state every number of the sentence.

    Args:
        sentence: The sentence of the answer.
        sources: The cited texts.
        dates: Ranges of the sentence that are dates, which are not numbers.
        source_dates: The same for each of the sources.
        days: When each of them was published.
    """
    stated = [
        quantity
        for quantity in _quantities(sentence, dates, sources)
        if not _is_pronoun(quantity, sentence) and not _ORDER.match(quantity.text)
    ]
    spans = source_dates or [()] * len(sources)
    known = [
        quantity
        for source, skip in zip(sources, spans, strict=True)
        for quantity in _quantities(source, skip)
    ]
    for source in sources:
        if _PARTED.search(source):
            known += find_quantities(_PARTED.sub(r"\1,\2", source))
    for source in sources:
        known += _other_words(source)
    source_days = [
        source[start:end]
        for source, skip in zip(sources, spans, strict=True)
        for start, end in skip
    ]
    years = {day.year for day in days if day}
    year = years.pop() if len(years) == 1 else None
    # Nouns and units of other languages are not known.
    foreign = not is_english(sentence, sources)
    reasons = [
        _reason(quantity, known)
        for quantity in stated
        if not any(_backs(quantity, other, by_value=foreign) for other in known)
        and not _stands_as_a_year(quantity, sources)
        and not _is_one_of_a_kind(quantity, known, sources)
        and not _is_part(quantity, known)
        and not _is_in_a_row(quantity, sentence, known)
        and not is_said_otherwise(quantity, sentence, sources, known, source_days, year=year)
    ]
    reasons += [
        f"the source says {other.phrase}, not {quantity.phrase}"
        for quantity in stated
        if (other := _counted_otherwise(quantity, known))
    ]
    reasons += other_bounds(stated, sentence, sources, known)
    reasons += on_the_other_scale(stated, sentence, sources)
    reasons += other_steps(stated, sentence, sources)
    length = "" if foreign else other_length(sentence, sources, year)
    reasons += [f"{length} is not in the source"] if length else []
    return Outcome(len(stated) + bool(length), tuple(dict.fromkeys(reasons)))


def _counted_otherwise(stated: Quantity, known: Sequence[Quantity]) -> Quantity | None:
    """The source's other number of the same things, where it has this one for other things only."""
    if stated.kind != "count" or not stated.unit or stated.hedge or stated.noun in _PEOPLE:
        return None
    same = [q for q in known if q.kind == "count" and q.values[0] == stated.values[0]]
    alike = [q for q in known if q.kind == "count" and q.unit == stated.unit and not q.hedge]
    elsewhere = same and all(
        q.unit and q.unit != stated.unit and not q.noun.endswith("ed") and q.noun not in _VERBS
        for q in same
    )
    return alike[0] if elsewhere and len({q.values[0] for q in alike}) == 1 else None


def _quantities(
    text: str, dates: Sequence[tuple[int, int]], sources: Sequence[str] = ()
) -> list[Quantity]:
    """The numbers of a text in any language, in words too in those whose words are known."""
    found = find_quantities(_with_points(text), dates)
    if is_english(text, sources):
        return found
    taken = [*dates, *((quantity.start, quantity.end) for quantity in found)]
    return found + [
        Quantity(start, end, text[start:end], (value,))
        for start, end, value in number_words(text)
        if not any(s < end and start < e for s, e in taken)
    ]


def _with_points(text: str) -> str:
    """Write 1.500 and 1,5 as English does where the text is not English; lengths stay."""
    if is_english(text):
        return text
    text = re.sub(r"(?<=\d)\.(?=\d{3}\b)", "\0", text)
    text = re.sub(r"(?<=\d),(?=\d{1,2}\b)", ".", text)
    return text.replace("\0", ",")


def _is_pronoun(quantity: Quantity, sentence: str) -> bool:
    """Tell "one of them", "no one", "one day" from the number."""
    if quantity.text.lower() != "one" or quantity.kind != "count":
        return False
    before = sentence[: quantity.start].lower()
    return (
        not quantity.unit
        or quantity.noun in _NOT_COUNTED
        or before.endswith(
            ("no ", "any", "every", "some", "this ", "that ", "the ", "which ", "no-")
        )
        or sentence[quantity.end : quantity.end + 4].lower() == " of "
    )


def _other_words(source: str) -> list[Quantity]:
    """Numbers that hide in other words of the source: couple, twice, trio, single, initial."""
    found = [
        Quantity(match.start(), match.end(), match[0], (float(ORDINALS[match[0].lower()]),), _NTH)
        for match in _ORDINAL.finditer(source)
    ]
    found += [
        Quantity(match.start(), match.end(), match.group(), (1.0,), _NTH)
        for match in _NEW.finditer(source)
    ]
    found += [
        Quantity(match.start(), match.end(), match.group(), (2.0,), _NTH)
        for match in _RUNNER_UP.finditer(source)
    ]
    for match in _SAME_COUNT.finditer(source):
        value = next(n for n, word in _COUNTS.items() if match[word])
        found.append(Quantity(match.start(), match.end(), match.group(), (value,)))
    for match in _IN_A_ROW.finditer(source):
        value = float(len(_ORDINAL.findall(match[0])))
        found.append(Quantity(match.start(), match.end(), match[0], (value,)))
    for match in _FIGURES.finditer(source):
        least = 10.0 ** (float(CARDINALS.get(match["count"].lower(), match["count"])) - 1)
        found += [
            Quantity(match.start(), match.end(), match[0], (least,), kind)
            for kind in ("count", "money")
        ]
    return found


def _backs(stated: Quantity, known: Quantity, *, by_value: bool) -> bool:
    if by_value and "vague" not in {stated.kind, known.kind}:
        return _backs_by_value(stated, known)
    if _as_old(stated, known):
        return True
    alike = _same_kind(stated, known) and _same_unit(stated, known)
    if "vague" in {stated.kind, known.kind}:
        return alike and _backs_vaguely(stated, known)
    return alike and _backs_by_value(stated, known)


def _backs_by_value(stated: Quantity, known: Quantity) -> bool:
    pairs = [(s, k) for s in _on_one_scale(stated) for k in _on_one_scale(known)]
    if any(math.isclose(s, k, rel_tol=1e-9) for s, k in pairs):
        return True
    low, high = reach_of(stated.hedge, stated.values[0], stated.figures)
    if {stated.kind, known.kind} == {"fraction", "percent"}:
        # "a third" is written for 33 per cent and for 33.3, "half" only for 50
        least = _HEDGED_THIRD if stated.hedge in {"over", "under"} else _OF_SMALL
        near = any(
            abs(s - k) < min(_THIRD, s * least) and not math.isclose(s, 0.5) for s, k in pairs
        )
        return near or (bool(stated.hedge) and any(low * s <= k <= high * s for s, k in pairs))
    if stated.kind in {"ordinal", "label", "time"} or stated.figures >= known.figures:
        return False  # only a finer number can have been rounded to this one
    return any(low * s <= k <= high * s for s, k in pairs)


def _as_old(stated: Quantity, known: Quantity) -> bool:
    """Take 40 years for a 40th anniversary."""
    return (
        stated.unit == "year"
        and known.kind == "ordinal"
        and known.noun in {"anniversary", "birthday", "year"}
        and stated.values[0] == known.values[0]
    )


def _on_one_scale(quantity: Quantity) -> tuple[float, ...]:
    if quantity.kind != "percent" and quantity.unit in {"cent", "penny"}:
        return tuple(value / 100 for value in quantity.values)
    return quantity.shares


def _backs_vaguely(stated: Quantity, known: Quantity) -> bool:
    if stated.kind != "vague":
        return False
    if known.kind == "vague":
        return (stated.values, stated.high) == (known.values, known.high)
    return any(stated.values[0] <= value <= stated.high for value in known.values)


def _same_kind(stated: Quantity, known: Quantity) -> bool:
    kinds = {stated.kind, known.kind}
    if len(kinds) == 1 or kinds in _ALIKE:
        return True
    if kinds == {"points", "count"}:
        return {stated.unit, known.unit} == {"", "point"}
    if kinds == {"money", "vague"}:
        return False
    if kinds == {"count", "label"}:
        return not (known.kind == "label" and stated.unit)
    # "spent 30 million" repeats "$30 million"; the other way round a currency is made up
    return stated.kind == "count" and known.kind == "money" and not stated.unit


def _same_unit(stated: Quantity, known: Quantity) -> bool:
    """False only where the two clearly count different things."""
    if stated.kind == "money" and known.kind == "money":
        pair = {stated.unit, known.unit}
        alike = len(pair) == 1 or "" in pair or pair in ({"cent", "dollar"}, {"cent", "euro"})
        return alike or pair == {"penny", "pound"} or _plain_dollar(pair)
    if not stated.unit or not known.unit or stated.unit == known.unit:
        return True
    if stated.kind != "count" or known.kind != "count":
        return True
    measured = (stated.unit in _MEASURED, known.unit in _MEASURED)
    if all(measured):
        return False
    if not any(measured):
        return True
    counted = known if measured[0] else stated
    return not counted.noun.endswith("s") and counted.noun not in _PEOPLE


def _plain_dollar(pair: set[str]) -> bool:
    return "dollar" in pair and all(unit.endswith("dollar") for unit in pair)


def _stands_as_a_year(quantity: Quantity, sources: Sequence[str]) -> bool:
    """2,000 is also found as a bare 2000, which the source's reader may take for a year."""
    value = quantity.values[0]
    if quantity.kind != "count" or not 1500 <= value < 2100 or value != int(value):
        return False
    return any(re.search(rf"(?<![\d.,$€£]){int(value)}(?![\d%])", source) for source in sources)


def _is_one_of_a_kind(stated: Quantity, known: Sequence[Quantity], sources: Sequence[str]) -> bool:
    """Take "one soldier" for granted where the source says "a soldier" or counts no soldiers."""
    if stated.values != (1.0,) or stated.kind != "count":
        return False
    for source in sources:
        nouns = re.findall(r"\b(?:an?|the|another|his|her|its)\s+(?:\w+\s+)?(\w+)", source.lower())
        if any(stem(noun) == stated.unit for noun in nouns):
            return True
    return not any(other.unit == stated.unit for other in known)


def _is_part(stated: Quantity, known: Sequence[Quantity]) -> bool:
    """Take "300" for granted where the source says "a third of the 900"."""
    shares = [q for q in known if q.kind in {"fraction", "percent"} and _on_one_scale(q)[0] < 1]
    return stated.kind == "count" and any(
        math.isclose(
            _on_one_scale(share)[0] * whole.values[0],
            stated.values[0],
            rel_tol=_ROUNDED if stated.hedge or share.hedge else _THIRD,
        )
        for share in shares
        for whole in known
        if whole.kind == "count"
    )


def _is_in_a_row(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """Take "his first year" for granted where the source counts nothing; not "the first to win"."""
    return (
        stated.kind == "ordinal"
        and stated.values == (1.0,)
        and not _RECORD.match(sentence, stated.end)
        and all(other.kind != "ordinal" for other in known)
    )


def _reason(stated: Quantity, known: Sequence[Quantity]) -> str:
    alike = {
        other.text: other
        for other in known
        if other.kind == stated.kind
        and (
            stated.kind == "ordinal"
            or (other.unit == stated.unit and (stated.unit or stated.kind != "count"))
        )
    }
    if len(alike) == 1:
        return f"the source says {next(iter(alike))}, not {stated.text}"
    same = [q for q in known if set(q.values) & set(stated.values) and q.phrase != stated.phrase]
    if same and stated.kind != "ordinal":
        return f"the source says {same[0].phrase}, not {stated.phrase}"
    return f"{stated.text} is not in the source"
