"""What a question is about, without the words that only ask, which no answer has to hold."""

from __future__ import annotations

import re

__all__ = ["matter"]

# “What happened in Lessing?” asks for whatever the articles tell of it.
_EVENTS = re.compile(
    r"\A\W*(?:(?:and|so|but)\s+)?what(?:\s+(?:has|had|have|really|exactly|is|was|else))*\s+"
    r"happen(?:s|ed|ing)?\s+(?=(?:at|in|on|to|with|near|during|around|there|since|after)\b)",
    re.IGNORECASE,
)
# “Last” of “last week”: the time is limited by it, and no sentence says so.
_LAST = re.compile(
    r"\b(?:last|past|previous)\s+(?=(?:week|month|year|weekend|night|summer|spring|autumn|fall"
    r"|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)",
    re.IGNORECASE,
)


def matter(question: str) -> str:
    """A question without “happened” and “last” where these only ask, or say when.

    Args:
        question: What is looked up; what is left may be less than a question.
    """
    return _LAST.sub("", _EVENTS.sub("what ", question))
