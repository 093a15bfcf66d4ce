"""One try to mend what no source supports: what a model is told, and what it makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.shown import Shown, SourceRange, as_data
from assistant.types import Verdict

__all__ = ["Faulty", "mended", "repair_values"]

_LINE = re.compile(r"[\W_]*(?P<number>\d{1,2})[\W_]*[:.)\-–—][\s*_]*(?P<text>.*)")
_DROP = re.compile(r"\W*(?:drop(?:ped)?|none|n/?a|remove|delete)?\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Faulty:
    """A sentence that its sources do not support.

    Attributes:
        text: The sentence, without citations.
        verdict: What is wrong with it.
        near: The shown sentences that say most of it, and those that it cites.
    """

    text: str
    verdict: Verdict
    near: tuple[SourceRange, ...]


def repair_values(faulty: Sequence[Faulty], shown: Shown) -> dict[str, str]:
    """The values of the prompt `repair`: the passages around the sentences, and the sentences."""
    near = {source for one in faulty for source in one.near}
    lines = [
        f"{number}: {as_data(one.text)} (Wrong: {as_data('; '.join(one.verdict.reasons))})"
        for number, one in enumerate(faulty, 1)
    ]
    return {"passages": shown.around(near).text(), "sentences": "\n".join(lines)}


def mended(reply: str, count: int) -> Mapping[int, str]:
    """The new sentences of a reply, by number from 1; those that are dropped are left out.

    Args:
        reply: What the model wrote.
        count: How many sentences it was given.
    """
    found: dict[int, str] = {}
    last = 0
    for line in reply.splitlines():
        match = _LINE.match(line)
        number = int(match["number"]) if match else 0
        if match and 1 <= number <= count and number not in found:
            found[number], last = match["text"].strip(), number
        elif last and line.strip():
            found[last] += f" {line.strip()}"
    if not found and count == 1:
        found[1] = reply.strip()
    return {number: text for number, text in found.items() if not _DROP.fullmatch(text)}
