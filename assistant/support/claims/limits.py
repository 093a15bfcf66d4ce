"""What is one of several, or second to something: “one of the largest” is not “the largest”."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["check_limits"]

_RANKED = r"(?:second|third|fourth|fifth|2nd|3rd|4th|5th)"
_FEW = r"(?:(?:one|two|three|a few) of|among|amongst)"
_OWN = r"(?:the|its|his|her|their|our|[\w’'.-]+[’']s)"
_SUPERLATIVE = (
    r"(?P<most>(?!(?:west|east|midwest|interest|protest|arrest|request|test|guest|contest|forest"
    r"|harvest|invest|suggest|rest|latest)\b)\w{2,}est|most \w+|worst|best|first|last)"
)
_LIMITED = re.compile(
    rf"\b(?:{_FEW} {_OWN} (?:[\w’'-]+ ){{0,2}}?|{_RANKED}[- ]){_SUPERLATIVE}\b", re.IGNORECASE
)
# What limits it in the sentence, too, in whatever words.
_ALSO = re.compile(
    rf"\b(?:{_FEW}|{_RANKED}|ranks?|ranking|near|nearly|almost|top|not|list|several|others?)\b",
    re.IGNORECASE,
)
_BEFORE = 60  # characters


def check_limits(sentence: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Whether a sentence makes the first of its kind of what its source calls one of several.

    Args:
        sentence: The sentence of the answer.
        sources: The cited texts.
    """
    reasons = []
    for source in sources:
        for limited in _LIMITED.finditer(source):
            most = re.escape(limited["most"])
            plain = re.search(rf"\b(?P<own>{_OWN} )?{most}\b", sentence, re.IGNORECASE)
            elsewhere = re.search(rf"\b{most}\b", source[: limited.start()], re.IGNORECASE)
            elsewhere = elsewhere or re.search(
                rf"\b{most}\b", source[limited.end() :], re.IGNORECASE
            )
            if not plain or elsewhere or not plain["own"]:
                continue
            if not _ALSO.search(sentence[max(0, plain.start() - _BEFORE) : plain.start()]):
                reasons.append(f"the source says “{limited[0]}”, not “{plain[0]}”")
    return tuple(dict.fromkeys(reasons))
