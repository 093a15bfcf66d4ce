"""The citations of one answer: pointers into the stored articles, in the order of their use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from assistant.shown import SourceRange
from assistant.types import Citation
from index.types import ArticleInfo, Hit

__all__ = ["CitationList"]


@dataclass
class CitationList:
    """The citations of one answer, numbered in the order of their appearance."""

    copies: Mapping[str, tuple[ArticleInfo, ...]] = field(default_factory=dict)
    citations: list[Citation] = field(default_factory=list)

    @classmethod
    def of(cls, hits: Iterable[Hit]) -> Self:
        """An empty list for an answer from these hits."""
        return cls({hit.passage.article.id: hit.copies for hit in hits if hit.copies})

    def number(self, source: SourceRange) -> int:
        """The number of the citation of a range, a new one where it has none."""
        info = source.passage.article
        for known in self.citations:
            if (known.article, known.start, known.end) == (info, source.start, source.end):
                return known.number
        self.citations.append(
            Citation(
                len(self.citations) + 1,
                info,
                source.start,
                source.end,
                source.text,
                self.copies.get(info.id, ()),
            )
        )
        return len(self.citations)
