"""Sentences of real articles as another writer put them: fairly, and with one thing wrong.

`paraphrases.jsonl` names an article and the range of the sentence, and holds both paraphrases.
Odd lines are for making the checks, even ones for reporting.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from drawn import Drawn, evidence

from index.types import Article

__all__ = ["paraphrased"]

_FILE = Path(__file__).with_name("paraphrases.jsonl")


def paraphrased(
    articles: Sequence[Article], *, development: bool
) -> dict[str, list[tuple[Drawn, str]]]:
    """The fair and the unfair paraphrases of sentences of these articles, one half of them."""
    known = {article.info.url: article for article in articles}
    found: dict[str, list[tuple[Drawn, str]]] = {"fair": [], "unfair": []}
    lines = _FILE.read_text("utf-8").splitlines()
    for line in lines[1 - development :: 2]:
        told = json.loads(line)
        article = known.get(told["article"])
        if article is None:
            continue
        source = evidence(article, told["start"], told["end"])
        drawn = Drawn(source.text, source, article)
        for kind, pairs in found.items():
            pairs.append((drawn, told[kind]))
    return found
