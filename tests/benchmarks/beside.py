"""Retrieval and answers beside stock LlamaIndex, on the same articles, in one table.

python tests/benchmarks/beside.py NEWS RIVALS [--weeks 2023-02-17,2023-02-24] [--scratch .bench]

NEWS holds `articles.jsonl.gz` and `questions.jsonl`, whose lines name the week they belong to;
RIVALS is the python of the environment that `make bench` sets up. Both systems index the articles
of the weeks, with the same weights, and are asked the weeks' questions, each as of its own day.
`make beside` runs this. Two weeks take about ten minutes on two cores, nearly all of which is
stock LlamaIndex embedding.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
from pathlib import Path

from index.embed.local import LocalEmbedder
from index.embed.weights import default_cache, find


def cut(source: Path, target: Path, weeks: set[str]) -> None:
    """Writes the lines of the weeks."""
    opener = gzip.open if source.suffix == ".gz" else open
    with opener(source, "rt", encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        out.writelines(line for line in lines if json.loads(line)["week"] in weeks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("rivals", type=Path)
    parser.add_argument("--weeks", default="2023-02-17,2023-02-24")
    parser.add_argument("--scratch", type=Path, default=Path(".bench"))
    given = parser.parse_args()
    weeks = set(given.weeks.split(","))
    folder = given.scratch / f"beside-{given.weeks.replace(',', '-')}"
    folder.mkdir(parents=True, exist_ok=True)
    articles, questions, stock = (folder / f"{n}.jsonl" for n in ("articles", "questions", "stock"))
    cut(given.news / "articles.jsonl.gz", articles, weeks)
    cut(given.news / "questions.jsonl", questions, weeks)

    LocalEmbedder().embed_query("so that the weights are there")
    weights = find(None, default_cache(), (), lambda _: None).weights.parent
    if not stock.exists():
        script = Path(__file__).parent / "stock_rankings.py"
        again = stock.with_suffix(".part")
        subprocess.run(
            [given.rivals, script, articles, questions, again,
             "--weights", weights, "--scratch", given.scratch],
            check=True,
        )  # fmt: skip
        again.rename(stock)
    dateline = [sys.executable, "-m", "assistant", "--library", folder / "library"]
    subprocess.run([*dateline, "index", articles], check=True)
    subprocess.run(
        [*dateline, "eval", questions, "--baselines", "--beside", f"stock LlamaIndex={stock}",
         "--out", folder / "run"],
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
