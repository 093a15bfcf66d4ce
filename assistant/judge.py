"""A second verdict on each sentence, by a model; it is shown beside ours and never replaces it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.shown import FENCE, as_data
from assistant.types import AnswerSentence, Citation, Status, Verdict

__all__ = ["judge_values", "judgements"]

_LINE = re.compile(
    r"[\W_]*(?P<number>\d{1,2})[\W_]*[:.)\-–—]?[\W_]*"
    r"(?P<word>(?:fully |not |un|partly |partially |in)?\s*(?:supported|supports?)"
    r"|part(?:ly|ial(?:ly)?)|yes|no)\b"
    r"[\W_]*(?P<reason>.*)",
    re.IGNORECASE,
)


def judge_values(
    sentences: Sequence[AnswerSentence], citations: Sequence[Citation]
) -> dict[str, str]:
    """The values of the prompt `judge`: each sentence with the quotes that it cites, as data."""
    cited = {citation.number: citation for citation in citations}
    lines = []
    for number, sentence in enumerate(sentences, 1):
        lines.append(f"{number}: {as_data(sentence.text)}")
        for citation in (cited[n] for n in sentence.citations):
            info = citation.article
            day = info.date.isoformat() if info.date else ""
            head = ", ".join(part for part in (info.source, day) if part)
            lines.append(f"- {as_data(f'{head}: {citation.quote}' if head else citation.quote)}")
        if not sentence.citations:
            lines.append("- (no source)")
    return {"sentences": "\n".join((FENCE[0], *lines, FENCE[1]))}


def judgements(reply: str, count: int) -> Mapping[int, Verdict]:
    """The verdicts of a reply, by the number of the sentence from 1; some may be missing.

    Args:
        reply: What the model wrote.
        count: How many sentences it was given.
    """
    found: dict[int, Verdict] = {}
    for line in reply.splitlines():
        match = _LINE.match(line)
        if match and 1 <= int(match["number"]) <= count:
            status = _status(match["word"].lower())
            reason = match["reason"].strip(" .")
            reasons = (reason,) if reason and status != "supported" else ()
            found.setdefault(int(match["number"]), Verdict(status, reasons))
    return found


def _status(word: str) -> Status:
    if word.startswith("part"):
        return "partial"
    return "unsupported" if word.startswith(("un", "not", "no", "in")) else "supported"
