"""Measures the channels of the local embedder, the reader or the doubter, on the sample articles.

    python tests/benchmarks/calibrate.py [--reader FILE | --doubter FILE | --product]

Writes index/embed/channels.npz, or adds them to the FILE of what learnt: for each value that the
int8 graph rounds, the least and the greatest number that each of its channels had in any text. Says
how near what this processor's int8 graph gives then is to what the exact one does. With --product,
writes index/embed/product.onnx instead, by which a processor is tried.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, save
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.embed.doubter import packed as doubted
from index.embed.doubter import parts
from index.embed.graph import build_graph, measured_values
from index.embed.learnt import merged
from index.embed.processor import int8_is_exact
from index.embed.reader import packed
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


def ran(
    model: Any, texts: list[list[int]], outputs: list[str] | None = None
) -> list[list[np.ndarray]]:
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return [session.run(outputs, {"input_ids": np.array([text], np.int32)}) for text in texts]


def statements(tokenizer: Tokenizer) -> list[list[int]]:
    """Sentences of the sample articles put to themselves, to those beside them, and to others."""
    found = []
    for article in read_path(ROOT / "seeds"):
        if isinstance(article, Article):
            every = [article.text[s.start : s.end] for s in split_sentences(article.text)]
            context = f"{article.info.title}\n{' '.join(every)}"
            for place, sentence in enumerate(every):
                first = place - place % 3 if place % 4 else (5 * place + 2) % len(every)
                found.append(parts(sentence, " ".join(every[first : first + 3]), context))
    texts = [tokenizer.encode_batch(list(each), add_special_tokens=False) for each in found]
    return [doubted(*(one.ids for one in each)) for each in texts]


def pairs(tokenizer: Tokenizer) -> list[list[int]]:
    """Each sentence of the sample articles after its title or another sentence, as tokens.

    Those after another sentence have their title behind them.
    """
    found = []
    for article in read_path(ROOT / "seeds"):
        if isinstance(article, Article):
            every = [article.text[s.start : s.end] for s in split_sentences(article.text)]
            for place, sentence in enumerate(every):
                title, other = article.info.title, every[(7 * place + 3) % len(every)]
                found.append((title, sentence, "") if place % 2 else (other, sentence, title))
    texts = [
        tokenizer.encode_batch(list(side), add_special_tokens=False)
        for side in zip(*found, strict=True)
    ]
    return [packed(*(one.ids for one in each)) for each in zip(*texts, strict=True)]


def measured(weights: Any, texts: list[list[int]]) -> dict[str, np.ndarray]:
    """The least and the greatest value of each channel, [2, channels], by the value's name."""
    model, names = measured_values(weights)
    found = defaultdict(list)
    for values in ran(model, texts, names):
        for name, value in zip(names, values, strict=True):
            found[name].append((value.min(axis=(0, 1)), value.max(axis=(0, 1))))
    channels = {}
    for name, each in found.items():
        least, most = (np.array(ends) for ends in zip(*each, strict=True))
        channels[name] = np.stack([least.min(axis=0), most.max(axis=0)]).astype(np.float16)
    return channels


def both(weights: Any, channels: Any, texts: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """What the int8 graph and the exact one give for the texts."""
    signed = int8_is_exact()
    found = (ran(build_graph(weights, how, signed=signed), texts) for how in (channels, None))
    small, exact = (np.array([each[0] for (each, *_) in one]) for one in found)
    return small, exact


def calibrate_embedder(weights: Any, tokenizer: Tokenizer) -> None:
    tokenizer.enable_truncation(MAX_TOKENS)
    some = [one.ids for one in tokenizer.encode_batch(passages())]
    channels = measured(weights, some)
    np.savez_compressed(FILE, **channels)
    print(f"{len(some)} passages; {FILE.name}: {FILE.stat().st_size:,} bytes")
    for kind, texts in (
        ("passages", some),
        ("scraps", [one.ids for one in tokenizer.encode_batch(SCRAPS)]),
    ):
        small, exact = both(weights, channels, texts)
        cosines = (small * exact).sum(axis=1)
        print(f"{kind}: cosine {cosines.mean():.4f} mean, {cosines.min():.4f} least")


def calibrate_learnt(weights: Any, texts: list[list[int]], file: Path) -> None:
    with np.load(file) as held:
        learnt = {name: value for name, value in held.items() if not name.startswith("channels:")}
    whole = merged(weights, learnt)
    channels = measured(whole, texts)
    named = {f"channels:{name}": value for name, value in channels.items()}
    np.savez_compressed(file, **learnt, **named)
    small, exact = (each[:, 0] for each in both(whole, channels, texts))
    alike = np.corrcoef(small, exact)[0, 1]
    print(
        f"{len(texts)} pairs; {file.name}: {file.stat().st_size:,} bytes; int8 is off by"
        f" {np.abs(small - exact).mean():.2f} of {exact.std():.2f}, correlation {alike:.4f}"
    )


def write_product() -> None:
    """A product of numbers of eight bits, without a sign and with one."""
    node = helper.make_node("MatMulInteger", ["values", "weights"], ["product"])
    graph = helper.make_graph(
        [node],
        "product",
        [
            helper.make_tensor_value_info("values", TensorProto.UINT8, ["rows", "inner"]),
            helper.make_tensor_value_info("weights", TensorProto.INT8, ["inner", "columns"]),
        ],
        [helper.make_tensor_value_info("product", TensorProto.INT32, ["rows", "columns"])],
    )
    opset = [helper.make_opsetid("", 20)]
    save(
        helper.make_model(graph, opset_imports=opset, ir_version=9), FILE.with_name("product.onnx")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reader", type=Path, metavar="FILE")
    parser.add_argument("--doubter", type=Path, metavar="FILE")
    parser.add_argument("--product", action="store_true")
    given = parser.parse_args()
    if given.product:
        write_product()
        return
    files = find(None, default_cache(), (), print)
    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    weights = load_file(files.weights)
    if given.reader:
        calibrate_learnt(weights, pairs(tokenizer), given.reader)
    elif given.doubter:
        calibrate_learnt(weights, statements(tokenizer), given.doubter)
    else:
        calibrate_embedder(weights, tokenizer)


if __name__ == "__main__":
    main()
