"""Dateline: answers about news articles, in which every sentence points at its source.

The names here are the whole public interface of the assistant. They are imported on first use, so
that starting the command line costs nothing that it does not need.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.app import Assistant
    from assistant.asked_with import Asking
    from assistant.chat import Chat
    from assistant.saved import load_answer, save_answer
    from assistant.scripted import ScriptedModel
    from assistant.settings import Settings
    from assistant.timeline.saved import load_timeline, save_timeline
    from assistant.timeline.values import Entry, Timeline
    from assistant.types import (
        Answer,
        AnswerSentence,
        Checking,
        Citation,
        Event,
        Finished,
        Question,
        Retrieved,
        Sent,
        SentenceReady,
        Turn,
        Usage,
        Verdict,
        Withdrawn,
        Writing,
    )
    from assistant.verify import Finding, Verification
    from index.errors import DatelineError

__all__ = [
    "Answer",
    "AnswerSentence",
    "Asking",
    "Assistant",
    "Chat",
    "Checking",
    "Citation",
    "DatelineError",
    "Entry",
    "Event",
    "Finding",
    "Finished",
    "Question",
    "Retrieved",
    "ScriptedModel",
    "Sent",
    "SentenceReady",
    "Settings",
    "Timeline",
    "Turn",
    "Usage",
    "Verdict",
    "Verification",
    "Withdrawn",
    "Writing",
    "load_answer",
    "load_timeline",
    "save_answer",
    "save_timeline",
]

_HOMES = {
    "Asking": "assistant.asked_with",
    "Assistant": "assistant.app",
    "Chat": "assistant.chat",
    "DatelineError": "index.errors",
    "Entry": "assistant.timeline",
    "Finding": "assistant.verify",
    "ScriptedModel": "assistant.scripted",
    "Settings": "assistant.settings",
    "Timeline": "assistant.timeline",
    "Verification": "assistant.verify",
    "load_answer": "assistant.saved",
    "load_timeline": "assistant.timeline.saved",
    "save_answer": "assistant.saved",
    "save_timeline": "assistant.timeline.saved",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "assistant.types")), name)
