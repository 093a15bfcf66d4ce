"""What the signs weigh: which sentence answers best, and whether it answers at all.

All numbers were fitted on the news questions of 2022 that some article answers, by
`tests/benchmarks/fit_extract.py`, which prints such constants and what they reach when they are
cross-validated over weeks. Those of `BY_READING` were fitted on half of the weeks, with a reader
that had learnt from the other half alone: 69 % of answers are in the first quote there and 78 % in
the first three. An earlier reader, without questions that we wrote for it and without titles, gave
61 and 78 % on the same; without any it is 60 and 76 %. With 5,355 of those it was 67 and 80 %;
more, of other kinds, only made these better: of questions about a month that is long gone, by the
reader alone 58 instead of 52 % have the answer first; of follow-ups 84 instead of 80 % in the first
three; of questions why and how 37 instead of 24 % first, 64 instead of 46 % in the first three,
where the reader had been no better than the other signs. What is nearly answered is told a little
better from what is since it learnt from 1,166 such questions (the area under the ROC curve of the
confidence rose from 0.65 to 0.70), and first quotes rose by two points.

What did not help, cross-validated on the same questions (first quote, first three: 0.60, 0.76):
more hits (16: 0.58, 0.74); the nearest token of a sentence to each of the question's, by the
embedder's states (0.60, 0.76); a sentence with its title or the one before it (0.61, 0.76); votes
of 20 hits (0.60, 0.76); boosted trees (0.57, 0.73). How near a sentence's new words are to the
noun that is asked for (“which company”) gave 0.62, 0.76, which is no more than chance (p = 0.14),
at 200 more texts to embed. Leaving the words for times out of what is read made no difference
(0.67, 0.80). For the confidence, how many articles agree, how much of the question is nowhere in
the hits, and trees over 40 signs moved the area under the ROC curve from 0.835 to 0.84 at best;
what did more leaned on `fresh`: a sign that no hit is near the day asked about moved it from 0.858
to 0.872, and old news was no longer answered where newer articles had been found. The better reader
moved it little (0.867): what is left is mostly what counts as answered by its words alone, or
without these. So the questions were read one by one (`tests/benchmarks/judged_news.jsonl`), and the
confidence of `BY_READING` is fitted on those of which it is plain: by such, the area is 0.92, and
81 % of those without an answer are not answered where 90 % of the others are; fitted on what counts
by its words, as the other two are, 0.92 and 79 %. No further sign did more there either: the
question's rarer words or its names in the best passage, the gap to the second best, what else was
read as an answer (79 to 83 %). Nor did it that the reader no longer learnt from 1,720 lists that
answer in other words as if they answered nothing (82 to 83 %), nor what the best one's whole
article lacks of the question's names, numbers or words (79 to 83 %): such names are lacking in 3 %
of those that answer and 27 % of the others, but what the passage says of the question tells it
already. A reader that was shown the 34 tokens before each sentence, too, put hardly more right ones
first (0.722, 0.726; first three 0.871, 0.883, on 248 lists) for a third more to read. One all of
whose weights learnt, 10.6 million instead of 0.4, knew what it had learnt from better and the rest
no better (first quote 0.67, first three 0.78, 83 % not answered), nor did the mean of both readers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.extract.signs import Candidate
from index.types import Hit

__all__ = ["BY_MEANING", "BY_READING", "BY_WORDS", "Fitted", "result_signs", "weighed"]

# Hits that the confidence looks at, as many as an answer is made from.
_HITS = 8
# The last of so many hits usually has 0.7 of the first one's score. In a small library it has
# less, being about something else, and fewer hits cannot tell; both are taken for this.
_LEAST_DROP = 0.45
# A date part below this is that of a collection that is far from the day asked about.
_FAINT = 0.01


@dataclass(frozen=True, slots=True)
class Fitted:
    """The fitted constants, with an embedder, with one that also reads, or without any.

    Attributes:
        first: Weights of the signs that a sentence has by itself; by these it votes.
        final: Weights of all signs, by a listwise softmax (Cao et al. 2007) that puts sentences
            with the answer first.
        confidence: Weights of the signs of a result, logistic, fitted on each question asked
            twice: as it is, and with the articles that answer it left out, as far as reading
            agrees with either; and each time with and without `fresh`, since the news questions
            are about the days before they are asked, and others need not be.
        bias: What the weighted signs of a result are added to.
        threshold: The probability at which nine in ten questions whose answer is retrieved are
            answered; for `BY_READING`, in weeks that it was not fitted on.
    """

    first: Mapping[str, float]
    final: Mapping[str, float]
    confidence: Mapping[str, float]
    bias: float
    threshold: float

    def probability(self, signs: Mapping[str, float]) -> float:
        """The probability that the best sentence of a result answers."""
        return 1 / (1 + math.exp(-self.bias - weighed(signs, self.confidence)))


def weighed(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The sum of the weighted signs."""
    return sum(weight * signs[sign] for sign, weight in weights.items())


def result_signs(
    ranked: Sequence[tuple[Candidate, float]],
    hits: Sequence[Hit],
    final: Mapping[str, float],
) -> dict[str, float]:
    """What tells whether the best candidate answers.

    Args:
        ranked: The candidates with their scores, best first; at least one.
        hits: What they were taken from, best first.
        final: The weights that gave the scores.

    Returns:
        `score`, the best candidate's but for its date; `around`, how much of the question its
        passage and title hold; `both`, whether words and vectors found its passage; `drop`, the
        last hit's share of the first one's score, high when nothing stands out; `fresh`, how near
        it is to the day asked about, against the hits, as far as it lacks the question's words;
        its `similarity`; how it was `read`, and the `most` that any candidate was.
    """
    (best, score), first = ranked[0], hits[:_HITS]
    signs = best.signs
    nearest = max(hit.parts.get("date", 0.0) for hit in first)
    near = signs["date"] / nearest if nearest > _FAINT else 0.0
    common = min(hit.parts.get("date", 0.0) for hit in first)
    drop = (first[-1].score - common) / (first[0].score - common) if len(first) == _HITS else 0.0
    return {
        "score": score - final["date"] * signs["date"],
        "around": signs["around"],
        "both": float(len(hits[best.hit].ranks) > 1),
        "drop": max(drop, _LEAST_DROP),
        "fresh": near * (1 - signs["words"]),
        "similarity": signs.get("similarity", 0.0),
        "read": signs.get("read", 0.0),
        "most": max(one.signs.get("read", 0.0) for one, _ in ranked),
    }


BY_MEANING = Fitted(
    first={
        "words": 0.79,
        "clause": 1.21,
        "around": 0.91,
        "title": 0.16,
        "hit": 1.05,
        "date": 1.06,
        "lead": 0.37,
        "length": 0.27,
        "similarity": 1.65,
    },
    final={
        "words": 0.52,
        "clause": 0.82,
        "around": 0.77,
        "title": 0.11,
        "hit": 0.80,
        "date": 0.89,
        "lead": 0.24,
        "length": -0.26,
        "holds": -0.60,
        "things": 0.50,
        "other_year": -0.29,
        "agreed": 1.77,
        "vaguely": 0.78,
        "similarity": 1.31,
    },
    confidence={
        "score": 0.38,
        "around": 3.07,
        "both": 0.78,
        "drop": -3.39,
        "fresh": 1.19,
        "similarity": 2.85,
    },
    bias=-4.04,
    threshold=0.36,
)
BY_WORDS = Fitted(
    first={
        "words": 1.42,
        "clause": 1.41,
        "around": 0.90,
        "title": 0.17,
        "hit": 1.26,
        "date": 0.92,
        "lead": 0.36,
        "length": 0.41,
    },
    final={
        "words": 1.00,
        "clause": 0.95,
        "around": 0.74,
        "title": 0.08,
        "hit": 1.00,
        "date": 0.75,
        "lead": 0.23,
        "length": -0.19,
        "holds": -0.55,
        "things": 0.46,
        "other_year": -0.26,
        "agreed": 1.83,
        "vaguely": 0.86,
    },
    confidence={
        "score": 0.38,
        "around": 4.08,
        "drop": -3.55,
        "fresh": 0.91,
    },
    bias=-1.96,
    threshold=0.32,
)
BY_READING = Fitted(
    first={
        "clause": 0.39,
        "around": 0.44,
        "hit": 0.76,
        "date": 0.89,
        "lead": 0.03,
        "length": -0.06,
        "similarity": 0.25,
        "read": 1.68,
    },
    final={
        "clause": 0.40,
        "around": 0.41,
        "hit": 0.59,
        "date": 0.81,
        "lead": 0.04,
        "length": -0.24,
        "holds": -0.64,
        "things": 0.36,
        "other_year": -0.26,
        "agreed": 1.46,
        "vaguely": 0.28,
        "similarity": 0.25,
        "read": 1.27,
    },
    confidence={
        "score": -0.07,
        "around": 2.72,
        "both": 0.79,
        "drop": -5.64,
        "fresh": 1.85,
        "similarity": 2.85,
        "read": 0.78,
        "most": 1.48,
    },
    bias=-0.26,
    threshold=0.53,
)
