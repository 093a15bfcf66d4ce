"""Changes of whose something is, which make a sentence false: two ages, two sides, an office.

None uses what the checks use.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from mutating import Mutation, one

if TYPE_CHECKING:
    from drawn import Drawn, Names

__all__ = ["PLACES"]

_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){0,3}"
_AGES = re.compile(rf"({_NAME}, )(\d\d)(\b[^.;\d]{{1,80}} {_NAME}, )(\d\d)(?=,|\.$)")
_BEAT = (
    r"(?:beat|defeated|beats|defeats|edged|routed|(?:[\w-]+ ){0,3}(?:win|victory) (?:over|against)"
    r"|lost to|fell to|was beaten by|was defeated by)(?: the)?"
)
_SIDES = re.compile(
    rf"(?<![\w.] )(?:[Tt]he )?(?!They |We |He |She |It |After )({_NAME})((?:’s|'s)? {_BEAT} )"
    rf"(?!No\b)({_NAME})\b"
)
_OFFICE = (
    r"\b(?:[Ff]ormer|[Aa]cting|[Ii]nterim|[Dd]eputy|[Vv]ice)[ -](?=(?:[A-Z]\w+ ){0,2}"
    r"(?:[Pp]resident|[Mm]inister|[Mm]ayor|[Gg]overnor|[Ss]ecretary|[Dd]irector|[Cc]oach|[Cc]hief"
    r"|[Ss]enator|[Cc]hairman|[Jj]udge|executive|manager|officer|officials?|aide|adviser"
    r"|employees?|lawyer)\b)"
)


def ages_swapped(drawn: Drawn, _: Names, __: random.Random) -> str | None:
    """Two people change their ages."""
    return _swapped(_AGES, drawn.text, 2, 4)


def winner_turned(drawn: Drawn, _: Names, __: random.Random) -> str | None:
    """Who lost wins, and is told to have won in another word."""
    changed = _swapped(_SIDES, drawn.text, 1, 3)
    words = {" defeated ": " beat ", " beat ": " defeated ", " victory over ": " win over "}
    for word, other in words.items():
        if changed and word in changed:
            return changed.replace(word, other)
    return changed


def office_in_full(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Who was, stands in for or is second to an office holds it."""

    def full(match: re.Match[str]) -> str | None:
        named = re.match(r"(?:[A-Za-z]+ ){1,3}[A-Z]|of\b", drawn.text[match.end() :])
        return "" if named else None

    changed = one(pick, drawn.text, _OFFICE, full)
    return changed and changed[0].upper() + changed[1:]


def _swapped(pattern: re.Pattern[str], text: str, one: int, other: int) -> str | None:
    match = pattern.search(text)
    if not match or match[one] == match[other]:
        return None
    (start, end), (begin, stop) = match.span(one), match.span(other)
    return text[:start] + match[other] + text[end:begin] + match[one] + text[stop:]


PLACES: dict[str, Mutation] = {
    "ages swapped": ages_swapped,
    "winner turned": winner_turned,
    "office in full": office_in_full,
}
