"""Passages a second of the local embedder in each way of using the cores.

    python tests/benchmarks/embedding_ways.py ARTICLES.jsonl[.gz] [--rounds N]

Threads, passages in a batch, and what lengths are rounded up to, with both runtimes, in rounds that
take turns; and how many tokens only pad, which is the most that packing several passages into a row
could save.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from run import passages
from tokenizers import Tokenizer

from index.embed import runtimes
from index.embed.local import LocalEmbedder
from index.embed.weights import MAX_TOKENS

_PASSAGES = 256

Way = tuple[str, Callable[[], Any]]


def in_batches(graph: Path, threads: int, texts: int, step: int, some: list[list[int]]) -> Way:
    many = runtimes.InBatches(graph, threads)

    def embed() -> None:
        runtimes._TEXTS, runtimes._STEP = texts, step
        many.run(some)

    return f"OpenVINO, {threads} threads, batches of {texts}, lengths to {step}", embed


def one_by_one(graph: Path, threads: int, some: list[list[int]]) -> Way:
    few = runtimes.OneByOne(graph, threads)
    return f"onnxruntime, {threads} threads, a text at a time", lambda: few.run(some)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    embedder = LocalEmbedder()
    embedder.embed_query("so that the graph is there")
    graph = embedder._load().graph
    tokenizer = Tokenizer.from_file(str(graph.with_name("tokenizer.json")))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    texts = passages(given.articles, _PASSAGES)
    some = [one.ids for one in tokenizer.encode_batch(texts)]
    step, size = runtimes._STEP, runtimes._TEXTS
    filled = sum(batch.size for _, batch in runtimes._batches(some))
    real = sum(map(len, some))
    print(f"{len(some)} passages, {real / len(some):.0f} tokens each; {filled / real - 1:.1%} pad")
    ways = [
        *(one_by_one(graph, threads, some) for threads in (1, 2, 4)),
        *(in_batches(graph, threads, size, step, some) for threads in (1, 2, 4)),
        *(in_batches(graph, 2, texts, step, some) for texts in (1, 2, 8, 16)),
        *(in_batches(graph, 2, size, step, some) for step in (1, 8, 32)),
    ]
    speeds: dict[str, list[float]] = {name: [] for name, _ in ways}
    for number in range(given.rounds + 1):
        for name, embed in ways:
            began = time.perf_counter()
            embed()
            if number:  # the first one compiles
                speeds[name].append(len(some) / (time.perf_counter() - began))
            else:
                speeds[name + " (first)"] = [len(some) / (time.perf_counter() - began)]
    for name, each in speeds.items():
        print(f"{statistics.median(each):6.1f}  {name}")


if __name__ == "__main__":
    main()
