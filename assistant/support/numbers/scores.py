"""What a pair of figures says: a record of wins and losses, how a vote was divided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.support.numbers.number_words import CARDINALS
from assistant.support.numbers.quantities import Quantity

__all__ = ["is_in_a_record", "is_share_of_a_vote"]

_PAIR = r"(?<![\d.,/–-])(?P<one>\d{1,3})[-–](?P<two>\d{1,3})(?![\d/–-]|[.,]\d)"
# "Won 4-2" is the score of a game; "went 4-2" and "4-2 in the playoffs" are games won and lost.
_RECORD = re.compile(
    rf"(?P<told>\b(?:am|is|are|was|were|went|going|gone|now|records? (?:of|is|was)"
    rf"|(?:improv|fell|fall|dropp|mov)\w* to|finished|start(?:ed|s)?) )?{_PAIR}"
    r"(?P<behind> (?:records?|starts?|marks?|seasons?)\b"
    r"| in (?:\w+ ){0,2}(?:season|postseason|playoffs|games|starts)\b)?"
)
_WON = re.compile(
    r"\b(?:w[io]n(?:s|ning)?|victorious|victory|victories|triumph\w*) (?:in )?$", re.IGNORECASE
)
_LOST = re.compile(r"\b(?:lost|los(?:e|es|ing)|beaten|defeat(?:ed|s)?) (?:in )?$", re.IGNORECASE)
_FEW_OF = re.compile(
    r"(?P<few>\w+) (?:out )?of (?:(?:its|their|his|her|the|those) )?(?:first |last )?$"
)
_IN_AS_MANY = re.compile(r" (?:win|victory)\b.{0,20} in as many\b", re.IGNORECASE)
_VOTE = re.compile(_PAIR)


def is_in_a_record(stated: Quantity, sentence: str, sources: Sequence[str]) -> bool:
    """Won 14 of 16 games for a record of 14-2, a sixth win in as many games for one of 6-0."""
    records = [record for source in sources for record in _records(source)]
    count = int(stated.values[0])
    if stated.kind == "ordinal":
        told = _IN_AS_MANY.match(sentence, stated.end)
        return told is not None and (count, 0) in records
    few = _FEW_OF.search(sentence[: stated.start])
    if stated.kind != "count" or few is None:
        return False
    word, before = few["few"].lower(), sentence[: few.start()]
    part = int(word) if word.isdigit() else int(CARDINALS.get(word, -1))
    return any(
        won + lost == count
        and (
            (won == part and _WON.search(before) is not None)
            or (lost == part and _LOST.search(before) is not None)
        )
        for won, lost in records
    )


def _records(source: str) -> Iterator[tuple[int, int]]:
    for match in _RECORD.finditer(source):
        if match["told"] or match["behind"]:
            yield int(match["one"]), int(match["two"])


def is_share_of_a_vote(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """60-40 for 60 % to 40 %: both figures are per cent in the source."""
    shares = {q.values[0] for q in known if q.kind == "percent"}
    return stated.kind == "count" and any(
        match.start() <= stated.start < match.end() and {*map(float, match.groups())} <= shares
        for match in _VOTE.finditer(sentence)
    )
