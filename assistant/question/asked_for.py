"""Parts a question into what it asks for and what it says of that.

“Which old sailor won the race in Lessing?” asks for “old sailor”, of whom it says “won the race in
Lessing”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.support.text.irregular import is_past_form

__all__ = ["AskedFor", "asked_for", "gist", "without_brackets"]

_HELP = r"(?:did|does|do|is|was|were|are|has|have|had|will|would|can|could|should|may|might|must)\b"
_DOES = re.compile(r"(?:did|does|do)\s+", re.IGNORECASE)
_PLACED = r"(?P<placed>(?:in|at|on|by|for|from|to|of|with|after|until|since|under|about)\s+)?"
_NOUN = re.compile(
    rf"\W*(?:(?:and|so|but)\s+)?{_PLACED}(?:(?P<which>which|what)|how\s+(?:many|much))\s+(?!{_HELP})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w’'&.“”\"-]+,?\s*")
# “Repeats Moss’s complaints”, “hopes to play”; but “tennis player”, “sports club”.
_VERB = re.compile(
    rf"{_HELP}|(?:[a-z]+ed|beat|cut|hit|hurt|let|put|quit|says|set|shut|spread)\b"
    r"|[a-z]+[^siu’']s\s+(?=[A-Z“\"\d]|(?:an?|the|to|that|no|it|him|her|his|its|them|their)\b)"
)
_NO_VERBS = frozenset(
    {"children", "dead", "death", "feet", "halves", "lives", "men", "people", "teeth", "women"}
)
# The words that a thing is asked for with, at the most.
_MOST = 7
# What asks and says nothing: “How many”, “What is the name of”, “When will”, “Who”.
_ASKING = re.compile(
    rf"\W*(?:(?:so|and|but)\s+)?{_PLACED}(?:who(?:se|m)?|what|when|where|which|why"
    r"|how(?:\s+(?:many|much|long|old|far|often|high|large|big|strong))?)\b(?:[’']s\b)?"
    rf"(?:\s+{_HELP})?(?:\s+the\s+name\s+of\b)?\s*|\W*(?:(?:so|and|but)\s+)?{_HELP}\s*",
    re.IGNORECASE,
)
_HAPPENED = re.compile(r"happen(?:s|ed|ing)?\s+(?:to|at|in|on|with)\s+", re.IGNORECASE)
_AT_THE_END = re.compile(
    r"[\s,]+(?:(?:since|until|by|for|to|from|in|at|with)\s+)?(?:when|what|where|which|who|whom)$",
    re.IGNORECASE,
)
_NO_BRACKETS = str.maketrans("();", "   ")


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A question that begins with “which” or “what” and a noun, or with these behind a preposition.

    Attributes:
        noun: What is asked for, without “which”.
        said: What is said of it.
        counted: Whether it asks how many there are.
        placed: Whether a preposition stands before it, as in “in which town”.
    """

    noun: str
    said: str
    counted: bool
    placed: bool


def asked_for(text: str) -> AskedFor | None:
    """A question's parts, or nothing where it asks in another way."""
    lead = _NOUN.match(text)
    if lead is None:
        return None
    place, words = lead.end(), 0
    while words < _MOST and (word := _WORD.match(text, place)):
        if words and (_is_verb(text, place) or "," in text[place - 2 : place]):
            noun = text[lead.end() : place].strip(" ,")
            does = _DOES.match(text, place)
            said = text[does.end() if does else place :]
            said = said.strip(" ?.!")
            return AskedFor(noun, said, counted=not lead["which"], placed=bool(lead["placed"]))
        place, words = word.end(), words + 1
    return None


def _is_verb(text: str, place: int) -> bool:
    word = re.compile(r"[a-z]+\b").match(text, place)
    past = word is not None and word[0] not in _NO_VERBS and is_past_form(word[0])
    return past or _VERB.match(text, place) is not None


def gist(text: str, beside: str = "") -> str:
    """What a question is about: all of it but the words that only ask.

    Args:
        text: The question.
        beside: What its gist will stand beside; what this says need not be said again.
    """
    plain, inside = without_brackets(text.strip(" ?.!"))
    plain = _AT_THE_END.sub("", plain.strip(" ?.!"))
    parts = asked_for(plain)
    if parts is None:
        asking = _ASKING.match(plain)
        said = _HAPPENED.sub("", plain[asking.end() if asking else 0 :])
    elif _says_nothing(parts) or parts.noun in beside:
        said = re.sub(rf"^{_HELP}\s*", "", parts.said, flags=re.IGNORECASE)
    else:
        said = f"{parts.noun} {parts.said}"
    said = " ".join(said.translate(_NO_BRACKETS).split())
    # What the talk began with and what was asked last; all between would grow with every question.
    return "; ".join(filter(None, (said, *inside[-1:])))


def _says_nothing(asked: AskedFor) -> bool:
    """Whether nothing is told by what is asked for: “how many people”, “in which year”."""
    return asked.noun == "people" or (asked.placed and " " not in asked.noun)


def without_brackets(text: str) -> tuple[str, list[str]]:
    """A question and what an earlier completion put behind it."""
    bracket = re.search(r"\(([^()]*)\)\s*$", text)
    if bracket is None:
        return text, []
    return text[: bracket.start()].strip(), [part.strip() for part in bracket[1].split(";")]
