"""Before and after: what a sentence puts on the other side of a time or an event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.support.text.words import STOPWORDS, stem

__all__ = ["check_order"]

_SIDE = re.compile(
    r"\b(?:(?P<before>before|(?<!no )earlier than|prior to|ahead of|no later than)"
    r"|(?P<after>after|(?<!no )later than|following|no earlier than))\b"
    r"(?P<what>(?:\s[\w’':.&$-]+){1,4})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?::\d\d)?")
# These name no time or event by themselves.
_AUDIENCE = frozenset(map(stem, "judge court jury panel committee congress tribunal crowd".split()))
_EMPTY = frozenset({"being", "having", "becoming", "getting", "going", "taking", "year", "long"})


def check_order(sentence: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Whether a sentence says "before" of what its sources have only "after" of, or vice versa.

    What comes first may be told in either order ("she left before he came", "he came after she
    left"), but the event that is named behind the word stays on its side.

    Args:
        sentence: The sentence of the answer.
        sources: The cited texts.
    """
    told = list(_sides(" ".join(sources)))
    reasons = []
    for before, words, text in _sides(sentence):
        same = [(side, said) for side, theirs, said in told if theirs[:1] == words[:1]]
        if same and all(side != before for side, _ in same):
            reasons.append(f"the source says “{same[0][1]}”, not “{text}”")
    return tuple(dict.fromkeys(reasons))


def _sides(text: str) -> Iterator[tuple[bool, list[str], str]]:
    """Each thing that something is before or after: whether before, its words, and as written."""
    for match in _SIDE.finditer(text):
        found = _WORD.findall(match["what"])
        words = [stem(word) for word in found if word.lower() not in STOPWORDS | _EMPTY]
        if words and _AUDIENCE.isdisjoint(words):  # "before the judge" is where
            yield match["before"] is not None, words, match[0]
