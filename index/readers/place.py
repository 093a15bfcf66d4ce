"""How a path is written wherever articles are stored, or looked up, by it."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["place_of"]

_UP = ".."


def place_of(path: str | Path) -> str:
    """The absolute path without `..`, whether anything is there or not.

    Links stay as named, but for those behind which a `..` stands: what is above them is above
    what they lead to.
    """
    place = os.path.abspath(path)  # noqa: PTH100 - `absolute` keeps `..`
    parts = Path(path).parts
    if _UP not in parts:
        return place
    last = len(parts) - parts[::-1].index(_UP)
    above = Path(*parts[:last])
    try:
        plain = above.samefile(os.path.abspath(above))  # noqa: PTH100 - likewise
    except OSError:
        return place
    return place if plain else str(above.resolve().joinpath(*parts[last:]))
