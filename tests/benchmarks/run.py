"""Measures speed, memory and disk beside what a user would put together instead, in one run.

    make bench [ARTICLES=FILE] [SIZES=50000,250000]

Machines are noisy: what counts are ratios within one run.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, Self

import numpy as np
import pexpect
from filled import bytes_of, change_one, filled, questions
from rows import ROOT, Row, articles, percentile, print_table, run, spread, write_articles

from index.embed.local import LocalEmbedder
from index.embed.weights import default_cache, find
from index.errors import DatelineError
from index.library import Library
from index.passages import split_passages
from index.sentences import split_sentences

_ROUNDS = 5
_TEXTS = 200
_FRESH = 4_000
_STOCK_ARTICLES = 60


class Stock:
    """The rivals, in their own environment."""

    def __init__(self, python: Path, scratch: Path) -> None:
        LocalEmbedder().embed_query("so that the weights are there")
        found = find(None, default_cache(), (), lambda _: None)
        if found is None:
            raise SystemExit("the weights of the local embedder are nowhere to be found")
        weights = found.weights.parent
        self._process = subprocess.Popen(
            [python, Path(__file__).parent / "rival.py", weights, scratch],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, do: str, **what: Any) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": do, **what}) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith("{"):
                answer: dict[str, Any] = json.loads(line)
                return answer
        raise SystemExit("the rivals stopped; run rival.py by hand to see why")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()


def passages(file: Path, limit: int) -> list[str]:
    """Passages of real articles, as they are embedded."""

    def cut() -> Any:
        for article in articles(file, limit):
            text = article["text"]
            for start, end in split_passages(text, split_sentences(text)):
                yield f"{article['title']}\n{text[start:end]}"

    return list(islice(cut(), limit))


def embedding(file: Path, stock: Stock | None, rounds: int, count: int) -> list[Row]:
    """Passages a second, in rounds that take turns."""
    texts = passages(file, count)
    ours = LocalEmbedder()
    ours.embed_passages(texts[:128])  # theirs have computed, too, before they are timed
    speeds: dict[str, list[float]] = {"ours": [], "st": [], "chroma": []}
    agreement = ""
    if stock:
        for batch in (8, 32):  # both are tried, and the better one is used
            speeds[f"st {batch}"] = [
                len(texts) / stock.ask("embed", texts=texts, batch=batch)["seconds"]
            ]
    batch = 8 if stock and speeds["st 8"] > speeds["st 32"] else 32
    for _ in range(rounds):
        began = time.perf_counter()
        vectors = ours.embed_passages(texts)
        speeds["ours"].append(len(texts) / (time.perf_counter() - began))
        if stock:
            got = stock.ask("embed", texts=texts, batch=batch)
            speeds["st"].append(len(texts) / got["seconds"])
            cosines = np.sum(vectors[:20] * np.array(got["vectors"]), axis=1)
            agreement = f"{cosines.mean():.3f} mean, {cosines.min():.3f} least"
            got = stock.ask("embed_chroma", texts=texts)
            speeds["chroma"].append(len(texts) / got["seconds"])
    rows = [
        Row(
            "embedding, passages/s; stock: sentence-transformers",
            spread(speeds["ours"]),
            spread(speeds["st"]) if stock else "",
            "3.5 x",
        )
    ]
    if stock:
        ratios = [ours / theirs for ours, theirs in zip(speeds["ours"], speeds["st"], strict=True)]
        rows += [
            Row("  ratio, round by round", spread(ratios, " x"), "", "3.5 x"),
            Row("  stock: Chroma's own embedder", "", spread(speeds["chroma"])),
            Row("  cosine of ours (int8) with fp32", agreement),
        ]
    return rows


def fresh(file: Path, stock: Stock | None, count: int, scratch: Path) -> list[Row]:
    """Seconds from starting `index` on new articles until all of them can be asked."""
    source = write_articles(file, count, scratch / "fresh.jsonl")
    folder = scratch / "fresh"
    began = time.perf_counter()
    indexing = subprocess.Popen(
        [sys.executable, "-m", "assistant", "--library", folder, "index", source],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    query = next(iter(questions(file, 1)))
    try:
        while indexing.poll() is None:
            try:
                with Library(folder) as library:
                    held = library.status()
                    if held.articles >= count and held.lexical == held.passages:
                        library.search(query)
                        break
            except DatelineError:
                pass
            time.sleep(0.1)
        seconds = time.perf_counter() - began
    finally:
        indexing.terminate()
        indexing.wait()
    rival = ""
    if stock:
        some = list(articles(file, _STOCK_ARTICLES))
        got = stock.ask("index", articles=some, questions=questions(file, 50))
        each = got["seconds"] / len(some)
        rival = f"{each * count:,.0f} s (all embedded first; from {len(some)} articles)"
        stock_row = Row(
            "  stock at that size: retrieval, disk, peak memory",
            "",
            f"{statistics.median(got['times']) * 1e3:.0f} ms,"
            f" {got['bytes'] / got['nodes'] / 1e3:.1f} KB a node, {got['peak'] / 1e6:,.0f} MB",
        )
    rows = [Row(f"first answer on {count:,} fresh articles", f"{seconds:.1f} s", rival, "10 s")]
    return [*rows, stock_row] if stock else rows


def again(folder: Path, source: Path, scratch: Path, rounds: int) -> list[Row]:
    """`index` of a file that is indexed already."""
    lines = sum(1 for _ in source.open(encoding="utf-8"))
    nothing = min(run("--library", folder, "index", source) for _ in range(rounds))
    changed = change_one(source, scratch / source.name)
    # The same articles under another path: what identifies them is their address.
    one = run("--library", folder, "index", changed)
    return [
        Row(f"index again, {lines:,} articles, nothing changed", f"{nothing:.1f} s", "", "3 s"),
        Row("  one changed", f"{one:.1f} s", "", "4 s"),
    ]


def searching(file: Path, folder: Path, size: int) -> list[Row]:
    """Warm retrieval, the question's embedding included."""
    done = subprocess.run(
        [sys.executable, Path(__file__).parent / "searching.py", folder],
        input="\n".join(questions(file, 300)),
        cwd=ROOT,
        env=None,
        capture_output=True,
        text=True,
        check=True,
    )
    got = json.loads(done.stdout)
    times = got["times"]
    bars = "15 / 40 ms" if size <= 50_000 else "30 / 100 ms"
    middle, late = statistics.median(times) * 1e3, percentile(times, 0.95) * 1e3
    parts = {name: size_ / size for name, size_ in bytes_of(folder).items()}
    disk = ", ".join(f"{name} {each / 1e3:.1f}" for name, each in parts.items())
    return [
        Row(
            f"retrieval, {size:,} passages, median / 95 %",
            f"{middle:.1f} / {late:.1f} ms",
            "",
            bars,
        ),
        Row("  resident memory", f"{got['resident'] / 1e6:,.0f} MB", "", "1,500 MB"),
        Row("  disk, KB a passage", f"{sum(parts.values()) / 1e3:.1f} ({disk})"),
    ]


def commands(file: Path, folder: Path, size: int, rounds: int) -> list[Row]:
    """What a person waits for at the command line."""
    question = questions(file, 1)[0]
    helped = min(run("--help") for _ in range(rounds))
    asked = min(run("--library", folder, "ask", question, check=False) for _ in range(rounds))
    prompts = []
    for _ in range(rounds):
        began = time.perf_counter()
        chat = pexpect.spawn(
            sys.executable, ["-m", "assistant", "--library", str(folder), "chat"], cwd=str(ROOT)
        )
        with closing(chat):
            chat.expect(["m>", "> "], timeout=20)  # behind a change of colour, where there are any
            prompts.append(time.perf_counter() - began)
    return [
        Row("dateline --help", f"{helped:.2f} s", "", "0.15 s"),
        Row("chat's prompt", f"{min(prompts):.2f} s", "", "0.4 s"),
        Row(f"cold ask without a model, {size:,} passages", f"{asked:.1f} s", "", "1.5 s"),
        Row(
            "before the first byte goes to a model, warm",
            f"{_overhead(folder, question):.0f} ms",
            "",
            "50 ms",
        ),
    ]


def _overhead(folder: Path, question: str) -> float:
    """Milliseconds from the question to the request at the model's endpoint."""
    sys.path.insert(0, str(ROOT / "tests"))
    from openai_server import OpenAIServer

    from assistant.app import Assistant
    from assistant.models import open_model
    from index.endpoint import Endpoint

    arrived: list[float] = []

    def reply(*_: object) -> str:
        arrived.append(time.perf_counter())
        return "It said so [1.1]."

    times = []
    with OpenAIServer([reply] * 12) as server:
        model = open_model("test-model", Endpoint(server.base_url, server.key))
        with Assistant.open(folder, model=model, create=False) as assistant:
            assistant.warm_up()
            for _ in range(12):
                began = time.perf_counter()
                assistant.ask(question)
                times.append(arrived[-1] - began)
    return statistics.median(times[2:]) * 1e3


def main(words: Sequence[str] | None = None) -> None:
    """Measures what is asked for and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=Path, default=ROOT / "../shared/news/articles.jsonl.gz")
    parser.add_argument("--rivals", type=Path, help="the python of the rivals' environment")
    parser.add_argument("--sizes", default="50000,250000", help="passages, divided by commas")
    parser.add_argument("--cache", type=Path, default=ROOT / ".bench")
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--texts", type=int, default=_TEXTS)
    parser.add_argument("--fresh", type=int, default=_FRESH)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args(words)
    given.cache.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    try:
        with tempfile.TemporaryDirectory() as name:
            scratch = Path(name)
            if given.rivals:
                with Stock(given.rivals, given.cache) as stock:
                    rows += embedding(given.articles, stock, given.rounds, given.texts)
                    rows += fresh(given.articles, stock, given.fresh, scratch)
            else:
                rows += embedding(given.articles, None, given.rounds, given.texts)
                rows += fresh(given.articles, None, given.fresh, scratch)
            for place, size in enumerate(int(size) for size in given.sizes.split(",")):
                folder, source = filled(given.articles, size, given.cache)
                if place == 0:
                    rows += again(folder, source, scratch, given.rounds)
                    rows += commands(given.articles, folder, size, given.rounds)
                rows += searching(given.articles, folder, size)
    finally:  # what was measured is not lost when something fails
        print_table(rows)
    if given.json:
        given.json.write_text(json.dumps([asdict(row) for row in rows], indent=1))


if __name__ == "__main__":
    main()
