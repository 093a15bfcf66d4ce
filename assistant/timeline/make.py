"""From a topic to its timeline."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.extract import answerable, usable
from assistant.joining import NO_ANSWER
from assistant.question import date_preference
from assistant.render.terminal import counted
from assistant.timeline.choose import Told, choose
from assistant.timeline.naming import of_the_name
from assistant.timeline.values import Entry, Timeline
from assistant.timeline.years import is_a_name
from assistant.tracing import retrieving
from assistant.types import Answer, AnswerSentence, Citation, Question, Verdict
from index.dates import Period, find_dates
from index.types import Article, ArticleInfo, Hit, Query

if TYPE_CHECKING:
    from index.embed import Embedder
    from index.library import Library

__all__ = ["make_timeline"]

# Closest passages of an abstention.
_CLOSEST = 3


def make_timeline(
    library: Library,
    question: Question,
    embedder: Embedder | None,
    k: int,
    without: frozenset[str] = frozenset(),
) -> Timeline:
    """What the articles say of a topic, in the order in which it happened; needs no model.

    Args:
        library: What is searched.
        question: The topic, with its limits.
        embedder: Compares sentences; None compares words only.
        k: How many passages to find.
        without: Ids of articles to pass over.

    Raises:
        EmptyLibrary: When the library holds no article.
    """
    started = time.perf_counter()
    question = _without_names(question)
    near = date_preference(question.time, question.as_of) if question.time else None
    query = Query(question.text, question.filters, near, without)
    with retrieving(library, question.text) as reported:
        found = library.retrieve_each([query], k=k)[0]
        reported.append(found)
    retrieved = time.perf_counter()
    hits = found.hits
    comparing = usable(embedder, hits)
    answers, confidence = answerable(_topic(question), hits, comparing)
    told, left_out, undated = _told(library, question, hits, comparing) if answers else ([], 0, 0)
    timings = {"retrieve": retrieved - started, "answer": time.perf_counter() - retrieved}
    entries = tuple(_entry(number, *each) for number, each in enumerate(told, 1))
    notes = _notes(left_out, undated) if entries else ()
    text = "\n".join(f"{' '.join(e.citation.quote.split())} [{e.citation.number}]" for e in entries)
    return Timeline(
        Answer(
            question=question,
            mode="extractive",
            text=text or NO_ANSWER,
            abstained=not entries,
            sentences=tuple(_sentence(entry) for entry in entries),
            citations=tuple(entry.citation for entry in entries),
            closest=() if entries else hits[:_CLOSEST],
            warnings=(*found.warnings, *notes),
            timings=timings,
            confidence=confidence,
        ),
        entries,
    )


def _notes(left_out: int, undated: int) -> tuple[str, ...]:
    notes = []
    if left_out:
        further = counted(left_out, "further sentences")
        notes.append(f"{further} left out; a narrower topic or time shows more")
    if undated:
        notes.append(f"{counted(undated, 'sentences')} without a date left out")
    return tuple(notes)


_Found = tuple[Told, Article, tuple[ArticleInfo, ...], tuple[str, ...]]


def _told(
    library: Library, question: Question, hits: Sequence[Hit], embedder: Embedder | None
) -> tuple[list[_Found], int, int]:
    """What tells of the topic, with its article, the copies of that, and who says the same."""
    copies = {hit.passage.article.id: hit.copies for hit in hits}
    articles = [
        library.article(hit.passage.article.id, hit.passage.article.version)
        for hit in {hit.passage.article.id: hit for hit in hits}.values()
    ]
    topic = _topic(question)
    articles = of_the_name(topic, articles)
    told, left_out, undated = choose(topic, articles, embedder)
    found = []
    for each in told:
        article = articles[each.article]
        carried = copies[article.info.id]
        known = {"", article.info.source, *(copy.source for copy in carried)}
        outlets = dict.fromkeys(articles[n].info.source for n in each.same)
        also = tuple(outlet for outlet in outlets if outlet not in known)
        if _lies_in(each, question):
            found.append((each, article, carried, also))
    return found, left_out, undated


def _without_names(question: Question) -> Question:
    """The topic, which “the Jan. 6 attack” does not limit to a day: it is the name of something."""
    names = [m.text for m in find_dates(question.text) if is_a_name(question.text, m)]
    named = question.time is not None and question.time.words in names
    return replace(question, time=None) if named else question


def _topic(question: Question) -> str:
    """The topic without the words that say when, of which no sentence has to have any."""
    text = question.text
    for words in question.time.words.split(", ") if question.time else ():
        text = text.replace(words, " ")
    return text if any(map(str.isalnum, text)) else question.text


def _lies_in(told: Told, question: Question) -> bool:
    """Whether it happened within the limits; what lies ahead of the as-of day may be told."""
    time, dating = question.time, told.dating
    if time and time.use != "context":
        period = Period(dating.first, dating.last).within(time.period)
        if period.is_empty:
            return False
    since, until = question.filters.since, question.filters.until
    if since and told.dating.last < since:
        return False
    return until is None or until >= question.as_of or told.dating.first <= until


def _entry(
    number: int,
    told: Told,
    article: Article,
    copies: tuple[ArticleInfo, ...],
    also: tuple[str, ...],
) -> Entry:
    start, end = told.sentence.start, told.sentence.end
    citation = Citation(number, article.info, start, end, article.text[start:end], copies)
    dating = told.dating
    return Entry(dating.first, dating.last, dating.by, dating.words, citation, also)


def _sentence(entry: Entry) -> AnswerSentence:
    quote = " ".join(entry.citation.quote.split())
    return AnswerSentence(quote, (entry.citation.number,), Verdict("supported"))
