"""Sentences of articles as another writer put them: fairly, and with one thing wrong.

Each line names an article and the range of the sentence, and holds both paraphrases; some hold a
clause as a model adds it to what it was given, and of which the source says nothing. The checks
were made with `paraphrases.jsonl`; the others, of our sample articles and of real news of the half
that is reported on, were written before the checks were tried on them and are for reporting alone.

The statements of `paraphrases_written.jsonl` are worded more freely and rest on one sentence or
two; the false ones are wrong in one respect, which is named. A tenth is for reporting alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from drawn import Drawn, evidence, read
from glued import glued

from index.sentences import split_sentences
from index.types import Article

__all__ = ["Table", "pairs", "paraphrased", "statements"]

_FOLDER = Path(__file__).parent
_SEEDS = _FOLDER.parents[1] / "seeds"
_WRITTEN = {True: "paraphrases_written.jsonl", False: "paraphrases_written_reported.jsonl"}
_REPORTED = {"samples": "paraphrases_of_seeds.jsonl", "news": "paraphrases_of_news.jsonl"}

Table = dict[str, list[tuple[Drawn, str]]]
"""Statements, each with what it cites, by their kind."""


def statements(articles: Sequence[Article], *, development: bool) -> tuple[Table, Table]:
    """The freely worded statements that are fair, and those with something wrong by what it is.

    Args:
        articles: Where what they cite is.
        development: Whether those for making the checks are wanted, or those for reporting.
    """
    fair: Table = {}
    unfair: Table = {}
    for one, true, kind, false in pairs(articles, development=development):
        fair.setdefault("freely worded", []).append((one, true))
        unfair.setdefault(f"freely worded, {kind}", []).append((one, false))
    return fair, unfair


def pairs(
    articles: Sequence[Article], *, development: bool
) -> Iterator[tuple[Drawn, str, str, str]]:
    """What statements cite, a fair one, what is wrong with the other one, and that one."""
    known = {article.info.url: article for article in articles}
    for line in (_FOLDER / _WRITTEN[development]).read_text("utf-8").splitlines():
        told = json.loads(line)
        article = known.get(told["article"])
        if article is not None:
            start, end = told["start"], told["end"]
            one = Drawn(article.text[start:end], evidence(article, start, end), article)
            yield one, told["fair"], told["kind"], told["unfair"]


def paraphrased(articles: Sequence[Article], *, development: bool, around: int = 0) -> Table:
    """The paraphrases that the checks were made with, or those for reporting, by their kind.

    Args:
        articles: Where sentences of real news are, as far as they are there.
        development: Whether those for making the checks are wanted.
        around: How many sentences before and behind are cited with each.
    """
    known = {article.info.url: article for article in articles}
    known |= {file.name: article for file in _SEEDS.iterdir() for article in read(file)}
    files = {"": "paraphrases.jsonl"} if development else _REPORTED
    found: Table = {}
    for of, name in files.items():
        for line in (_FOLDER / name).read_text("utf-8").splitlines():
            told = json.loads(line)
            article = known.get(told["article"])
            if article is None:
                continue
            text = article.text[told["start"] : told["end"]]
            source = evidence(
                article, *_with_neighbours(article, told["start"], told["end"], around)
            )
            own = told.get("own", "")
            made = {
                "fair": told["fair"],
                "unfair": told["unfair"],
                "own clause, repeated": glued(text, own),
                "own clause, reworded": glued(told["fair"], own),
            }
            for kind, put in made.items():
                if put is not None:
                    one = Drawn(text, source, article), put
                    found.setdefault(f"{kind} {of}".strip(), []).append(one)
    return found


def _with_neighbours(article: Article, start: int, end: int, around: int) -> tuple[int, int]:
    """A range with so many sentences before and behind it."""
    places = split_sentences(article.text)
    held = [at for at, place in enumerate(places) if place.start < end and start < place.end]
    first, last = max(0, held[0] - around), min(len(places) - 1, held[-1] + around)
    return min(start, places[first].start), max(end, places[last].end)
