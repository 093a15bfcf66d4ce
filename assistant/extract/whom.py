"""Whom “he” or “she” means in a sentence: the one whom the sentences before it are about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.support.names.check import Name, find_names
from assistant.support.names.name_forms import COUNTRIES, in_capitals
from assistant.support.names.regions import COUNTRIES_OF
from assistant.support.text.words import fold

__all__ = ["with_name"]

_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b(?![’'])")
_LEADING = re.compile(r"\W*(?:(?:And|But|So|Then)\s)?(?:he|she|his|her)\b", re.IGNORECASE)
# What somebody else says is about others.
_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)")
_SAID = (
    r"(?:said|says|told|tells|added|adds|wrote|writes|asked|asks|explained|argued|insisted|admitted"
    r"|announced|warned|replied|claimed|recalled|noted|denied|called|went)\b"
)
_SAYS = re.compile(rf"(?:\s?,[^,]{{3,80}},)?,?\s{_SAID}")
_SAID_BY = re.compile(rf"\b{_SAID}\s(?:\w+\s)?$")
_NOBODY = re.compile(r"\b(?:[Tt]he|[Ii]n|[Aa]t|[Ff]rom|[Oo]f|[Ff]or)\s$")
_LANDS = frozenset(COUNTRIES).union(COUNTRIES_OF, *COUNTRIES_OF.values())
# Sentences in which one is not named again.
_BACK = 3


def with_name(sentences: Sequence[str], place: int) -> str:
    """A sentence with the name of whom its “he” or “she” means, as it stands where that is unclear.

    Args:
        sentences: Those of a passage.
        place: The number of the one.
    """
    text, pronoun = sentences[place], _pronoun(sentences[place])
    named = naming(sentences, place)
    if named is None or not pronoun:
        return text
    who = _spoken_of(_unquoted(sentences[named]))
    return f"{text[: pronoun.start()]}{who}{text[pronoun.end() :]}"


def naming(sentences: Sequence[str], place: int) -> int | None:
    """The number of the sentence that names whom “he” or “she” in another one means.

    That is clear where the nearest sentence before it that does not begin with “he” itself begins
    with a name or gives the words of one who is named.

    Args:
        sentences: Those of a passage.
        place: The number of the other one.
    """
    if not _pronoun(sentences[place]):
        return None
    for before in range(place - 1, max(0, place - _BACK) - 1, -1):
        if _spoken_of(_unquoted(sentences[before])):
            return before
        if not _LEADING.match(sentences[before]):
            break
    return None


def _pronoun(text: str) -> re.Match[str] | None:
    """The first “he” or “she” outside quotation marks, unless somebody is named before it."""
    said = _unquoted(text)
    pronoun = _PRONOUN.search(said)
    return None if pronoun and find_names(said[: pronoun.start()]) else pronoun


def _unquoted(text: str) -> str:
    """A text with spaces for what is in quotation marks."""
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)


def _spoken_of(text: str) -> str:
    """The name of the person that a sentence is about, or nothing."""
    people = [name for name in find_names(text) if _may_be_somebody(text, name)]
    about = next((name for name in people if not text[: name.start].strip()), None)
    about = next(
        (
            name
            for name in people
            if _SAYS.match(text, name.end) or _SAID_BY.search(text[: name.start])
        ),
        about,
    )
    return text[about.start : about.end].removesuffix("'s").removesuffix("’s") if about else ""


def _may_be_somebody(text: str, name: Name) -> bool:
    words = " ".join(map(fold, name.words))
    return (
        words not in _LANDS
        and not any(map(in_capitals, name.words))
        and not _NOBODY.search(text[: name.start])
        and not text[: name.end].endswith(("'s", "’s"))
    )
