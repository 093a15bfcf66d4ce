"""Common English words that open a sentence without being a name."""

from __future__ import annotations

import functools
from pathlib import Path

from assistant.support.text.words import word_set

__all__ = ["is_common", "is_made_of_common"]

# Words that news writes with a small letter; written by `tests/benchmarks/ordinary_words.py`.
_FILE = Path(__file__).with_name("ordinary_words.txt")
# Others that are no names by themselves, though they often stand in one or before one, or are rare.
_OFTEN_IN_NAMES = word_set(
    """
    aftershocks allyship anti army attorney autoworkers bake biographers bishop candy cardinal
    cardinals chairman chief chlorine chocolate co commanders conservatives councillors court cross
    crown curiosity daily debtors defence defense delegates democrats deputy detective downwards
    emperor engineers ex fighters fish foods foreign general girl guards health heard hospital
    inspector intelligence inter interpreters judge kidnappers kinder laundry lichen lottery
    mankind marines mayor mayors
    minister mobs mourners multi municipal nations navy neighbours oddly organisers parliament
    passers peacekeepers philosophers pirates police post pre preachers premier president prime
    pro pupils pythons reformers republicans reviewers royal royals salons sceptics secretary
    senate sheriff silver smoothies spokesmen sprinkle stat sub tory trust uncle union unionists
    utilities veterans vice villagers washoku winless world
    """
)
# What common words are made of, before and behind one of so many letters: "undamaged", "fairgoers".
_PREFIXES = ("non", "over", "un", "mis", "re", "under")
_DOERS = ("goers", "watchers", "makers", "holders", "keepers", "lovers", "workers")
_LONG = 3


def is_common(word: str) -> bool:
    """Whether a word, folded, is one that news mostly writes with a small letter."""
    return word in _OFTEN_IN_NAMES or word in _ordinary()


def is_made_of_common(word: str) -> bool:
    """Whether a folded word is a common one with more before or behind it: "undamaged", "dearer".

    Surnames end in "-er" too, so that a word has to be told for an adjective by its other forms.
    """
    for prefix in _PREFIXES:
        if word.startswith(prefix) and _is_long_and_common(word.removeprefix(prefix)):
            return True
    for doing in _DOERS:  # "fairgoers"
        if word.endswith(doing) and _is_long_and_common(word.removesuffix(doing)):
            return True
    if word.endswith("ier") and is_common(f"{word.removesuffix('ier')}y"):
        return True
    if not word.endswith("er"):
        return False
    stems = {word.removesuffix("er"), word.removesuffix("r")}
    return any(
        is_common(stem) and any(is_common(f"{stem}{end}") for end in ("ly", "est", "ness", "ity"))
        for stem in stems
        if len(stem) > 2
    )


def _is_long_and_common(word: str) -> bool:
    return len(word) >= _LONG and is_common(word)


@functools.cache
def _ordinary() -> frozenset[str]:
    return frozenset(_FILE.read_text("ascii").split())
