"""Copies: articles that carry the same report, and which of them answers.

The catalog keeps pairs, each found by comparing two texts, so that they depend on no order. From
the pairs, clusters are made when they are asked for: of the articles that hang together by pairs
the first is taken that answers best, with all that it is a pair with; then the next of the rest.
So a chain of ever more edited copies is no cluster: each copy is like the one that answers for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.catalog import Catalog
from index.types import Article, ArticleInfo, Filters, Progress

if TYPE_CHECKING:
    from index.likeness import Sketched

__all__ = ["Cluster", "Copies", "clusters"]

# Articles that are compared in one transaction.
_AT_ONCE = 250
# Candidates that an article is compared with. There are more only where pages are made of the
# same words, or where a report is carried by hundreds.
_MOST = 300
# Variables that SQLite takes in one query.
_VARIABLES = 900


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles that carry the same report.

    Attributes:
        answering: The one that answers.
        articles: All of them.
    """

    answering: ArticleInfo
    articles: tuple[ArticleInfo, ...]

    def besides(self, identity: str) -> tuple[ArticleInfo, ...]:
        """The others, those of the earliest date first."""
        others = (info for info in self.articles if info.id != identity)
        return tuple(sorted(others, key=lambda info: (info.date is None, str(info.date), info.id)))


class Copies:
    """The pairs of copies in one catalog.

    Args:
        catalog: The library's.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._database = catalog.database

    def catch_up(self, listener: Callable[[Progress], None]) -> None:
        """Compares what is new or changed with everything.

        It can be stopped between batches; an article that is not changed costs nothing.
        """
        done = 0
        while new := self._missing():
            self._compare(new)
            done += len(new)
            listener(Progress("copies", done))

    def _missing(self) -> list[Article]:
        rows = self._database.rows(
            "SELECT a.id FROM articles a LEFT JOIN sketches s"
            " ON s.article = a.id AND s.version = a.version WHERE s.article IS NULL LIMIT ?",
            [_AT_ONCE],
        )
        return [self._catalog.article(identity) for (identity,) in rows]

    def _compare(self, new: Sequence[Article]) -> None:
        from index.likeness import (  # noqa: PLC0415 - heavy
            bands,
            carry_the_same,
            may_carry_the_same,
            sketch,
        )

        sketched = {a.info.id: sketch(a.info, a.text) for a in new}
        found = dict(zip(sketched, bands(list(sketched.values())), strict=True))
        with self._database.transaction() as connection:
            for identity in sketched:
                connection.execute("DELETE FROM bands WHERE article = ?", [identity])
                connection.execute(
                    "DELETE FROM copies WHERE article = :a OR (other = :a AND article IN"
                    " (SELECT other FROM copies WHERE article = :a))",
                    {"a": identity},
                )
            connection.executemany(
                "INSERT INTO bands VALUES (?, ?)",
                [(band, identity) for identity, numbers in found.items() for band in set(numbers)],
            )
            pairs = set()
            older: dict[str, Sketched] = {}
            for identity, numbers in found.items():
                others = _candidates(connection, identity, numbers)
                if not others:
                    continue
                info = sketched[identity].info
                for other, (known_info, _) in self._catalog.described(others, Filters()).items():
                    if not may_carry_the_same(info, known_info):
                        continue
                    if other not in sketched and other not in older:
                        article = self._catalog.article(other)
                        older[other] = sketch(article.info, article.text)
                    known = sketched.get(other) or older[other]
                    if carry_the_same(sketched[identity], known):
                        pairs |= {(identity, other), (other, identity)}
            connection.executemany("INSERT OR IGNORE INTO copies VALUES (?, ?)", sorted(pairs))
            connection.executemany(
                "INSERT OR REPLACE INTO sketches VALUES (?, ?)",
                [(article.info.id, article.info.version) for article in new],
            )

    def of(self, articles: Collection[str], filters: Filters | None = None) -> dict[str, Cluster]:
        """The clusters of those of these articles that have copies, by the ids of all in them.

        Args:
            articles: Ids.
            filters: What an article must match to answer; no article that is later than `until`
                is named either.
        """
        filters = filters or Filters()
        pairs = self._reachable(articles)
        if not pairs:
            return {}
        known = self._catalog.described(list(pairs), Filters(until=filters.until))
        passing = {
            identity: known[identity] for identity in known if _passes(known[identity][0], filters)
        }
        answering = clusters(passing, pairs)
        found = {}
        for identity, first in answering.items():
            others = sorted(pairs[first] & set(known))
            infos = (known[first][0], *(known[other][0] for other in others))
            found[identity] = Cluster(infos[0], infos)
        return found

    def count(self) -> int:
        """How many live articles are answered for by another one."""
        rows = self._database.rows("SELECT DISTINCT article FROM copies")
        found = self.of([identity for (identity,) in rows])
        return sum(identity != cluster.answering.id for identity, cluster in found.items())

    def _reachable(self, articles: Collection[str]) -> dict[str, set[str]]:
        """All that hang together with these by pairs, each with those it is a pair with."""
        found: dict[str, set[str]] = {}
        waiting = list(articles)
        while waiting:
            neighbours = self._neighbours(waiting)
            found |= neighbours
            waiting = list({o for others in neighbours.values() for o in others} - set(found))
        return found

    def _neighbours(self, articles: Sequence[str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for start in range(0, len(articles), _VARIABLES):
            some = articles[start : start + _VARIABLES]
            marks = ",".join("?" * len(some))
            for article, other in self._database.rows(
                f"SELECT article, other FROM copies WHERE article IN ({marks})",  # noqa: S608
                some,
            ):
                found.setdefault(article, set()).add(other)
        return found


def _passes(info: ArticleInfo, filters: Filters) -> bool:
    sources = [source.lower() for source in filters.sources]
    if sources and info.source.lower() not in sources:
        return False
    return not filters.since or bool(info.date and info.date >= filters.since)


def _candidates(connection: sqlite3.Connection, identity: str, numbers: Sequence[int]) -> list[str]:
    """The other articles that share bands with this one, those that share most of them first."""
    marks = ",".join("?" * len(numbers))
    rows = connection.execute(
        f"SELECT article FROM bands WHERE band IN ({marks}) AND article <> ?"  # noqa: S608
        " GROUP BY article ORDER BY count(*) DESC, article LIMIT ?",
        [*numbers, identity, _MOST],
    )
    return [article for (article,) in rows]


def clusters(
    articles: Mapping[str, tuple[ArticleInfo, int]],
    pairs: Mapping[str, Collection[str]],
) -> dict[str, str]:
    """Which article answers for which, by id; those that stand alone are left out.

    The earliest article of a known date answers for its copies, of the same day the one with the
    longest text; the id decides what is left.

    Args:
        articles: Those to choose from, each with the length of its text.
        pairs: For each article those that it is a copy of.
    """

    def rank(identity: str) -> tuple[bool, int, int, str]:
        info, length = articles[identity]
        day = info.date.toordinal() if info.date else 0
        return (info.date is None, day, -length, identity)

    answering: dict[str, str] = {}
    for identity in sorted(articles, key=rank):
        if identity in answering:
            continue
        rest = [o for o in pairs.get(identity, ()) if o in articles and o not in answering]
        if rest:
            answering |= dict.fromkeys((identity, *rest), identity)
    return answering
