"""Other shares, ages and doers, as another outlet would have them, in a sentence and around it.

None uses what the search for disagreements uses.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from drawn import Drawn, Names, evidence
from mutating import swap

from index.sentences import split_sentences
from index.types import Article

__all__ = ["PLANTED", "Planted", "telling_who"]

_NAME = r"[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+)+"
_SHARE = re.compile(r"(?<![\d.,])\d{1,2}(?:\.\d)?(?=%| percent)")
_AGE = re.compile(rf"{_NAME}, (?P<age>\d\d)(?=,)")
_WHO = re.compile(
    r"\b(?:gunman|shooter|attacker|suspect|driver|pilot)\b.{0,60}\b(?:identified|named)\b.{0,40}"
    rf"\bas (?:\d+-year-old )?(?P<as>{_NAME})"
    rf"|(?P<did>{_NAME}) (?:has |have )?(?:won the (?!game|title|match|toss)|claimed responsibility"
    r"|was (?:elected|appointed|named) (?!in\b|one\b|to\b|an?\b|by\b))"
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence with something else in it, and its passage with the same in it.

    Attributes:
        text: The sentence.
        around: Its title and passage.
    """

    text: str
    around: str


def share(drawn: Drawn, _: Names, pick: random.Random) -> Planted | None:
    """Another share in percent, a fifth or more away."""
    match = _SHARE.search(drawn.text)
    if not match:
        return None
    decimals = len(match[0].partition(".")[2])
    value = float(match[0]) * pick.choice((0.6, 0.8, 1.2, 1.5))
    return _put(drawn, match.span(), {match[0]: f"{value:.{decimals}f}"})


def age(drawn: Drawn, _: Names, pick: random.Random) -> Planted | None:
    """Another age of somebody with a name, by two years or more."""
    match = _AGE.search(drawn.text)
    if not match:
        return None
    changed = str(int(match["age"]) + pick.choice((-9, -5, -2, 2, 5, 9)))
    return _put(drawn, match.span("age"), {match["age"]: changed})


def who(drawn: Drawn, names: Names, pick: random.Random) -> Planted | None:
    """Somebody else who was identified, won, was appointed or claimed it."""
    match = _WHO.search(drawn.text)
    if not match:
        return None
    group = "as" if match["as"] else "did"
    old, new = match[group].split(), pick.choice(names.pool[2]).split()
    changes = {match[group]: " ".join(new), old[-1]: new[-1], old[0]: new[0]}
    return _put(drawn, match.span(group), changes)


def telling_who(articles: Sequence[Article], pick: random.Random) -> Iterator[Drawn]:
    """The sentences that tell who did something, of which there are few, in any order."""
    for article in pick.sample(articles, len(articles)):
        for place in split_sentences(article.text) if _WHO.search(article.text) else ():
            text = article.text[place.start : place.end]
            if _WHO.search(text) and "\n" not in text:
                yield Drawn(text, evidence(article, place.start, place.end), article)


def _put(drawn: Drawn, place: tuple[int, int], changes: dict[str, str]) -> Planted:
    """The first change made at its place, and all of them around the sentence."""
    text = swap(drawn.text, *place, next(iter(changes.values())))
    around = drawn.evidence.context.replace(drawn.text, text)
    for old, new in changes.items():
        around = re.sub(rf"(?<![\w.,]){re.escape(old)}(?!\w|[.,]\d)", new, around)
    return Planted(text, around)


PLANTED: dict[str, Callable[[Drawn, Names, random.Random], Planted | None]] = {
    "share": share,
    "age": age,
    "who": who,
}
