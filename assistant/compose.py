"""From the pieces of a model's reply to a cited and checked answer.

It does no input or output, so that one composition serves callers that wait and callers that await.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.citations import CitationList, Mark, ReplyReader, Written
from assistant.shown import Shown, SourceRange
from assistant.support import Evidence, check, score
from assistant.types import Answer, AnswerSentence, Question, SentenceReady, Verdict, Writing
from index.types import Hit

__all__ = ["NOT_SHOWN", "NO_ANSWER", "Composition", "evidence", "joined", "judge"]

NO_ANSWER = "The articles do not answer this."
# How the reason ends that a sentence gets for a number that does not exist.
NOT_SHOWN = ", which it was not shown"

# What the prompt asks for where nothing answers, and what models write instead of it.
_REFUSAL = re.compile(
    r"\W*no answer\b"
    r"|.*\b(?:passages?|articles?|sources?|texts?|context|information)\b"
    r".*\b(?:not|no|cannot|nothing)\b"
    r"|.*\b(?:cannot|can ?not|unable to|not|no)\b"
    r".*\b(?:answer|information|mention(?:ed)?|passages?|articles?)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass
class Composition:
    """An answer in the making.

    Args:
        question: What was asked.
        hits: What was found for it, in the order shown to the model.
        shown: The same as numbered sentences.
    """

    question: Question
    hits: tuple[Hit, ...]
    shown: Shown
    _reader: ReplyReader = field(default_factory=ReplyReader)
    _citations: CitationList = field(init=False)
    _ready: list[SentenceReady] = field(default_factory=list)
    _refusals: list[Written] = field(default_factory=list)
    _unknown: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._citations = CitationList.of(self.hits)

    @property
    def begun(self) -> bool:
        """Whether any sentence is complete."""
        return bool(self._ready)

    def feed(self, piece: str) -> list[SentenceReady]:
        """Takes the next piece of the reply; returns the sentences that it completes."""
        return self._take(self._reader.feed(piece))

    @property
    def writing(self) -> Writing | None:
        """The sentence that is being written, if any of it has come."""
        before, text = self._reader.unfinished
        return Writing(before if self._ready else "", text) if text else None

    def finish(self, warnings: Iterable[str] = ()) -> tuple[list[SentenceReady], Answer]:
        """The sentences still to come when the reply has ended, and the whole answer.

        A reply whose only content is that the passages do not answer becomes an abstention.
        """
        rest = self._take(self._reader.finish())
        if self._ready and self._refusals:
            rest += self._take_refusals()
        cited = [f"the model cited {mark}, which it was not shown" for mark in self._unknown]
        abstained = not self._ready
        return rest, Answer(
            question=self.question,
            mode="model",
            text=NO_ANSWER if abstained else joined(self._ready),
            abstained=abstained,
            sentences=tuple(ready.sentence for ready in self._ready),
            citations=tuple(self._citations.citations),
            closest=self.hits[:3] if abstained else (),
            warnings=(*warnings, *cited),
        )

    def _take(self, written: Iterable[Written]) -> list[SentenceReady]:
        """Checks sentences; a refusal without citations waits to see whether it stays alone."""
        ready = []
        for sentence in written:
            if not sentence.marks and not self._ready and _REFUSAL.match(sentence.text):
                self._refusals.append(sentence)
                continue
            ready += self._take_refusals()
            ready.append(self._check(sentence))
        return ready

    def _take_refusals(self) -> list[SentenceReady]:
        held, self._refusals = self._refusals, []
        return [self._check(sentence) for sentence in held]

    def _check(self, written: Written) -> SentenceReady:
        known = len(self._citations.citations)
        ranges, unknown = [], []
        for mark in written.marks:
            source = self._source(mark, written.text)
            if source is None:
                unknown.append(mark.written)
            else:
                ranges.append(source)
        self._unknown |= dict.fromkeys(unknown)
        numbers = dict.fromkeys(self._citations.number(source) for source in ranges)
        verdict = judge(
            written.text,
            [evidence(source) for source in ranges],
            self.question.as_of,
            (f"cites {', '.join(unknown)}{NOT_SHOWN}",) if unknown else (),
        )
        ready = SentenceReady(
            AnswerSentence(written.text, tuple(numbers), verdict),
            written.before if self._ready else "",
            tuple(self._citations.citations[known:]),
        )
        self._ready.append(ready)
        return ready

    def _source(self, mark: Mark, sentence: str) -> SourceRange | None:
        """What a mark points at; for a whole passage, its sentence that supports most."""
        if mark.first:
            return self.shown.range(mark.passage, mark.first, mark.last)
        if not 1 <= mark.passage <= len(self.shown.passages):
            return None
        return max(
            self.shown.sentences(mark.passage),
            key=lambda source: score(sentence, [evidence(source)]),
        )


def judge(
    sentence: str, cited: Sequence[Evidence], as_of: dt.date, lost: tuple[str, ...] = ()
) -> Verdict:
    """The verdict on a sentence that a model wrote.

    Args:
        sentence: The sentence, without its citation numbers.
        cited: What it cites.
        as_of: The day the answer speaks from.
        lost: What it cites that does not exist, each a reason why it is not fully supported.
    """
    verdict = check(sentence, cited, as_of=as_of)
    if not lost:
        return verdict
    if cited and verdict.status != "unsupported":
        return Verdict("partial", (*lost, *verdict.reasons))
    return Verdict("unsupported", (*lost, *(verdict.reasons if cited else ())))


def evidence(source: SourceRange) -> Evidence:
    """A source range as the checks want it, with what stands around it."""
    info = source.passage.article
    context = f"{info.title}\n{info.source}\n{source.passage.text}"
    return Evidence(source.text, info.date, context)


def joined(sentences: Iterable[SentenceReady]) -> str:
    """The text of an answer with its citation numbers behind each sentence."""
    parts = []
    for ready in sentences:
        marks = "".join(f"[{number}]" for number in ready.sentence.citations)
        parts.append(f"{ready.before}{ready.sentence.text}{' ' if marks else ''}{marks}")
    return "".join(parts)
