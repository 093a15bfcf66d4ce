"""From a model's reply, as it streams, to sentences with what they cite.

The model cites `[3.2]`: sentence 2 of passage 3 of what it was shown. Nothing that it writes is
ever taken for a quote; quotes are cut from the stored articles by these numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from assistant.shown import SourceRange
from assistant.types import Citation
from index.sentences import split_sentences
from index.types import ArticleInfo, Hit, Sentence

__all__ = ["CitationList", "Mark", "ReplyReader", "Written"]

_NUMBER = r"\d{1,3}(?:\.\d{1,3})?"
_MARKER = re.compile(
    rf"[ \t]*[\[【]\s*(?P<inside>{_NUMBER}(?:\s*(?:[-–,;]|and)\s*{_NUMBER})*)\s*[\]】]"
)
_ITEM = re.compile(
    r"(?P<passage>\d+)(?:\.(?P<first>\d+)(?:\s*[-–]\s*(?:(?P=passage)\.)?(?P<last>\d+)(?!\.))?)?"
)
# The beginning of a marker whose end may still come.
_UNFINISHED = re.compile(r"[ \t]*[\[【][\s\d.,;–\-and]{0,60}\Z|[ \t]+\Z")
# A word of the next sentence, whole.
_WHOLE_WORD = re.compile(r"\w\W")


@dataclass(frozen=True, slots=True)
class Mark:
    """One citation as written: sentences `first` to `last` of a passage.

    `first` and `last` are 0 when only the passage was named.
    """

    written: str
    passage: int
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence of a reply without its markers.

    Attributes:
        before: The white space between the sentence before and this one.
        text: The sentence.
        marks: What it cites, as written.
    """

    before: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark and where it stood; one at the start of a line belongs to what follows it."""

    mark: Mark
    position: int
    leads: bool


@dataclass
class ReplyReader:
    """Cuts a streaming reply into sentences.

    A sentence is given out once the first word after it, and so any marker behind it, has come.
    """

    _raw: str = ""
    _text: str = ""
    _marks: list[_Placed] = field(default_factory=list)

    def feed(self, piece: str) -> list[Written]:
        """Takes the next piece of the reply; returns the sentences that it completes."""
        raw = self._raw + piece
        unfinished = _UNFINISHED.search(raw)
        cut = unfinished.start() if unfinished else len(raw)
        self._take(raw[:cut])
        self._raw = raw[cut:]
        return self._give(whole=False)

    def finish(self) -> list[Written]:
        """What is left when the reply has ended."""
        self._take(self._raw)
        self._raw = ""
        return self._give(whole=True)

    @property
    def unfinished(self) -> tuple[str, str]:
        """The white space before the sentence that is being written, and its text so far."""
        text = self._text.lstrip()
        return self._text[: len(self._text) - len(text)], text

    def _take(self, raw: str) -> None:
        """Moves markers out of the text."""
        position = 0
        for match in _MARKER.finditer(raw):
            self._text += raw[position : match.start()]
            position = match.end()
            leads = not self._text.strip() or self._text.endswith("\n")
            self._marks += [_Placed(m, len(self._text), leads) for m in _marks(match["inside"])]
        self._text += raw[position:]

    def _give(self, *, whole: bool) -> list[Written]:
        sentences = split_sentences(self._text)
        if not whole and not (sentences and _WHOLE_WORD.search(self._text, sentences[-1].start)):
            return []
        owned = self._owned(sentences)
        complete = sentences if whole else sentences[:-1]
        given, end = [], 0
        for sentence, placed in zip(complete, owned, strict=False):
            before, text = (
                self._text[end : sentence.start],
                self._text[sentence.start : sentence.end],
            )
            given.append(Written(before, text, tuple(p.mark for p in placed)))
            end = sentence.end
        self._text = self._text[end:]
        self._marks = [
            replace(placed, position=max(placed.position - end, 0))
            for later in owned[len(complete) :]
            for placed in later
        ]
        return given

    def _owned(self, sentences: Sequence[Sentence]) -> list[list[_Placed]]:
        """The marks of each sentence: those in it and behind it, or leading its line."""
        owned: list[list[_Placed]] = [[] for _ in sentences]
        starts = [sentence.start for sentence in sentences]
        for placed in self._marks if sentences else ():
            following = bisect_left(starts, placed.position)
            owner = following if placed.leads else following - 1
            owned[min(max(owner, 0), len(starts) - 1)].append(placed)
        return owned


def _marks(inside: str) -> Iterator[Mark]:
    """The marks of one bracket: `3.2, 4.1-4.3` are two."""
    for match in _ITEM.finditer(inside):
        passage, first = int(match["passage"]), int(match["first"] or 0)
        yield Mark(match[0], passage, first, int(match["last"] or first))


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
