"""Puts the checks together into one verdict on one answer sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.support.dates import check_dates
from assistant.support.evidence import Evidence, Outcome
from assistant.support.names import check_names
from assistant.support.numbers import check_numbers
from assistant.support.quotations import check_quotations
from assistant.support.similarity import similarity
from assistant.support.words import is_english
from assistant.types import Verdict
from index.dates import find_dates

__all__ = ["check", "score"]

# From the odd-numbered half of QAGS (477 summary sentences, each against the three closest ones
# of its article): below 0.3 people call 2 of 9 sentences supported, between 0.3 and 0.5 they call
# 24 of 61 so, from 0.5 on 290 of 407.
_UNSUPPORTED_BELOW = 0.3
_SUPPORTED_FROM = 0.5
# What a sentence loses in its score when it states only things that its evidence lacks; not fitted.
_PENALTY = 0.3


def check(sentence: str, evidence: Sequence[Evidence], *, as_of: dt.date | None = None) -> Verdict:
    """Judge one answer sentence by what it cites, without a model.

    Every number, date, proper name and quotation of the sentence has to be in the evidence, and
    enough of its wording. What is missing makes it `partial`; it is `unsupported` when its wording
    is hardly there or most of what it states is missing.

    Args:
        sentence: The sentence, without its citation numbers.
        evidence: What it cites, one for each cited range or article.
        as_of: The day the answer speaks from; "yesterday" in the sentence is read against it.
    """
    if not any(item.text.strip() for item in evidence):
        return Verdict("unsupported", ("cites no source",))
    facts = _facts(sentence, evidence, as_of)
    reasons = facts.reasons
    if not _comparable(sentence, evidence):
        reasons += ("the source is in another language, so its wording was not compared",)
        return Verdict("partial", reasons)
    wording = _wording(sentence, evidence)
    if wording < _SUPPORTED_FROM:
        reasons += ("says more than the source does",)
    mostly_missing = facts.checked > 1 and 2 * len(facts.reasons) > facts.checked
    if wording < _UNSUPPORTED_BELOW or mostly_missing:
        return Verdict("unsupported", reasons)
    return Verdict("partial" if reasons else "supported", reasons)


def score(sentence: str, evidence: Sequence[Evidence]) -> float:
    """Rate the support of a sentence from 0 to 1; higher is better supported."""
    if not any(item.text.strip() for item in evidence):
        return 0.0
    facts = _facts(sentence, evidence, None)
    missing = len(facts.reasons) / facts.checked if facts.checked else 0.0
    return max(0.0, _wording(sentence, evidence) - _PENALTY * missing)


def _facts(sentence: str, evidence: Sequence[Evidence], as_of: dt.date | None) -> Outcome:
    """Numbers, dates, names and quotations taken together."""
    texts = [item.text for item in evidence]
    spans = [(mention.start, mention.end) for mention in find_dates(sentence)]
    source_spans = [[(m.start, m.end) for m in find_dates(text)] for text in texts]
    outcomes = (
        check_quotations(sentence, texts),
        check_numbers(sentence, texts, spans, source_spans),
        check_dates(sentence, evidence, as_of=as_of),
        check_names(sentence, texts, [item.context for item in evidence], spans),
    )
    return Outcome(
        sum(outcome.checked for outcome in outcomes),
        tuple(reason for outcome in outcomes for reason in outcome.reasons),
    )


def _wording(sentence: str, evidence: Sequence[Evidence]) -> float:
    """Compare the wording without the dates, which have a check that knows their forms."""
    rest, at = [], 0
    for mention in find_dates(sentence):
        rest.append(sentence[at : mention.start])
        at = max(at, mention.end)
    rest.append(sentence[at:])
    return similarity(
        " ".join(rest), [item.text for item in evidence], [item.context for item in evidence]
    )


def _comparable(sentence: str, evidence: Sequence[Evidence]) -> bool:
    return any(is_english(item.text) == is_english(sentence) for item in evidence)
