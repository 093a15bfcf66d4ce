"""Has the local reader learn, from the lists that `reading_lists.py` wrote.

    python tests/benchmarks/fit_reader.py FOLDER [--minutes 40] [--steps 1000] [--only NAME]

It learns from the questions made of sentences first, for so many minutes, and keeps what it learnt
in FOLDER/made.pt, from which another call goes on; then, in so many steps, from the questions of
the other files together: from both halves of the weeks (FOLDER/reader.npz), and from each without
the other (FOLDER/half0.npz has not seen half 0), with which `fit_extract.py` weighs what the reader
is worth. Two calls with `--minutes 0 --only NAME` learn side by side. Then `calibrate.py --reader
FILE` adds the channels of the int8 graph.

Needs torch, safetensors and tokenizers besides the packages of the project. On two cores it takes
two to three hours.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from index.embed.reader import packed
from index.embed.weights import HEAD, SEGMENTS, default_cache, find

# The rank of what is added, and the first layer that it is added to.
RANK, FIRST = 16, 2
LAYERS, HEADS, WIDTH = 6, 12, 384
PRODUCTS = (
    *("attention.self.query", "attention.self.key", "attention.self.value"),
    *("attention.output.dense", "intermediate.dense", "output.dense"),
)
# Lists in a step; sentences with and without the answer in one, of made and of asked questions;
# sentences that go through the network at once.
MADE_LISTS, ASKED_LISTS, MADE, ASKED, AT_ONCE = 12, 8, (1, 6), (4, 8), 24
MADE_RATE, ASKED_RATE = 6e-4, 3e-4
# How often a made question comes without its answer, and a written one, one that asks for a reason,
# one that is nearly answered (it has but one list) and one of the news; and how often these come.
MADE_WITHOUT = 0.15
ASKED_WITHOUT = {"written": 0.35, "reasons": 0.35, "nearly": 0.0, "news": 0.5}
SHARES = {"written": 0.46, "reasons": 0.22, "nearly": 0.13, "news": 0.19}
NEVER = -1e4

Text = tuple[list[int], list[bool]]
"""A question with a sentence and its title as tokens, and which of these are of the answer."""
Item = tuple[list[Text], list[Text]]
"""The texts of a question with each sentence that answers it, and with each that does not."""
Drawn = Callable[[], list[Item]]


class Added(nn.Module):
    """A product whose weights stay, with two factors beside it that learn."""

    def __init__(self, weight: Any, bias: Any, *, learns: bool) -> None:
        super().__init__()
        self.weight = nn.Parameter(weight.bfloat16(), requires_grad=False)
        self.bias = nn.Parameter(bias.bfloat16(), requires_grad=False)
        outputs, inputs = weight.shape
        self.down = nn.Parameter(torch.randn(RANK, inputs) / math.sqrt(inputs)) if learns else None
        self.up = nn.Parameter(torch.zeros(outputs, RANK)) if learns else None

    def forward(self, value: Any) -> Any:
        product = functional.linear(value.to(self.weight.dtype), self.weight, self.bias)
        if self.down is None:
            return product
        return product + functional.linear(functional.linear(value, self.down), self.up)


class Reader(nn.Module):
    """The network of `index/embed/graph.py`, to learn with."""

    def __init__(self, weights: dict[str, Any]) -> None:
        super().__init__()
        types = weights["embeddings.token_type_embeddings.weight"]
        self.words = weights["embeddings.word_embeddings.weight"]
        self.places = weights["embeddings.position_embeddings.weight"] + types[0]
        second = types[1] - types[0]
        self.segments = nn.Parameter(torch.stack([torch.zeros(WIDTH), second, second]))
        self.head = nn.Linear(WIDTH, 1)
        nn.init.normal_(self.head.weight, std=0.02)
        self.products, self.norms = nn.ModuleDict(), nn.ParameterDict()
        self._norm_of(weights, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            stem = f"encoder.layer.{layer}"
            for part in PRODUCTS:
                parts = (weights[f"{stem}.{part}.{each}"].float() for each in ("weight", "bias"))
                self.products[_key(f"{stem}.{part}")] = Added(*parts, learns=layer >= FIRST)
            for part in ("attention.output", "output"):
                self._norm_of(weights, f"{stem}.{part}.LayerNorm")

    def _norm_of(self, weights: dict[str, Any], name: str) -> None:
        for part in ("weight", "bias"):
            self.norms[_key(f"{name}.{part}")] = nn.Parameter(weights[f"{name}.{part}"].float())

    def _normal(self, value: Any, name: str) -> Any:
        weight, bias = (self.norms[_key(f"{name}.{part}")] for part in ("weight", "bias"))
        return functional.layer_norm(value, (WIDTH,), weight, bias, 1e-12)

    def forward(self, tokens: Any, segments: Any, real: Any) -> Any:
        placed = self.places[: tokens.shape[1]] + functional.embedding(segments, self.segments)
        value = self._normal(self.words[tokens] + placed, "embeddings.LayerNorm")
        texts, length = tokens.shape
        for layer in range(LAYERS):
            stem = f"encoder.layer.{layer}"

            def product(given: Any, part: str, stem: str = stem) -> Any:
                return self.products[_key(f"{stem}.{part}")](given)

            heads = [
                product(value, part).view(texts, length, HEADS, -1).transpose(1, 2)
                for part in PRODUCTS[:3]
            ]
            attended = functional.scaled_dot_product_attention(
                *heads, attn_mask=real[:, None, None, :]
            )
            rows = attended.transpose(1, 2).reshape(texts, length, WIDTH)
            value = self._normal(
                value + product(rows, PRODUCTS[3]), f"{stem}.attention.output.LayerNorm"
            )
            wide = functional.gelu(product(value, PRODUCTS[4]))
            value = self._normal(value + product(wide, PRODUCTS[5]), f"{stem}.output.LayerNorm")
        return self.head(value).squeeze(-1).float()

    def learnt(self) -> dict[str, np.ndarray]:
        """What the reader's file holds, by the names that `index.embed.learnt.merged` takes."""
        found = {}
        for key, product in self.products.items():
            if product.down is not None:
                for name, factor in (("down", product.down), ("up", product.up)):
                    found[f"{_name(key)}.weight:{name}"] = factor.detach().numpy().astype("f2")
        found |= {_name(key): value.detach().numpy() for key, value in self.norms.items()}
        head = torch.cat([self.head.weight[0], self.head.bias])
        return found | {HEAD: head.detach().numpy(), SEGMENTS: self.segments.detach().numpy()}


def _key(name: str) -> str:
    return name.replace(".", "/")  # torch allows no dots


def _name(key: str) -> str:
    return key.replace("/", ".")


def loss(net: Reader, lists: Sequence[Item]) -> Any:
    """What is missing to all being on tokens of answers, or on there being none; the mean."""
    rows = [row for right, wrong in lists for row in (*right, *wrong)]
    longest = max(len(tokens) for tokens, _ in rows)
    states = torch.full((len(rows), longest), NEVER)
    right = torch.zeros((len(rows), longest), dtype=torch.bool)
    order = sorted(range(len(rows)), key=lambda row: len(rows[row][0]))
    for start in range(0, len(order), AT_ONCE):
        some = order[start : start + AT_ONCE]
        length = max(len(rows[row][0]) for row in some)
        tokens = torch.zeros((len(some), length), dtype=torch.long)
        for place, row in enumerate(some):
            text, answers = rows[row]
            tokens[place, : len(text)] = torch.tensor(text)
            right[row, : len(answers)] = torch.tensor(answers)
        ends = tokens == packed([], [], [])[-1]
        segments = (ends.cumsum(1) - ends.long()).clamp(max=2)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = net(tokens, segments, tokens != 0)
        kept = found.masked_fill((segments != 1) | ends, NEVER)
        states = states.index_put(
            (torch.tensor(some),), functional.pad(kept, (0, longest - length), value=NEVER)
        )
    total, start = torch.zeros(()), 0
    for answering, others in lists:
        stop = start + len(answering) + len(others)
        theirs, marked = states[start:stop], right[start:stop]
        whole = torch.logsumexp(torch.cat([theirs.reshape(-1), torch.zeros(1)]), 0)
        total = total + whole
        if marked.any():
            total = total - torch.logsumexp(theirs[marked], 0)
        start = stop
    return total / len(lists)


def learn(net: Reader, drawn: Drawn, rate: float, left: Callable[[], float]) -> None:
    """Steps until nothing is left, the rate falling with what is left of 1."""
    learning = [value for value in net.parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=rate, weight_decay=0.01)
    step, mean = 0, 0.0
    while (share := left()) > 0:
        step += 1
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, step / 30) * max(0.02, share)
        missing = loss(net, drawn())
        optimizer.zero_grad()
        missing.backward()
        nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        mean = missing.item() if step == 1 else 0.98 * mean + 0.02 * missing.item()
        if step % 50 == 0:
            print(f"  {step} steps, loss {mean:.3f}", flush=True)


def read(file: Path, tokenizer: Tokenizer) -> Iterator[tuple[int, Item, Item]]:
    """The half of each question of a file, with what was found and with what is left."""
    for line in file.read_text("utf-8").splitlines():
        told = json.loads(line)
        both = (_item(told["question"], told.get(of, []), tokenizer) for of in ("found", "left"))
        yield told.get("half", 0), *both


def _item(question: str, sentences: Sequence[dict[str, Any]], tokenizer: Tokenizer) -> Item:
    item: Item = ([], [])
    texts = [question, *(each.get(of, "") for of in ("text", "title") for each in sentences)]
    asked, *rest = tokenizer.encode_batch(texts, add_special_tokens=False)
    read, titles = rest[: len(sentences)], rest[len(sentences) :]
    before = len(packed(asked.ids, [], [])) - 2
    for sentence, one, title in zip(sentences, read, titles, strict=True):
        last = len(packed(asked.ids, one.ids, [])) - 2
        answers = [
            any(start <= first and end <= stop for start, stop in sentence["answers"])
            for first, end in one.offsets
        ]
        marks = ([False] * before + answers)[:last]
        item[not any(marks)].append((packed(asked.ids, one.ids, title.ids), marks))
    return item


def some(item: Item, right: int, wrong: int, chance: random.Random) -> Item:
    with_it, without = item
    return (
        chance.sample(with_it, min(right, len(with_it))),
        chance.sample(without, min(wrong, len(without))),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--only", choices=["half0", "half1", "reader"])
    given = parser.parse_args()
    torch.manual_seed(1)
    chance = random.Random(1)
    files = find(None, default_cache(), (), print)
    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    weights = load_file(files.weights)
    started = Reader(weights)
    kept = given.folder / "made.pt"
    if kept.exists():
        started.load_state_dict(torch.load(kept))
    if given.minutes:
        made = [found for _, found, _ in read(given.folder / "made.jsonl", tokenizer)]
        began, seconds = time.monotonic(), 60 * given.minutes
        print(f"{len(made)} questions made of sentences")
        left = lambda: 1 - (time.monotonic() - began) / seconds  # noqa: E731
        learn(started, of_made(made, chance), MADE_RATE, left)
        torch.save(started.state_dict(), kept)
    asked = {name: list(read(given.folder / f"{name}.jsonl", tokenizer)) for name in SHARES}
    for name, unseen in (("half0", 0), ("half1", 1), ("reader", None)):
        if given.only in (None, name):
            net, steps = Reader(weights), count()
            net.load_state_dict(started.state_dict())
            seen = {
                kind: [pair for half, *pair in each if half != unseen]
                for kind, each in asked.items()
            }
            print(f"{name}:", *(f"{len(each)} {kind}" for kind, each in seen.items()))
            left = lambda: 1 - next(steps) / given.steps  # noqa: B023, E731
            learn(net, of_asked(seen, chance), ASKED_RATE, left)
            np.savez_compressed(given.folder / f"{name}.npz", **net.learnt())


def of_made(made: Sequence[Item], chance: random.Random) -> Drawn:
    """Draws lists of made questions."""
    right, wrong = MADE
    return lambda: [
        some(item, right * (chance.random() >= MADE_WITHOUT), wrong, chance)
        for item in chance.sample(made, MADE_LISTS)
    ]


def of_asked(seen: Mapping[str, Sequence[Sequence[Item]]], chance: random.Random) -> Drawn:
    """Draws lists of questions of all kinds, either with what answers or without."""

    def one() -> Item:
        [kind] = chance.choices([*SHARES], [*SHARES.values()])
        found, left = chance.choice(seen[kind])
        # Where the answer was not among what was found, it may stand there in other words.
        without = chance.random() < ASKED_WITHOUT[kind] or not found[0]
        wanted = left if without else found
        return some(wanted, *ASKED, chance) if any(wanted) else one()

    return lambda: [one() for _ in range(ASKED_LISTS)]


if __name__ == "__main__":
    main()
