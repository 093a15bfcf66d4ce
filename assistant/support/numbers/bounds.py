"""Whether a number is a bound in a sentence where it is the number itself in the source, or not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.support.numbers.number_words import CARDINALS
from assistant.support.numbers.quantities import Quantity

__all__ = ["other_bounds"]

# "Over" is left out: a game goes over six innings.
_SIDES = (
    ("below", re.compile(r"(?<!\bno )\b(?:fewer|less) than (?:an? |the )?$", re.IGNORECASE)),
    ("above", re.compile(r"(?<!\bno )\b(?:more|greater) than (?:an? |the )?$", re.IGNORECASE)),
    ("least", re.compile(r"\b(?:at least|no (?:fewer|less) than) (?:an? |the )?$", re.IGNORECASE)),
)
# Where the source has nothing but these, it does not say what the sentence does. News drops "at
# least" and "up to" before a number, so that these are not told from the number itself.
_NOT = {
    "": {"below"},
    "below": {"", "above", "least"},
    "above": {"", "below", "most"},
    "most": {"above"},
    "least": {"below", "most"},
}
_WORDS = {
    "": "",
    "below": "less than ",
    "above": "more than ",
    "most": "at most ",
    "least": "at least ",
}
_HEDGES = {"": "", "under": "most"}
# "None of them lost by more than ten" is at most ten.
_TURNED = {"above": "most", "below": "least"}
_NONE = re.compile(
    r"(?:\b(?:none|neither|nobody|no one|never|not(?! only)|no)|n[’']t)\b[^,.;:]{0,40}$",
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(r"\W?\d")  # "tripled" is no figure


def other_bounds(
    stated: Sequence[Quantity], sentence: str, sources: Sequence[str], known: Sequence[Quantity]
) -> list[str]:
    """Ten for fewer than ten, and more than ten for ten.

    Args:
        stated: The numbers of the sentence.
        sentence: The sentence.
        sources: The cited texts.
        known: The numbers of these.
    """
    reasons = []
    for quantity in stated:
        mine = _side(quantity, sentence)
        theirs = {
            _side(other, source)
            for source in sources
            for other in known
            if other.kind == quantity.kind
            and (_IN_FIGURES.match(other.text) or other.text.split()[0].lower() in CARDINALS)
            and other.values[0] == quantity.values[0]
            and source[other.start : other.end] == other.text
        }
        if theirs and theirs <= _NOT.get(mine, set()):
            number = quantity.phrase
            told = " or ".join(f"{_WORDS[each]}{number}" for each in sorted(theirs))
            reasons.append(f"the source says {told}, not {_WORDS[mine]}{number}")
    return reasons


def _side(quantity: Quantity, text: str) -> str:
    """On which side of a number lies what is told; "about" where it is rounded otherwise."""
    before = text[: quantity.start]
    side = next((name for name, form in _SIDES if form.search(before)), None)
    if side in _TURNED and _NONE.search(before):
        return _TURNED[side]
    return side or _HEDGES.get(quantity.hedge, "about")
