"""What a model is shown: passages as numbered sentences, and the way back from the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.sentences import split_sentences
from index.types import Hit, Passage, Sentence

__all__ = ["Shown", "SourceRange"]


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
    """The passages in the order shown; sentence `2.3` is the third of the second passage."""

    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, hits: Sequence[Hit]) -> Shown:
        return cls(tuple(hit.passage for hit in hits))

    @cached_property
    def _sentences(self) -> tuple[tuple[Sentence, ...], ...]:
        return tuple(tuple(split_sentences(p.text, p.start)) for p in self.passages)

    def sentences(self, passage: int) -> Iterator[SourceRange]:
        """The sentences of a passage, counted from 1."""
        shown = self.passages[passage - 1]
        return (SourceRange(shown, s.start, s.end) for s in self._sentences[passage - 1])

    def range(self, passage: int, first: int, last: int) -> SourceRange | None:
        """Sentences `passage.first` to `passage.last`, or None where there are no such numbers."""
        if not 1 <= passage <= len(self.passages):
            return None
        sentences = self._sentences[passage - 1]
        if not 1 <= first <= last <= len(sentences):
            return None
        start, end = sentences[first - 1].start, sentences[last - 1].end
        return SourceRange(self.passages[passage - 1], start, end)

    def text(self) -> str:
        """The passages as they stand in the prompt.

        Every sentence is on one line that begins with its number, so that a line of an article
        can neither look like a passage's head nor like another sentence's number.
        """
        blocks = []
        for p, passage in enumerate(self.passages, 1):
            info = passage.article
            head = " | ".join(
                part
                for part in (
                    info.source,
                    info.date.isoformat() if info.date else "no date",
                    info.title,
                )
                if part
            )
            lines = [f"[{p}] {_one_line(head)}"]
            lines += [
                f"[{p}.{s}] {_one_line(sentence.text)}"
                for s, sentence in enumerate(self.sentences(p), 1)
            ]
            blocks.append("\n".join(lines))
        return "\n\n".join(blocks)


def _one_line(text: str) -> str:
    return " ".join(text.split())
