"""Sentences drawn from real articles, with what an answer that cites them would be checked against.

Names are told from other words by how a collection writes them, not by the checks that are
measured, so that both do not have the same blind spots.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.support import Evidence
from index.passages import split_passages
from index.readers import read_path
from index.sentences import split_sentences
from index.types import Article

__all__ = ["Drawn", "Names", "draw", "evidence", "halves", "read"]

_CALENDAR = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June"
    " July August September October November December I I'm I've I'll I'd Mr Mrs Ms Dr President"
    " Prime Minister Sen Rep Gov Gen Col Sgt Lt St Secretary General Governor Senator Judge King"
    " Queen Prince Princess Sir Lord Lady Pope Chief Photo Image Getty"
)
_NOT_NAMES = frozenset(_CALENDAR.split())
_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_RUN = re.compile(r"[A-Z][\w’-]*[a-z](?: [A-Z][\w’-]*[a-z])*")
_SHORTEST, _LONGEST = 8, 40


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sentence of an article and the evidence that citing it gives."""

    text: str
    evidence: Evidence
    article: Article


@dataclass(frozen=True, slots=True)
class Names:
    """Words that a collection writes with a capital, and names made of them.

    Attributes:
        words: Words that it nearly always writes so inside of sentences.
        pool: Names of one to three such words, by their number of words.
    """

    words: frozenset[str]
    pool: dict[int, tuple[str, ...]]

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Names:
        """The names of a collection, those that stand in it at least four times."""
        written: Counter[str] = Counter()
        runs: Counter[str] = Counter()
        for article in articles:
            for match in _WORD.finditer(article.text):
                before = article.text[max(0, match.start() - 2) : match.start()]
                if re.fullmatch(r"[a-z,] ", before) or match[0].islower():
                    written[match[0]] += 1
            for match in re.finditer(rf"(?<=[a-z] ){_RUN.pattern}", article.text):
                runs[match[0]] += 1
        words = frozenset(
            word
            for word, count in written.items()
            if word[0].isupper()
            and count >= 4
            and written[word.lower()] < 0.1 * count
            and word not in _NOT_NAMES
            and len(word) > 2
        )
        pool: dict[int, list[str]] = {1: [], 2: [], 3: []}
        for run, count in runs.items():
            parts = run.split(" ")
            plain = all(part in words and part.isalpha() and part[1:].islower() for part in parts)
            if count >= 4 and len(parts) in pool and plain:
                pool[len(parts)].append(run)
        return cls(words, {size: tuple(sorted(held)) for size, held in pool.items()})

    def find(self, text: str) -> list[re.Match[str]]:
        """The names in a text."""
        return [
            match
            for match in _RUN.finditer(text)
            if all(re.sub(r"[’']s$", "", part) in self.words for part in match[0].split(" "))
        ]


def read(file: Path) -> list[Article]:
    """The articles of a file that carry a date and are long enough to have several passages."""
    return [a for a in read_path(file) if isinstance(a, Article) and a.info.date and a.text]


def halves(articles: Sequence[Article]) -> tuple[list[Article], list[Article]]:
    """The articles that checks may be made with, and those that are reported on."""
    made, reported = [], []
    for article in articles:
        (made if sha256(article.info.identity.encode()).digest()[0] % 2 else reported).append(
            article
        )
    return made, reported


def draw(articles: Sequence[Article], seed: int, around: int = 0) -> Iterator[Drawn]:
    """Sentences at random, one an article in each round.

    Args:
        articles: Where they come from.
        seed: Settles the order.
        around: How many sentences before and behind are cited with each.
    """
    pick = random.Random(seed)
    while True:
        for article in pick.sample(articles, len(articles)):
            places = split_sentences(article.text)
            at = pick.randrange(len(places)) if places else 0
            if not places or not _is_plain(article.text[places[at].start : places[at].end]):
                continue
            first, last = max(0, at - around), min(len(places) - 1, at + around)
            cited = evidence(article, places[first].start, places[last].end)
            yield Drawn(article.text[places[at].start : places[at].end], cited, article)


def evidence(article: Article, start: int, end: int) -> Evidence:
    """A range of an article as an answer that cites it is checked against it."""
    info = article.info
    passage = next(
        article.text[first:last]
        for first, last in split_passages(article.text, split_sentences(article.text))
        if first <= start < last
    )
    context = f"{info.title}\n{info.source}\n{passage}"
    return Evidence(article.text[start:end], info.date, context)


def _is_plain(text: str) -> bool:
    """One whole English sentence of ordinary length on one line, and no caption or list."""
    words = text.split()
    return (
        _SHORTEST <= len(words) <= _LONGEST
        and "\n" not in text
        and text[0] in '“"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$'
        and text.rstrip("”\"'’")[-1] in ".!?"
        and sum(word.islower() for word in words) > len(words) / 2
        and not re.search(r"https?:|@|\||click here|sign up|newsletter|©", text, re.IGNORECASE)
    )
