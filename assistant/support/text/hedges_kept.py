"""Whether a sentence keeps a doubt or a plan of its source, if in another form."""

from __future__ import annotations

import re

from assistant.support.text.alignment import Alignment
from assistant.support.text.meanings import root
from assistant.support.text.reading import Cue

__all__ = ["in_other_form", "is_kept"]

# As near as this a word that hedges is said of another.
_CLOSE = 4
# What stands before a verb that is no surer than "could": "it is possible for the crew to sail".
_POSSIBLE_FOR = re.compile(
    r"\b(?:possible|likely|conceivable)\b[^.;:—–]{0,40}?\bfor (?:[\w’'.-]+ ){1,6}to $",
    re.IGNORECASE,
)
# What is arranged or aimed at: "the ferries are to sail in May", "was out to sink them".
_IS_TO = re.compile(r"(?:\b(?:is|are|was|were)|[’'](?:s|re)) (?P<out>out )?to (?:be )?$")
_ARRANGED = re.compile(r"\b(?:set|scheduled|plan\w*|inten\w+|due|aim\w*)\b", re.IGNORECASE)
_AIMED = re.compile(r"\b(?:try|tries|trying|tried|aim\w*|seek\w*|want\w*)\b", re.IGNORECASE)
# An estimate of somebody's: "puts the price of a ticket at".
_PUTS_AT = re.compile(r"\bputs? (?:[\w$’'-]+ ){1,8}at\b")
# What was promised or decided will be so, but is not yet.
_PROMISED = re.compile(r"(?:vow|pledg|promis|agree|vote|prepar|poised|about|look)", re.IGNORECASE)
_EXPECTED = re.compile(r"\b(?:expected|thought|believed) to\b", re.IGNORECASE)
# How something seems to somebody: "the report calls it safe" for "it appears to be safe".
_SEEMS = re.compile(r"\b(?:seem|appear)", re.IGNORECASE)
_VIEWS = frozenset(map(root, "call deem describe rate regard view judge".split()))
_IF_ONE = re.compile(r"\bif (?:you|one|we) $", re.IGNORECASE)


def is_kept(alignment: Alignment, cue: Cue, mine: int) -> bool:
    """Whether a hedge of the source stands in the answer too.

    Args:
        alignment: The two sentences.
        cue: What hedges in the source.
        mine: The place in the answer of the word that it is said of.
    """
    answer, source = alignment.answer, alignment.source
    promised = _PROMISED.match(source.written(cue.first, cue.anchor))
    if promised and answer.says(("will",), mine):
        return True
    if answer.says(("may", "plan"), mine) or in_other_form(alignment, cue, mine):
        return True
    elsewhere = {
        word for at, word in source.hedged_by().items() if not cue.first <= at <= cue.anchor
    }
    # What hedges nothing in the source ("approved the plan") hedges nothing here.
    pairs = alignment.pairs
    return any(
        word not in elsewhere
        or (abs(at - mine) <= _CLOSE and cue.first <= pairs.get(at, cue.first) <= cue.anchor)
        for at, word in answer.hedged_by().items()
    )


def in_other_form(alignment: Alignment, cue: Cue, mine: int) -> bool:
    """Whether the answer says of a word in a phrase of its own what a hedge of the source does."""
    answer, source = alignment.answer, alignment.source
    before = answer.text[: answer.tokens[mine].start]
    said = source.written(cue.first, cue.anchor)
    if _POSSIBLE_FOR.search(before) and cue.kind == "may":
        return True
    is_to = _IS_TO.search(before)
    if is_to and (_AIMED if is_to["out"] else _ARRANGED).search(said):
        return True
    if _EXPECTED.search(said) and _PUTS_AT.search(answer.text):
        return True
    if _SEEMS.match(said) and any(token.root in _VIEWS for token in answer.tokens):
        return True
    return bool(_IF_ONE.search(source.text[: source.tokens[cue.first].start]))
