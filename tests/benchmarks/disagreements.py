"""How often answers without a model claim that their sources disagree, and what they claim.

    python tests/benchmarks/disagreements.py LIBRARY QUESTIONS.jsonl [--of N]

Each question, a line with `question` and `date`, is asked as of its date. What is claimed is
printed with its sources, to be read: whether it holds, only people can say.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from assistant import Assistant
from assistant.render.disagreements import disagreements_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("library")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--of", type=int, default=350, help="questions, drawn at random")
    given = parser.parse_args()
    lines = [json.loads(line) for line in given.questions.read_text("utf-8").splitlines()]
    random.Random(5).shuffle(lines)
    answered = claims = 0
    with Assistant.open(given.library, model="", create=False) as assistant:
        for line in lines[: given.of]:
            answer = assistant.ask(line["question"], as_of=line["date"])
            answered += not answer.abstained
            for title, positions in disagreements_of(answer):
                claims += 1
                print(line["question"], title, *positions, sep="\n  ")
                print(*(f"    {c.number}: {c.quote}" for c in answer.citations), sep="\n")
    print(f"{min(given.of, len(lines))} questions, {answered} answered, {claims} claims")


if __name__ == "__main__":
    main()
