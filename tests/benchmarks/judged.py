"""Which news questions the articles really answer, and what that makes of a run of `dateline eval`.

    python tests/benchmarks/judged.py RUN QUESTIONS

`dateline eval` counts words: an answer that stands in a passage by chance counts as retrieved, and
one in other words does not. For `judged_news.jsonl` somebody read, of each question of RealTime QA
that counts as answerable with the articles of 2022 and 2023, up to twelve places with the expected
words, the most like the question and the nearest in time, whoever had found them; and the six
sentences that seemed to answer best once the articles with these words were left out. RUN is the
folder that `eval` wrote about QUESTIONS.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from assistant.evaluate.questions import EvalQuestion, read_questions

FILE = Path(__file__).with_name("judged_news.jsonl")
SHARES = (0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Judged:
    """What reading said of a question.

    Attributes:
        answered: Whether some article answers it: `yes`, `guess` (who guesses), or `no`.
        retrieved: Whether one of the passages that answers was among the first eight found, by the
            Dateline of November 2026.
        left: Whether others do once those with the expected words are left out: `yes`, `no`, or
            `wrong` (they tell something else of the same event).
    """

    answered: str
    retrieved: bool
    left: str


def key(question: EvalQuestion) -> str:
    """What a question is known by, whatever file it stands in."""
    return sha256(f"{question.date} {question.question}".encode()).hexdigest()[:16]


def judged() -> dict[str, Judged]:
    """All judgements, by the keys of their questions."""
    lines = map(json.loads, FILE.read_text("utf-8").splitlines())
    fields = ("answered", "retrieved", "left")
    return {line["question"]: Judged(*map(line.get, fields)) for line in lines}


def not_answered(
    confidences: Sequence[float], without: Sequence[float]
) -> list[tuple[float, float]]:
    """Where so many of the first are answered, the share of the others that are not."""
    least = [np.quantile(confidences, 1 - share) for share in SHARES]
    return [
        (share, float((np.array(without) < one).mean()))
        for share, one in zip(SHARES, least, strict=True)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("questions", type=Path)
    given = parser.parse_args()
    keys = {question.id: key(question) for question in read_questions(given.questions).questions}
    known = judged()
    lines = map(json.loads, (given.run / "run.jsonl").read_text("utf-8").splitlines()[2:])
    read = [(known[keys[line["id"]]], line) for line in lines if keys[line["id"]] in known]
    kinds = {"counted by words": {"yes", "guess", "no"}, "or by who guesses": {"yes", "guess"}}
    for name, wanted in (kinds | {"really answered": {"yes"}}).items():
        some = [line["answer"] for each, line in read if each.answered in wanted]
        quotes = [one["quotes"] or [] for one in some]
        shares = {
            **{f"in the first {n}": np.mean([any(each[:n]) for each in quotes]) for n in (1, 3, 5)},
            "retrieved": np.mean([one["retrieved"] for one in some]),
        }
        told = ", ".join(f"{what} {share:.3f}" for what, share in shares.items())
        print(f"{name}: {len(some)} questions; answer {told}")
    answers = [line["answer"] for each, line in read if each.retrieved]
    found = [one["confidence"] for one in answers]
    without = [
        line["removed"]["confidence"]
        for each, line in read
        if each.left == "no" and line["removed"]
    ]
    curve = ", ".join(f"{at:.0%}: {told:.3f}" for at, told in not_answered(found, without))
    print(f"of {len(found)} that are retrieved answered, of {len(without)} without an answer not:")
    print(f"  {curve}")
    abstained = [line["removed"]["abstained"] for each, line in read if each.left == "no"]
    answered = [not one["abstained"] for one in answers]
    print(f"  as the threshold is: {np.mean(answered):.0%}: {np.mean(abstained):.3f}")


if __name__ == "__main__":
    main()
