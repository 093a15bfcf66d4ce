"""Has the reader of statements learn whether their sources support them.

    python tests/benchmarks/fit_doubter.py ARTICLES.jsonl[.gz] FOLDER [--steps 900]

It learns from the statements of `paraphrases_written.jsonl`, fair ones and those with something
wrong, and from sentences of the articles that the checks are made with: as they stand, reworded,
and changed so that they are false. What is learnt is in FOLDER/doubter.npz. One article in seven is
left out of it (`held`), so that what counts as doubtful can be chosen on what it has not seen.
It starts from what `fit_reader.py` left in FOLDER/made.pt, as far as there is such a file. Then
`calibrate.py --reader FILE` adds the channels of the int8 graph.

Needs torch, safetensors and tokenizers besides the packages of the project. On one core it takes an
hour.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from drawn import Drawn, Names, draw, halves, read
from fit_reader import AT_ONCE, Reader
from glued import added
from mutating import FACTS
from mutating_claims import CLAIMS
from paraphrased import pairs
from rewording import REWORDINGS, reword
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from index.embed.doubter import packed, parts
from index.embed.weights import END, default_cache, find

RATE = 5e-4
# Statements in a step: pairs on the same source, and sentences of articles.
PAIRS, SENTENCES = 12, 8
# Sentences of articles of each kind, and how many are tried for them.
OF_A_KIND, TRIES = 300, 30_000
LAST = "2022-12-31"

# Two statements of one source are alike, but for what makes one false, with so much in common.
ALIKE = 0.55
# Fair and false statements of so many tokens count alike, at most so many times as much as one of
# the others: by their lengths nothing is to be told.
LENGTHS, MOST = (12, 16, 20, 24, 29), 3.0

Row = tuple[list[int], float, frozenset[int]]
"""A statement with its source as tokens, 1 where it is not supported, and what makes it so.

The last are places of tokens; all those of the statement where it is not known.
"""


def held(article: str) -> bool:
    """Whether the statements on an article, by its address, are left out of the learning."""
    return sha256(article.encode()).digest()[1] % 7 == 0


class Tokens:
    """Takes texts apart as the embedder does."""

    def __init__(self, file: Path) -> None:
        self.of = Tokenizer.from_file(str(file))
        self.of.no_padding()
        self.of.no_truncation()

    def __call__(self, one: Drawn, statement: str) -> list[int]:
        texts = parts(statement, one.evidence.text, one.evidence.context)
        return packed(*(each.ids for each in self.of.encode_batch(texts, add_special_tokens=False)))

    def row(self, one: Drawn, statement: str, wrong: float, fair: str = "") -> Row:
        """A statement to learn from; what makes it wrong is what `fair` has not got."""
        tokens = self(one, statement)
        start, stop = _span(tokens)
        places = frozenset(range(start, stop))
        if not fair:
            return tokens, wrong, places
        other = self(one, fair)
        matcher = SequenceMatcher(None, tokens[start:stop], other[slice(*_span(other))], False)
        if matcher.ratio() < ALIKE:
            return tokens, wrong, places
        same = {at for of, _, long in matcher.get_matching_blocks() for at in range(of, of + long)}
        return tokens, wrong, frozenset(at for at in places if at - start not in same) or places


def written(articles: Sequence[Any], tokens: Tokens) -> tuple[list[tuple[Row, Row]], list[Any]]:
    """Pairs of statements on one source to learn from, and those held back with their kinds."""
    learnt, kept = [], []
    for one, true, kind, false in pairs(articles, development=True):
        pair = tokens.row(one, true, 0.0), tokens.row(one, false, 1.0, true)
        if held(one.article.info.url):
            kept.append((kind, pair))
        else:
            learnt.append(pair)
    return learnt, kept


def balanced(rows: Sequence[Row]) -> dict[tuple[int, float], float]:
    """What a statement counts, by its length and by whether it is false."""
    lengths = np.array([length(row) for row in rows])
    false = np.array([wrong for _, wrong, _ in rows])
    return {
        (size, wrong): min(
            MOST,
            (lengths == size).sum() / (2 * max(1, ((lengths == size) & (false == wrong)).sum())),
        )
        for size in range(len(LENGTHS) + 1)
        for wrong in (0.0, 1.0)
    }


def length(row: Row) -> int:
    """Which of `LENGTHS` the statement of a row is below."""
    start, stop = _span(row[0])
    return bisect(LENGTHS, stop - start)


def _span(tokens: Sequence[int]) -> tuple[int, int]:
    """Where the statement stands in what is read."""
    start = tokens.index(END) + 1
    return start, tokens.index(END, start)


def of_articles(articles: Sequence[Any], tokens: Tokens) -> tuple[list[Row], list[Row]]:
    """Sentences as they stand or reworded, and such as are false, each with its own source."""
    names, (half, _) = Names.of(articles), halves(articles)
    half = [a for a in half if a.info.date.isoformat() <= LAST and not held(a.info.url)]
    pick = random.Random(5)
    drawn = [
        *islice(draw(half, 3), TRIES // 2),
        *islice(draw(half, 4, 1), TRIES // 2),
    ]
    pick.shuffle(drawn)
    false = {kind: partial(_with_names, make, names) for kind, make in (FACTS | CLAIMS).items()}
    false |= added(half)
    true = {kind: partial(reword, kind) for kind in (*REWORDINGS, "several of these")}
    found = []
    for table, wrong in ((true, 0.0), (false, 1.0)):
        rows: list[Row] = []
        for make in table.values():
            made = ((one, make(one, pick)) for one in drawn)
            some = (tokens.row(one, text, wrong) for one, text in made if text)
            rows += islice(some, OF_A_KIND)
        found.append(rows)
    found[0] += [tokens.row(one, one.text, 0.0) for one in drawn[: len(found[0]) // 2]]
    return found[0], found[1]


def _with_names(make: Any, names: Names, one: Drawn, pick: random.Random) -> str | None:
    return make(one, names, pick)


def doubts(net: Reader, rows: Sequence[Row]) -> Any:
    """How much each statement looks like not being supported, and how much its wrong places do.

    Two rows, of shape [2, len(rows)].
    """
    order = sorted(range(len(rows)), key=lambda row: len(rows[row][0]))
    found: list[Any] = [None] * len(rows)
    for start in range(0, len(order), AT_ONCE // 2):
        some = order[start : start + AT_ONCE // 2]
        tokens = torch.zeros((len(some), len(rows[some[-1]][0])), dtype=torch.long)
        for place, row in enumerate(some):
            tokens[place, : len(rows[row][0])] = torch.tensor(rows[row][0])
        ends = tokens == END
        segments = (ends.cumsum(1) - ends.long()).clamp(max=2)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = net(tokens, segments, tokens != 0)
        wrong = torch.zeros(tokens.shape, dtype=torch.bool)
        for place, row in enumerate(some):
            wrong[place, list(rows[row][2])] = True
        whole = torch.logsumexp(logits.masked_fill((segments != 1) | ends, -1e4), 1)
        there = torch.logsumexp(logits.masked_fill(~wrong, -1e4), 1)
        for place, row in enumerate(some):
            found[row] = torch.stack([whole[place], there[place]])
    return torch.stack(found, 1)


def missing(
    net: Reader, pairs_: Sequence[tuple[Row, Row]], rows: Sequence[Row], counts: Any
) -> Any:
    """What is missing to every statement being told for what it is.

    Of two on one source the false one is to look worse than the fair one, and where it is false.
    """
    told = [row for pair in pairs_ for row in pair]
    some = [*told, *rows]
    whole, there = doubts(net, some)
    wrong = torch.tensor([each for _, each, _ in some])
    count = torch.tensor([*(counts[length(row), row[1]] for row in told), *(1.0 for _ in rows)])
    of_each = functional.binary_cross_entropy_with_logits(whole, wrong, reduction="none")
    of_places = functional.softplus(-there)
    of_pairs = functional.softplus(whole[: len(told) : 2] - whole[1 : len(told) : 2])
    mixed = torch.where(wrong > 0, (of_each + of_places) / 2, of_each)
    return (mixed * count).mean() + of_pairs.mean() / 2


def evaluated(net: Reader, kept: Sequence[Any], suspected: float = 0.05) -> str:
    """How well fair and false statements that were held back are told apart, lengths balanced."""
    rows = [row for _, pair in kept for row in pair]
    counts = balanced(rows)
    counted = np.array([counts[length(row), row[1]] for row in rows])
    with torch.no_grad():
        found = doubts(net, rows)[0].numpy()
    (fair, false), (of_fair, of_false) = ((each[::2], each[1::2]) for each in (found, counted))
    both = of_false[:, None] * of_fair[None]
    area = ((false[:, None] > fair[None]) * both).sum() / both.sum()
    order = np.argsort(fair)
    share = of_fair[order].cumsum() / of_fair.sum()
    cut = fair[order][np.searchsorted(share, 1 - suspected)]
    caught = (false > cut) * of_false
    kinds: dict[str, list[int]] = {}
    for place, (kind, _) in enumerate(kept):
        kinds.setdefault(kind, []).append(place)
    each = (
        f"{kind} {caught[some].sum() / of_false[some].sum():.0%}"
        for kind, some in sorted(kinds.items())
    )
    return (
        f"area {area:.3f}; with {suspected:.0%} of the fair ones suspected"
        f" {caught.sum() / of_false.sum():.0%} of the false ones: {', '.join(each)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--steps", type=int, default=900)
    given = parser.parse_args()
    torch.manual_seed(1)
    chance = random.Random(1)
    files = find(None, default_cache(), (), print)
    tokens = Tokens(files.tokenizer)
    articles = read(given.articles)
    learnt, kept = written(articles, tokens)
    true, false = of_articles(articles, tokens)
    print(f"{len(learnt)} pairs, {len(kept)} held back; {len(true)} and {len(false)} sentences")
    counts = balanced([row for pair in learnt for row in pair])
    net = Reader(load_file(files.weights))
    start = given.folder / "made.pt"
    if start.exists():
        net.load_state_dict(torch.load(start))
    learning = [value for value in net.parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=RATE, weight_decay=0.01)
    order: list[tuple[Row, Row]] = []
    mean = 0.0
    for step in range(1, given.steps + 1):
        share = 1 - (step - 1) / given.steps
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, step / 30) * max(0.02, share)
        if len(order) < PAIRS:
            order = chance.sample(learnt, len(learnt))
        some, order = order[:PAIRS], order[PAIRS:]
        drawn = [row for of in (true, false) for row in chance.sample(of, SENTENCES // 2)]
        lost = missing(net, some, drawn, counts)
        optimizer.zero_grad()
        lost.backward()
        nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        mean = lost.item() if step == 1 else 0.98 * mean + 0.02 * lost.item()
        if step % 50 == 0:
            print(f"  {step} steps, loss {mean:.3f}", flush=True)
        if step % 150 == 0:
            print(evaluated(net, kept), flush=True)
            torch.save(net.state_dict(), given.folder / "doubter.pt")
    np.savez_compressed(given.folder / "doubter.npz", **net.learnt())
    print(evaluated(net, kept))


if __name__ == "__main__":
    main()
