"""Rows of the table, and what several measurements need."""

from __future__ import annotations

import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.readers import read_path
from index.types import Article

__all__ = ["ROOT", "Row", "articles", "folder_bytes", "percentile", "print_table", "run"]

ROOT = Path(__file__).parents[2]
# Where it is set, Python compiles our files anew with every start, which no user's does.
_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was measured, ours, the rival's, and the bar to reach."""

    what: str
    ours: str
    rival: str = ""
    bar: str = ""


def articles(file: Path, limit: int) -> Iterator[dict[str, Any]]:
    """So many articles of a file or folder.

    When it has fewer, they come again under other addresses, with one word in five changed.
    """
    held = [
        {
            "url": a.info.url or f"file://{a.info.path}",
            "title": a.info.title,
            "date": a.info.date.isoformat() if a.info.date else None,
            "source": a.info.source,
            "text": a.text,
        }
        for a in read_path(file)
        if isinstance(a, Article)
    ]
    for number in range(limit):
        round_, place = divmod(number, len(held))
        article = held[place]
        if round_:
            pick = random.Random(number)
            words = article["text"].split(" ")
            for _ in range(len(words) // 5):
                words[pick.randrange(len(words))] = pick.choice(words)
            article = article | {
                "text": " ".join(words),
                "url": f"{article['url']}?again={round_}",
                "title": f"{article['title']} {round_}",
            }
        yield article


def write_articles(file: Path, limit: int, to: Path) -> Path:
    """A file of JSON lines with so many articles."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with to.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(article) + "\n" for article in articles(file, limit))
    return to


def run(*words: str | Path, check: bool = True) -> float:
    """Seconds that a command of ours takes as a process of its own, its files compiled before."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "assistant", *map(str, words)],
        cwd=ROOT,
        check=check,
        capture_output=True,
        env={name: value for name, value in os.environ.items() if name != _UNCOMPILED},
    )
    return time.perf_counter() - began


def folder_bytes(folder: Path) -> int:
    """What a folder takes on disk."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def spread(values: Sequence[float], unit: str = "") -> str:
    """Median with the least and the greatest."""
    middle = statistics.median(values)
    return f"{middle:.3g}{unit} ({min(values):.3g}-{max(values):.3g})"


def print_table(rows: Sequence[Row]) -> None:
    """The table as Markdown."""
    cells = [
        ("what", "Dateline", "stock", "bar"),
        *((r.what, r.ours, r.rival, r.bar) for r in rows),
    ]
    widths = [max(len(row[n]) for row in cells) for n in range(4)]
    rule = tuple("-" * width for width in widths)
    for row in itertools.chain(cells[:1], (rule,), cells[1:]):
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("| " + " | ".join(padded) + " |")
