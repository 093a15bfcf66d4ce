"""Denials that are none: what is left unsaid, what one is without, and who cannot keep up."""

from __future__ import annotations

from assistant.support.text.meanings import root
from assistant.support.text.reading import Cue, Reading

__all__ = ["is_idiom"]

# How far before a word what is lost may stand.
_CLOSE = 4
# "Did not say how" denies nothing but that it was told.
_SAYING = frozenset(map(root, "say tell explain mention describe specify disclose".split()))
_HOW = frozenset("how when why where what who which".split())
# What is lost one is then without.
_LOSING = frozenset("lose loses losing lost loss".split())


def is_idiom(answer: Reading, cue: Cue, source: Reading, theirs: int) -> bool:
    """Whether "not" belongs to an idiom that says nothing against the source.

    Args:
        answer: The sentence of the answer.
        cue: What denies there.
        source: The sentence of the source.
        theirs: The place in the source of the word that is denied.
    """
    return (
        (_leaves_out(answer, cue) and any(c.kind == "not" for c in source.cues))
        or _is_loss(answer, cue, source, theirs)
        or _falls_behind(answer, cue, source, theirs)
    )


def _leaves_out(answer: Reading, cue: Cue) -> bool:
    """Whether somebody did not say how or when: "without saying how"."""
    said, *behind = answer.tokens[cue.anchor : cue.anchor + 2]
    return said.root in _SAYING and any(token.word in _HOW for token in behind)


def _is_loss(answer: Reading, cue: Cue, source: Reading, theirs: int) -> bool:
    """Whether one is said to be without what the source says one loses."""
    own = source.tokens[theirs].clause
    return answer.tokens[cue.first].word == "without" and any(
        token.word in _LOSING and token.clause == own
        for token in source.tokens[max(0, theirs - _CLOSE) : theirs]
    )


def _falls_behind(answer: Reading, cue: Cue, source: Reading, theirs: int) -> bool:
    """Whether "cannot keep up" was taken for "does not continue"."""
    behind = [token.word for token in answer.tokens[cue.anchor : cue.anchor + 2]]
    return behind in (["keep", "up"], ["keep", "pace"]) and source.tokens[theirs].root != "keep"
