"""Asks one question of an assistant, as its users would, and notes what came of it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache, partial

from assistant.app import Assistant
from assistant.asked_with import Asking
from assistant.evaluate.lines import Answered, Line, Ranking
from assistant.evaluate.questions import EvalQuestion
from assistant.evaluate.relevance import Judge
from assistant.extract import best_quotes
from assistant.types import Answer, Finished, Retrieved
from index.embed import Embedder
from index.retrieve import Weights
from index.types import Filters, Hit

__all__ = ["BASELINES", "DATELINE", "Examiner"]

DATELINE = "Dateline"

# What Dateline is compared with in one run: each half alone, and both without the days.
BASELINES: Mapping[str, Weights] = {
    "words alone (BM25)": Weights(vector=0, phrase=0, date=0, lead=0),
    "vectors alone": Weights(lexical=0, date=0, lead=0),
    "Dateline without a date": Weights(date=0),
}

# Passages of a ranking that are judged.
_DEPTH = 20
# Quotes that are judged.
_QUOTES = 5
# Rounds of removing what still answers; each removes several articles, so few are needed.
_ROUNDS = 20


@dataclass
class Examiner:
    """Asks questions of one assistant; may be used by several threads.

    Args:
        assistant: Who is asked.
        asking: What every question is asked with; its own date replaces `as_of`.
        answerable: Ids of the questions that some article answers.
        baselines: Whether the baselines rank too.
        answers: Whether answers are asked for, or rankings only.
        removal: Whether each question is asked again without its articles.
        beside: Rankings of other systems, by system and question.
    """

    assistant: Assistant
    asking: Asking
    answerable: Collection[str]
    baselines: bool = False
    answers: bool = True
    removal: bool = True
    beside: Mapping[str, Mapping[str, Sequence[Mapping[str, str]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        infos = self.assistant.library.articles()
        self._ids = {info.url: info.id for info in infos if info.url}
        self._text = lru_cache(4096)(lambda identity: self.assistant.library.article(identity).text)

    def examine(self, question: EvalQuestion) -> Line:
        """Asks a question in all ways that are wanted."""
        judge = Judge(question)
        asking: Asking = {**self.asking}
        if question.date:
            asking["as_of"] = question.date
        gold = tuple(sorted(url for url in question.gold if url in self._ids))
        expected = bool(question.answers)
        scorable = question.id in self.answerable
        answer = removed = None
        left_out: set[str] = set()
        if self.answers:
            answer = self._answer(question, judge, asking, gold)
        if self.answers and self.removal and scorable:
            left_out = self.articles_of(question, judge, asking)
            removed = self._answer(question, judge, {**asking, "without": left_out}, ())
        return Line(
            id=question.id,
            question=question.question,
            scorable=scorable,
            expected=expected,
            gold=gold,
            rankings=self._rankings(question, judge, asking),
            answer=answer,
            removed=removed,
            left_out=len(left_out),
        )

    # rankings

    def _rankings(self, question: EvalQuestion, judge: Judge, asking: Asking) -> dict[str, Ranking]:
        deep: Asking = {**asking, "k": _DEPTH}
        found = {DATELINE: _timed(judge, lambda: self.assistant.search(question.question, **deep))}
        for name, weights in BASELINES.items() if self.baselines else ():
            found[name] = _timed(judge, partial(self._weighted, question, deep, weights))
        for name, runs in self.beside.items():
            if question.id in runs:
                found[name] = _given(judge, runs[question.id][:_DEPTH])
        return found

    def _weighted(self, question: EvalQuestion, asking: Asking, weights: Weights) -> list[Hit]:
        until = asking.get("until") or asking.get("as_of")
        filters = Filters(_day(asking.get("since")), _day(until), tuple(asking.get("sources", ())))
        retrieval = self.assistant.library.retrieve(
            question.question, k=_DEPTH, filters=filters, weights=weights
        )
        return list(retrieval.hits)

    # answers

    def _answer(
        self, question: EvalQuestion, judge: Judge, asking: Asking, gold: Sequence[str]
    ) -> Answered:
        hits: tuple[Hit, ...] = ()
        began = time.perf_counter()
        with closing(self.assistant.stream(question.question, **asking)) as events:
            for event in events:
                if isinstance(event, Retrieved):
                    hits = event.hits
                if isinstance(event, Finished):
                    answer = event.answer
        seconds = time.perf_counter() - began
        quotes = None
        if answer.mode == "extractive":
            best = best_quotes(answer.question, hits, self._embedder(hits), _QUOTES)
            quotes = tuple(judge.holds_answer(quote) for quote in best)
        cited, good, gold_cited = _citations(judge, answer, hits, gold)
        return Answered(
            text=answer.text,
            abstained=answer.abstained,
            confidence=answer.confidence,
            retrieved=any(judge.is_relevant(hit.passage.text) for hit in hits),
            right=any(judge.holds_answer(sentence.text) for sentence in answer.sentences),
            quotes=quotes,
            cited=cited,
            good=good,
            gold_cited=gold_cited,
            supported=_share([s.verdict.status == "supported" for s in answer.sentences]),
            seconds=seconds,
            tokens=(answer.usage.prompt_tokens, answer.usage.completion_tokens),
            dollars=answer.usage.cost,
        )

    def _embedder(self, hits: Sequence[Hit]) -> Embedder | None:
        """What compares sentences with the question, where the search had such a thing."""
        by_meaning = any("vector" in hit.parts for hit in hits)
        return self.assistant.library.embedder if by_meaning else None

    def articles_of(self, question: EvalQuestion, judge: Judge, asking: Asking) -> set[str]:
        """The articles without which nothing that is retrieved holds the answer.

        They are the gold ones and those with a relevant part; and, since the answer is to be out
        of reach, every further article of which a passage with the answer is retrieved.
        """
        known = question.gold | question.related
        out = {self._ids[url] for url in known if url in self._ids}
        deep: Asking = {**asking, "k": _DEPTH}
        for _ in range(_ROUNDS):
            deep["without"] = out
            hits = self.assistant.search(question.question, **deep)
            more = {
                hit.passage.article.id
                for hit in hits
                if judge.holds_answer(hit.passage.text)
                or judge.finds_part(self._text(hit.passage.article.id))
            }
            copies = {info.id for hit in hits for info in hit.copies}
            more |= {one for one in copies if judge.finds_part(self._text(one))}
            if not more:
                break
            out |= more
        return out


def _day(value: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _timed(judge: Judge, search: Callable[[], list[Hit]]) -> Ranking:
    began = time.perf_counter()
    hits = search()
    seconds = time.perf_counter() - began
    return Ranking(
        tuple(hit.passage.id for hit in hits),
        tuple(judge.is_relevant(hit.passage.text) for hit in hits),
        tuple(dict.fromkeys(hit.passage.article.identity for hit in hits)),
        seconds,
    )


def _given(judge: Judge, passages: Sequence[Mapping[str, str]]) -> Ranking:
    """The ranking of a system that is not ours, which gives texts and addresses."""
    return Ranking(
        tuple(f"{p.get('url', '')}#{place}" for place, p in enumerate(passages)),
        tuple(judge.is_relevant(p["text"]) for p in passages),
        tuple(dict.fromkeys(p.get("url", "") for p in passages)),
    )


def _citations(
    judge: Judge, answer: Answer, hits: Iterable[Hit], gold: Sequence[str]
) -> tuple[tuple[bool, ...], tuple[bool, ...], float | None]:
    """What `Answered` keeps of an answer's citations: `cited`, `good` and `gold_cited`."""
    passages = [hit.passage for hit in hits]
    good = []
    for citation in answer.citations:
        around = next(
            (
                passage.text
                for passage in passages
                if passage.article == citation.article
                and passage.start <= citation.start < passage.end
            ),
            citation.quote,
        )
        named = {citation.article.url, *(info.url for info in citation.copies)}
        good.append(bool(named & set(gold)) or judge.is_relevant(around))
    cited = {citation.article.identity for citation in answer.citations}
    copies = {info.url for citation in answer.citations for info in citation.copies}
    gold_cited = _share([url in cited | copies for url in gold]) if answer.sentences else None
    return (
        tuple(url in gold for url in sorted(cited)) if gold else (),
        tuple(good),
        gold_cited,
    )


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None
