"""A chat: questions and answers that know of those before them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing

from assistant.joining import joined
from assistant.types import (
    Answer,
    Event,
    Finished,
    Retrieved,
    Sent,
    SentenceReady,
    Turn,
    Withdrawn,
)

__all__ = ["Answering", "Chat", "partial"]

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
        messages: tuple[tuple[str, str], ...] = ()
        ready: list[SentenceReady] = []
        finished: Answer | None = None
        before = self._turns[:-1] if instead else self._turns
        try:
            with closing(self._answering(question, before)) as events:
                for event in events:
                    match event:
                        case Retrieved():
                            retrieved = event
                        case Sent():
                            messages = event.messages
                        case SentenceReady():
                            ready.append(event)
                        case Withdrawn():
                            ready.clear()
                        case Finished():
                            finished = event.answer
                    yield event
        finally:
            if finished is None and retrieved is not None and ready:
                finished = partial(retrieved, ready)
            if finished is not None:
                hits = retrieved.hits if retrieved is not None else ()
                self._turns = (*before, Turn(finished.question, finished, hits, messages))

    def undo(self) -> None:
        """Forgets the last turn, if there is one."""
        self._turns = self._turns[:-1]

    def reset(self) -> None:
        """Forgets the turns."""
        self._turns = ()


def partial(retrieved: Retrieved, ready: Sequence[SentenceReady]) -> Answer:
    """An answer as far as it has come, as it stands when it is stopped there."""
    return Answer(
        question=retrieved.question,
        mode="model",
        text=joined(ready),
        abstained=False,
        sentences=tuple(event.sentence for event in ready),
        citations=tuple(citation for event in ready for citation in event.citations),
        warnings=("the answer was stopped before it was complete",),
    )
