"""Which of the sentences that may answer go first, by whom they are of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.extract.spoken import asked_speaker, speaks
from assistant.support.names.check import find_names
from assistant.support.text.words import fold
from index.lexical import query_words, stems

if TYPE_CHECKING:
    from assistant.extract.signs import Candidate
    from assistant.types import QuestionTime
    from index.types import Hit

__all__ = ["preferred"]

# What the words of whom they are asked for are worth more than those of others; and what a sentence
# is worth less for a name of the question that its passage lacks and another one has. Questions of
# quizzes show neither: of 104 of 2022 as many have their answer in the first quotes as without.
_SPOKEN, _LACKS = 1.0, 0.5


def preferred(
    question: str,
    hits: Sequence[Hit],
    scored: Sequence[tuple[Candidate, float]],
    time: QuestionTime | None,
) -> list[tuple[Candidate, float]]:
    """Candidates with their scores, best first, when it counts whom they are of.

    Who asks how old the gunman of Tarn was is not answered by what is told of one elsewhere.

    Args:
        question: The words of the question.
        hits: What was found.
        scored: The candidates, best first.
        time: When it asks about.
    """
    spoken = _spoken(question, scored)
    lacking = _lacking(question, hits, time)
    told = [
        (one, score + _SPOKEN * own - _LACKS * lacking[one.hit])
        for (one, score), own in zip(scored, spoken, strict=True)
    ]
    return sorted(told, key=lambda pair: -pair[1])


def _spoken(question: str, scored: Sequence[tuple[Candidate, float]]) -> list[bool]:
    """Whether each candidate has words of whom they are asked for, about what is asked."""
    speakers = asked_speaker(question)
    if not speakers:
        return [False] * len(scored)
    about = set(stems(" ".join(query_words(question)))) - set(stems(" ".join(speakers)))
    return [
        not about.isdisjoint(one.stems) and any(speaks(one.told, each) for each in speakers)
        for one, _ in scored
    ]


def _lacking(question: str, hits: Sequence[Hit], time: QuestionTime | None) -> list[int]:
    """How many names of the question each hit lacks of those that any of them has.

    A name is there where its last word is. One that goes by another form in some of them costs
    those little; what is said of a name that is missing everywhere is said with more care.
    """
    words = time.words if time else ""
    names = {
        name.folded[-1]
        for name in find_names(question)
        if question[name.start : name.end] not in words
    }
    said = [fold(f"{hit.passage.article.title}\n{hit.passage.text}") for hit in hits]
    known = {name for name in names if any(name in each for each in said)}
    return [sum(name not in each for name in known) for each in said]
