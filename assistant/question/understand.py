"""From what a person typed to what is looked up.

The steps are a generator that yields what a model has to be asked and is sent its reply, so that
callers that wait and callers that await share them. Without a model, and where a reply is of no
use, rules do the same work; a simple question asks for nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.models import Message
from assistant.outlets import HeldOutlets, outlets_meant
from assistant.question.complete import complete
from assistant.question.follow_ups import asks_why, is_follow_up
from assistant.question.limits import Limits
from assistant.question.parts import PartText, split
from assistant.question.pasted import parted
from assistant.question.picked import Picked, picked, picks
from assistant.question.reasons import untold
from assistant.question.replies import read_plan, read_rewritten
from assistant.question.spelled import as_spelled, stood_alone
from assistant.question.time_words import find_time_words
from assistant.question.times import date_filters, read_time
from assistant.templates import Prompts
from assistant.types import Question, QuestionTime, Turn
from index.dates import Period
from index.errors import UsageError
from index.types import Filters

__all__ = ["Holdings", "Understanding", "meant_by", "resolve", "understand"]

Understanding = Generator[tuple[Message, ...], str, Question]

# Turns of a chat that a model is shown to complete a follow-up.
_TURNS_SHOWN = 3
# Characters of an earlier answer that it is shown.
_ANSWER_SHOWN = 600


class Holdings(HeldOutlets, Protocol):
    """What has to be known of a library to understand a question."""

    def dated(self, period: Period) -> int:
        """How many articles are of a period."""


def understand(
    asked: str,
    limits: Limits,
    holdings: Holdings,
    history: Sequence[Turn],
    prompts: Prompts | None,
) -> Understanding:
    """What is looked up for a question.

    Args:
        asked: The words as typed.
        limits: The as-of day and what the person limited the question to.
        holdings: What the library holds.
        history: The turns before this one, oldest first.
        prompts: What a model is told; None where there is no model that can be asked.

    Yields:
        Messages for the model, at the most once for a follow-up and once for a question that
        compares or chains; its reply is to be sent in.

    Raises:
        UsageError: When the question is empty or it cannot be told what it refers to, or no article
            is from an outlet that is asked for.
    """
    text = " ".join(asked.split())
    if not any(c.isalnum() for c in text):
        raise UsageError("the question is empty", help='ask something: dateline ask "Who …?"')
    sources = outlets_meant(limits.filters.sources, holdings)
    limits = replace(limits, filters=replace(limits.filters, sources=sources))
    pasted = parted(asked)
    if pasted is not None:
        meant = Picked(pasted.standing_alone(limits.as_of))
    else:
        meant = yield from _completed(text, limits, history, prompts)
    question = replace(_timed(asked, meant.text, limits, holdings), article=meant.article)
    if question.article is not None:
        return question
    text = question.text
    parts = split(text, holdings.outlet)
    if parts and prompts:
        reply = yield prompts.load("plan").render(question=text, as_of=limits.as_of.isoformat())
        parts = [PartText(each) for each in read_plan(reply)] or parts
    return replace(question, parts=tuple(_part(part, question, limits, holdings) for part in parts))


def _completed(
    text: str, limits: Limits, history: Sequence[Turn], prompts: Prompts | None
) -> Generator[tuple[Message, ...], str, Picked]:
    """A follow-up as a question that stands alone; any other as it is typed."""
    if prompts and _needs_history(text, history, limits.as_of):
        reply = yield prompts.load("rewrite").render(
            conversation=_conversation(history), question=text, as_of=limits.as_of.isoformat()
        )
        if rewritten := read_rewritten(reply):
            return Picked(rewritten)
    return meant_by(text, history, limits.as_of)


def meant_by(asked: str, history: Sequence[Turn], day: dt.date) -> Picked:
    """What a question asks, so that it stands alone, by rules.

    Args:
        asked: The words as typed.
        history: The turns before, oldest first; there may be none.
        day: The day that it is asked of.

    Raises:
        UsageError: When it cannot be told what it refers to.
    """
    text = " ".join(asked.split())
    if not history and asks_why(text):
        raise untold()
    if not _needs_history(text, history, day):
        return Picked(text)
    spelled = as_spelled(text, history)
    return picked(spelled, history) or Picked(complete(spelled, history, day))


def _needs_history(text: str, history: Sequence[Turn], day: dt.date) -> bool:
    if not history or stood_alone(text, history):
        return False
    spelled, last = as_spelled(text, history), history[-1].question.text
    return bool(picks(spelled)) or is_follow_up(spelled, find_time_words(spelled, day), last)


def resolve(
    asked: str, limits: Limits, holdings: Holdings, history: Sequence[Turn] = ()
) -> Question:
    """`understand` without a model."""
    steps = understand(asked, limits, holdings, history, None)
    try:
        next(steps)
    except StopIteration as done:
        question: Question = done.value
        return question
    raise AssertionError("nothing is asked of a model that is not there")


def _timed(asked: str, text: str, limits: Limits, holdings: Holdings) -> Question:
    time = read_time(text, limits.as_of, holdings.dated)
    filters = date_filters(time, limits.filters, limits.as_of)
    return Question(asked, text, limits.as_of, filters, time)


def _part(part: PartText, whole: Question, limits: Limits, holdings: Holdings) -> Question:
    """A part as a question of its own; without a time it has that of the whole."""
    question = _timed(part.asked, part.text or part.asked, limits, holdings)
    if question.time is None and whole.time is not None and not part.order:
        question = replace(question, time=whole.time, filters=whole.filters)
    if part.order:
        known = question.time or QuestionTime("", Period(), "preference")
        words = known.words or {"oldest": "first", "newest": "last"}[part.order]
        question = replace(question, time=replace(known, words=words, order=part.order))
    if part.source and not limits.filters.sources:
        filters = question.filters
        question = replace(question, filters=Filters(filters.since, filters.until, (part.source,)))
    return question


def _conversation(history: Sequence[Turn]) -> str:
    return "\n\n".join(
        f"Q: {turn.question.text}\nA: {_shortened(turn)}" for turn in history[-_TURNS_SHOWN:]
    )


def _shortened(turn: Turn) -> str:
    said = " ".join(sentence.text for sentence in turn.answer.sentences) or turn.answer.text
    line = " ".join(said.split())
    return line if len(line) <= _ANSWER_SHOWN else f"{line[:_ANSWER_SHOWN]} …"
