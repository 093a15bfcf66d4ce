"""Whom an answer says to have won: “they” after “Who won the cup?” are those, and not the cup."""

from __future__ import annotations

import re

from assistant.question.follow_ups import telling
from assistant.question.people import named
from index.lexical import stems

__all__ = ["asks_who_won", "winner"]

_HELP = r"(?:has|have|had|is|are|was|were|will|did|does|do)"
_WON = (
    r"(?:w[io]n|wins|winning|hosts?|host(?:ed|ing)|receiv(?:es?|ed|ing)|clinch(?:es|ed)?"
    r"|retain(?:s|ed)?|takes?\s+home|took\s+home)"
)
_WHO_WON = re.compile(
    rf"\W*(?:(?:and|so|but)\s+)?who\s+(?:{_HELP}\s+)?(?:[a-z]+ly\s+|to\s+)?{_WON}\b", re.IGNORECASE
)
_DID_WIN = re.compile(
    rf"\s+(?:(?:has|have|had|is|are|was|were)\s+)?(?:[a-z]+ly\s+|just\s+|again\s+)?{_WON}\b"
    r"(?P<what>[^.,;!?]*)"
)
_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
# One of several: “Tarn and the Herons won it.”
_AND = re.compile(r"(?:,|\band|\bor)\s+(?:the\s+)?$", re.IGNORECASE)


def asks_who_won(question: str) -> bool:
    """Whether a question asks for the winners, or hosts, of what it names."""
    return _WHO_WON.match(question) is not None


def winner(question: str, answer: str) -> str:
    """The one name that an answer says to have won, with its article; or nothing.

    Args:
        question: Who won what.
        answer: Its answer; one that is nothing but a name is the winner.
    """
    asked = _WHO_WON.match(question)
    won = {"it", *stems(" ".join(telling(question[asked.end() :] if asked else question)))}
    for name in named(answer):
        did = _DID_WIN.match(answer, name.start + len(name.text))
        if name.text == answer.strip(" .") or (did and won.intersection(stems(did["what"]))):
            before = answer[: name.start]
            if _AND.search(before):
                return ""
            return f"the {name.text}" if _THE.search(before) else name.text
    return ""
