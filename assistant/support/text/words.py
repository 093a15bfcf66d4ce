"""Words, their folded forms and light stems, as all the checks see them."""

from __future__ import annotations

import functools
import re
import unicodedata

__all__ = ["STOPWORDS", "bare", "content_stems", "fold", "stem", "word_set", "words"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "ʼ": "'", "´": "'"})
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written as running text."""
    return frozenset(text.split())


STOPWORDS = word_set(
    """
    a about after again all also although am an and any are as at be because been before
    being both but by can could did do does doing down during each few for from further had
    has have having he her here hers herself him himself his how i if in into is it its
    itself just may me might more most must my myself no nor not now of off on once only or
    other our ours out over own same shall she should so some such than that the their
    theirs them themselves then there these they this those though through to too under
    until up upon us very was we were what when where whether which while who whom whose why
    will with within without would yet you your yours it's he's she's that's there's they're
    we're i'm i've we've don't didn't doesn't isn't wasn't weren't can't couldn't won't
    wouldn't hasn't haven't hadn't
    """
)

_SUFFIXES = (
    ("ational", "ate"),
    ("ations", "ate"),
    ("ation", "ate"),
    ("ments", ""),
    ("ment", ""),
    ("ness", ""),
    ("ings", ""),
    ("ing", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ers", ""),
    ("ors", ""),
    ("er", ""),
    ("or", ""),
    ("ed", ""),
    ("ly", ""),
    ("es", ""),
    ("s", ""),
)
_SHORTEST_STEM = 3


@functools.lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Fold case, diacritics, compatibility forms and apostrophes of a word."""
    if word.isascii():
        return word.casefold().translate(_APOSTROPHES)
    spread = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES).casefold())
    plain = "".join(mark for mark in spread if not unicodedata.combining(mark))
    return unicodedata.normalize("NFC", plain)


def bare(word: str) -> str:
    """A word folded and without the ending of a possessive, as names are compared."""
    return fold(word).removesuffix("'s")


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Cut the commonest English endings, so that "attacked" and "attackers" meet."""
    plain = fold(word).removesuffix("'s").removesuffix("'")
    if plain.endswith("ss"):
        return plain
    for suffix, instead in _SUFFIXES:
        if plain.endswith(suffix) and len(plain) - len(suffix) >= _SHORTEST_STEM:
            plain = plain[: -len(suffix)] + instead
            break
    if len(plain) > _SHORTEST_STEM:
        if plain[-1] == plain[-2] and plain[-1] not in "aeiouls":
            plain = plain[:-1]
        plain = plain.removesuffix("e")
    return plain


def words(text: str) -> list[str]:
    """The words of a text, folded, in order.

    Scripts that put no space between words are cut into pairs of characters.
    """
    found: list[str] = []
    for match in _WORD.finditer(text):
        word = fold(match.group())
        if _UNSPACED.search(word) and len(word) > 1:
            found += [word[i : i + 2] for i in range(len(word) - 1)]
        else:
            found.append(word)
    return found


def content_stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order, with repetitions."""
    return [stem(word) for word in words(text) if word not in STOPWORDS and word != "s"]
