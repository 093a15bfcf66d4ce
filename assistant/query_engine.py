"""An assistant as a LlamaIndex query engine, for programs that are built with LlamaIndex.

Imported by `Assistant.as_query_engine`, since LlamaIndex is heavy.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import (
    RESPONSE_TYPE,
    AsyncStreamingResponse,
    Response,
    StreamingResponse,
)
from llama_index.core.schema import NodeWithScore, QueryBundle

from assistant.joining import joined
from assistant.jsonform import answer_to_json
from assistant.types import Answer, Citation, Event, Finished, SentenceReady
from index.retriever import as_node, text_node

if TYPE_CHECKING:
    from llama_index.core.callbacks import CallbackManager

    from assistant.app import Assistant
    from assistant.asked_with import Asking

__all__ = ["AnswerResponse", "AssistantQueryEngine"]


@dataclass
class AnswerResponse(Response):
    """An answer as LlamaIndex's programs take it.

    Attributes:
        response: The text with its citation numbers.
        source_nodes: One for each citation, in the order of the numbers; its text is the quote.
        metadata: What `ask --json` prints, verdicts included, but for the text and the citations.
        answer: The answer itself.
    """

    answer: Answer | None = None


class AssistantQueryEngine(BaseQueryEngine):
    """Answers queries with citations that have been checked.

    Args:
        assistant: What answers.
        asking: What every question is asked with.
        streaming: Whether responses come sentence by sentence.
        callback_manager: LlamaIndex's.
    """

    def __init__(
        self,
        assistant: Assistant,
        asking: Asking,
        *,
        streaming: bool = False,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        super().__init__(callback_manager)
        self._assistant = assistant
        self._asking = asking
        self._streaming = streaming

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}

    def retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """The passages that an answer would be made from."""
        found = self._assistant.retrieve(query_bundle.query_str, **self._asking)
        return [as_node(hit, found.warnings) for hit in found.hits]

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        if not self._streaming:
            return response_of(self._assistant.ask(query_bundle.query_str, **self._asking))
        nodes, metadata = list[NodeWithScore](), dict[str, Any]()
        events = self._assistant.stream(query_bundle.query_str, **self._asking)
        return StreamingResponse(_texts(events, nodes, metadata), nodes, metadata)

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        if not self._streaming:
            return response_of(await self._assistant.aask(query_bundle.query_str, **self._asking))
        nodes, metadata = list[NodeWithScore](), dict[str, Any]()
        events = self._assistant.astream(query_bundle.query_str, **self._asking)
        return AsyncStreamingResponse(_atexts(events, nodes, metadata), nodes, metadata)


def response_of(answer: Answer) -> AnswerResponse:
    """An answer as a response."""
    return AnswerResponse(
        answer.text, [_node(c) for c in answer.citations], _metadata(answer), answer
    )


def _metadata(answer: Answer) -> dict[str, Any]:
    return {
        name: value
        for name, value in answer_to_json(answer).items()
        if name not in {"text", "citations"}
    }


def _node(citation: Citation) -> NodeWithScore:
    info, start, end = citation.article, citation.start, citation.end
    more: dict[str, Any] = {"number": citation.number}
    if citation.copies:
        more["copies"] = [copy.id for copy in citation.copies]
    identity = f"{info.id}:{info.version}:{start}-{end}"
    return NodeWithScore(node=text_node(identity, citation.quote, info, start, end, more))


def _texts(
    events: Generator[Event], nodes: list[NodeWithScore], metadata: dict[str, Any]
) -> Generator[str]:
    """The text, sentence by sentence; nodes and metadata are filled in as they become known."""
    with closing(events):
        for event in events:
            if text := _taken(event, nodes, metadata):
                yield text


async def _atexts(
    events: AsyncGenerator[Event], nodes: list[NodeWithScore], metadata: dict[str, Any]
) -> AsyncGenerator[str]:
    async with aclosing(events):
        async for event in events:
            if text := _taken(event, nodes, metadata):
                yield text


def _taken(event: Event, nodes: list[NodeWithScore], metadata: dict[str, Any]) -> str:
    """The text of an event, after what else it tells has been filled in."""
    if isinstance(event, SentenceReady):
        nodes += [_node(citation) for citation in event.citations]
        return joined([event])
    if isinstance(event, Finished):
        metadata |= _metadata(event.answer)
        return event.answer.text if event.answer.abstained else ""
    return ""
