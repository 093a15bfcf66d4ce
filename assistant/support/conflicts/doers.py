"""Whom two articles name differently for one thing that one person or organisation did or became.

Only what one alone can have done or been is compared: who was identified as the attacker, who won
one prize, who was appointed to one office, who claims an attack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.support.conflicts.told import Conflict, Told, names_of
from assistant.support.names.check import Name, find_names
from assistant.support.text.words import bare, word_set

__all__ = ["doer_conflict"]

# Days between two articles on one event.
_WITHIN = 7
_SHARED, _SHARED_NAMES = 2, 2
# Two spellings of one name have more in common than this.
_ONE_SPELLING = 0.7
_PARTS = {
    **dict.fromkeys(("gunman", "shooter", "attacker", "assailant", "bomber", "killer"), "attacker"),
    **dict.fromkeys(("suspect", "perpetrator"), "attacker"),
    **{part: part for part in ("driver", "pilot", "captain", "hijacker", "whistleblower")},
}
_PART = "|".join(_PARTS)
_HAS = r"(?:was|is|has been|had been|were)"
_AS = r" as (?:an? )?(?:\d+-year-old )?(?:[a-z]+ ){0,3}$"
# What stands before a name that it is given to.
_BEFORE = (
    re.compile(
        rf"\b(?:the|a) (?:[\w-]+ ){{0,2}}?(?P<part>{_PART})\b[^.;]{{0,60}}? {_HAS} (?:\w+ )??"
        rf"(?:identified|named)(?: (?:by|on) [^.;]{{2,60}}?)?{_AS}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:identified|named) the (?:[\w-]+ ){{0,2}}?(?P<part>{_PART})\b[^.;]{{0,80}}?{_AS}",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<claim>claimed) by (?:the )?(?:[a-z]+ ){0,3}$"),
)
# What stands behind a name of who did it.
_END = (
    r"(?=[,.;:“”]|$| (?:on|after|by|over|against|when|while|where|and|to|as|but|at|last|this|with"
    r"|for|from|earlier|because|before|during|following)\b)"
)
_BEHIND = (
    re.compile(r"(?:,[^,]{2,60},)? (?:has |have |had )?(?P<claim>claimed) responsibility\b"),
    re.compile(
        r"(?:,[^,]{2,60},)? (?:has |have |had )?(?P<deed>won|wins) the "
        rf"(?P<what>.{{4,60}}?){_END}"
    ),
    re.compile(
        rf"(?:,[^,]{{2,60}},)? {_HAS} (?P<deed>appointed|elected|named|chosen) (?:as )?(?:the )?"
        rf"(?P<what>(?!to\b|an?\b|by\b|one\b|in\b)[^,.;]{{4,60}}?){_END}"
    ),
)
# Of these, one event has many.
_MANY = word_set(
    """
    medal medals oscar oscars grammy emmy golden tony game games match set round stage seat vote
    lottery jackpot day week first second third race title award awards prizes case lawsuit right
    point toss bid contract member co-chair
    """
)
_ROOM = 140


@dataclass(frozen=True, slots=True)
class _Doer:
    """A name, and what it is given for.

    Attributes:
        name: Whose it is.
        deed: What was done or had: one label, and the words of what was won, or held, with it.
        start: Where the words for both begin.
        end: Where they end.
    """

    name: Name
    deed: frozenset[str]
    start: int
    end: int

    @property
    def words(self) -> frozenset[str]:
        return names_of(self.name)


def doer_conflict(one: Told, other: Told) -> Conflict | None:
    """Whom two sentences of different articles name differently for one thing."""
    days = one.days_from(other)
    if days is None or days > _WITHIN:
        return None
    for mine in _doers(one.text):
        for theirs in _doers(other.text):
            if (
                mine.deed == theirs.deed
                and _is_another(mine, theirs)
                and not _knows(one, theirs)
                and not _knows(other, mine)
                and _is_one_event(one, mine, other, theirs)
            ):
                value = " ".join(sorted(theirs.words))
                return Conflict(
                    one.said(mine.start, mine.end), other.said(theirs.start, theirs.end), value
                )
    return None


def _doers(text: str) -> Iterator[_Doer]:
    if not re.search(r"\b(?:identified|named|claimed|won|wins|appointed|elected|chosen)\b", text):
        return
    for name in find_names(text):
        if re.search(r"\b(?:and|or)\b|/", text[name.start : name.end]):
            continue  # two of them
        before = text[max(0, name.start - _ROOM) : name.start]
        for form in _BEFORE:
            if match := form.search(before):
                start = name.start - len(before) + match.start()
                yield _Doer(name, _deed(match), start, name.end)
        if re.search(r"\b(?:and|or|with|of|for|by|in|at|than) (?:the )?$", before):
            continue
        for form in _BEHIND:
            if (match := form.match(text, name.end)) and (deed := _deed(match)):
                yield _Doer(name, deed, name.start, match.end())


def _deed(match: re.Match[str]) -> frozenset[str]:
    """What somebody is named for; empty if many may be."""
    given = match.groupdict()
    if part := given.get("part"):
        return frozenset({f"={_PARTS[part.lower()]}"})
    if given.get("claim"):
        return frozenset({"=claim"})
    words = re.findall(r"[^\W_]+(?:[’'-][^\W_]+)*", given["what"])
    plain = frozenset(bare(word) for word in words)
    plain -= {"the", "of", "its", "his", "her", "new", "next", "for", "in"}
    if len(plain) < _SHARED or plain & _MANY:
        return frozenset()
    return plain | {"=won" if given["deed"] in {"won", "wins"} else "=made"}


def _is_another(mine: _Doer, theirs: _Doer) -> bool:
    """Whether two names are of two, and not two forms or spellings of one."""
    if mine.words & theirs.words:
        return False
    one, other = (bare(doer.name.words[-1]) for doer in (mine, theirs))
    return SequenceMatcher(None, one, other).ratio() < _ONE_SPELLING


def _knows(told: Told, doer: _Doer) -> bool:
    """Whether the other one is spoken of there, too."""
    return bool(doer.words & told.names_around)


def _is_one_event(one: Told, mine: _Doer, other: Told, theirs: _Doer) -> bool:
    own = mine.words | theirs.words
    if one.is_apart_from(other, own) or any(_denies(told) for told in (one, other)):
        return False
    names = (one.names_around & other.names_around) - own
    parts = {word.removeprefix("=") for word in mine.deed}
    shared = one.roots & other.roots - parts - {"claim", "respons"}
    return len(names) >= _SHARED_NAMES and len(shared) >= _SHARED


def _denies(told: Told) -> bool:
    return any(cue.kind in {"not", "may", "plan"} for cue in told.reading.cues)
