"""The values that flow through the index; all of them are frozen.

Positions are counts of Unicode code points, as in `str` slicing, in the stored text of one version
of one article. Ranges are half-open: `text[start:end]`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from index.dates import DatePreference

__all__ = [
    "OPENING",
    "VECTORS_SO_FAR",
    "Article",
    "ArticleInfo",
    "Filters",
    "Hit",
    "Passage",
    "Pending",
    "Progress",
    "Query",
    "Report",
    "Retrieval",
    "Sentence",
    "Skipped",
    "Status",
    "Undated",
]

VECTORS_SO_FAR = "of the passages have vectors so far"
"""How a warning ends, after the share, in a library that is still being embedded."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A character range of an article's stored text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """What is known of one version of an article besides its text.

    Attributes:
        title: The headline, or empty when the article has none.
        date: The publication date as the article states it, or None; never a file's date.
        source: The outlet, or empty.
        authors: Names as printed.
        url: The address it was published at, or empty.
        path: Where it was read from, or empty; together with `url` it gives the identity. An
            article that is added with neither gets `text:` and a digest of what it holds.
        version: 1 for the first text stored under this identity, then counting up.
        opening: The first words of the text, which stand in where there is no title.
    """

    title: str = ""
    date: dt.date | None = None
    source: str = ""
    authors: tuple[str, ...] = ()
    url: str = ""
    path: str = ""
    version: int = 1
    opening: str = ""

    @property
    def identity(self) -> str:
        """What makes two texts versions of the same article: the url, else the path."""
        return self.url or self.path

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits that stand for the identity."""
        return hashlib.sha256(self.identity.encode()).hexdigest()[:16]

    @property
    def heading(self) -> str:
        """The title, or the opening words of an article that has none."""
        return self.title or self.opening


@dataclass(frozen=True, slots=True)
class Article:
    """One news text with what is known of it.

    Attributes:
        info: Title, date, outlet and so on.
        text: The stored text: paragraphs divided by an empty line, the standfirst first.
        unread_date: A publication date that was stated and not understood, or empty; it is known
            while an article is indexed, and not stored.
    """

    info: ArticleInfo
    text: str
    unread_date: str = field(default="", compare=False, repr=False)

    def identified(self) -> Article:
        """This article, with what it holds as its path when it has neither url nor path."""
        if self.info.identity:
            return self
        # The outlet and the day, too, as agency reports are printed word for word by several.
        info = self.info
        held = repr((info.title, info.source, str(info.date), self.text))
        digest = hashlib.sha256(held.encode(errors="replace")).hexdigest()[:16]
        return replace(self, info=replace(info, path=f"text:{digest}"))


# Characters of an article's beginning that are known of each of its passages.
OPENING = 4_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole, consecutive sentences of one article, the unit of retrieval.

    `text` is always `article.text[start:end]`.

    Attributes:
        article: What it is of.
        ordinal: Its place among those of the article, from 0.
        start: Where it begins in the article's text.
        end: Where it ends.
        text: Its text.
        before: How the article begins, as far as that stands before it; empty where that is not
            known. Whom a passage calls by a surname is mostly named in full there.
    """

    article: ArticleInfo
    ordinal: int
    start: int
    end: int
    text: str
    before: str = field(default="", compare=False, repr=False)

    @property
    def id(self) -> str:
        """Article, version and place in the article, as one string."""
        return f"{self.article.id}.{self.article.version}.{self.ordinal}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query, and why.

    Attributes:
        passage: The passage.
        score: What the hits are ordered by; comparable within one search only.
        parts: The score's parts by name, each already weighted: `lexical`, `vector`, `date`, and
            `lead` for the first passage of an article.
        ranks: The rank, from 1, that each retriever alone gave the passage; absent when it
            did not return it.
        copies: Other articles that carry the same report; the hit has the score of the best.
    """

    passage: Passage
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)
    ranks: Mapping[str, int] = field(default_factory=dict)
    copies: tuple[ArticleInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles a search may return; bounds are inclusive publication dates.

    An article without a date passes only when no bound is set.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for.

    Attributes:
        text: Plain words, a question or not.
        filters: What the articles must match.
        near: The day, or the dates, that articles are preferred to be near to.
        without: Ids of articles to pass over, as if the library did not hold them.
        only: The id of the only article that may be found, or empty.
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    near: dt.date | DatePreference | None = None
    without: frozenset[str] = frozenset()
    only: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a line of one, that was not indexed, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Undated:
    """An article that was indexed without a date, as what it states for one is not understood."""

    where: str
    stated: str


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Hits, best first, and what the reader must know about how they were found."""

    hits: tuple[Hit, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """What a library has still to embed."""

    passages: int
    characters: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far indexing is.

    Attributes:
        stage: What is happening now.
        done: Articles read, or passages done.
        total: How many there are, or 0 where that is not known.
        note: What it waits for, or empty.
    """

    stage: Literal["reading", "lexical", "copies", "embedding"]
    done: int
    total: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What indexing did: numbers of articles, and what was skipped.

    Attributes:
        ignored: Files and folders that patterns left out.
        tokens: What embedding was paid for.
        kept: Files of which something was skipped, each with the number of articles that are no
            longer in what was read of it, and that `sync` kept therefore.
        undated: Articles whose date is stated and was not understood.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    embedded: int = 0
    ignored: int = 0
    tokens: int = 0
    skipped: tuple[Skipped, ...] = ()
    kept: tuple[tuple[str, int], ...] = ()
    undated: tuple[Undated, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """What a library holds.

    Attributes:
        passages: Live passages; `lexical` and `vectors` of them are in the two indexes.
        embedder: The embedder's name, or empty before anything was embedded.
        copies: Articles that another one answers for, as it carries the same report.
        bytes: What the folder takes on disk.
    """

    path: str
    articles: int
    passages: int
    lexical: int
    vectors: int
    embedder: str
    first: dt.date | None
    last: dt.date | None
    undated: int
    copies: int
    bytes: int
