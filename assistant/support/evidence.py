"""What a sentence is checked against, and what one kind of check found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Compares", "Evidence", "Outcome"]

Compares = Callable[[str, Sequence[str]], Sequence[float] | None]
"""Gives the cosines of the meaning of a sentence with those of others; None where it cannot."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Cited text of one article.

    Attributes:
        text: The cited source sentences, verbatim.
        date: The publication date of their article; "on Tuesday" is read against it.
        context: Neighbouring sentences, title and outlet of the same article. A name may be
            completed from here (a cited "He" whose antecedent stands just before), a number not.
        before: How the article begins, where whom it calls by a surname is named in full.
    """

    text: str
    date: dt.date | None
    context: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one kind of check found in a sentence.

    Attributes:
        checked: How many things of this kind the sentence states.
        reasons: One clause for each of them that the evidence lacks.
    """

    checked: int
    reasons: tuple[str, ...] = ()
