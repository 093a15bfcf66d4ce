"""A library as a LlamaIndex retriever, for programs that are built with LlamaIndex.

Imported by `Library.as_retriever`, since LlamaIndex is heavy.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import (
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)

from index.types import ArticleInfo, Hit, Retrieval

if TYPE_CHECKING:
    from llama_index.core.callbacks import CallbackManager

__all__ = ["LibraryRetriever", "as_node", "text_node"]

# What says where a text is from is for programs; a model is shown title, outlet and date.
_FOR_PROGRAMS = ["article", "version", "start", "end", "url", "path", "copies", "warnings"]


class LibraryRetriever(BaseRetriever):
    """Finds the passages of a library for a query.

    Args:
        find: Finds them.
        callback_manager: LlamaIndex's.
    """

    def __init__(
        self,
        find: Callable[[str], Retrieval],
        callback_manager: CallbackManager | None = None,
    ) -> None:
        super().__init__(callback_manager=callback_manager)
        self._find = find

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._find(query_bundle.query_str)
        return [as_node(hit, found.warnings) for hit in found.hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def as_node(hit: Hit, warnings: tuple[str, ...] = ()) -> NodeWithScore:
    """A hit as a node: its text, its score, and where it stands.

    Args:
        hit: The hit.
        warnings: What was in the way of finding it.

    Returns:
        A node whose id is the passage's, whose `start_char_idx` and `end_char_idx` are its range in
        the article, and whose metadata describes the article; see `text_node`.
    """
    passage = hit.passage
    more: dict[str, Any] = {}
    if hit.copies:
        more["copies"] = [copy.id for copy in hit.copies]
    if warnings:
        more["warnings"] = list(warnings)
    node = text_node(passage.id, passage.text, passage.article, passage.start, passage.end, more)
    return NodeWithScore(node=node, score=float(hit.score))


def text_node(  # noqa: PLR0917 - the range of a text in an article, whichever it is
    identity: str, text: str, article: ArticleInfo, start: int, end: int, more: dict[str, Any]
) -> TextNode:
    """A range of an article as a node.

    Its metadata are title, date, source and authors, which models are shown, and article (the id),
    version, start, end, url and path, which they are not; dates are ISO 8601, and what is not known
    is left out.
    """
    described = {
        "title": article.title,
        "date": article.date.isoformat() if article.date else "",
        "source": article.source,
        "authors": ", ".join(article.authors),
        "article": article.id,
        "version": article.version,
        "start": start,
        "end": end,
        "url": article.url,
        "path": article.path,
    }
    return TextNode(
        id_=identity,
        text=text,
        start_char_idx=start,
        end_char_idx=end,
        metadata={name: value for name, value in described.items() if value != ""} | more,
        excluded_llm_metadata_keys=_FOR_PROGRAMS,
        excluded_embed_metadata_keys=_FOR_PROGRAMS,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.id)},
    )
