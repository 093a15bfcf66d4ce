"""How many copies are found, and what is taken for a copy and is none.

    python tests/benchmarks/copies.py ARTICLES.jsonl[.gz] [--sample N] [--collection]

Copies are made of real articles as desks make them: cut, with paragraphs left out or added, with
words changed, with sentences in another order; each kind at five strengths, every copy under
another headline, at another outlet, a day later. A pair of articles with different originals is a
false one. With `--collection`, the pairs found among all articles of the file are listed, those
nearest to the threshold first: they have to be read.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.catalog import Catalog
from index.copies import Copies
from index.likeness import runs_of_words
from index.readers import read_path
from index.sentences import split_sentences
from index.types import Article

STRENGTHS = (0.05, 0.1, 0.2, 0.35, 0.5)
Edit = Callable[[list[str], float, random.Random, list[str]], list[str]]


def cut(said: list[str], share: float, _: random.Random, __: list[str]) -> list[str]:
    return said[: max(1, round(len(said) * (1 - share)))]


def left_out(said: list[str], share: float, pick: random.Random, _: list[str]) -> list[str]:
    gone = set(pick.sample(range(len(said)), round(len(said) * share)))
    return [sentence for place, sentence in enumerate(said) if place not in gone]


def added(said: list[str], share: float, pick: random.Random, other: list[str]) -> list[str]:
    more = other[: round(len(said) * share)]
    place = pick.randint(0, len(said))
    return [*said[:place], *more, *said[place:]]


def changed(said: list[str], share: float, pick: random.Random, other: list[str]) -> list[str]:
    words = " ".join(other).split()
    return [
        " ".join(pick.choice(words) if pick.random() < share else w for w in sentence.split())
        for sentence in said
    ]


def reordered(said: list[str], share: float, pick: random.Random, _: list[str]) -> list[str]:
    places = pick.sample(range(len(said)), round(len(said) * share))
    moved = dict(zip(places, pick.sample(places, len(places)), strict=True))
    return [said[moved.get(place, place)] for place in range(len(said))]


EDITS: dict[str, Edit] = {
    "end cut": cut,
    "sentences left out": left_out,
    "sentences added": added,
    "words changed": changed,
    "sentences moved": reordered,
}


def sentences(article: Article) -> list[str]:
    return [article.text[s.start : s.end] for s in split_sentences(article.text)]


def catalog_of(articles: Sequence[Article]) -> tuple[Catalog, float]:
    catalog = Catalog(Path(tempfile.mkdtemp()) / "catalog.sqlite3", create=True)
    catalog.database.upgrade()
    for start in range(0, len(articles), 250):
        catalog.put(articles[start : start + 250])
    began = time.perf_counter()
    Copies(catalog).catch_up(lambda _: None)
    return catalog, time.perf_counter() - began


def made(originals: Sequence[Article]) -> dict[str, tuple[Article, Article, str, float]]:
    """Copies with their originals, kinds and strengths, by id."""
    pick = random.Random(20250320)
    copies = {}
    for number, original in enumerate(originals):
        other = sentences(originals[number - 1])
        for kind, edit in EDITS.items():
            for share in STRENGTHS:
                info = replace(
                    original.info,
                    title=f"Report number {pick.randint(0, 10**6)}",
                    source=f"{kind} desk",
                    date=original.info.date and original.info.date + dt.timedelta(days=1),
                    url=f"{original.info.url}?{kind}={share}",
                )
                text = "\n\n".join(edit(sentences(original), share, pick, other))
                copies[info.id] = (Article(info, text), original, kind, share)
    return copies


def measure(originals: Sequence[Article]) -> None:
    copies = made(originals)
    catalog, seconds = catalog_of([*originals, *(copy for copy, *_ in copies.values())])
    pairs = set(catalog.database.rows("SELECT article, other FROM copies"))
    found: defaultdict[tuple[str, float], int] = defaultdict(int)
    for identity, (_, original, kind, share) in copies.items():
        found[kind, share] += (original.info.id, identity) in pairs
    print(f"{len(originals)} articles, {len(copies):,} copies, {seconds:.0f} s; share found")
    print(f"{'':22}" + "".join(f"{share:>8.0%}" for share in STRENGTHS))
    for kind in EDITS:
        row = "".join(f"{found[kind, share] / len(originals):>8.1%}" for share in STRENGTHS)
        print(f"{kind:22}{row}")
    root = {o.info.id: o.info.id for o in originals}
    root |= {identity: original.info.id for identity, (_, original, *_) in copies.items()}
    false = [(a, b) for a, b in pairs if a < b and root[a] != root[b]]
    total = len(pairs) // 2
    print(f"pairs found: {total:,}, of different originals: {len(false)}", end="")
    print(f" (precision {1 - len(false) / total:.4f})" if total else "")
    for one, other in false[:20]:
        print("  ", catalog.article(one).info.url, "|", catalog.article(other).info.url)


def collection(articles: Sequence[Article]) -> None:
    catalog, seconds = catalog_of(articles)
    lines = []
    for one, other in catalog.database.rows("SELECT article, other FROM copies"):
        if one < other:
            a, b = catalog.article(one), catalog.article(other)
            runs, others = runs_of_words(a.text), runs_of_words(b.text)
            common = len(np.intersect1d(runs, others))
            shared = common / (len(runs) + len(others) - common)
            held = common / min(len(runs), len(others))
            lines.append(
                f"{shared:.2f} {held:.2f} {a.info.date} {a.info.source} “{a.info.title}”"
                f" | {b.info.date} {b.info.source} “{b.info.title}”"
            )
    print(f"{len(articles):,} articles, {seconds:.0f} s, {len(lines)} pairs: shared, held")
    print("\n".join(sorted(lines)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--collection", action="store_true")
    given = parser.parse_args()
    articles = [a for a in read_path(given.articles) if isinstance(a, Article)]
    if given.collection:
        collection(articles)
        return
    long = [a for a in articles if len(sentences(a)) >= 10]
    chosen = random.Random(1).sample(long, min(2 * given.sample, len(long)))
    print("Thresholds were chosen with these:")
    measure(chosen[1::2])
    print("\nReported:")
    measure(chosen[::2])


if __name__ == "__main__":
    main()
