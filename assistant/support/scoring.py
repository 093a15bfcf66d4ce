"""Rates how well a sentence is supported, and how close sources are to it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.support.evidence import Compares, Evidence
from assistant.support.facts import alignments, check_facts
from assistant.support.text.languages import is_english
from assistant.support.text.reading import sentences_of
from assistant.support.wording.compare import clauses
from assistant.support.wording.similarity import similarity
from index.dates import find_dates

__all__ = ["closeness", "score"]

# What a sentence loses that states a fact which the closest source sentence lacks and of which no
# word is copied. On the odd half of QAGS (477 summary sentences, each with the three closest ones
# of its article) the area under the curve is within 0.002 of the best from 0.8 to 1.
_PENALTY = 0.9
# What a source loses that lacks all that a sentence states; not fitted. A sentence with one wrong
# figure is still put beside the source that has the right one.
_ALL_LACKING = 0.3


def score(sentence: str, evidence: Sequence[Evidence], likeness: Compares | None = None) -> float:
    """Rate the support of a sentence from 0 to 1; higher is better supported.

    It is how far its wording is that of the evidence, and its meaning that of the closest source
    sentence, less where that sentence
    alone lacks any number, date, name or quotation of it. Negation, attribution and the like do
    not count: they make a sentence false, not unlike its source. `check` tells them.

    Args:
        sentence: The sentence, without its citation numbers.
        evidence: What it cites.
        likeness: Compares meanings; None rates the wording alone.
    """
    if not any(item.text.strip() for item in evidence):
        return 0.0
    wording = similarity(
        sentence, [item.text for item in evidence], [item.context for item in evidence]
    )
    lacks = bool(check_facts(sentence, [_closest(sentence, evidence)], None).reasons)
    shares = [wording.coverage, wording.together, wording.unbroken]
    shares += _likenesses(sentence, evidence, likeness) if likeness else []
    return sum(shares) / len(shares) * (1 - _PENALTY * lacks * (1 - wording.unbroken))


def _likenesses(sentence: str, evidence: Sequence[Evidence], likeness: Compares) -> list[float]:
    """How near the meaning of a sentence is to that of the closest source, and of its clauses."""
    sources = [part for item in evidence for part in sentences_of(item.text)]
    parts = list(dict.fromkeys((*sources, *(c for source in sources for c in clauses(source)))))
    found = [likeness(sentence, sources), *(likeness(c, parts) for c in clauses(sentence))]
    whole, *by_clause = (min(1.0, max(0.0, *cosines)) if cosines else None for cosines in found)
    known = [near for near in by_clause if near is not None]
    return [whole, sum(known) / len(known)] if whole is not None and known else []


def closeness(sentence: str, evidence: Sequence[Evidence]) -> float:
    """Rate from 0 to 1 how much speaks for it that a sentence rests on some evidence, true or not.

    Dates count by what they mean, not by their words.
    """
    if not any(item.text.strip() for item in evidence):
        return 0.0
    facts = check_facts(sentence, evidence, None)
    missing = len(facts.reasons) / facts.checked if facts.checked else 0.0
    rest, at = [], 0
    for mention in find_dates(sentence):
        rest.append(sentence[at : mention.start])
        at = max(at, mention.end)
    rest.append(sentence[at:])
    texts = [item.text for item in evidence]
    wording = similarity(" ".join(rest), texts, [item.context for item in evidence])
    return max(0.0, wording.mean - _ALL_LACKING * missing)


def _closest(sentence: str, evidence: Sequence[Evidence]) -> Evidence:
    """The sentence of the evidence that shares most with it, by itself."""
    if not is_english(sentence):
        return Evidence("\n".join(item.text for item in evidence), evidence[0].date)
    best = max(alignments(sentence, evidence), key=lambda alignment: alignment.share)
    date = next((item.date for item in evidence if best.source.text in item.text), None)
    return Evidence(best.source.text, date)
