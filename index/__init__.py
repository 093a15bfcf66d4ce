"""The index: articles in, passages out.

The names here are the whole public interface of the index. They are imported on first use, so that
starting the command line costs nothing that it does not need.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.dates import DatePreference, Period
    from index.embed import Embedder
    from index.embed.fake import FakeEmbedder
    from index.library import Library
    from index.types import (
        Article,
        ArticleInfo,
        Filters,
        Hit,
        Passage,
        Progress,
        Query,
        Report,
        Retrieval,
        Sentence,
        Skipped,
        Status,
        Undated,
    )

__all__ = [
    "Article",
    "ArticleInfo",
    "DatePreference",
    "Embedder",
    "FakeEmbedder",
    "Filters",
    "Hit",
    "Library",
    "Passage",
    "Period",
    "Progress",
    "Query",
    "Report",
    "Retrieval",
    "Sentence",
    "Skipped",
    "Status",
    "Undated",
]

_HOMES = {
    "DatePreference": "index.dates",
    "Embedder": "index.embed",
    "FakeEmbedder": "index.embed.fake",
    "Library": "index.library",
    "Period": "index.dates",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "index.types")), name)
