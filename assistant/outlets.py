"""Which outlet of a library a name stands for; one that no article is from is a mistake."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Protocol

from index.errors import UsageError

__all__ = ["HeldOutlets", "outlet_meant", "outlets_meant"]

# Outlets that are named where another one was typed.
_NAMED = 8


class HeldOutlets(Protocol):
    """What has to be known of a library."""

    def outlet(self, name: str) -> str:
        """The outlet that a name stands for, or empty."""

    def has_outlet(self, name: str) -> bool:
        """Whether an article is from the outlet; quicker than counting them."""

    def outlets(self) -> Mapping[str, int]:
        """How many articles are from each, those with most first; those of none under “”."""


def outlets_meant(names: Iterable[str], library: HeldOutlets) -> tuple[str, ...]:
    """What articles are filtered by, where these outlets were named; see `outlet_meant`.

    Raises:
        UsageError: When no article is from one of them.
    """
    return tuple(
        name if library.has_outlet(name) else outlet_meant(name, library) for name in names
    )


def outlet_meant(name: str, library: HeldOutlets, *, in_part: bool = False) -> str:
    """The outlet's own spelling.

    Args:
        name: As it was typed: without “The”, in capitals or in one word, perhaps.
        library: Where there has to be an article from it; an empty one may get one yet.
        in_part: Whether a part of the name will do where only one outlet has that, which is for
            people who are shown which one it is.

    Raises:
        UsageError: When no article is from it; the nearest outlet is named, or some of them.
    """
    held = library.outlets()
    if not held:
        return name
    known = {outlet.lower(): outlet for outlet in held if outlet}
    meant = known.get(name.lower()) or known.get(library.outlet(name).lower())
    part = "".join(name.lower().split())
    within = [outlet for lower, outlet in known.items() if part in "".join(lower.split())]
    if meant is None and in_part and len(within) == 1:
        return within[0]
    if meant is None:
        near = difflib.get_close_matches(name.lower(), known, 1)
        hint = next(iter(within), known[near[0]] if near else "")
        there_are = f"there are {', '.join(list(known.values())[:_NAMED])}" if known else ""
        raise UsageError(
            f"no article is from “{name}”", help=f"did you mean {hint}?" if hint else there_are
        )
    return meant
