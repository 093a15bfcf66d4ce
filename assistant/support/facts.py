"""What a sentence states, checked kind by kind."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence

from assistant.support.claims.arguments import check_arguments
from assistant.support.claims.attribution import check_attribution
from assistant.support.claims.causes import check_causes
from assistant.support.claims.contests import check_contests
from assistant.support.claims.limits import check_limits
from assistant.support.claims.roles import Counted, check_roles
from assistant.support.claims.standing import check_standing
from assistant.support.claims.sureness import check_claims
from assistant.support.claims.whose import check_whose
from assistant.support.dates import check_dates
from assistant.support.evidence import Compares, Evidence, Outcome
from assistant.support.names.check import check_names
from assistant.support.numbers.check import check_numbers
from assistant.support.numbers.quantities import find_quantities
from assistant.support.order import check_order
from assistant.support.quotations import check_quotations
from assistant.support.text.alignment import Alignment, align
from assistant.support.text.languages import is_english
from assistant.support.text.reading import read, sentences_of
from assistant.support.wording.repetition import check_repetition
from assistant.support.wording.substitutes import check_substitutes
from index.dates import date_ranges

__all__ = [
    "alignments",
    "check_changes",
    "check_facts",
    "check_places",
    "check_statements",
]


def check_facts(sentence: str, evidence: Sequence[Evidence], as_of: dt.date | None) -> Outcome:
    """Numbers, dates, names and quotations: things that stand in the evidence or do not."""
    texts = [item.text for item in evidence]
    dates = date_ranges(sentence)
    return _together(
        check_quotations(sentence, texts, [item.context for item in evidence]),
        check_numbers(
            sentence,
            texts,
            dates,
            [date_ranges(text) for text in texts],
            [item.date for item in evidence],
        ),
        check_dates(sentence, evidence, as_of=as_of),
        check_names(
            sentence,
            texts,
            [item.context for item in evidence],
            dates,
            before=[item.before for item in evidence],
        ),
    )


def check_statements(sentence: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Who says what an English sentence does, whether it is so, of whom and when."""
    if not is_english(sentence, [item.text for item in evidence]):
        return ()
    found, texts = alignments(sentence, evidence), [item.text for item in evidence]
    parts = [alignment.source.text for alignment in found]
    reasons = (
        *check_claims(found),
        *check_contests(sentence, parts),
        *check_limits(sentence, texts),
        *check_standing(found),
        *check_whose(sentence, parts),
        *check_arguments(read(sentence), [alignment.source for alignment in found]),
        *check_order(sentence, texts),
        *check_attribution(found, [item.context for item in evidence]),
    )
    return tuple(dict.fromkeys(reasons))


def check_places(sentence: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Whether its numbers, names and causes have the places that they have in the source."""
    if not is_english(sentence, [item.text for item in evidence]):
        return ()
    parts = [part for item in evidence for part in sentences_of(item.text)]
    return (
        *check_roles(
            alignments(sentence, evidence), _counted(sentence), [_counted(part) for part in parts]
        ),
        *check_causes(sentence, [text for item in evidence for text in (item.text, item.context)]),
    )


def check_changes(
    sentence: str, evidence: Sequence[Evidence], likeness: Compares | None
) -> tuple[str, ...]:
    """What an English sentence that repeats one of the source changes in it.

    Args:
        sentence: The sentence of the answer.
        evidence: What it cites.
        likeness: Compares meanings; None leaves words that are neither names nor numbers unchecked.
    """
    if not is_english(sentence, [item.text for item in evidence]):
        return ()
    found = alignments(sentence, evidence)
    near = [item.context for item in evidence]
    reasons = check_repetition(found, near)
    return reasons or (check_substitutes(found, near, likeness) if likeness else ())


def alignments(sentence: str, evidence: Sequence[Evidence]) -> list[Alignment]:
    """The sentence aligned with each sentence of the evidence, in order."""
    return list(_aligned(sentence, tuple(item.text for item in evidence)))


@functools.lru_cache(maxsize=64)  # all checks of one sentence ask for the same
def _aligned(sentence: str, texts: tuple[str, ...]) -> tuple[Alignment, ...]:
    answer = read(sentence)
    return tuple(align(answer, read(part)) for text in texts for part in sentences_of(text))


def _together(*outcomes: Outcome) -> Outcome:
    reasons = (reason for outcome in outcomes for reason in outcome.reasons)
    return Outcome(sum(outcome.checked for outcome in outcomes), tuple(dict.fromkeys(reasons)))


@functools.lru_cache(maxsize=2048)
def _counted(sentence: str) -> Counted:
    return Counted(read(sentence), tuple(find_quantities(sentence, date_ranges(sentence))))
