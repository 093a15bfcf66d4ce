"""One answer while a model writes it: what the model is sent, and what becomes of its replies.

It does no input or output, so that it serves callers that wait and callers that await.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.asking import Reply
from assistant.compose import Composition
from assistant.disagreement import with_disagreements
from assistant.found import Found
from assistant.judge import judge_values, judgements
from assistant.models import Done, Message, Piece, count_messages
from assistant.repair import repair_values
from assistant.shown import Shown, fit
from assistant.templates import Prompts
from assistant.trimming import trimmed
from assistant.types import (
    Answer,
    Finished,
    PromptStamp,
    Sent,
    SentenceReady,
    Turn,
    Usage,
    Withdrawn,
    Writing,
)
from index.embed import Embedder
from index.errors import EndpointError

__all__ = ["Draft", "Manner"]

# Turns of a chat that a model is shown before the question.
_TURNS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Manner:
    """How a model is to write an answer.

    Attributes:
        prompts: Where its prompts are read from.
        strict: Whether what no source supports is mended once or dropped.
        judge: Whether the model is asked for a second verdict on each sentence.
    """

    prompts: Prompts = field(default_factory=Prompts)
    strict: bool = False
    judge: bool = False


@dataclass
class Draft:
    """One answer in the making.

    Args:
        found: The question and its hits.
        model: The model's name.
        embedder: Helps to find the sources of sentences that cite none.
        manner: How it is to be written.
        room: Tokens that the prompt may have; None for any number.
    """

    found: Found
    model: str
    embedder: Embedder | None = None
    manner: Manner = field(default_factory=Manner)
    room: int | None = None
    messages: tuple[Message, ...] = field(init=False)
    _shown: Shown = field(init=False)
    _stamps: list[PromptStamp] = field(init=False)
    _composition: Composition = field(init=False)
    _usage: Usage = field(init=False)
    _answer: Answer = field(init=False)
    _unfinished: Writing | None = None
    _started: float = field(default_factory=time.perf_counter)
    _timings: dict[str, float] = field(default_factory=dict)
    _warnings: list[str] = field(default_factory=list)
    _cut: bool = False

    def __post_init__(self) -> None:
        self._stamps = [self.manner.prompts.load("answer").stamp]
        self._timings["retrieve"] = self.found.seconds
        self._usage = self.found.usage
        self._begin()

    # the prompt

    def _begin(self) -> None:
        hits = self.found.retrieval.hits
        whole = trimmed(Shown.of(hits), self.found.question.text)
        self._warnings.clear()
        self._shown = whole if self.room is None else self._fitted(whole, self.room)
        self.messages = self._prompt(self._shown, self.found.history)
        told = "\n\n".join(message.content for message in self._prompt(Shown(()), ()))
        self._composition = Composition(
            self.found.question, hits, self._shown, self.embedder, told, self.manner.strict
        )

    def _prompt(self, shown: Shown, history: Sequence[Turn]) -> tuple[Message, ...]:
        question = self.found.question
        return self.manner.prompts.load("answer").render(
            passages=shown.text(),
            conversation=_conversation(history),
            question=" ".join(question.asked.split()),
            as_of=question.as_of.isoformat(),
        )

    def _fitted(self, whole: Shown, room: int) -> Shown:
        """As much of the passages as there is room for; the first sentence is shown in any case."""
        history = self.found.history
        fitted = fit(whole, lambda part: count_messages(self._prompt(part, history)) <= room)
        if fitted == whole:
            return whole
        fitted = fitted if fitted.passages else whole.first(1, 1)
        count, last = len(fitted.passages), len(fitted.passages)
        cut = len(fitted.numbers(last)) < len(whole.numbers(last))
        self._warnings.append(
            f"only {count} of {len(whole.passages)} passages fit into the prompt"
            + (", the last of them cut short" if cut else "")
        )
        return fitted

    def shorten(self, room: int | None) -> bool:
        """Begins again with a shorter prompt; False when there is nothing more to leave out."""
        tokens, self.room = count_messages(self.messages), room
        self._begin()
        return count_messages(self.messages) < tokens

    # the reply

    @property
    def sent(self) -> Sent:
        """What the model is sent, for whoever wants to see it."""
        messages = tuple((message.role, message.content) for message in self.messages)
        return Sent(messages, self.model)

    def feed(self, piece: Piece) -> list[SentenceReady | Withdrawn | Writing]:
        """Takes the next piece of the reply; returns what it completes and what is begun."""
        if isinstance(piece, Done):
            self._usage += piece.usage
            self._warnings += piece.warnings
            self._cut = piece.finish_reason == "length"
            return []
        self._timings.setdefault("first_token", self._elapsed())
        events: list[SentenceReady | Withdrawn | Writing] = [*self._composition.feed(piece.text)]
        writing = self._composition.writing
        if writing and writing != self._unfinished:
            events.append(writing)
        self._unfinished = writing
        return events

    def broken(self, error: EndpointError) -> bool:
        """Notes that the reply broke off; returns whether anything had come before."""
        self._cut = True
        self._warnings.append(f"the answer is incomplete: {error.message}")
        self._usage += Usage(calls=1)  # how many tokens that were was not told any more
        return "first_token" in self._timings

    def end(self) -> list[SentenceReady | Withdrawn]:
        """What is still to come when the reply has ended, but for what is held back."""
        return self._composition.end(cut=self._cut)

    # sentences that no source supports

    def repair(self) -> tuple[Message, ...]:
        """What the model is to be asked for mending; empty when nothing is to be mended."""
        faulty = self._composition.faulty
        if not faulty or self._cut:
            return ()
        template = self.manner.prompts.load("repair")
        self._stamps.append(template.stamp)
        return template.render(**repair_values(faulty, self._shown))

    def mend(self, reply: Reply | EndpointError | None = None) -> list[SentenceReady]:
        """Gives out what was held back, mended as far as a reply mends it, and drops the rest."""
        if isinstance(reply, EndpointError):
            self._warnings.append(f"sentences could not be mended: {reply.message}")
            reply = None
        self._usage += reply.usage if reply else Usage()
        ready = self._composition.mend(reply.text if reply else "")
        self._answer = self._composition.answer((*self.found.retrieval.warnings, *self._warnings))
        return ready

    # the second verdict

    def ask_judge(self) -> tuple[Message, ...]:
        """What the model is to be asked about its sentences; empty when it is not to be."""
        if not self.manner.judge or not self._answer.sentences or self._cut:
            return ()
        template = self.manner.prompts.load("judge")
        self._stamps.append(template.stamp)
        return template.render(**judge_values(self._answer.sentences, self._answer.citations))

    def take_judgements(self, reply: Reply | EndpointError) -> None:
        """Puts what the model says of the sentences beside what the checks say."""
        if isinstance(reply, EndpointError):
            self._warn(f"there are no second verdicts: {reply.message}")
            return
        self._usage += reply.usage
        sentences = self._answer.sentences
        found = judgements(reply.text, len(sentences))
        if len(found) < len(sentences):
            self._warn(f"the judge gave {len(found)} verdicts on {len(sentences)} sentences")
        self._answer = replace(
            self._answer,
            sentences=tuple(
                replace(sentence, judgement=found.get(number))
                for number, sentence in enumerate(sentences, 1)
            ),
        )

    def _warn(self, warning: str) -> None:
        self._answer = replace(self._answer, warnings=(*self._answer.warnings, warning))

    # the answer

    def finished(self) -> Finished:
        """The answer with everything that is known of how it came about."""
        return Finished(
            replace(
                with_disagreements(self._answer, self.found.retrieval.hits),
                usage=self._usage,
                prompt=self._stamps[0],
                prompts=tuple(self._stamps),
                model=self.model,
                timings={**self._timings, "answer": self._elapsed()},
            )
        )

    def _elapsed(self) -> float:
        return time.perf_counter() - self._started


def _conversation(history: Sequence[Turn]) -> str:
    """The last turns, as they stand in the prompt."""
    turns = [
        f"Q: {' '.join(turn.question.asked.split())}\nA: {_plain(turn.answer)}"
        for turn in history[-_TURNS_SHOWN:]
    ]
    return "Conversation so far:\n\n" + "\n\n".join(turns) + "\n\n" if turns else ""


def _plain(answer: Answer) -> str:
    """An earlier answer without citation numbers, which would mean other sentences now."""
    return " ".join(sentence.text for sentence in answer.sentences) or answer.text
