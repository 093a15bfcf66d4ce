"""Sentences of articles as another writer put them: fairly, and with one thing wrong.

Each line names an article and the range of the sentence, and holds both paraphrases. Those of real
news (`paraphrases.jsonl`) and the odd lines of those of our sample articles
(`paraphrases_of_seeds.jsonl`) are for making the checks, the even ones of these for reporting. All
were written before the checks were tried on them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from drawn import Drawn, evidence, read

from index.types import Article

__all__ = ["paraphrased"]

_FOLDER = Path(__file__).parent
_SEEDS = _FOLDER.parents[1] / "seeds"


def paraphrased(
    articles: Sequence[Article], *, development: bool
) -> dict[str, list[tuple[Drawn, str]]]:
    """The fair and the unfair paraphrases that the checks are made with, or the others.

    Args:
        articles: Where the real sentences are, as far as they are there.
        development: Whether those for making the checks are wanted.
    """
    told = list(_of_seeds(development=development))
    if development:
        told += _told("paraphrases.jsonl", {article.info.url: article for article in articles})
    return {kind: [(drawn, line[kind]) for drawn, line in told] for kind in ("fair", "unfair")}


def _of_seeds(*, development: bool) -> Iterator[tuple[Drawn, dict[str, Any]]]:
    known = {file.name: article for file in _SEEDS.iterdir() for article in read(file)}
    yield from list(_told("paraphrases_of_seeds.jsonl", known))[1 - development :: 2]


def _told(name: str, known: dict[str, Article]) -> Iterable[tuple[Drawn, dict[str, Any]]]:
    for line in (_FOLDER / name).read_text("utf-8").splitlines():
        told = json.loads(line)
        article = known.get(told["article"])
        if article is not None:
            source = evidence(article, told["start"], told["end"])
            yield Drawn(source.text, source, article), told
