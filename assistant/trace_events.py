"""The events that listeners are told; imported when there is one, since LlamaIndex is heavy."""

from __future__ import annotations

from llama_index.core.instrumentation.events.retrieval import RetrievalEndEvent
from llama_index_instrumentation.base import BaseEvent

from assistant.types import SentenceReady, Status
from index.retriever import as_node
from index.types import Retrieval

__all__ = ["SentenceCheckedEvent", "event_of"]


class SentenceCheckedEvent(BaseEvent):
    """A sentence of an answer was checked against what it cites.

    Attributes:
        sentence: The sentence, without citation numbers.
        citations: The numbers of its citations.
        verdict: `supported`, `partial` or `unsupported`.
        reasons: Why it is not supported.
    """

    sentence: str
    citations: tuple[int, ...]
    verdict: Status
    reasons: tuple[str, ...]

    @classmethod
    def class_name(cls) -> str:
        return "SentenceCheckedEvent"


def event_of(happened: SentenceReady | Retrieval, query: str) -> BaseEvent:
    """LlamaIndex's event for passages that were found for `query`, or that of a sentence."""
    if isinstance(happened, Retrieval):
        nodes = [as_node(hit) for hit in happened.hits]
        return RetrievalEndEvent(str_or_query_bundle=query, nodes=nodes)
    sentence = happened.sentence
    return SentenceCheckedEvent(
        sentence=sentence.text,
        citations=sentence.citations,
        verdict=sentence.verdict.status,
        reasons=sentence.verdict.reasons,
    )
