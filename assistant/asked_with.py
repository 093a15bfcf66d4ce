"""What a question may be asked with from Python, and what of it is a slip.

Nothing checks keywords at run time by itself, and a limit that is passed over in silence is worse
than none.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict, cast

from assistant.option_table import MOST_PASSAGES
from assistant.question import Limits, read_limits
from index.errors import UsageError

if TYPE_CHECKING:
    from assistant.settings import Settings

__all__ = ["Asking", "Day", "limits_of", "passed_over", "refuse_unknown", "settled"]

Day = dt.date | str | None


class Asking(TypedDict, total=False):
    """What a question or query may be asked with; anything else is a `TypeError`.

    Of what is left out, days and outlets are those of the settings; None, or no outlet, lifts them.

    Attributes:
        since: The earliest publication date, as a date or `YYYY-MM-DD`.
        until: The latest publication date.
        as_of: The day that the question is asked of: nothing published later is used. Today when
            it is not set.
        sources: Outlets, or one; none means all.
        k: How many passages to find, from 1 to 100; where it is left out, `top_k` of the settings.
        without: Ids of articles to pass over, as if the library did not hold them, or one.
        strict: Whether sentences that no source supports are mended once by the model, else left
            out.
        judge: Whether the model is asked for a second verdict on each sentence.
    """

    since: Day
    until: Day
    as_of: Day
    sources: Sequence[str]
    k: int
    without: Collection[str]
    strict: bool
    judge: bool


# What the same is called on the command line.
_FLAGS = {"source": "sources", "outlet": "sources", "outlets": "sources", "top_k": "k"}


def refuse_unknown(asking: Mapping[str, object]) -> None:
    """Checks the keywords.

    Raises:
        TypeError: When one is none of `Asking`; the nearest one is named, or all.
    """
    known = sorted(Asking.__annotations__)
    for name in asking:
        if name not in known:
            near = [_FLAGS.get(name, ""), *difflib.get_close_matches(name, known, 1)]
            meant = next(filter(None, near), "")
            hint = f"did you mean “{meant}”?" if meant else f"there are {', '.join(known)}"
            raise TypeError(f"nothing is asked with “{name}”; {hint}")


def settled(settings: Settings) -> Asking:
    """What the settings have every question asked with."""
    limits = {
        "since": settings.since,
        "until": settings.until,
        "as_of": settings.as_of,
        "sources": settings.source,
    }
    return cast("Asking", {name: limit for name, limit in limits.items() if limit})


def limits_of(asking: Asking) -> Limits:
    """The limits among the keywords, as of now.

    Raises:
        TypeError: As of `refuse_unknown`.
        UsageError: When a day is malformed, no day is left, or `k` is out of range.
    """
    refuse_unknown(asking)
    if "k" in asking:
        _check_number(asking["k"])
    return read_limits(
        dt.datetime.now().astimezone().date(),
        since=asking.get("since"),
        until=asking.get("until"),
        as_of=asking.get("as_of"),
        sources=_each(asking.get("sources")),
    )


def _check_number(k: object) -> None:
    """What the command's `--top-k` is checked for."""
    if not isinstance(k, int) or isinstance(k, bool) or not 1 <= k <= MOST_PASSAGES:
        raise UsageError(f"k is {k!r}, which does not fit", help=f"give 1 to {MOST_PASSAGES}")


def passed_over(asking: Asking) -> frozenset[str]:
    """The ids of the articles that are not to be used."""
    return frozenset(_each(asking.get("without")))


def _each(names: Collection[str] | None) -> tuple[str, ...]:
    """One name by itself is one, and not its letters."""
    return (names,) if isinstance(names, str) else tuple(names or ())
