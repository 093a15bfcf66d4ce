"""Changes of one word into another of its family, which make a sentence false.

How many, how often and how far: "all" for "some"; and another deed: "leased" for "sold". None uses
what the checks use. What stays true when weakened ("some" for "all", "charged" for "convicted") is
changed into something else.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from mutating import Mutation, one

if TYPE_CHECKING:
    from drawn import Drawn, Names

__all__ = ["WORDS"]


def _table(text: str) -> dict[str, tuple[str, ...]]:
    """What each word may be changed into: "word=another|a third", one after the other."""
    entries = (entry.split("=") for entry in " ".join(text.split()).split("; "))
    return {word: tuple(others.split("|")) for word, others in entries}


_QUANTIFIERS = _table(
    """
    some of the=all of the|none of the|most of the; most of the=all of the|few of the;
    many of the=all of the|few of the; several of the=all of the|none of the;
    one of the=both of the|none of the; half of the=all of the|none of the;
    all of the=none of the|few of the; each of the=none of the; a majority of=a minority of|all;
    both of the=neither of the; almost all=few|all; nearly all=few|all; a handful of=hundreds of;
    some=all|no|most; several=all|no; many=all|few; most=all|few; all=no|few; every=no;
    few=many|all; a few=all|many; everyone=no one|hardly anyone; everything=nothing;
    dozens of=all|few; a number of=all|most; numerous=few|all
    """
)
_SCOPE = _table(
    """
    always=sometimes|rarely|never; sometimes=always|never|rarely; often=rarely|never|always;
    rarely=often|always; usually=rarely|always; frequently=rarely|never; occasionally=constantly;
    fully=partly|partially; completely=partly; entirely=partly|partially; partly=entirely|fully;
    partially=completely|fully; temporarily=permanently; permanently=temporarily;
    temporary=permanent; permanent=temporary; unanimously=narrowly; unanimous=narrow;
    narrowly=unanimously; partial=complete|full; mostly=entirely|rarely; largely=entirely;
    mainly=exclusively|rarely
    """
)
_DEEDS = _table(
    """
    sold=leased|rented out; bought=leased|rented; purchased=rented|leased; donated=lent|sold;
    lent=donated|sold; rented=bought|sold; leased=sold|bought; borrowed=bought; stolen=sold|donated;
    arrested=convicted|sentenced|indicted; charged with=convicted of|acquitted of;
    accused of=convicted of|indicted for; indicted=convicted|sentenced; detained=convicted|deported;
    sentenced to=acquitted after; questioned=arrested|charged; sued=arrested;
    suspended=fired|dismissed; fired=suspended|promoted; resigned=was fired|was suspended;
    hired=suspended; nominated=elected|confirmed; appointed=elected; elected=appointed;
    injured=missing|arrested; went missing=died|were injured; are missing=are dead;
    wounded=arrested|missing; hospitalized=killed|arrested; kidnapped=killed|arrested;
    stabbed=shot|strangled; was shot=was stabbed; were shot=were stabbed;
    proposed=passed|repealed|vetoed; introduced=repealed|vetoed; vetoed=signed|proposed;
    repealed=passed|proposed; drafted=signed|repealed; ratified=vetoed|amended;
    signed=vetoed|drafted|terminated; delayed=cancelled|banned; postponed=canceled|held;
    canceled=postponed|held; cancelled=postponed|held; paused=ended|extended;
    demolished=renovated|sold; built=demolished|bought; rebuilt=demolished; repaired=replaced|sold;
    replaced=repaired; renovated=demolished; married=divorced; visited=bombed|left; recalled=banned;
    evacuated=arrested; rescued=arrested|killed; destroyed=sold|rebuilt;
    discovered=destroyed|sold; invented=bought; interviewed=sued|arrested; hired=sued
    """
)


# What may be counted behind a quantifier, and what no quantifier is.
_COUNTED = re.compile(
    r"(?= (?:of (?:the|their|his|its) )?(?:\w+ ){0,2}?\w{3,}(?:s|ople|men|ren)\b)"
    r"(?! (?:years?|months?|weeks?|days?|hours|minutes|times|ways|of (?:us|them|it|its)|other"
    r"|recent|\w+ (?:years|days|weeks|months|hours)|likely|more|important|as|sorts|kinds|across"
    r"|over|his|her|their|\w+ly|[\d,]+|populous|popular)\b)"
)
_NO_QUANTIFIER = re.compile(
    r"\b(?:the|at|for|after|a|an|so|too|how|very|as|in|only|like|it|that|they|we|people|or)"
    r" (?:some|most|many|few|all|several)\b",
    re.IGNORECASE,
)


def _changed(
    table: dict[str, tuple[str, ...]], drawn: Drawn, pick: random.Random, but: str = ""
) -> str | None:
    """Another word of a table for one of the sentence, which the sentence does not have yet."""

    def other(match: re.Match[str]) -> str | None:
        own = drawn.text.lower()
        free = [new for new in table[match[0].lower()] if new.split()[-1] not in own.split()]
        new = pick.choice(free) if free else None
        return new[0].upper() + new[1:] if new and match[0][0].isupper() else new

    words = "|".join(sorted(table, key=len, reverse=True))
    return one(pick, drawn.text, rf"(?<![\w’'-])(?:{words}|{words.title()})(?![\w’'-]){but}", other)


def quantifier(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """How many of them: "all" for "some", "few" for "many"; not "for some time", "most likely"."""
    if re.search(r"\b(?:not|no|never|none|nor)\b|n[’']t\b", drawn.text):
        return None
    if _NO_QUANTIFIER.search(drawn.text):
        return None
    return _changed(_QUANTIFIERS, drawn, pick, _COUNTED.pattern)


def scope(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """How often or how far: "always" for "sometimes", "fully" for "partly"."""
    if re.search(
        r"\b(?:not|never|nor|more|most|too|so|as|how) (?:\w+ )?(?:often|fully|\w+ly)\b", drawn.text
    ):
        return None
    return None if re.search(r"n[’']t\b", drawn.text) else _changed(_SCOPE, drawn, pick)


def deed(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Another deed of the same family: "leased" for "sold", "convicted" for "arrested"."""
    if re.search(r"\b(?:not|never|nor)\b|n[’']t\b", drawn.text):
        return None
    return _changed(_DEEDS, drawn, pick, r"(?! (?:out|up|off|by the fact|as|for)\b)")


WORDS: dict[str, Mutation] = {"quantifier": quantifier, "scope": scope, "deed": deed}
