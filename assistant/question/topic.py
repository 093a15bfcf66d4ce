"""What a question is completed with where nothing of it can be replaced."""

from __future__ import annotations

from assistant.question.asked_for import gist
from assistant.question.follow_ups import telling
from assistant.question.people import named
from index.lexical import stems

__all__ = ["with_topic"]


def with_topic(text: str, last: str, least: int = 1) -> str:
    """A question with what the last one was about in brackets, if that says more.

    Args:
        text: The question.
        last: The one before it.
        least: The words that are worth it; a name alone is.
    """
    topic = gist(last, beside=text)
    known = set(stems(text))
    new = [word for word in telling(topic) if not known.issuperset(stems(word))]
    names = [name for name in named(topic) if not known.issuperset(stems(name.text))]
    return f"{text} ({topic})" if len(new) >= least or (new and names) else text
