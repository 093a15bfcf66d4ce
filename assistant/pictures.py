"""Pictures, drawn with Matplotlib, which is kept longest of its kind and needs no browser.

It is large, so it comes with `pip install 'dateline[plots]'` only. This is the only door to it,
besides what is drawn on the axes that it gives.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from index.errors import NotConfigured, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from assistant.over_time import OverTime

__all__ = ["COLOURS", "Picture", "save_over_time"]

# Colours that people with any kind of colour vision tell apart (Okabe and Ito 2008).
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999")
_ENDINGS = ("png", "svg", "pdf")
_NAMED = 24


class Picture:
    """One picture of one plot.

    Attributes:
        axes: Where it is drawn.

    Raises:
        NotConfigured: When Matplotlib is not installed.
    """

    def __init__(self) -> None:
        try:
            from matplotlib.backends.backend_agg import (  # noqa: PLC0415 - only plots need it
                FigureCanvasAgg,
            )
            from matplotlib.figure import Figure  # noqa: PLC0415 - likewise
        except ImportError as error:
            raise NotConfigured(
                "plots need Matplotlib, which is not installed",
                help="pip install 'dateline[plots]', or ask for no picture",
            ) from error
        self._figure = Figure(figsize=(8, 4.5), layout="constrained")
        FigureCanvasAgg(self._figure)
        self.axes: Axes = self._figure.add_subplot()

    def drawn(self, form: str = "png") -> bytes:
        """The picture in one of the forms that Matplotlib knows."""
        buffer = io.BytesIO()
        self._figure.savefig(buffer, format=form, dpi=120)
        return buffer.getvalue()


def save_over_time(counted: OverTime, file: Path) -> None:
    """Draws articles over time, a bar for each step with a part for each outlet, into a file.

    Raises:
        NotConfigured: When Matplotlib is not installed.
        UsageError: When the file's ending names no form.
    """
    form = file.suffix.lower().removeprefix(".")
    if form not in _ENDINGS:
        raise UsageError(
            f"“{file.name}” does not say in which form", help=f"end it in .{', .'.join(_ENDINGS)}"
        )
    picture = Picture()
    names = [counted.name(start) for start in counted.starts]
    below = [0] * len(names)
    for place, (outlet, row) in enumerate(counted.counts.items()):
        colour = COLOURS[place % len(COLOURS)]
        label = f"{outlet} ({sum(row):,})".replace("$", r"\$")
        picture.axes.bar(range(len(names)), row, 0.9, below, color=colour, label=label)
        below = [under + number for under, number in zip(below, row, strict=True)]
    every = -(-len(names) // _NAMED) or 1
    shown = range(0, len(names), every)
    picture.axes.set_xticks(shown, [names[n] for n in shown], rotation=45, ha="right")
    picture.axes.tick_params(axis="x", labelsize="small")
    title = "; ".join((f"Articles by {counted.step} of publication", *counted.left_out))
    picture.axes.set_title(title)
    if counted.counts:
        picture.axes.legend(fontsize="small")
    file.write_bytes(picture.drawn(form))
