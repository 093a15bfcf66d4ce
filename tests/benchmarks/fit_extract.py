"""Fits the constants of assistant/extract/model.py and prints them, with what they reach.

python tests/benchmarks/fit_extract.py LIBRARY QUESTIONS [--year 2022] [--hits FILE]
    [--readers FOLDER]

LIBRARY holds the articles that QUESTIONS (as `dateline eval` reads them) are about. Each question
of the year that some article answers is asked as of its day, and a second time with all articles
that answer it left out. What is printed of quality is cross-validated over weeks. The hits are
kept in FILE, so that fitting again takes no search. The constants of `BY_READING` need the readers
of halves of the weeks that `fit_reader.py` leaves in FOLDER; with one, they are fitted on the half
that it has not seen.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from judged import Judged, judged, key

from assistant import Assistant
from assistant.evaluate.asking import Examiner
from assistant.evaluate.questions import EvalQuestion, read_questions
from assistant.evaluate.relevance import Judge, answerable
from assistant.extract import quotes
from assistant.extract.model import BY_WORDS, Fitted, result_signs, weighed
from assistant.extract.signs import (
    Candidate,
    candidates,
    with_agreement,
    with_reading,
    with_similarity,
)
from assistant.extract.whole import whole
from assistant.question.times import read_time
from index.embed.graphs import Graphs
from index.embed.reader import LocalReader
from index.embed.runtimes import cores
from index.rows import as_number
from index.types import Hit

FIRST = "words clause around title hit date lead length".split()
FINAL = [*FIRST, "holds", "things", "other_year", "agreed", "vaguely"]
RESULT = "score around both drop fresh similarity read most".split()
# Folds of the cross-validation, of whole weeks; and how strongly weights are drawn to 0.
FOLDS, RIDGE = 6, 3.0
# What the reader knows better: beside its sign these would get weights below 0, and without them
# the answer is in the first quote as often (0.670, 0.674 with them; first three 0.806, 0.803).
READ_ALREADY = {"words", "title"}
# The share of the questions whose answer is retrieved that are to be answered.
ANSWERED = 0.90

Asked = tuple[EvalQuestion, tuple[Hit, ...], tuple[Hit, ...]]


def ask(library: Path, questions: Path, year: int) -> list[Asked]:
    """Each answerable question with its hits, as it is and with its articles left out."""
    asked = []
    with Assistant.open(library) as assistant:
        held = [assistant.library.article(info.id) for info in assistant.library.articles()]
        wanted = [q for q in read_questions(questions).questions if q.date and q.date.year == year]
        found: set[str] = set()
        for found in answerable(wanted, ((a.text, as_number(a.info.date)) for a in held)):  # noqa: B007
            pass
        examiner = Examiner(assistant, {"k": 8}, found)
        for question in wanted:
            if question.id in found:
                asking: Any = {"k": 8, "as_of": question.date}
                out = examiner.articles_of(question, Judge(question), asking)
                hits = assistant.search(question.question, **asking)
                removed = assistant.search(question.question, **asking, without=out)
                asked.append((question, tuple(hits), tuple(removed)))
    return asked


def softmax(items: Sequence[tuple[Any, Any]], steps: int = 300, rate: float = 0.1) -> Any:
    """Weights by which the right candidates of each question get the most, by Adam."""
    items = [(signs, right / right.sum()) for signs, right in items if len(right) and right.any()]
    most, count = max(len(right) for _, right in items), items[0][0].shape[1]
    signs, wanted = np.zeros((len(items), most, count)), np.zeros((len(items), most))
    none = np.full((len(items), most), -np.inf)
    for row, (theirs, right) in enumerate(items):
        signs[row, : len(right)], wanted[row, : len(right)] = theirs, right
        none[row, : len(right)] = 0
    weights = first = second = np.zeros(count)
    for step in range(1, steps + 1):
        scores = signs @ weights + none
        share = np.exp(scores - scores.max(1, keepdims=True))
        share = share / share.sum(1, keepdims=True)
        gradient = ((share - wanted)[..., None] * signs).sum((0, 1)) + RIDGE * weights
        first = 0.9 * first + 0.1 * gradient / len(items)
        second = 0.99 * second + 0.01 * (gradient / len(items)) ** 2
        mean, spread = first / (1 - 0.9**step), np.sqrt(second / (1 - 0.99**step))
        weights = weights - rate * mean / (spread + 1e-8)
    return weights


def logistic(signs: Any, right: Any) -> tuple[Any, float]:
    """Weights and bias, by Newton's method on standardised signs."""
    mean, spread = signs.mean(0), signs.std(0) + 1e-9
    inputs = np.c_[(signs - mean) / spread, np.ones(len(signs))]
    ridge = RIDGE * np.diag([*np.ones(signs.shape[1]), 1e-6])
    weights = np.zeros(inputs.shape[1])
    for _ in range(25):
        given = 1 / (1 + np.exp(-inputs @ weights))
        hessian = (inputs * (given * (1 - given))[:, None]).T @ inputs + ridge
        weights -= np.linalg.solve(hessian, inputs.T @ (given - right) + ridge @ weights)
    raw = weights[:-1] / spread
    return raw, float(weights[-1] - raw @ mean)


def table(found: Sequence[Candidate], names: Sequence[str]) -> Any:
    return np.array([[one.signs[name] for name in names] for one in found]).reshape(-1, len(names))


class Fitting:
    """Fits one of the three sets of constants.

    Args:
        asked: The questions with their hits.
        embedder: Compares sentences with the question, if anything does.
        start: The weights by which candidates are chosen for that.
        reading: How the reader reads the sentences with a question, if it does; not one that
            learnt from the same question.
    """

    def __init__(
        self,
        asked: Sequence[Asked],
        embedder: Any,
        start: Mapping[str, float],
        reading: Callable[[EvalQuestion], Any] | None = None,
    ) -> None:
        extra = ["similarity"] * (embedder is not None) + ["read"] * (reading is not None)
        known = READ_ALREADY if reading is not None else set()
        first, final = ([n for n in (*names, *extra) if n not in known] for names in (FIRST, FINAL))
        self.names = first, final
        lacking = set()
        if embedder is None:
            lacking |= {"both", "similarity"}
        if reading is None:
            lacking |= {"read", "most"}
        self.results = [name for name in RESULT if name not in lacking]
        self.asked = asked
        weeks = [question.date.isocalendar() for question, _, _ in asked if question.date]
        self.folds = np.array([week.week % FOLDS for week in weeks])
        self.judges = [Judge(question) for question, _, _ in asked]
        self.read = judged()
        self.found: list[list[list[Candidate]]] = [[], []]
        for question, *both in asked:
            for side, hits in zip(self.found, both, strict=True):
                text = question.question
                time = read_time(text, question.date, lambda _: 1) if question.date else None
                ranked = sorted(
                    candidates(text, hits, time), key=lambda o: -weighed(o.signs, start)
                )
                kept = ranked[: quotes._COMPARED]
                if embedder is not None:
                    kept = with_similarity(text, kept, embedder)
                if reading is not None:
                    kept = with_reading(text, kept, reading(question))
                side.append(kept)
        self.right = [
            np.array([judge.holds_answer(whole(q.question, o.source).text) for o in found], float)
            for (q, _, _), judge, found in zip(asked, self.judges, self.found[0], strict=True)
        ]

    def fit(self, train: Any) -> Fitted:
        """The constants fitted on the questions of which `train` is true."""
        numbers = np.flatnonzero(train)
        first_names, final_names = self.names
        items = [(table(self.found[0][n], first_names), self.right[n]) for n in numbers]
        first = dict(zip(first_names, softmax(items), strict=True))
        voted = [self._voted(0, n, first) for n in numbers]
        items = [
            (table(one, final_names), self.right[n]) for n, one in zip(numbers, voted, strict=True)
        ]
        final = dict(zip(final_names, softmax(items), strict=True))
        fitted = Fitted(first, final, {}, 0.0, 0.0)
        signs, right = self._results(fitted, numbers)
        stale = signs.copy()
        stale[:, self.results.index("fresh")] = 0
        weights, bias = logistic(np.r_[signs, stale], np.r_[right, right])
        confidence = dict(zip(self.results, weights, strict=True))
        return replace(fitted, confidence=confidence, bias=bias)

    def _voted(self, side: int, number: int, first: Mapping[str, float]) -> list[Candidate]:
        question, found = self.asked[number][0].question, self.found[side][number]
        return with_agreement(question, found, [weighed(one.signs, first) for one in found])

    def ranked(self, fitted: Fitted, side: int, number: int) -> list[tuple[Candidate, float]]:
        found = self._voted(side, number, fitted.first)
        scored = [(one, weighed(one.signs, fitted.final)) for one in found]
        best = sorted(scored, key=lambda pair: -pair[1])
        return quotes.quotable(self.asked[number][0].question, best)

    def _results(self, fitted: Fitted, numbers: Sequence[int]) -> tuple[Any, Any]:
        """The signs of the results, of answered questions and of those without their articles.

        What holds an answer by chance, or in other words, is left out as far as it was read.
        """
        rows, right = [], []
        for side in (0, 1):
            for n in numbers:
                question, hits = self.asked[n][0], self.asked[n][1 + side]
                ranked = self.ranked(fitted, side, n)
                told = self.read.get(key(question), Judged("yes", True, "no"))
                plain = told.left == "no" if side else told.retrieved
                held = any(self.judges[n].is_relevant(hit.passage.text) for hit in hits)
                if ranked and plain and (side or held):
                    signs = result_signs(ranked, hits, fitted.final)
                    rows.append([signs[name] for name in self.results])
                    right.append(1 - side)
        return np.array(rows), np.array(right)

    def cross_validated(self) -> tuple[str, float]:
        """What constants reach on the weeks that they were not fitted on.

        Returns:
            That in words, and the probability at which they answer what they are to answer there;
            on the weeks that they were fitted on, it comes out too high.
        """
        first = third = 0
        given: list[Any] = []
        truth: list[Any] = []
        for fold in np.unique(self.folds):
            fitted = self.fit(self.folds != fold)
            numbers = np.flatnonzero(self.folds == fold)
            for n in numbers:
                chosen = quotes._choose(
                    self.asked[n][0].question, self.ranked(fitted, 0, n), 3, np.inf
                )
                held = [self.judges[n].holds_answer(source.text) for source in chosen]
                first, third = first + any(held[:1]), third + any(held)
            signs, right = self._results(fitted, numbers)
            given.append(signs @ np.array(list(fitted.confidence.values())) + fitted.bias)
            truth.append(right)
        score, right = np.concatenate(given), np.concatenate(truth)
        least = np.quantile(score[right == 1], 1 - ANSWERED)
        below = score[right == 0] < least
        count = len(self.asked)
        said = (
            f"{count} questions: first quote {first / count:.3f}, first three {third / count:.3f}; "
            f"when {ANSWERED:.0%} of the retrieved are answered, {below.mean():.3f} of those "
            "without their articles are not"
        )
        return said, float(1 / (1 + np.exp(-least)))


def half_of(question: EvalQuestion) -> int:
    """Which half of the weeks a question is of, each a set of folds."""
    assert question.date is not None
    return question.date.isocalendar().week % FOLDS % 2


def readers(folder: Path) -> dict[int, LocalReader]:
    """The readers of a folder by the half of the weeks that each has not learnt from."""
    files = {half: folder / f"half{half}.npz" for half in (0, 1)}
    return {
        half: LocalReader(Graphs(None, folder, False, print), cores(), file)
        for half, file in files.items()
        if file.exists()
    }


def printed(name: str, fitted: Fitted) -> Iterator[str]:
    show: Callable[[Mapping[str, float]], str] = lambda weights: (  # noqa: E731
        "{" + ", ".join(f'"{sign}": {weight:.2f}' for sign, weight in weights.items()) + ",}"
    )
    yield f"{name} = Fitted("
    yield f"    first={show(fitted.first)},"
    yield f"    final={show(fitted.final)},"
    yield f"    confidence={show(fitted.confidence)},"
    yield f"    bias={fitted.bias:.2f},"
    yield f"    threshold={fitted.threshold:.2f},"
    yield ")"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--year", type=int, default=2022)
    parser.add_argument("--hits", type=Path)
    parser.add_argument("--readers", type=Path, help="where fit_reader.py put its two halves")
    given = parser.parse_args()
    if given.hits and given.hits.exists():
        asked = pickle.loads(given.hits.read_bytes())
    else:
        asked = ask(given.library, given.questions, given.year)
        if given.hits:
            given.hits.write_bytes(pickle.dumps(asked))
    with Assistant.open(given.library) as assistant:
        embedder = assistant.library.embedder
    reading = readers(given.readers) if given.readers else {}
    unseen = [one for one in asked if half_of(one[0]) in reading]
    fits: list[tuple[str, Sequence[Asked], Any, Any]] = [
        ("BY_WORDS", asked, None, None),
        ("BY_MEANING", asked, embedder, None),
        ("BY_READING", unseen, embedder, lambda question: reading[half_of(question)]),
    ]
    start: Mapping[str, float] = BY_WORDS.first
    for name, some, used, read in fits if unseen else fits[:2]:
        fitting = Fitting(some, used, start, read)
        said, threshold = fitting.cross_validated()
        fitted = replace(fitting.fit(np.ones(len(some), bool)), threshold=threshold)
        print("\n".join(printed(name, fitted)))
        print("#", said, flush=True)
        if name == "BY_WORDS":
            start = fitted.first


if __name__ == "__main__":
    main()
