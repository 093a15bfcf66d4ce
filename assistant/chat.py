"""A chat: questions and answers that know of those before them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from assistant.joining import joined
from assistant.types import (
    Answer,
    Checking,
    Event,
    Finished,
    Question,
    Retrieved,
    Sent,
    SentenceReady,
    Turn,
    Withdrawn,
)
from index.errors import UsageError

__all__ = ["Answering", "Chat", "partial"]

_INCOMPLETE = "the answer was stopped before it was complete"
_UNJUDGED = "the answer was stopped before there were second verdicts"
_NOTHING_CAME = "(stopped before it was answered)"

Answering = Callable[[str, tuple[Turn, ...]], Generator[Event]]


class Chat:
    """Keeps the turns of one conversation.

    Args:
        answering: Answers a question, given the turns before it.
        turns: The turns that it goes on from.
    """

    def __init__(self, answering: Answering, turns: tuple[Turn, ...] = ()) -> None:
        self._answering = answering
        self._turns = turns
        # What was asked last and got no answer is talked about all the same.
        self._unanswered: Turn | None = None

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The questions with their answers, oldest first."""
        return self._turns

    def ask(self, question: str) -> Answer:
        """Answers and keeps the turn.

        Raises:
            EndpointError: When the model fails; what it wrote until then is kept as a turn.
        """
        for event in self.stream(question):
            if isinstance(event, Finished):
                answer = event.answer
        return answer

    def stream(self, question: str, *, instead: bool = False) -> Generator[Event]:
        """Answers sentence by sentence and keeps the turn.

        With `instead`, the turn takes the place of the last one as soon as there is an answer. When
        the stream is closed early or the model fails, the turn is kept with the sentences that
        were complete; where there is none, the next question may refer to this one nevertheless.
        """
        came, stopped = _Came(), False
        before = self._turns[:-1] if instead else self._turns
        unanswered, self._unanswered = self._unanswered, None
        again = unanswered is not None and unanswered.question.asked == question
        history = before if unanswered is None or again else (*before, unanswered)
        try:
            with closing(self._answering(question, history)) as events:
                for event in events:
                    came.take(event)
                    yield event
        except (KeyboardInterrupt, GeneratorExit):
            stopped = True
            raise
        finally:
            if turn := came.turn():
                self._turns = (*before, turn)
            elif came.retrieved is not None:
                self._unanswered = _without_answer(came.retrieved.question)
            else:
                self._unanswered = _cut_short(question, history) if stopped else unanswered

    def undo(self) -> None:
        """Forgets the last turn, if there is one."""
        self._turns = self._turns[:-1]
        self._unanswered = None

    def reset(self) -> None:
        """Forgets the turns."""
        self._turns = ()
        self._unanswered = None


@dataclass
class _Came:
    """What came of an answer so far."""

    retrieved: Retrieved | None = None
    sent: Sent | None = None
    ready: list[SentenceReady] = field(default_factory=list)
    finished: Answer | None = None
    judged: bool = False

    def take(self, event: Event) -> None:
        match event:
            case Retrieved():
                self.retrieved = event
            case Sent():
                self.sent = event
            case SentenceReady():
                self.ready.append(event)
            case Withdrawn():
                self.ready.clear()
            case Checking(purpose):
                self.judged = purpose == "judge"
            case Finished():
                self.finished = event.answer

    def turn(self) -> Turn | None:
        """The turn to keep, if there is anything of an answer."""
        answer, found = self.finished, self.retrieved
        if answer is None and found is not None and self.ready:
            answer = partial(found, self.sent, self.ready, written=self.judged)
        if answer is None:
            return None
        messages = self.sent.messages if self.sent is not None else ()
        return Turn(answer.question, answer, found.hits if found is not None else (), messages)


def _cut_short(asked: str, history: Sequence[Turn]) -> Turn | None:
    """A question that was stopped before it was known what it stands for."""
    from assistant.question import meant_by  # noqa: PLC0415 - the prompt does without

    day = history[-1].question.as_of if history else dt.datetime.now().astimezone().date()
    try:
        meant = meant_by(asked, history, day)
        return _without_answer(Question(asked, meant.text, day, article=meant.article))
    except UsageError:
        return None


def _without_answer(question: Question) -> Turn:
    return Turn(question, Answer(question, "extractive", _NOTHING_CAME, abstained=True))


def partial(
    retrieved: Retrieved,
    sent: Sent | None,
    ready: Sequence[SentenceReady],
    *,
    written: bool = False,
) -> Answer:
    """An answer as far as it has come, as it stands when it is stopped there.

    Args:
        retrieved: What it is made from.
        sent: What a model was sent, if there is one.
        ready: Its sentences so far.
        written: Whether these are all, and only a model's verdicts on them are missing.
    """
    return Answer(
        question=retrieved.question,
        mode="extractive" if sent is None else "model",
        text=joined(ready),
        abstained=False,
        sentences=tuple(event.sentence for event in ready),
        citations=tuple(citation for event in ready for citation in event.citations),
        warnings=(_UNJUDGED if written else _INCOMPLETE,),
        model=sent.model if sent is not None else "",
    )
