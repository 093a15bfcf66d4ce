"""What a model is shown: passages as numbered sentences, and the way back from the numbers.

Passages are fenced as data. Every line between the marks of the fence begins with a number of ours,
and no text of an article can look like such a line or like a mark, since it stands on one line and
has none of the characters that begin one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.characters import without_unsafe
from index.sentences import split_sentences
from index.types import Hit, Passage, Sentence

__all__ = ["FENCE", "Shown", "SourceRange", "as_data", "fit"]

FENCE = ("<passages>", "</passages>")
"""The lines before and behind the passages of a prompt."""

_WORD = re.compile(r"[^\W\d_]+")
# What begins a tag, among them our fence and the marks that chat templates put between messages.
_TAG = re.compile(r"<(?=[\w/!?|<(])")
# What looks like a sentence's number, or like the marks of other chat templates.
_NUMBER = re.compile(
    r"\[(?P<inside>[\s^]*(?:\d|/?(?:inst|sys|system|user|assistant|think)\b)[^\[\]]{0,60})(?P<end>\]?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SourceRange:
    """Whole, consecutive sentences of one passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The stored text of the range, verbatim."""
        offset = self.passage.start
        return self.passage.text[self.start - offset : self.end - offset]


@dataclass(frozen=True)
class Shown:
    """The passages in the order shown; sentence `2.3` is the third of the second passage.

    Attributes:
        passages: The passages.
        hidden: Sentences, by passage and number, that are left out; the others keep their numbers.
    """

    passages: tuple[Passage, ...]
    hidden: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def of(cls, hits: Sequence[Hit]) -> Shown:
        return cls(tuple(hit.passage for hit in hits))

    @cached_property
    def _sentences(self) -> tuple[tuple[Sentence, ...], ...]:
        return tuple(tuple(split_sentences(p.text, p.start)) for p in self.passages)

    def numbers(self, passage: int) -> list[int]:
        """The numbers of the sentences of a passage that are shown."""
        count = len(self._sentences[passage - 1])
        return [s for s in range(1, count + 1) if (passage, s) not in self.hidden]

    def sentences(self, passage: int) -> Iterator[SourceRange]:
        """The sentences of a passage that are shown."""
        return (self._cut(passage, number, number) for number in self.numbers(passage))

    def _cut(self, passage: int, first: int, last: int) -> SourceRange:
        sentences = self._sentences[passage - 1]
        start, end = sentences[first - 1].start, sentences[last - 1].end
        return SourceRange(self.passages[passage - 1], start, end)

    def range(self, passage: int, first: int, last: int) -> SourceRange | None:
        """Sentences `passage.first` to `passage.last`, or None where they are not all shown."""
        runs = self.runs(passage, first, last)
        return runs[0] if len(runs) == 1 else None

    def runs(self, passage: int, first: int, last: int) -> tuple[SourceRange, ...]:
        """What is shown from one sentence to another, in one piece or around what was left out.

        There is nothing where the first or the last of them is not shown.
        """
        if first > last or first < 1 or not all(self.holds(passage, s) for s in (first, last)):
            return ()
        numbers = [number for number in self.numbers(passage) if first <= number <= last]
        begins = [n for n in numbers if n - 1 not in numbers]
        ends = [n for n in numbers if n + 1 not in numbers]
        return tuple(self._cut(passage, *run) for run in zip(begins, ends, strict=True))

    def without(self, hidden: set[tuple[int, int]]) -> Shown:
        """The same with further sentences left out."""
        return replace(self, hidden=self.hidden | hidden)

    def first(self, passages: int, sentences: int | None = None) -> Shown:
        """The first passages, of the last of them only so many sentences."""
        cut = Shown(self.passages[:passages], self.hidden)
        if sentences is None or not passages:
            return cut
        return cut.without({(passages, s) for s in cut.numbers(passages)[sentences:]})

    def around(self, sources: Collection[SourceRange]) -> Shown:
        """The same with nothing but some sentences and their neighbours, under their numbers."""
        near: set[tuple[int, int]] = set()
        for passage, shown in enumerate(self.passages, 1):
            for number, sentence in enumerate(self._sentences[passage - 1], 1):
                if any(
                    source.passage == shown
                    and source.start <= sentence.start
                    and sentence.end <= source.end
                    for source in sources
                ):
                    near |= {(passage, number + step) for step in (-1, 0, 1)}
        every = {(p, s) for p in range(1, len(self.passages) + 1) for s in self.numbers(p)}
        return self.without(every - near)

    # what the reader of a reply asks

    def holds(self, passage: int, sentence: int = 0) -> bool:
        """Whether there is such a passage, or such a sentence in it."""
        if not 1 <= passage <= len(self.passages):
            return False
        exists = 0 <= sentence <= len(self._sentences[passage - 1])
        return exists and (passage, sentence) not in self.hidden

    def outlet(self, passage: int) -> str:
        """Who published a passage, or empty."""
        return self.passages[passage - 1].article.source if self.holds(passage) else ""

    def names(self, word: str) -> bool:
        """Whether a word stands in the outlets, titles and months."""
        return word.casefold() in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        names: set[str] = set()
        for passage in self.passages:
            info = passage.article
            month = f"{info.date:%B}" if info.date else ""
            found = _WORD.findall(f"{info.source} {info.title} {month}")
            names |= {word.casefold() for word in found}
        return frozenset(names)

    def texts(self) -> Iterator[str]:
        """Everything that the sources say, and where they were published."""
        for passage in self.passages:
            info = passage.article
            yield f"{passage.text}\n{info.title}\n{info.source}\n{info.url}\n{info.authors}"

    # the prompt

    def text(self) -> str:
        """The passages as they stand in the prompt, fence and all."""
        begin, end = FENCE
        blocks = (self._block(number) for number in range(1, len(self.passages) + 1))
        return "\n".join((begin, *filter(None, blocks), end))

    def _block(self, passage: int) -> str:
        """A line that says where the passage is from, then a line for each sentence."""
        numbers = self.numbers(passage)
        if not numbers:
            return ""
        info = self.passages[passage - 1].article
        day = info.date.isoformat() if info.date else "no date"
        head = " | ".join(part for part in (info.source, day, info.title) if part)
        lines = [f"[{passage}] {as_data(head)}"]
        lines += (
            f"[{passage}.{number}] {as_data(self._cut(passage, number, number).text)}"
            for number in numbers
        )
        return "\n".join(lines)


def as_data(text: str) -> str:
    """Text of an article as it may stand in a prompt: one line that can be taken for no mark.

    What begins a tag becomes ‹, and a bracket before a number becomes (; nothing else is changed.
    """
    line = " ".join(without_unsafe(text).split())
    plain = _NUMBER.sub(lambda m: f"({m['inside']}{')' if m['end'] else ''}", line)
    return _TAG.sub("‹", plain)


def fit(shown: Shown, fits: Callable[[Shown], bool]) -> Shown:
    """As much of the passages as fits, dropped from the end, in whole sentences.

    Args:
        shown: The passages, best first.
        fits: Whether a prompt with so much of them fits; it must fit with less when it fits with
            more.

    Returns:
        The same when all of it fits; without any passage when not even one sentence does.
    """
    if fits(shown):
        return shown
    passages = _most(len(shown.passages), lambda n: fits(shown.first(n)))
    rest = shown.numbers(passages + 1)
    sentences = _most(len(rest), lambda n: fits(shown.first(passages + 1, n)))
    return shown.first(passages + 1, sentences) if sentences else shown.first(passages)


def _most(most: int, fits: Callable[[int], bool]) -> int:
    """The largest number from 0 to `most` exclusive that fits."""
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low
