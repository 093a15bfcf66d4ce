"""Articles over time as bars of text."""

from __future__ import annotations

from assistant.over_time import OverTime
from assistant.render.layout import PLAIN, Style
from assistant.render.terminal import on_one_line

__all__ = ["over_time_text"]

# What a bar is made of, for one outlet after the other.
_SHADES = "█▒░▓·◦"
_COLUMNS = 72


def over_time_text(counted: OverTime, style: Style = PLAIN) -> str:
    """A bar for each step of time, made of a part for each outlet, and what the parts stand for."""
    if not counted.starts:
        return "No article carries a date.\n"
    totals = [sum(row[n] for row in counted.counts.values()) for n in range(len(counted.starts))]
    names = [counted.name(start) for start in counted.starts]
    wide = max(map(len, names))
    number = len(f"{max(totals):,}")
    room = max(10, (style.width or _COLUMNS) - wide - number - 4)
    lines = []
    for n, name in enumerate(names):
        bar = _bar([row[n] for row in counted.counts.values()], max(totals), room)
        lines.append(f"{name:>{wide}}  {totals[n]:>{number},}  {bar}".rstrip() + "\n")
    lines.append("\n")
    for shade, (outlet, row) in zip(_SHADES, counted.counts.items(), strict=False):
        lines.append(f"{shade} {on_one_line(outlet)}: {sum(row):,}\n")
    lines += (f"{what}\n" for what in counted.left_out)
    return "".join(lines)


def _bar(parts: list[int], most: int, room: int) -> str:
    """The parts one behind the other; each ends where the sum so far does, in whole columns."""
    bar, sum_ = "", 0
    for shade, part in zip(_SHADES, parts, strict=False):
        sum_ += part
        bar += shade * (round(sum_ * room / most) - len(bar))
    return bar
