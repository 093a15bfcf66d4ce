"""What a model replied when it was asked to rewrite or to plan; of no use unless it looks like it.

A model that answers instead of rewriting, or explains itself, is not followed: the rules' own
result is used then.
"""

from __future__ import annotations

import re

__all__ = ["read_plan", "read_rewritten"]

# A question longer than this is an answer.
_LONGEST = 300
# More searches than this would each get hardly a passage.
_MOST = 4

_LABEL = re.compile(
    r"^\W*(?:(?:stand-?alone|rewritten|full|complete)?\s*question|search(?:es)?|quer(?:y|ies)|plan)"
    r"(?:\s*\d+)?\s*:\s*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.):])\s*")
_ASKS = re.compile(
    r"\?\s*$|^\W*(?:who|what|when|where|which|why|how|whose|whom|did|does|do|is|was|were|are|has"
    r"|have|had|will|would|can|could|should|tell|list|name|show|explain|describe|compare)\b",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^\s*```\w*\s*$")
_ONE = re.compile(r"\W*one\W*", re.IGNORECASE)


def read_rewritten(reply: str) -> str:
    """The question of a reply, or nothing when it is none."""
    lines = _lines(reply)
    if not lines or len(lines) > 2:
        return ""
    line = lines[0]
    return line if len(line) <= _LONGEST and _ASKS.search(line) else ""


def read_plan(reply: str) -> list[str]:
    """The searches of a reply, one a line; none when one search is enough or it is no plan."""
    lines = list(dict.fromkeys(_lines(reply)))
    if not 2 <= len(lines) <= _MOST or any(len(line) > _LONGEST for line in lines):
        return []
    return [] if any(_ONE.fullmatch(line) for line in lines) else lines


def _lines(reply: str) -> list[str]:
    """The lines of a reply without bullets, labels, quotation marks and fences."""
    found = []
    for raw in reply.splitlines():
        if _FENCE.match(raw):
            continue
        line = _LABEL.sub("", _BULLET.sub("", raw.replace("**", "")))
        line = " ".join(line.strip("\"“”'‘’` ").split())
        if any(c.isalnum() for c in line):
            found.append(line)
    return found
