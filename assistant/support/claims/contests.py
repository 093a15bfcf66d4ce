"""Who beat whom: "Reith beat Lund" is "Lund lost to Reith", and not the other way round."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.support.names.check import find_names

__all__ = ["agrees_on_winner", "check_contests"]

_WORDS = r"(?:[\w’'-]+ ){0,3}"
_VERB = (
    r"(?:beat(?:s|en|ing)?|defeat(?:s|ed|ing)?|edg(?:es|ed|ing)|rout(?:s|ed|ing)?|upset(?:s|ting)?"
    r"|trounc(?:es|ed|ing)|thrash(?:es|ed|ing)?|overpower(?:s|ed|ing)?|overc[ao]m(?:es?|ing)"
    r"|knock(?:s|ed|ing)? out|out(?:last|scor|point|duel|play)(?:e?s|ed|ing)?)"
)
_OVER = r"(?:w[io]n(?:s|ning)?|victor(?:y|ies)|triumph(?:s|ed|ing)?|prevail(?:s|ed|ing)?)"
_WHOM = (
    r"(?: (?:the|rivals?|hosts?|reigning|champions?|No|then|former|fellow|incumbent|President|Sen"
    r"|Gov|Rep|top-seeded))*[ .\d]*"
)
_WON = re.compile(
    rf"(?:(?:^|\s){_VERB}(?: out)?{_WHOM}"
    rf"|.*\b{_OVER} (?:{_WORDS})(?:over|against)(?: the)?) ?"
)
_LOST = re.compile(
    rf"(?:.*\b(?:los(?:t|es|ing|e)|fell|falls|loss(?:es)?|defeat) {_WORDS}(?:to|against)(?: the)?"
    rf"|.*\b{_VERB} {_WORDS}by(?: the)?) ?"
)
# Without one of these nobody wins or loses.
_HINT = re.compile(
    r"beat|defeat|edg(?:es|ed|ing)|rout|upset|trounc|thrash|overpower|overc|knock|\bout[lspd]"
    r"|\bw[io]n|victor|triumph|prevail|\blos|\bf[ae]ll"
)
# Between two names nothing else is told, nobody else meant, and nothing denied or yet to come.
_FAR = 60
_OTHERWISE = re.compile(
    r"[,;:—–()“”?!]|\b(?:not|never|n[’']t|will|would|could|may|might|to beat|to defeat|if|who|whose"
    r"|which|that|and|or|than|when|after|before|because|while|until|against .* (?:by|to))\b"
)


@dataclass(frozen=True, slots=True)
class _Contest:
    """Who won and who lost, by the words of their names, and where it stands."""

    winner: frozenset[str]
    loser: frozenset[str]
    words: str

    def agrees(self, other: _Contest) -> bool:
        """Whether both are of the same two, and the same one won."""
        apart = not (self.winner & other.loser or self.loser & other.winner)
        return apart and bool(self.winner & other.winner and self.loser & other.loser)

    def turned(self) -> _Contest:
        """The same with the other one as the winner."""
        return _Contest(self.loser, self.winner, self.words)


def check_contests(sentence: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Whether a sentence makes a winner of the loser.

    Args:
        sentence: The sentence of the answer.
        sources: The sentences of the source.
    """
    stated = _contests(sentence)
    told = [contest for source in sources for contest in _contests(source)] if stated else []
    return tuple(
        f"the source says “{turned[0].words}”, not “{one.words}”"
        for one in stated
        if (turned := [other for other in told if other.turned().agrees(one)])
        and not any(one.agrees(other) for other in told)
    )


def agrees_on_winner(sentence: str, source: str) -> bool:
    """Whether both say of the same two who won, be it in words that are opposites."""
    told = _contests(source)
    return any(one.agrees(other) for one in _contests(sentence) for other in told)


@functools.lru_cache(maxsize=2048)
def _contests(text: str) -> tuple[_Contest, ...]:
    return tuple(_found(text)) if _HINT.search(text) else ()


def _found(text: str) -> Iterator[_Contest]:
    for first, second in pairwise(find_names(text)):
        between = text[first.end : second.start]
        between = f" {between.strip()} "
        if len(between) > _FAR or _OTHERWISE.search(between):
            continue
        words = text[first.start : second.end]
        if _LOST.fullmatch(between):
            yield _Contest(frozenset(second.folded), frozenset(first.folded), words)
        elif _WON.fullmatch(between):
            yield _Contest(frozenset(first.folded), frozenset(second.folded), words)
