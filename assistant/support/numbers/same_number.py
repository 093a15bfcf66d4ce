"""Numbers that a source gives in another form: what its parts make, what it lists, what it rounds.

Each rule asks for the same value; only the form may differ.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.support.numbers.lengths import is_as_long
from assistant.support.numbers.listed import counts_what_is_named
from assistant.support.numbers.number_words import ORDINALS
from assistant.support.numbers.quantities import Quantity
from assistant.support.numbers.ranks import is_rank
from assistant.support.numbers.ratios import (
    is_difference,
    is_multiple,
    is_ratio,
    is_rest,
    is_share,
    is_sum,
)
from assistant.support.numbers.scores import is_in_a_record, is_share_of_a_vote
from assistant.support.numbers.spans import find_spans, same_span

__all__ = ["is_said_otherwise"]

# So many figures, and no farther off, say a number well enough that nobody need say "about".
_LEAST_FIGURES, _ROUNDED = 2, 0.02
_PARTS = re.compile(
    r" (?:out )?of (?:(?:the|those|these|its|their|his|her|all)\b ?)?(?:top |last |first )?"
)
_OF_WHICH = re.compile(r" of (?:which|whom|them|these|those)\b")
_NAME_BEHIND = re.compile(r" ([A-Z][a-z]+)\b")
_LINKED_BY_NAME = re.compile(r"\b([A-Z][\w’'-]*) $")
# "The two" points back to what is known.
_POINTS_BACK = re.compile(r"\b(?:the|these|those|both|between|neither|either) $", re.IGNORECASE)
_ANYTHING = frozenset(
    "man woman person side team country nation leader party company player star rival friend pair "
    "men women people firm state".split()
)
# "The 24th", "the 26th or 27th".
_BEFORE_DAY = re.compile(r"\bthe (?:\d{1,2}(?:st|nd|rd|th)(?:,| or| and| to) )?$")
_NO_DAY = re.compile(r"\s+(?!or |and |to )[a-z]{4}")
_HALVED = re.compile(r"\bby (?:[a-z]+ ){0,2}half\b|\b(?:halved|halves|halving)\b")
_TO_TEN = "one|two|three|four|five|six|seven|eight|nine|ten|\\d{1,2}"
_OR_NEXT = re.compile(rf" or (?:{_TO_TEN})\b", re.IGNORECASE)
_OR_BEFORE = re.compile(rf"\b(?:{_TO_TEN}) or $", re.IGNORECASE)
_NEAR_HOUR = re.compile(
    r"\b(?:(?:(?P<just>just|shortly|soon|moments|right|a little) )?(?P<side>after|past|before)"
    r"|(?P<about>about|around|nearly|almost|roughly|towards?))(?: the)? $",
    re.IGNORECASE,
)
_SIDES = {"after": (1,), "past": (1,), "before": (-1,)}
_JUST, _HOUR = 15, 60  # minutes
_ALL_BUT = re.compile(r"\b(?:all|every\w*) (?:but|except) $", re.IGNORECASE)
_OR_SO = re.compile(r" or so\b")
_TO = r"\.?(?: ?[-–] ?| to | through | until )"
_QUARTERS = {
    float(nth): re.compile(rf"\b{first}[a-z]*{_TO}{last}")
    for nth, (first, last) in enumerate(
        (("Jan", "Mar"), ("Apr", "Jun"), ("Jul", "Sep"), ("Oct", "Dec")), 1
    )
}
_FIRST_MONTHS = re.compile(r"\bfirst (?:three|3) months\b", re.IGNORECASE)
_FIRST_QUARTER = re.compile(r"\bfirst quarter\b", re.IGNORECASE)
_THIRD = 3  # "a second" is no share
_OUT_OF = re.compile(r"(?P<few>[\w.,]+) of $")
_CLOCK = re.compile(
    r"\b(?P<word>at|by|before|until|till|after|past|from|to|between|around|about)"
    r"(?: (?:about|around|half past))? $",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(
    r"$|[.,;:!?)]|\s+(?:on|in|and|to|until|till|at|this|that|but|for|o[’']clock|sharp|when|while|as"
    r"|each|every|mon|tues|wednes|thurs|fri|satur|sun)",
    re.IGNORECASE,
)


def is_said_otherwise(
    stated: Quantity,
    sentence: str,
    sources: Sequence[str],
    known: Sequence[Quantity],
    dates: Sequence[str],
    *,
    year: int | None = None,
) -> bool:
    """Whether a source says a number of the sentence in another form.

    Args:
        stated: The number, which the sources do not have as it is.
        sentence: The sentence of the answer.
        sources: The cited texts.
        known: The numbers of the sources.
        dates: The dates of the sources, as written.
        year: When they were published.
    """
    return (
        _is_one_or(stated, sentence, sources)
        or is_as_long(stated, sentence, sources, year)
        or _is_rounded(stated, known)
        or is_share(stated, known)
        or is_rest(stated, sentence, sources, known)
        or is_ratio(stated, known, sentence[: stated.start])
        or _is_one_more(stated, sentence, known)
        or _is_quarter(stated, sentence, sources)
        or is_sum(stated, sources, known)
        or is_multiple(stated, sentence, known)
        or is_difference(stated, sentence, known)
        or is_rank(stated, sentence, sources, known)
        or counts_what_is_named(stated, sentence, sources, known)
        or _is_hour(stated, sentence, known)
        or _is_near_hour(stated, sentence, known)
        or _is_share_of_few(stated, sources, known)
        or _is_part_of_any(stated, sentence, known)
        or _is_all_but(stated, sentence, known)
        or _stands_behind_one_name(stated, sentence, sources)
        or _is_either(stated, sentence, known)
        or _points_back(stated, sentence, known)
        or _is_day(stated, sentence, dates)
        or _is_share_without_sign(stated, known)
        or _is_out_of(stated, sentence, sources)
        or is_in_a_record(stated, sentence, sources)
        or is_share_of_a_vote(stated, sentence, known)
        or _is_halved(stated, sources)
        or _is_named_day(stated, sentence, sources)
        or (stated.text.lower() == "first" and sentence[: stated.start].endswith("not for the "))
    )


def _is_one_or(stated: Quantity, sentence: str, sources: Sequence[str]) -> bool:
    """A decade or two for 20 years."""
    unit = re.search(r"\b(decade|year|month|week|day|hour)s? or $", sentence[: stated.start])
    if not unit or stated.kind != "count":
        return False
    known = [span for source in sources for span in find_spans(source)]
    counted = find_spans(f"{stated.values[0]:g} {unit[1]}s")
    return any(same_span(span, known) for span in counted)


def _is_hour(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """At eleven for 11 a.m., before five for 4:50 p.m."""
    before = _CLOCK.search(sentence[: stated.start])
    hour = stated.values[0]
    if before is None or stated.kind not in {"count", "label"} or not 1 <= hour <= 12:
        return False
    if not _NO_NOUN.match(sentence, stated.end):
        return False
    early = before["word"].lower() == "before"
    past = before["word"].lower() in {"after", "past"}
    for other in known:
        for minutes in other.values if other.kind == "time" else ():
            later = (minutes - hour * 60) % 720
            if later == 0 or (early and later >= 660) or (past and later <= 60):
                return True
    return False


def _is_near_hour(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """Just past six in the morning for 6:02 a.m."""
    near = _NEAR_HOUR.search(sentence[: stated.start])
    if stated.kind != "time" or near is None:
        return False
    most = _JUST if near["just"] or near["about"] else _HOUR
    sides = _SIDES.get((near["side"] or "").lower(), (1, -1))
    return any(
        0 <= side * (other - mine) <= most
        for quantity in known
        if quantity.kind == "time"
        for other in quantity.values
        for mine in stated.values
        for side in sides
    )


def _is_rounded(stated: Quantity, known: Sequence[Quantity]) -> bool:
    """36,400 for 36,417, 51 per cent for 51.4 per cent: rounded to the figures that it has.

    Rounding leaves what is counted as it is, which may have another name here.
    """
    figures = len(f"{stated.values[0]:e}".partition("e")[0].replace(".", "").rstrip("0"))
    return figures >= _LEAST_FIGURES and any(
        other.kind == stated.kind in {"count", "money", "percent"}
        and (other.unit == stated.unit or other.kind == "count")
        and stated.figures < other.figures
        and math.isclose(stated.values[0], other.values[0], rel_tol=_ROUNDED)
        and not (stated.hedge == "over" and other.values[0] < stated.values[0])
        and not (stated.hedge == "under" and other.values[0] > stated.values[0])
        and abs(other.values[0] - stated.values[0])
        <= 0.5 * 10.0 ** (math.floor(math.log10(stated.values[0])) - figures + 1)
        for other in known
    )


def _is_share_of_few(stated: Quantity, sources: Sequence[str], known: Sequence[Quantity]) -> bool:
    """Half of them for two of the four, or for four, two of which."""
    if stated.kind != "fraction":
        return False
    counts = [q for q in known if q.kind in {"count", "label"} and q.values[0] > 0]
    for source in sources:
        mine = [q for q in counts if source[q.start : q.end] == q.text]
        for few in mine:
            for many in mine:
                if not math.isclose(few.values[0] / many.values[0], stated.values[0]):
                    continue
                between = source[few.end : many.start] if few.end <= many.start else ""
                behind = few.start > many.end and _OF_WHICH.match(source, few.end)
                if behind or (between and _PARTS.fullmatch(between)):
                    return True
    return False


def _is_one_more(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """Tried a third for "a third try": no part of anything."""
    _, _, word = stated.text.lower().partition("a ")
    return (
        stated.kind == "fraction"
        and word in ORDINALS
        and not sentence.startswith(" of", stated.end)
        and any(q.kind == "ordinal" and q.values[0] == ORDINALS[word] for q in known)
    )


def _is_quarter(stated: Quantity, sentence: str, sources: Sequence[str]) -> bool:
    """The third quarter for July to September, the first three months for the first quarter."""
    if stated.kind == "ordinal" and stated.noun == "quarter" and stated.values[0] in _QUARTERS:
        form = _QUARTERS[stated.values[0]]
        return any(form.search(source) for source in sources)
    told = _FIRST_MONTHS.search(sentence)
    return (
        told is not None
        and told.start() <= stated.start < told.end()
        and any(_FIRST_QUARTER.search(source) for source in sources)
    )


def _is_part_of_any(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """A fifth for 20 per cent or for 10 of 50, where the sentence does not say of what."""
    number = stated.values[0]
    told = re.search(r"\ba $", sentence[: stated.start], re.IGNORECASE)
    told = told or _OR_SO.match(sentence, stated.end)
    if stated.kind != "ordinal" or number < _THIRD or not told:
        return False
    part = replace(stated, kind="fraction", values=(1 / number,), hedge="about" if told else "")
    return is_share(part, known) or is_ratio(part, known)


def _is_all_but(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """All but five of 21 for 16 of them."""
    if stated.kind != "count" or not _ALL_BUT.search(sentence[: stated.start]):
        return False
    counts = {q.values[0] for q in known if q.kind == "count"}
    return any(count + stated.values[0] in counts for count in counts)


def _stands_behind_one_name(stated: Quantity, sentence: str, sources: Sequence[str]) -> bool:
    """HB 20, Route 48, the 4th Ward: the number belongs to the same name in the source."""
    ward = _NAME_BEHIND.match(sentence, stated.end)
    if stated.kind == "ordinal" and ward:
        numbered = re.compile(rf"\b{ward[1]} {stated.values[0]:g}\b(?![.,]\d)")
        return any(numbered.search(source) for source in sources)
    name = _LINKED_BY_NAME.search(sentence[: stated.start])
    if not name or stated.kind not in {"count", "label"} or not stated.text.isdigit():
        return False
    form = re.compile(rf"\b{re.escape(name[1])} {stated.text}\b(?![.,]\d)")
    return any(form.search(source) for source in sources)


def _is_either(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """Two or three for 2.5."""
    number = stated.values[0]
    if _OR_NEXT.match(sentence, stated.end):
        low, high = number, number + 1
    elif _OR_BEFORE.search(sentence[: stated.start]):
        low, high = number - 1, number
    else:
        return False
    return stated.kind == "count" and any(
        q.kind == "count"
        and low < q.values[0] < high
        and (q.unit == stated.unit or not (q.unit and stated.unit))
        for q in known
    )


def _points_back(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """The two, or the two men, whom the sentence has named or the source has."""
    return (
        stated.kind == "count"
        and stated.values == (2.0,)
        and _POINTS_BACK.search(sentence[: stated.start]) is not None
        and (not stated.noun or stated.unit in _ANYTHING or stated.noun in _ANYTHING)
        and not any(q.kind == "count" and q.unit and q.unit == stated.unit for q in known)
    )


def _is_day(stated: Quantity, sentence: str, dates: Sequence[str]) -> bool:
    """The 24th for October 24."""
    return (
        stated.kind == "ordinal"
        and _BEFORE_DAY.search(sentence[: stated.start]) is not None
        and _NO_DAY.match(sentence, stated.end) is None
        and any(re.search(rf"(?<!\d){int(stated.values[0])}(?!\d)", date) for date in dates)
    )


def _is_share_without_sign(stated: Quantity, known: Sequence[Quantity]) -> bool:
    """59 % for "31% would, 59 would not"."""
    return (
        stated.kind == "percent"
        and any(other.kind == "percent" for other in known)
        and any(
            other.kind == "count" and not other.unit and other.values == stated.values
            for other in known
        )
    )


def _is_out_of(stated: Quantity, sentence: str, sources: Sequence[str]) -> bool:
    """Four of seven for four out of seven."""
    few = _OUT_OF.search(sentence[: stated.start])
    if few is None:
        return False
    form = re.compile(
        rf"\b{re.escape(few['few'])} out of {re.escape(stated.text)}\b", re.IGNORECASE
    )
    return any(form.search(source) for source in sources)


def _is_halved(stated: Quantity, sources: Sequence[str]) -> bool:
    """Half of it for "cut by half"."""
    return (
        stated.kind == "fraction"
        and stated.values == (0.5,)
        and any(_HALVED.search(source) for source in sources)
    )


def _is_named_day(stated: Quantity, sentence: str, sources: Sequence[str]) -> bool:
    """9/11 for the attacks of September 11."""
    at = re.search(r"\b9/11\b", sentence)
    return (
        at is not None
        and at.start() <= stated.start < at.end()
        and any(re.search(r"\bSept(?:ember|\.)? 11\b", source) for source in sources)
    )
