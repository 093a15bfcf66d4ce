"""The words that round a number: about, more than, up to, or so."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["hedge_of", "reach_of", "words_that_round"]

_ABOUT = re.compile(
    r"\b(?:about|around|roughly|approximately|some|nearly|almost|close to|an estimated|estimated"
    r"|circa|near|barely|just about)\s+(?:an? |the )?$|~\s?$",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:(?<!no )(?:more|greater) than|over|at least|above|upwards of|exceeding|exceeded"
    r"|no fewer than|no less than|topped|past|surpass\w*|in excess of|higher than)"
    r"\s+(?:an? |the )?$|>\s?$",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"\b(?:(?<!no )(?:less|fewer) than|under|up to|at most|below|no more than|no greater than"
    r"|as many as|as much as|just short of|lower than|not even|within|inside|not quite)"
    r"\s+(?:an? |the )?$|<\s?$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"\s?-?(?:\+|plus\b|(?:or|and) more\b)")
_OR_SO = re.compile(r"\s(?:or so|or thereabouts)\b")
_HEDGES: Final = ((_ABOUT, "about"), (_OVER, "over"), (_UNDER, "under"))

# How far a rounding word reaches, as shares of the number that follows it: "about 30" for 28 to 32,
# "more than 40" for up to 50. A number of one figure is rounded to from further off, as "nearly 2%"
# for 1.8%, and one that begins with 1 furthest, as "well over a billion" for 1.4. Newsroom usage,
# not measured.
_REACH: Final = {"about": (0.925, 1.075), "over": (1.0, 1.25), "under": (0.75, 1.0)}
_REACH_OF_ONE_FIGURE: Final = _REACH | {"about": (0.9, 1.1)}
_REACH_OF_ONE: Final = _REACH_OF_ONE_FIGURE | {"over": (1.0, 1.5)}


def hedge_of(before: str, after: str) -> str:
    """How a number is rounded: "about", "over" or "under"; empty where it is not.

    Args:
        before: What stands before it.
        after: What stands behind it.
    """
    for form, hedge in _HEDGES:
        if form.search(before):
            return hedge
    if _OR_SO.match(after):
        return "about"
    return "over" if _OR_MORE.match(after) else ""


def words_that_round(before: str) -> str:
    """The words at the end of a text that round the number behind it, as written."""
    found = (form.search(before) for form, _ in _HEDGES)
    return next((match[0] for match in found if match), "")


def reach_of(hedge: str, number: float, figures: float) -> tuple[float, float]:
    """Between which shares of a number lies what is rounded to it.

    Args:
        hedge: How it is rounded, as `hedge_of` has it.
        number: The number.
        figures: How many of its figures are significant.
    """
    reach = _REACH
    if figures <= 1:
        reach = _REACH_OF_ONE if f"{number:e}".startswith("1.0") else _REACH_OF_ONE_FIGURE
    return reach.get(hedge, (1.0, 1.0))
