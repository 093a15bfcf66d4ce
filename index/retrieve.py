"""Retrieval: lexical and vector search, fused, with a preference for articles near a day.

Both retrievers give a pool of candidates. Whoever found a passage, its similarity is computed
exactly from its stored embedding, so that being missed by the vector store costs nothing. Scores
are divided by the best of their kind and added with weights.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.backlog import Store
from index.catalog import Catalog
from index.copies import Cluster, Copies
from index.dates import DatePreference, Period, find_dates
from index.dates.closeness import closeness
from index.errors import DiskFull, StoreDamaged
from index.exact import nearest_by_scan
from index.folding import fold
from index.lexical import PHRASE_WEIGHT, LexicalIndex
from index.neighbours import completed
from index.rows import as_date, as_number
from index.types import ArticleInfo, Filters, Hit, Retrieval
from index.vectors import Vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["QueryVector", "Stores", "Weights", "retrieve"]

# Candidates that each retriever gives.
_POOL = 100
# Days for which a day without its year (“October 7”) means the last one.
_NAMED_FOR = 330
# Days at most of a period that is a day and what follows it, when it is reported.
_REPORTED = 7


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts.

    Chosen on the 502 news questions of 2022 that some article answers, in a library of that year
    (38,066 passages): passage and article MRR@10 of 0.68 and 0.66 by words alone, 0.53 and 0.52
    by vectors alone, 0.69 and 0.67 by both, 0.75 and 0.80 with the date part. A listwise model
    of twenty signs (where names, numbers, rare words and phrases stand, how much else the article
    has to say, what is near to the best hits), cross-validated over weeks, did no better than
    these five, and the best weights of these are flat: twice or half of one costs 0.01.
    The standfirst as a field of its own (how much of the question an article's first two sentences
    hold, added to the score of the first 20 hits) does nothing for passages (0.775 without, 0.772
    at 0.2) and a little for articles (0.746 and 0.759), so that it is left at `lead`. At most two
    or three hits of an article leave passage MRR@10 and hit@8 where they were (0.775; 0.883).

    Attributes:
        lexical: Weight of the words.
        vector: Weight of the similarity.
        phrase: Weight of words that follow each other, within the lexical part.
        date: Weight of nearness to the day asked about.
        half_life: Days after which the date part is half.
        lead: What the first passage of an article gets, which sums it up.
    """

    lexical: float = 1.0
    vector: float = 0.6
    phrase: float = PHRASE_WEIGHT
    date: float = 0.75
    half_life: float = 14.0
    lead: float = 0.08


@dataclass(frozen=True, slots=True)
class QueryVector:
    """The embedded query and whose vectors it may be compared with."""

    vector: NDArray[np.float32]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Stores:
    """What a library is searched with.

    Attributes:
        catalog: The truth.
        lexical: The lexical index.
        vectors: The vector store.
        copies: Which articles carry the same report.
        scans: Whether a question is compared with the catalog's embeddings one by one, since the
            vector store would have to be loaded for it alone.
    """

    catalog: Catalog
    lexical: LexicalIndex
    vectors: Vectors
    copies: Copies
    scans: bool = False


def retrieve(
    stores: Stores,
    text: str,
    query: QueryVector | None,
    *,
    k: int,
    filters: Filters,
    near: dt.date | DatePreference | None = None,
    weights: Weights | None = None,
    without: Collection[str] = (),
    only: str = "",
) -> Retrieval:
    """Finds the passages for a query.

    Args:
        stores: What is searched.
        text: The query in plain words.
        query: The embedded query, or None to search by words only.
        k: How many hits at the most.
        filters: What the articles must match.
        near: The day, or the dates, that articles are preferred to be near to, or None.
        weights: How the parts are weighted.
        without: Ids of articles that are passed over.
        only: The id of the only article that may be found, or empty.

    Returns:
        At most `k` hits, best first, with a warning where vectors could not be used.
    """
    catalog, lexical, vectors = stores.catalog, stores.lexical, stores.vectors
    weights = weights or Weights()
    warnings: list[str] = []
    words: dict[int, float] = {}
    pools = [filters, *_of_period(near, filters)]
    try:
        _expect(catalog, "lexical", there=lexical.exists)
        found = (lexical.search(text, _POOL, pool, phrases=weights.phrase) for pool in pools)
        words = dict(pair for pairs in found for pair in pairs)
    except StoreDamaged as error:
        if query is None:
            raise
        warnings.append(f"searched by vectors only: {error.message}; {error.help}")
    similar: dict[int, float] = {}
    if query is not None:
        similar = _similar(stores, query, pools, warnings)
    dates = catalog.matching([*words, *(n for n in similar if n not in words)], filters)
    if without or only:
        articles = catalog.articles_of(list(dates))
        wanted = {only} if only else set(articles.values())
        wanted -= set(without)
        dates = {n: date for n, date in dates.items() if articles[n] in wanted}
    words = {n: score for n, score in words.items() if n in dates}
    similar = {n: score for n, score in similar.items() if n in dates}
    ranks = {"lexical": _ranks(words), "vector": _ranks(similar)}
    if query is not None and similar:
        missing = [n for n in words if n not in similar]
        for n, vector in _embeddings(catalog, vectors, query.fingerprint, missing).items():
            similar[n] = float(vector @ query.vector)
    dates |= _of_day(catalog, dates, near)
    scored = fuse(words, similar, dates, near, weights, leads=catalog.leads(list(dates)))
    standing, clusters = _folded(stores, [n for n, _ in scored], filters)
    chosen: dict[int, tuple[int, Mapping[str, float]]] = {}
    for n, parts in scored:
        if len(chosen) == k:
            break
        chosen.setdefault(standing.get(n, n), (n, parts))
    passages = completed(catalog, catalog.passages(list(chosen)))
    hits = (
        Hit(
            passages[n],
            sum(parts.values()),
            parts,
            {name: rank[best] for name, rank in ranks.items() if best in rank},
            _copies(clusters, passages[n].article.id),
        )
        for n, (best, parts) in chosen.items()
        if n in passages
    )
    return Retrieval(tuple(hits), tuple(warnings))


def _of_period(near: dt.date | DatePreference | None, filters: Filters) -> list[Filters]:
    """The filters of a second pool, for the days that are preferred, where they are several.

    What was said in a month long ago is seldom among the nearest of all times.
    """
    if not isinstance(near, DatePreference):
        return []
    period = near.period.within(Period(filters.since, filters.until))
    if not period.first or not period.last or period.first >= period.last:
        return []
    return [replace(filters, since=period.first, until=period.last)]


def _of_day(
    catalog: Catalog, dates: Mapping[int, int], near: dt.date | DatePreference | None
) -> dict[int, int]:
    """The dates of passages that name the day that is asked about: it, instead of their own.

    What became of a day is told for months (“the October 7 attack”), and by then is known better.
    """
    period = near.period if isinstance(near, DatePreference) else Period()
    day = period.first
    if not day or not period.last or (period.last - day).days > _REPORTED:
        return {}
    last = day + dt.timedelta(days=_NAMED_FOR)
    later = [n for n, number in dates.items() if (on := as_date(number)) and day < on <= last]
    found = catalog.passages(later)
    return {n: as_number(day) for n, passage in found.items() if _names(passage.text, day)}


def _names(text: str, day: dt.date) -> bool:
    return str(day.day) in text and any(
        (mention.month, mention.day) == (day.month, day.day) and mention.year in {None, day.year}
        for mention in find_dates(text)
    )


def _folded(
    stores: Stores, numbers: Sequence[int], filters: Filters
) -> tuple[dict[int, int], dict[str, Cluster]]:
    """Which passage stands for which, of those whose articles have copies; and the clusters."""
    articles = stores.catalog.articles_of(numbers)
    clusters = stores.copies.of(set(articles.values()), filters)
    if not clusters:
        return {}, {}
    copied = [n for n in numbers if articles.get(n) in clusters]
    passages = stores.catalog.passages(copied)
    live = {n: passages[n] for n in copied if n in passages}
    return fold(live, clusters, lambda article: stores.catalog.article(article).text), clusters


def _copies(clusters: Mapping[str, Cluster], article: str) -> tuple[ArticleInfo, ...]:
    return clusters[article].besides(article) if article in clusters else ()


def _expect(catalog: Catalog, store: Store, *, there: bool) -> None:
    """Tells a store that is not there yet from one that is not there any more."""
    if not there and catalog.backlog.holds(store):
        name = {"lexical": "the lexical index", "vector": "the vector store"}[store]
        raise StoreDamaged(
            f"{name} is gone", help="`dateline repair` rebuilds it, embedding nothing again"
        )


def _embeddings(
    catalog: Catalog, vectors: Vectors, fingerprint: str, numbers: Sequence[int]
) -> dict[int, NDArray[np.float32]]:
    """The stored vectors of passages, from wherever they are kept."""
    kept = catalog.embeddings.of(fingerprint, numbers)
    elsewhere = {
        p.id: n for n, p in catalog.passages([n for n in numbers if n not in kept]).items()
    }
    found = vectors.embeddings(list(elsewhere)) if elsewhere else {}
    return kept | {elsewhere[identity]: vector for identity, vector in found.items()}


def _similar(
    stores: Stores, query: QueryVector, pools: Sequence[Filters], warnings: list[str]
) -> dict[int, float]:
    """The nearest passages by number; without a vector store, by comparing with them all.

    In a folder that cannot be written to that is the rule and no warning: Chroma would have to.
    """
    catalog, vectors = stores.catalog, stores.vectors
    try:
        _expect(catalog, "vector", there=vectors.exists)
        if vectors.is_writable and not stores.scans:
            nearest = vectors.search(query.vector, _POOL)
            if nearest is None:
                warnings.append("searched by words only: the library is just being written to")
                return {}
            found = [_nearest(catalog, vectors, query, dict(nearest), pool) for pool in pools]
            return {n: similar for pool in found for n, similar in pool.items()}
    except (DiskFull, StoreDamaged) as error:
        help_ = "until there is room, searching is slower" if isinstance(error, DiskFull) else ""
        warnings.append(f"compared with all passages: {error.message}; {help_ or error.help}")
    scans = [
        nearest_by_scan(catalog, query.vector, query.fingerprint, _POOL, pool) for pool in pools
    ]
    return {n: similar for scan in scans for n, similar in scan.items()}


def _nearest(
    catalog: Catalog,
    vectors: Vectors,
    query: QueryVector,
    nearest: Mapping[str, float],
    filters: Filters,
) -> dict[int, float]:
    """The vector store's candidates that pass the filters, by number.

    Chroma is first asked without filters, since it takes ten times as long with them, and asked
    again with them when too few of these nearest pass.
    """
    passing = _passing(catalog, nearest, filters)
    if len(passing) < min(_POOL // 2, len(nearest)) and filters != Filters():
        filtered = vectors.search(query.vector, _POOL, filters)
        if filtered is not None:
            passing = _passing(catalog, dict(filtered), filters)
    return passing


def _passing(catalog: Catalog, found: Mapping[str, float], filters: Filters) -> dict[int, float]:
    numbers = catalog.numbers(list(found))
    passing = catalog.matching(list(numbers.values()), filters)
    return {n: found[identity] for identity, n in numbers.items() if n in passing}


def _ranks(scores: Mapping[int, float]) -> dict[int, int]:
    ordered = sorted(scores, key=lambda n: -scores[n])
    return {n: rank for rank, n in enumerate(ordered, 1)}


def fuse(
    words: Mapping[int, float],
    similar: Mapping[int, float],
    dates: Mapping[int, int],
    near: dt.date | DatePreference | None,
    weights: Weights,
    *,
    leads: Collection[int] = (),
) -> list[tuple[int, dict[str, float]]]:
    """Candidates by number with the weighted parts of their scores, best first.

    Args:
        words: BM25 scores of those that the lexical index found.
        similar: Cosine similarities of those that have one.
        dates: Publication dates as numbers of all candidates.
        near: The day, or the dates, that articles are preferred to be near to.
        weights: How the parts are weighted.
        leads: Those of the candidates that are the first passages of their articles.
    """
    best_words = max(words.values(), default=0) or 1.0
    best_similar = max(similar.values(), default=0) or 1.0
    scored = {n: {"lexical": weights.lexical * words.get(n, 0.0) / best_words} for n in dates}
    if similar:
        for n, parts in scored.items():
            parts["vector"] = weights.vector * max(similar.get(n, 0.0), 0.0) / best_similar
    for n in scored.keys() & set(leads):
        scored[n]["lead"] = weights.lead
    if near is not None:
        preference = DatePreference.near(near) if isinstance(near, dt.date) else near
        days = {n: as_date(number) for n, number in dates.items()}
        totals = {n: sum(parts.values()) for n, parts in scored.items()}
        for n, close in closeness(days, totals, preference, weights.half_life).items():
            scored[n]["date"] = weights.date * preference.strength * close
    return sorted(scored.items(), key=lambda item: (-sum(item[1].values()), item[0]))
