"""From the lines of a run to figures: each a list of values, one a question that it applies to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.evaluate.lines import Answered, Line
from assistant.evaluate.measures import (
    Difference,
    Estimate,
    Operating,
    curve,
    difference,
    estimate,
    hit,
    ndcg,
    reciprocal_rank,
)

__all__ = [
    "Compared",
    "Scores",
    "abstention",
    "compare",
    "compare_systems",
    "confidences",
    "score",
    "values",
]

_AT = (1, 3, 5, 10, 20)
_FIRST = 10

# Values by figure and question.
Values = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of a run, by the name of the figure.

    Attributes:
        ranking: By system, then by figure: `passage MRR@10`, `article hit@5` …
        answer: Answers, citations and abstention.
        seconds: Median and 95th percentile of retrieval and of answering, in seconds.
        tokens: Mean tokens sent and received a question, and dollars in all where known.
        curve: Coverage against risk.
    """

    ranking: Mapping[str, Mapping[str, Estimate]]
    answer: Mapping[str, Estimate]
    seconds: Mapping[str, tuple[float, float]]
    tokens: Mapping[str, float]
    curve: Sequence[Operating]

    def to_json(self) -> dict[str, Any]:
        """The figures as one JSON object."""
        return asdict(self)


def values(lines: Iterable[Line]) -> dict[str, Values]:
    """The values of every figure by group: each system's rankings, and `answer`.

    Each figure maps ids of questions to values, so that two runs can be compared pair by pair.
    """
    lines = list(lines)
    groups: dict[str, Values] = {}
    for system in dict.fromkeys(name for line in lines for name in line.rankings):
        groups[system] = _ranking_values(lines, system)
    groups["answer"] = _answer_values(lines)
    return groups


def _ranking_values(lines: Sequence[Line], system: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for line in lines:
        ranking = line.rankings.get(system)
        if ranking is None:
            continue
        if line.scorable:
            total = _relevant_known(line)
            for name, value in _ranked("passage", ranking.relevant, total):
                found.setdefault(name, {})[line.id] = value
        if line.scorable and line.gold:
            flags = [article in line.gold for article in ranking.articles]
            for name, value in _ranked("article", flags, len(line.gold)):
                found.setdefault(name, {})[line.id] = value
    return found


def _relevant_known(line: Line) -> int:
    """How many relevant passages the systems of the run found together, as pooling does."""
    best = (sum(ranking.relevant) for ranking in line.rankings.values())
    ours = {
        passage
        for ranking in line.rankings.values()
        for passage, relevant in zip(ranking.passages, ranking.relevant, strict=True)
        if relevant and "#" not in passage
    }
    return max(len(ours), *best, 0)


def _ranked(level: str, flags: Sequence[bool], total: int) -> Iterable[tuple[str, float]]:
    yield f"{level} MRR@{_FIRST}", reciprocal_rank(flags, _FIRST)
    for k in _AT:
        yield f"{level} hit@{k}", hit(flags, k)
    yield f"{level} nDCG@{_FIRST}", ndcg(flags, total, _FIRST)


def _among_first(k: int) -> Callable[[Line, Answered], float | None]:
    def figure(line: Line, said: Answered) -> float | None:
        return float(any(said.quotes[:k])) if line.scorable and said.quotes is not None else None

    return figure


# What is said of one answered question, by the name of the figure; None where it does not apply.
_FIGURES: Mapping[str, Callable[[Line, Answered], float | None]] = {
    "answer in the first quote": _among_first(1),
    "answer in the first 3 quotes": _among_first(3),
    "answer in the first 5 quotes": _among_first(5),
    "answer in what was said": lambda line, said: float(said.right) if line.scorable else None,
    "answered": lambda line, said: float(not said.abstained) if line.expected else None,
    "answered, of those whose answer was retrieved": lambda line, said: (
        float(not said.abstained) if line.scorable and said.retrieved else None
    ),
    "abstained, of those that the collection is known not to answer": lambda line, said: (
        None if line.expected else float(said.abstained)
    ),
    "citation precision": lambda line, said: (
        sum(said.good) / len(said.good) if line.scorable and said.good else None
    ),
    "citation precision, gold articles only": lambda line, said: (
        sum(said.cited) / len(said.cited) if line.gold and said.cited else None
    ),
    "citation recall, gold articles": lambda line, said: said.gold_cited if line.gold else None,
    "sentences with the verdict supported": lambda _, said: said.supported,
}
_ABSTAINED = "abstained, of those whose articles were removed"


def _answer_values(lines: Sequence[Line]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for line in lines:
        if line.answer is not None:
            for name, figure in _FIGURES.items():
                value = figure(line, line.answer)
                if value is not None:
                    found.setdefault(name, {})[line.id] = value
        if line.removed is not None:
            found.setdefault(_ABSTAINED, {})[line.id] = float(line.removed.abstained)
    return found


def score(lines: Sequence[Line]) -> Scores:
    """All figures of a run."""
    groups = values(lines)
    estimated = {
        group: {
            name: known
            for name, by_id in figures.items()
            if (known := estimate(list(by_id.values()))) is not None
        }
        for group, figures in groups.items()
    }
    answered = [line.answer for line in lines if line.answer is not None]
    seconds = {
        f"retrieval, {system}": _spread(
            [line.rankings[system].seconds for line in lines if system in line.rankings]
        )
        for system in groups
        if system != "answer"
    }
    if answered:
        seconds["answer"] = _spread([said.seconds for said in answered])
    return Scores(
        ranking={name: figures for name, figures in estimated.items() if name != "answer"},
        answer=estimated["answer"],
        seconds={name: spread for name, spread in seconds.items() if spread[1] > 0},
        tokens=_tokens(answered),
        curve=abstention(lines),
    )


def _spread(seconds: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(seconds)
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def _tokens(answered: Sequence[Answered]) -> dict[str, float]:
    if not any(sum(said.tokens) for said in answered):
        return {}
    figures = {
        "sent": sum(said.tokens[0] for said in answered) / len(answered),
        "received": sum(said.tokens[1] for said in answered) / len(answered),
    }
    prices = [said.dollars for said in answered if said.dollars is not None]
    return figures | ({"dollars": sum(prices)} if len(prices) == len(answered) else {})


def confidences(lines: Iterable[Line]) -> tuple[list[tuple[float, bool]], list[float]]:
    """What `curve` draws: of questions whose answer was retrieved, and of those without one."""
    retrieved, unanswerable = [], []
    for line in lines:
        said, removed = line.answer, line.removed
        if said is not None and said.confidence is not None:
            if line.scorable and said.retrieved:
                retrieved.append((said.confidence, said.right or any((said.quotes or ())[:3])))
            elif not line.expected:
                unanswerable.append(said.confidence)
        if removed is not None and removed.confidence is not None:
            unanswerable.append(removed.confidence)
    return retrieved, unanswerable


def abstention(lines: Iterable[Line]) -> list[Operating]:
    """Coverage against risk over all thresholds; empty where answers have no confidence."""
    return curve(*confidences(lines))


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of two runs, over the questions that both have."""

    group: str
    name: str
    first: float
    second: float
    difference: Difference

    def to_json(self) -> dict[str, Any]:
        """The figure as a JSON object."""
        return asdict(self)


def compare(first: Iterable[Line], second: Iterable[Line]) -> list[Compared]:
    """Every figure that both runs have, pair by pair."""
    ones, others = values(first), values(second)
    return [
        compared
        for group in ones
        if group in others
        for compared in _paired(group, ones[group], others[group])
    ]


def compare_systems(lines: Iterable[Line], system: str) -> list[Compared]:
    """Every figure of one system against the others of the same run, pair by pair."""
    groups = values(lines)
    return [
        compared
        for other in groups
        if system in groups and other not in {system, "answer"}
        for compared in _paired(other, groups[other], groups[system])
    ]


def _paired(group: str, ones: Values, others: Values) -> Iterable[Compared]:
    for name in ones:
        common = [identity for identity in ones[name] if identity in others.get(name, ())]
        before = [ones[name][identity] for identity in common]
        after = [others[name][identity] for identity in common]
        moved = difference(before, after)
        if moved is not None:
            yield Compared(group, name, sum(before) / len(before), sum(after) / len(after), moved)
