"""A chat: questions and answers that know of those before them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing

from assistant.joining import joined
from assistant.types import (
    Answer,
    Checking,
    Event,
    Finished,
    Retrieved,
    Sent,
    SentenceReady,
    Turn,
    Withdrawn,
)

__all__ = ["Answering", "Chat", "partial"]

_INCOMPLETE = "the answer was stopped before it was complete"
_UNJUDGED = "the answer was stopped before there were second verdicts"

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
        were complete, if any.
        """
        retrieved: Retrieved | None = None
        sent: Sent | None = None
        ready: list[SentenceReady] = []
        finished: Answer | None = None
        judged = False
        before = self._turns[:-1] if instead else self._turns
        try:
            with closing(self._answering(question, before)) as events:
                for event in events:
                    match event:
                        case Retrieved():
                            retrieved = event
                        case Sent():
                            sent = event
                        case SentenceReady():
                            ready.append(event)
                        case Withdrawn():
                            ready.clear()
                        case Checking(purpose):
                            judged = purpose == "judge"
                        case Finished():
                            finished = event.answer
                    yield event
        finally:
            if finished is None and retrieved is not None and ready:
                finished = partial(retrieved, sent, ready, written=judged)
            if finished is not None:
                hits = retrieved.hits if retrieved is not None else ()
                messages = sent.messages if sent is not None else ()
                self._turns = (*before, Turn(finished.question, finished, hits, messages))

    def undo(self) -> None:
        """Forgets the last turn, if there is one."""
        self._turns = self._turns[:-1]

    def reset(self) -> None:
        """Forgets the turns."""
        self._turns = ()


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
