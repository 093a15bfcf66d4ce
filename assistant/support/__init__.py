"""Judges an answer sentence by what it cites, without a model."""

from __future__ import annotations

from assistant.support.check import check, score
from assistant.support.evidence import Evidence

__all__ = ["Evidence", "check", "score"]
