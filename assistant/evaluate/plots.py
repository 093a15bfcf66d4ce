"""Plots of a run as PNG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from assistant.evaluate.lines import Line
from assistant.evaluate.scores import Scores, confidences
from assistant.pictures import COLOURS, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw"]

_RANKED = (
    *("passage MRR@10", "passage hit@10", "passage nDCG@10"),
    *("article MRR@10", "article hit@10"),
)
_BINS = 10


def draw(lines: Sequence[Line], scores: Scores) -> dict[str, bytes]:
    """The plots that the run has figures for, as PNG by name.

    Raises:
        NotConfigured: When Matplotlib is not installed.
    """
    retrieved, unanswerable = confidences(lines)
    plots: dict[str, tuple[bool, Callable[[Any], None]]] = {
        "retrieval": (any(scores.ranking.values()), lambda axes: _rankings(axes, scores)),
        "answers": (bool(scores.answer), lambda axes: _answers(axes, scores)),
        "abstention": (bool(scores.curve), lambda axes: _abstention(axes, scores)),
        "risk": (bool(scores.curve), lambda axes: _risk(axes, scores)),
        "confidence": (
            bool(retrieved and unanswerable),
            lambda axes: _calibration(axes, retrieved, unanswerable),
        ),
        "seconds": (bool(lines), lambda axes: _seconds(axes, lines)),
    }
    drawn = {}
    for name, (wanted, draw_on) in plots.items():
        if wanted:
            picture = Picture()
            draw_on(picture.axes)
            drawn[name] = picture.drawn()
    return drawn


def _rankings(axes: Axes, scores: Scores) -> None:
    figures = [f for f in _RANKED if any(f in found for found in scores.ranking.values())]
    width = 0.8 / max(1, len(scores.ranking))
    for place, (system, found) in enumerate(scores.ranking.items()):
        known = [(n, found[f]) for n, f in enumerate(figures) if f in found]
        if known:
            axes.bar(
                [n + (place + 0.5) * width - 0.4 for n, _ in known],
                [e.mean for _, e in known],
                width,
                yerr=[
                    [e.mean - e.low for _, e in known],
                    [e.high - e.mean for _, e in known],
                ],
                color=COLOURS[place % len(COLOURS)],
                label=system,
                capsize=2,
            )
    axes.set_xticks(range(len(figures)), figures)
    axes.set_ylim(0, 1)
    axes.set_title("Retrieval, with 95 % intervals")
    axes.legend(fontsize="small")


def _answers(axes: Axes, scores: Scores) -> None:
    names = list(scores.answer)
    means = [scores.answer[name].mean for name in names]
    low = [scores.answer[name].mean - scores.answer[name].low for name in names]
    high = [scores.answer[name].high - scores.answer[name].mean for name in names]
    axes.barh(names, means, xerr=[low, high], color=COLOURS[0], capsize=2)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.tick_params(axis="y", labelsize="small")
    axes.set_title("Answers, with 95 % intervals")


def _curve(axes: Axes, points: Sequence[tuple[float, float]]) -> None:
    """A line through shares."""
    axes.plot([x for x, _ in points], [y for _, y in points], color=COLOURS[0])
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)


def _abstention(axes: Axes, scores: Scores) -> None:
    _curve(axes, [(point.answered, point.refused) for point in scores.curve])
    answered = scores.answer.get("answered, of those whose answer was retrieved")
    refused = scores.answer.get("abstained, of those whose articles were removed")
    if answered and refused:
        axes.plot([answered.mean], [refused.mean], "o", color=COLOURS[5], label="as it is set")
        axes.legend()
    axes.set_xlabel("answered, of the questions whose answer was retrieved")
    axes.set_ylabel("abstained, without an answer to find")
    axes.set_title("Abstention, for every threshold")


def _risk(axes: Axes, scores: Scores) -> None:
    _curve(axes, [(point.coverage, point.risk) for point in scores.curve])
    axes.set_xlabel("coverage: questions that are answered")
    axes.set_ylabel("risk: answers that are wrong")
    axes.set_title("Coverage against risk; half of the questions have no answer to find")


def _calibration(
    axes: Axes, retrieved: Sequence[tuple[float, bool]], unanswerable: Sequence[float]
) -> None:
    """How often an answer is right, for each tenth of the confidence."""
    said = [*retrieved, *((confidence, False) for confidence in unanswerable)]
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, right in said:
        bins[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
    held = [one for one in bins if one]
    axes.plot([0, 1], [0, 1], ":", color=COLOURS[6])
    axes.plot(
        [sum(c for c, _ in one) / len(one) for one in held],
        [sum(right for _, right in one) / len(one) for one in held],
        "o-",
        color=COLOURS[0],
    )
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel("confidence")
    axes.set_ylabel("share of the answers that are right")
    axes.set_title("Confidence")


def _seconds(axes: Axes, lines: Sequence[Line]) -> None:
    measured = {
        f"retrieval, {system}": [
            line.rankings[system].seconds * 1e3
            for line in lines
            if system in line.rankings and line.rankings[system].seconds
        ]
        for system in dict.fromkeys(name for line in lines for name in line.rankings)
    }
    measured["answer"] = [line.answer.seconds * 1e3 for line in lines if line.answer]
    for place, (name, times) in enumerate((n, t) for n, t in measured.items() if t):
        shares = [(n + 1) / len(times) for n in range(len(times))]
        axes.plot(sorted(times), shares, color=COLOURS[place % len(COLOURS)], label=name)
    axes.set_xscale("log")
    axes.set_ylim(0, 1)
    axes.set_xlabel("milliseconds")
    axes.set_ylabel("share of the questions")
    axes.set_title("Time")
    axes.legend(fontsize="small")
