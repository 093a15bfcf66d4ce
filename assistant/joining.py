"""The text of an answer, from its sentences, or of one that says nothing."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.types import SentenceReady

__all__ = ["NO_ANSWER", "joined"]

NO_ANSWER = "The articles do not answer this."
"""What an answer says that says nothing."""


def joined(sentences: Iterable[SentenceReady]) -> str:
    """The text of an answer with its citation numbers behind each sentence."""
    parts = []
    for ready in sentences:
        marks = ready.sentence.marks
        parts.append(f"{ready.before}{ready.sentence.text}{' ' if marks else ''}{marks}")
    return "".join(parts)
