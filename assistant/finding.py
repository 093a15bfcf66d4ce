"""From what a person typed to the passages that the answer is made from."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace

from assistant.asking import aask, ask
from assistant.draft import Manner
from assistant.found import Found
from assistant.merge import merged, shares
from assistant.models import Message, Model
from assistant.question import Limits, Understanding, date_preference, understand
from assistant.question.matter import matter
from assistant.question.times import asks_for_anything, counts_from_today
from assistant.tracing import retrieving
from assistant.types import Question, Turn, Usage
from index.dates import Period
from index.library import Library
from index.retrieve import Weights
from index.types import ArticleInfo, Filters, Hit, Query, Retrieval

__all__ = ["Request", "afind", "find", "retrieve"]

# Who asks what happened in a time wants how its articles begin, before anything else of them.
_LEADS = Weights(lead=2.0)


@dataclass(frozen=True, slots=True)
class Request:
    """A question as it comes in.

    Attributes:
        text: The words as typed.
        limits: The as-of day and the person's own limits.
        k: How many passages to find.
        history: The turns before, oldest first.
        without: Ids of articles to pass over.
        manner: How a model is to write the answer.
    """

    text: str
    limits: Limits
    k: int
    history: tuple[Turn, ...] = ()
    without: frozenset[str] = frozenset()
    manner: Manner = field(default_factory=Manner)

    def steps(self, library: Library, model: Model | None) -> Understanding:
        """What understanding it takes."""
        prompts = self.manner.prompts if model else None
        return understand(self.text, self.limits, library, self.history, prompts)


def find(library: Library, model: Model | None, request: Request) -> Found:
    """Understands a question, with the model where that needs one, and searches for it.

    Args:
        library: What is searched.
        model: What completes follow-ups and plans; rules do without one.
        request: The question.

    Raises:
        UsageError: When the question is empty.
        EmptyLibrary: When there is nothing to answer from.
        EndpointError: When the model fails.
    """
    steps = request.steps(library, model)
    usage, step = Usage(), _advance(steps, None)
    while not isinstance(step, Question):
        assert model is not None
        reply = ask(model, step)
        usage += reply.usage
        step = _advance(steps, reply.text)
    return _found(library, step, request, usage)


async def afind(library: Library, model: Model | None, request: Request) -> Found:
    """`find` for callers that await; what reads files or computes runs in a thread."""
    steps = request.steps(library, model)
    usage, step = Usage(), await asyncio.to_thread(_advance, steps, None)
    while not isinstance(step, Question):
        assert model is not None
        reply = await aask(model, step)
        usage += reply.usage
        step = await asyncio.to_thread(_advance, steps, reply.text)
    return await asyncio.to_thread(_found, library, step, request, usage)


def _advance(steps: Understanding, reply: str | None) -> tuple[Message, ...] | Question:
    """The next messages for the model, or the question when it is understood."""
    try:
        return next(steps) if reply is None else steps.send(reply)
    except StopIteration as done:
        question: Question = done.value
        return question


def _found(library: Library, question: Question, request: Request, usage: Usage) -> Found:
    started = time.perf_counter()
    retrieval, parts = _search(library, question, request.k, request.without)
    seconds = time.perf_counter() - started
    return Found(question, retrieval, seconds, request.history, usage, parts)


def retrieve(
    library: Library, question: Question, k: int, without: frozenset[str] = frozenset()
) -> Retrieval:
    """The hits of a question; of one with parts, those of each part by turns.

    Args:
        library: What is searched.
        question: As it was understood.
        k: How many hits at the most.
        without: Ids of articles to pass over.

    Raises:
        EmptyLibrary: When the library holds no article.
    """
    return _search(library, question, k, without)[0]


def _search(
    library: Library, question: Question, k: int, without: frozenset[str]
) -> tuple[Retrieval, tuple[tuple[Hit, ...], ...]]:
    """What `retrieve` gives, and the share of each part."""
    with retrieving(library, question.text) as reported:
        found = _searched(library, question, k, without)
        reported.append(found[0])
    return found


def _searched(
    library: Library, question: Question, k: int, without: frozenset[str]
) -> tuple[Retrieval, tuple[tuple[Hit, ...], ...]]:
    asked = question.parts or _nearer(question)
    leads = _LEADS if _asks_for_a_time(question) else None
    found = library.retrieve_each([_query(each, without) for each in asked], k=k, weights=leads)
    rows = [each.hits for each in found]
    hits = merged(rows, k)
    warnings = [warning for each in found for warning in each.warnings]
    if any(each.filters.since or each.filters.until for each in asked):
        undated = library.undated()
        what = "article" if undated == 1 else "articles"
        warnings += [f"{undated} {what} without a date left out"] if undated else []
    if not hits and question.time and question.time.use == "filter":
        other = ""
        if counts_from_today(question):
            other = f", counted from {question.as_of}, the as-of day, which can be set"
        warnings.append(f"no article is of that time{other}")
    retrieval = Retrieval(hits, tuple(dict.fromkeys(warnings)))
    return retrieval, shares(rows, hits) if question.parts else ()


def _nearer(question: Question) -> tuple[Question, ...]:
    """What a question is searched as: of one that names only a time, that time by itself, too.

    The articles of the days after it, which the question's filter leaves in, would take its place.
    """
    time = question.time
    if time is None or not _asks_for_a_time(question):
        return (question,)
    mine = question.filters
    only = time.period.within(Period(mine.since, mine.until))
    if only.is_empty:
        return (question,)
    return replace(question, filters=replace(mine, since=only.first, until=only.last)), question


def _asks_for_a_time(question: Question) -> bool:
    """Whether it asks what happened in a time of which there are articles, and nothing else."""
    return bool(question.time and question.time.use == "filter" and asks_for_anything(question))


def _query(question: Question, without: frozenset[str]) -> Query:
    near = date_preference(question.time, question.as_of)
    only = question.article
    filters = _of_article(question.filters, only) if only else question.filters
    return Query(matter(question.text), filters, near, without, only.id if only else "")


def _of_article(filters: Filters, article: ArticleInfo) -> Filters:
    """Filters that let few articles beside one pass, so that all of it is looked at."""
    day = article.date
    if day is not None:
        since, until = max(filters.since or day, day), min(filters.until or day, day)
        filters = replace(filters, since=since, until=until)
    return (
        filters
        if filters.sources or not article.source
        else replace(filters, sources=(article.source,))
    )
