"""Judges an answer sentence by what it cites, without a language model."""

from __future__ import annotations

from assistant.support.check import check
from assistant.support.doubt import Doubts
from assistant.support.evidence import Compares, Evidence
from assistant.support.scoring import closeness, score

__all__ = ["Compares", "Doubts", "Evidence", "check", "closeness", "score"]
