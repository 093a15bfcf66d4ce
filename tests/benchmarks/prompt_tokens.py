"""Tokens of a prompt and whether the answer is in it, beside stock LlamaIndex CitationQueryEngine.

    python tests/benchmarks/prompt_tokens.py --shared ../shared --months 2023-01,2023-02,2023-03

Both get the same articles, questions, embedder (all-MiniLM-L6-v2) and days: nothing that was
published after a question's date. Stock is LlamaIndex's own CitationQueryEngine with its prompt and
its chunks of 512 tokens; a chunk's vector is the mean of its halves', since the embedder reads no
more than 256 tokens. Tokens are counted with OpenAI's cl100k_base, which LlamaIndex brings along.
An answer counts as shown when its words stand in what the prompt shows of articles.
"""

from __future__ import annotations

import argparse
import bisect
import datetime as dt
import gzip
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.llms import LLMMetadata, MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.core.schema import NodeWithScore, TextNode
from llama_index.core.utils import get_tokenizer

from assistant import Assistant
from assistant.draft import Draft
from assistant.evaluate.questions import EvalQuestion, read_questions
from assistant.evaluate.relevance import Judge, is_scorable
from assistant.found import Found
from assistant.models import count_messages
from assistant.shown import FENCE
from assistant.types import Question
from index.embed.local import LocalEmbedder
from index.types import Retrieval

if TYPE_CHECKING:
    from llama_index.core import QueryBundle

# What stock retrieves where nobody says otherwise, and its chunks.
_STOCK_K = 2
_CHUNK, _OVERLAP = 512, 20
# Tokens that chat formats put around the two messages of ours.
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Point:
    """One setting: passages or chunks, mean tokens of a prompt, and the share of answers shown."""

    k: int
    tokens: float
    recall: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[3] / "shared")
    parser.add_argument("--months", default="2023-01,2023-02,2023-03")
    parser.add_argument("--library", type=Path, help="one that holds the articles already")
    parser.add_argument("--cache", type=Path, default=Path(".bench"))
    parser.add_argument("--limit", type=int, default=0, help="only so many questions")
    given = parser.parse_args()
    news = given.shared / "news"
    if not news.is_dir():
        print(f"there is no news in {given.shared}", file=sys.stderr)
        return 2
    months = tuple(given.months.split(","))
    articles = [a for a in _lines(news / "articles.jsonl.gz") if a["week"].startswith(months)]
    asked = read_questions(news / "questions.jsonl").questions
    questions = [
        (question, Judge(question).holds_answer)
        for question in asked
        if question.date and f"{question.date:%Y-%m}" in months and is_scorable(question)
    ][: given.limit or None]
    given.cache.mkdir(exist_ok=True)
    name = given.months.replace(",", "-")
    library = given.library or given.cache / f"prompts-{name}"
    ours = _ours(library, articles, questions)
    stock = _stock(given.cache / f"stock-{name}.npy", articles, questions)
    _print(ours, stock, len(questions))
    return 0


def _lines(file: Path) -> list[dict[str, Any]]:
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


Questions = Sequence[tuple[EvalQuestion, Callable[[str], bool]]]


# ours


def _ours(folder: Path, articles: Sequence[dict[str, Any]], questions: Questions) -> list[Point]:
    tokenizer = get_tokenizer()
    points: dict[int, list[tuple[int, bool]]] = {}
    with Assistant.open(folder, model="") as assistant:
        if not assistant.library.status().articles:
            file = folder / "articles.jsonl"
            file.write_text("".join(f"{json.dumps(a)}\n" for a in articles), "utf-8")
            assistant.library.add(file)
        for question, holds in questions:
            retrieval = assistant.retrieve(question.question, as_of=question.date, k=12)
            day = question.date or dt.date.max
            asked = Question(question.question, question.question, day)
            for k in (1, 2, 3, 4, 5, 6, 8, 10, 12):
                found = Found(asked, Retrieval(retrieval.hits[:k]), 0.0)
                messages = Draft(found, "none").messages
                tokens = sum(len(tokenizer(message.content)) for message in messages) + _AROUND
                shown = messages[-1].content.partition(FENCE[0])[2].partition(FENCE[1])[0]
                points.setdefault(k, []).append((tokens, holds(_unnumbered(shown))))
                assert tokens <= 1.3 * count_messages(messages)
    return [_mean(k, seen) for k, seen in points.items()]


def _unnumbered(shown: str) -> str:
    return "\n".join(line.partition("] ")[2] for line in shown.splitlines())


# stock


class _Nearest(BaseRetriever):
    """The nearest chunks that were published by a day."""

    def __init__(self, nodes: list[TextNode], vectors: Any, embedder: LocalEmbedder) -> None:
        super().__init__()
        self._nodes = nodes
        self._vectors = vectors
        self._embedder = embedder
        self.day = "9999"

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        scores = self._vectors @ self._embedder.embed_query(query_bundle.query_str)
        best = sorted(range(len(scores)), key=lambda i: -scores[i])
        known = [i for i in best[:400] if (self._nodes[i].metadata["date"] or "") <= self.day]
        return [NodeWithScore(node=self._nodes[i], score=float(scores[i])) for i in known[:20]]


def _stock(file: Path, articles: Sequence[dict[str, Any]], questions: Questions) -> list[Point]:
    splitter = SentenceSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP)
    nodes = [
        TextNode(text=chunk, metadata={"date": article["date"]})
        for article in articles
        for chunk in splitter.split_text(article["text"])
    ]
    embedder = LocalEmbedder()
    if file.exists():
        vectors = np.load(file)
    else:
        vectors = _embedded(nodes, embedder)
        np.save(file, vectors)
    retriever = _Nearest(nodes, vectors, embedder)
    tokenizer = get_tokenizer()
    points: dict[int, list[tuple[int, bool]]] = {}
    for question, holds in questions:
        retriever.day = str(question.date)
        nearest = retriever.retrieve(question.question)
        for k in (1, 2, 3, 4, 6, 8, 12, 16, 20):
            prompt, shown = _sent(question.question, nearest[:k])
            points.setdefault(k, []).append((len(tokenizer(prompt)), holds(shown)))
    return [_mean(k, seen) for k, seen in points.items()]


def _embedded(nodes: list[TextNode], embedder: LocalEmbedder) -> Any:
    halves = []
    for node in nodes:
        words = node.text.split()
        middle = max(1, len(words) // 2)
        halves += [" ".join(words[:middle]), " ".join(words[middle:]) or node.text]
    vectors = np.asarray(embedder.embed_passages(halves)).reshape(len(nodes), 2, -1).mean(axis=1)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class _Recording(MockLLM):
    """Answers nothing, and keeps the prompt, into which anything fits."""

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=1_000_000)

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Any:
        _PROMPTS.append(prompt)
        return super().complete("nothing", formatted, **kwargs)


_PROMPTS: list[str] = []


def _sent(question: str, nodes: Sequence[NodeWithScore]) -> tuple[str, str]:
    """What CitationQueryEngine sends its model for a question, and the texts in it."""
    _PROMPTS.clear()

    class Given(BaseRetriever):
        def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
            return list(nodes)

    engine = CitationQueryEngine(retriever=Given(), llm=_Recording(), citation_chunk_size=_CHUNK)
    engine.query(question)
    return "\n".join(_PROMPTS), "\n".join(node.node.get_content() for node in nodes)


# the table


def _mean(k: int, seen: Sequence[tuple[int, bool]]) -> Point:
    tokens = sum(count for count, _ in seen) / len(seen)
    return Point(k, tokens, sum(shown for _, shown in seen) / len(seen))


def _print(ours: Sequence[Point], stock: Sequence[Point], questions: int) -> None:
    print(f"{questions} questions\n")
    print("| | passages or chunks | tokens of a prompt | answer shown | tokens of ours for that |")
    print("|---|---|---|---|---|")
    for point in stock:
        as_good = _tokens_for(point.recall, ours)
        share = f"{as_good:,.0f} ({as_good / point.tokens:.0%})" if as_good else "more than tried"
        mark = " (its default)" if point.k == _STOCK_K else ""
        print(f"| stock{mark} | {point.k} | {point.tokens:,.0f} | {point.recall:.3f} | {share} |")
    for point in ours:
        mark = " (our default)" if point.k == 8 else ""
        print(f"| ours{mark} | {point.k} | {point.tokens:,.0f} | {point.recall:.3f} | |")


def _tokens_for(recall: float, points: Sequence[Point]) -> float | None:
    """The tokens at which a curve reaches a recall, between its points on a straight line."""
    ordered = sorted(points, key=lambda point: point.recall)
    place = bisect.bisect_left([point.recall for point in ordered], recall)
    if place == len(ordered):
        return None
    if place == 0:
        return ordered[0].tokens
    low, high = ordered[place - 1], ordered[place]
    share = (recall - low.recall) / ((high.recall - low.recall) or 1.0)
    return low.tokens + share * (high.tokens - low.tokens)


if __name__ == "__main__":
    raise SystemExit(main())
