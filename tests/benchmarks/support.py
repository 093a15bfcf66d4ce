"""How well the score of a sentence agrees with people's votes on whether its article supports it.

    python tests/benchmarks/support.py QAGS.jsonl [--development] [--words]

Each line of the file has a `sentence` (of a summary), the `article`, and `supported`, the majority
of people's votes. A sentence is scored against the three sentences of the article that it is
closest to, as if an answer cited them; the rest of the article is their context. What the checks
were calibrated with are the odd lines (`--development`); reported are the even ones.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.likeness import Likeness
from assistant.support import Evidence, check, score
from assistant.support.wording.similarity import similarity
from index.embed.local import LocalEmbedder
from index.sentences import split_sentences

_CITED = 3


def cited(sentence: str, article: str) -> Evidence:
    """The sentences of an article that a sentence is closest to, in the article's order."""
    parts = [article[s.start : s.end] for s in split_sentences(article)]
    near = sorted(range(len(parts)), key=lambda i: -similarity(sentence, [parts[i]]).mean)
    text = " ".join(parts[i] for i in sorted(near[:_CITED]))
    return Evidence(text, None, article)


def area(supported: Sequence[float], others: Sequence[float]) -> float:
    """The area under the ROC curve: how often a supported sentence has the higher score."""
    above = np.subtract.outer(np.array(supported), np.array(others))
    return float((above > 0).mean() + (above == 0).mean() / 2)


def report(lines: Sequence[dict], scores: Sequence[float]) -> None:
    for part in ("", "cnndm", "xsum"):
        of_part = [
            (s, line["supported"])
            for s, line in zip(scores, lines, strict=True)
            if line["id"].startswith(part)
        ]
        supported = [s for s, yes in of_part if yes]
        others = [s for s, yes in of_part if not yes]
        print(f"{part or 'all':8}{len(of_part):>5} sentences, area {area(supported, others):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--development", action="store_true", help="the half of the calibration")
    parser.add_argument("--words", action="store_true", help="compare words only, no meanings")
    given = parser.parse_args()
    lines = [json.loads(line) for line in given.file.read_text("utf-8").splitlines()]
    half = lines[0::2] if given.development else lines[1::2]
    evidence = [cited(line["sentence"], line["article"]) for line in half]
    began = time.perf_counter()
    likeness = None if given.words else Likeness(LocalEmbedder())
    scores = [
        score(line["sentence"], [e], likeness) for line, e in zip(half, evidence, strict=True)
    ]
    seconds = time.perf_counter() - began
    report(half, scores)
    print(f"{seconds / len(half) * 1000:.1f} ms a score")
    verdicts = Counter(
        (check(line["sentence"], [e], likeness=likeness, doubts=likeness).status, line["supported"])
        for line, e in zip(half, evidence, strict=True)
    )
    for status in ("supported", "partial", "unsupported"):
        yes, no = verdicts[status, True], verdicts[status, False]
        share = yes / max(1, yes + no)
        print(f"{status:12} {yes + no:>4}, of which people call {share:.0%} supported")


if __name__ == "__main__":
    main()
