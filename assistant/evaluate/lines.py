"""What is kept of one question: a line of a run, plain enough to be JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Self

__all__ = ["Answered", "Line", "Ranking"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What one system found for a question, best first.

    Attributes:
        passages: Ids of the passages (or their places, for a system that has no ids).
        relevant: Whether each passage is relevant.
        articles: Addresses of the articles, each once, in the order of their best passages.
        seconds: How long it took.
    """

    passages: tuple[str, ...]
    relevant: tuple[bool, ...]
    articles: tuple[str, ...]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said to a question, and what it was worth.

    Attributes:
        text: The answer as printed.
        abstained: Whether nothing was said.
        confidence: The estimated probability that what is said answers, or None.
        retrieved: Whether a passage that it was made from is relevant.
        right: Whether what was said holds the answer.
        quotes: Whether each of the best quotes holds the answer, best first, as if nothing had
            been held back; None when a model wrote the answer.
        cited: Of each cited article, whether it is a gold one.
        good: Of each citation, whether its article is a gold one or its passage is relevant.
        gold_cited: The share of the gold articles in the library that are cited; None without any.
        supported: The share of the sentences whose verdict is “supported”; None without any.
        seconds: How long it took.
        tokens: Tokens sent and received.
        dollars: What they cost, or None where that is not known.
    """

    text: str
    abstained: bool
    confidence: float | None
    retrieved: bool
    right: bool
    quotes: tuple[bool, ...] | None = None
    cited: tuple[bool, ...] = ()
    good: tuple[bool, ...] = ()
    gold_cited: float | None = None
    supported: float | None = None
    seconds: float = 0.0
    tokens: tuple[int, int] = (0, 0)
    dollars: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """All that is kept of one question.

    Attributes:
        id: The question's.
        question: Its words.
        scorable: Whether its answer can be told, and some article of the library holds it.
        expected: Whether the collection is to answer it at all.
        gold: Addresses of the gold articles that the library holds.
        rankings: What each system found, by the system's name.
        answer: What was said; None when only retrieval was measured.
        removed: What was said with the question's articles removed; None where that was not asked.
        left_out: How many articles that were.
    """

    id: str
    question: str
    scorable: bool
    expected: bool
    gold: tuple[str, ...]
    rankings: dict[str, Ranking] = field(default_factory=dict)
    answer: Answered | None = None
    removed: Answered | None = None
    left_out: int = 0

    def to_json(self) -> dict[str, Any]:
        """The line as a JSON object; `from_json` makes the same line of it."""
        return asdict(self)

    @classmethod
    def from_json(cls, form: dict[str, Any]) -> Self:
        """The inverse of `to_json`."""
        rankings = {
            name: Ranking(
                tuple(ranking["passages"]),
                tuple(ranking["relevant"]),
                tuple(ranking["articles"]),
                ranking["seconds"],
            )
            for name, ranking in form["rankings"].items()
        }
        return cls(
            **{
                **form,
                "gold": tuple(form["gold"]),
                "rankings": rankings,
                "answer": _answered(form["answer"]),
                "removed": _answered(form["removed"]),
            }
        )


def _answered(form: dict[str, Any] | None) -> Answered | None:
    if form is None:
        return None
    fields: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in form.items()}
    return Answered(**fields)
