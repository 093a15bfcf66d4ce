"""The figures of a run as text: tables that line up, and lines of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from assistant.evaluate.lines import Line
from assistant.evaluate.measures import Estimate, Operating
from assistant.evaluate.scores import Compared, Scores, values

__all__ = ["compared_text", "csv_text", "operating_points", "scores_text"]

# Figures of the ranking table; all others are in the JSON.
_COLUMNS = (
    *("passage MRR@10", "passage hit@1", "passage hit@10", "passage nDCG@10"),
    *("article MRR@10", "article hit@10"),
)
# Differences that come about by chance less often than this are marked.
_CHANCE = 0.05


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table, the first column to the left, all others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip() + "\n")
    return "".join(lines)


def _figure(known: Estimate | None) -> str:
    return f"{known.mean:.3f} ±{(known.high - known.low) / 2:.3f}" if known else "-"


def scores_text(scores: Scores, asked: int) -> str:
    """All figures for people; `asked` is the number of questions."""
    blocks = []
    if scores.ranking:
        columns = [c for c in _COLUMNS if any(c in figures for figures in scores.ranking.values())]
        if columns:
            rows = [["retrieval", *columns]]
            rows += [
                [system, *(_figure(figures.get(column)) for column in columns)]
                for system, figures in scores.ranking.items()
            ]
            blocks.append(_aligned(rows) + _counts(scores))
    if scores.answer:
        rows = [["answers", "share", "questions"]]
        rows += [[name, _figure(e), f"{e.count:,}"] for name, e in scores.answer.items()]
        blocks.append(_aligned(rows))
    if scores.curve:
        rows = [["abstaining at a confidence of", "answered", "abstained", "wrong", "coverage"]]
        rows += [
            [
                f"{point.threshold:.2f}",
                *(f"{share:.3f}" for share in (point.answered, point.refused, point.risk)),
                f"{point.coverage:.3f}",
            ]
            for point in operating_points(scores.curve)
        ]
        blocks.append(_aligned(rows))
    if scores.seconds:
        rows = [["milliseconds", "median", "95 %"]]
        rows += [
            [name, f"{middle * 1e3:,.1f}", f"{late * 1e3:,.1f}"]
            for name, (middle, late) in scores.seconds.items()
        ]
        blocks.append(_aligned(rows))
    blocks.append(_tokens(scores.tokens, asked))
    return "\n".join(block for block in blocks if block)


def _counts(scores: Scores) -> str:
    counts = {
        level: next(
            (
                figures[f"{level} MRR@10"].count
                for figures in scores.ranking.values()
                if f"{level} MRR@10" in figures
            ),
            0,
        )
        for level in ("passage", "article")
    }
    return (
        f"{counts['passage']:,} questions that some passage answers, {counts['article']:,} whose"
        " article is known; ± is half of the 95 % interval\n"
    )


def _tokens(tokens: Mapping[str, float], asked: int) -> str:
    if not tokens:
        return f"{asked:,} questions; nothing was sent to a model\n"
    cost = f", {tokens['dollars']:.2f} $ in all" if "dollars" in tokens else ""
    return (
        f"{asked:,} questions; {tokens['sent']:,.0f} tokens sent and {tokens['received']:,.0f}"
        f" received for each{cost}\n"
    )


def operating_points(curve: Sequence[Operating]) -> list[Operating]:
    """The points of a curve that answer 80, 85, 90, 95 and 99 % of what was retrieved."""
    chosen = (
        next((point for point in curve if point.answered >= share), None)
        for share in (0.8, 0.85, 0.9, 0.95, 0.99)
    )
    return list(dict.fromkeys(point for point in chosen if point is not None))


def compared_text(compared: Sequence[Compared], first: str, second: str) -> str:
    """How two runs differ, figure by figure; what is hardly by chance is marked with *."""
    if not compared:
        return "the two runs have no question in common\n"
    rows = [["", "figure", first, second, "difference", "95 % interval", "by chance", "n"]]
    for one in compared:
        moved = one.difference
        rows.append(
            [
                one.group,
                one.name,
                f"{one.first:.3f}",
                f"{one.second:.3f}",
                f"{moved.mean:+.3f}{'*' if moved.chance < _CHANCE else ' '}",
                f"{moved.low:+.3f} to {moved.high:+.3f}",
                f"{moved.chance:.3f}",
                f"{moved.count:,}",
            ]
        )
    return _aligned(rows)


def csv_text(lines: Iterable[Line]) -> str:
    """One row a question and figure: group, figure, question, value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["group", "figure", "question", "value"])
    for group, figures in values(lines).items():
        for name, by_id in figures.items():
            writer.writerows([group, name, identity, value] for identity, value in by_id.items())
    return out.getvalue()
