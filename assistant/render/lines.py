"""An answer as its lines, for the forms in which it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.render.answers import replayed
from assistant.render.blocks import Block
from assistant.types import Answer, AnswerSentence, SentenceReady

__all__ = ["Line", "lines_of"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, an item of a list, a heading or a quotation.

    Attributes:
        block: What it is.
        sentences: Its sentences, without the sign that made it what it is.
        apart: Whether an empty line stands before it.
    """

    block: Block
    sentences: tuple[AnswerSentence, ...]
    apart: bool

    @property
    def mark(self) -> str:
        """The bullet or number of an item, or empty."""
        return self.block.mark.strip()


def lines_of(answer: Answer) -> Iterator[Line]:
    """The lines of an answer; each sentence that was quoted is a quotation of its own."""
    line: Line | None = None
    for event in replayed(answer):
        if not isinstance(event, SentenceReady):
            continue
        sentence, before = event.sentence, event.before
        if answer.mode == "extractive":
            yield Line(Block(">", 2), (sentence,), apart=True)
        elif line is None or "\n" in before:
            if line is not None:
                yield line
            block = Block.of(before, sentence.text)
            first = replace(sentence, text=block.text)
            line = Line(block, (first,), line is None or "\n\n" in before)
        else:
            line = replace(line, sentences=(*line.sentences, sentence))
    if line is not None:
        yield line
