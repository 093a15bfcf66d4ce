"""Whom an answer says to have won: “they” after “Who won the cup?” are those, and not the cup."""

from __future__ import annotations

import re

from assistant.question.people import named

__all__ = ["asks_who_won", "winner"]

_HELP = r"(?:has|have|had|is|are|was|were|will|did|does|do)"
_WON = (
    r"(?:w[io]n|wins|winning|hosts?|host(?:ed|ing)|receiv(?:es?|ed|ing)|clinch(?:es|ed)?"
    r"|retain(?:s|ed)?|takes?\s+home|took\s+home)"
)
_WHO_WON = re.compile(
    rf"\W*(?:(?:and|so|but)\s+)?who\s+(?:{_HELP}\s+)?(?:[a-z]+ly\s+|to\s+)?{_WON}\b", re.IGNORECASE
)
_DID_WIN = re.compile(rf"\s+(?:{_HELP}\s+)?(?:[a-z]+ly\s+|just\s+|again\s+)?{_WON}\b")
_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)


def asks_who_won(question: str) -> bool:
    """Whether a question asks for the winners, or hosts, of what it names."""
    return _WHO_WON.match(question) is not None


def winner(answer: str) -> str:
    """The name that an answer says to have won, with its article; or nothing where none is told."""
    for name in named(answer):
        end = name.start + len(name.text)
        if _DID_WIN.match(answer, end) or name.text == answer.strip(" ."):
            return f"the {name.text}" if _THE.search(answer[: name.start]) else name.text
    return ""
