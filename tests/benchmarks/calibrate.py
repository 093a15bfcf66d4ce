"""Measures the channels of the local embedder on the sample articles.

    python tests/benchmarks/calibrate.py

Writes index/embed/channels.npz: for each value that the int8 graph rounds, the least and the
greatest number that each of its channels had in any passage. Says how near the vectors of the int8
graph then are to the exact ones, on the passages and on scraps of text that are not like them.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.embed.graph import build_graph, measured_values
from index.embed.weights import MAX_TOKENS, default_cache, find
from index.embeddings import embedded_text
from index.passages import split_passages
from index.readers import read_path
from index.sentences import split_sentences
from index.types import Article

ROOT = Path(__file__).parents[2]
FILE = ROOT / "index" / "embed" / "channels.npz"
SCRAPS = [
    *("", "A", "Who won?", "1 2 3 4 5 6 7 8 9", "!!!! ???? ####", "x" * 300),
    *("http://www.example.org/a/b?c=d", "def f(x):\n    return x + 1\n" * 30),
    *("Жители города сообщили о взрывах", "京 の 会議", "قال الرئيس إن المحادثات ستستأنف"),
]


def passages() -> list[str]:
    return [
        embedded_text(article.info.title, article.text[start:end])
        for article in read_path(ROOT / "seeds")
        if isinstance(article, Article)
        for start, end in split_passages(article.text, split_sentences(article.text))
    ]


def ran(model: Any, texts: list[list[int]]) -> list[list[np.ndarray]]:
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return [session.run(None, {"input_ids": np.array([text], np.int32)}) for text in texts]


def main() -> None:
    files = find(None, default_cache(), (), print)
    weights = load_file(files.weights)
    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    model, names = measured_values(weights)
    some = [one.ids for one in tokenizer.encode_batch(passages())]
    found = defaultdict(list)
    for _, *values in ran(model, some):
        for name, value in zip(names, values, strict=True):
            found[name].append((value.min(axis=(0, 1)), value.max(axis=(0, 1))))
    channels = {}
    for name, each in found.items():
        least, most = (np.array(ends) for ends in zip(*each, strict=True))
        channels[name] = np.stack([least.min(axis=0), most.max(axis=0)]).astype(np.float16)
    np.savez_compressed(FILE, **channels)
    print(f"{len(some)} passages; {FILE.name}: {FILE.stat().st_size:,} bytes")
    small, exact = build_graph(weights, channels), build_graph(weights)
    for kind, texts in (
        ("passages", some),
        ("scraps", [one.ids for one in tokenizer.encode_batch(SCRAPS)]),
    ):
        cosines = [
            float(ours[0] @ right[0])
            for (ours,), (right,) in zip(ran(small, texts), ran(exact, texts), strict=True)
        ]
        print(f"{kind}: cosine {np.mean(cosines):.4f} mean, {np.min(cosines):.4f} least")


if __name__ == "__main__":
    main()
