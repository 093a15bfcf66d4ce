"""Whom “he”, “she” or a first “her” means: the one whom the sentences before it are about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.support.names.check import Name, find_names
from assistant.support.names.name_forms import COUNTRIES, in_capitals
from assistant.support.names.regions import COUNTRIES_OF
from assistant.support.text.words import fold

__all__ = ["naming", "with_name"]

_PRONOUN = re.compile(r"\b(?P<word>[Hh]e|[Ss]he)\b(?![’'])")
_LEADING = re.compile(r"\W*(?:(?:And|But|So|Then)\s)?(?:he|she|his|her)\b", re.IGNORECASE)
# “Her successor is …”: whose it is. Behind a verb or with a capital it is something else.
_WHOSE = re.compile(
    r"\W*(?:(?:And|But|So|Then)\s)?\b(?P<word>[Hh]is|[Hh]er)\b"
    r"(?=\s(?!(?:and|or|they|we|he|she)\b)[a-z])"
)
# What somebody else says is about others.
_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)")
_SAID = (
    r"(?:said|says|told|tells|added|adds|wrote|writes|asked|asks|explained|argued|insisted|admitted"
    r"|announced|warned|replied|claimed|recalled|noted|denied|called|went)\b"
)
_SAYS = re.compile(rf"(?:\s?,[^,]{{3,80}},)?,?\s{_SAID}")
_SAID_BY = re.compile(rf"\b{_SAID}\s(?:\w+\s)?$")
# What stands behind a place or what somebody is: “Lessing: …”, “Norwegian Minister Ida Lund …”.
_NO_NAME = re.compile(r"\s?:|\s[A-Z]")
_NOBODY = re.compile(r"\b(?:[Tt]he|[Ii]n|[Aa]t|[Ff]rom|[Oo]f|[Ff]or)\s$")
_LANDS = frozenset(COUNTRIES).union(COUNTRIES_OF, *COUNTRIES_OF.values())
# Sentences in which one is not named again.
_BACK = 3


def with_name(sentences: Sequence[str], place: int) -> str:
    """A sentence with the name of whom its “he”, “she” or first “her” means, if that is clear.

    Args:
        sentences: Those of a passage.
        place: The number of the one.
    """
    text, meant = sentences[place], _meant(sentences, place)
    if meant is None:
        return text
    word, before, name = meant
    who = _in_full(name, sentences[:before]) + ("’s" if word.re is _WHOSE else "")
    return f"{text[: word.start('word')]}{who}{text[word.end('word') :]}"


def naming(sentences: Sequence[str], place: int) -> int | None:
    """The number of the sentence that names whom “he”, “she” or a first “her” in another one means.

    Args:
        sentences: Those of a passage.
        place: The number of the other one.
    """
    meant = _meant(sentences, place)
    return meant[1] if meant else None


def _meant(sentences: Sequence[str], place: int) -> tuple[re.Match[str], int, str] | None:
    """The word for somebody in a sentence, which sentence names whom it means, and the name.

    That is clear where the nearest sentence before it that does not begin with “he” itself begins
    with a name or gives the words of one who is named.
    """
    said = _unquoted(sentences[place])
    word = _WHOSE.match(said) or _pronoun(said)
    if word is None:
        return None
    for before in range(place - 1, max(0, place - _BACK) - 1, -1):
        if name := _spoken_of(sentences[before], whose=word.re is _WHOSE):
            return word, before, name
        if not _LEADING.match(sentences[before]):
            break
    return None


def _pronoun(said: str) -> re.Match[str] | None:
    """The first “he” or “she”, unless somebody is named before it."""
    pronoun = _PRONOUN.search(said)
    return None if pronoun and find_names(said[: pronoun.start()]) else pronoun


def _unquoted(text: str) -> str:
    """A text with spaces for what is in quotation marks."""
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)


def _spoken_of(sentence: str, *, whose: bool) -> str:
    """The name of the person that a sentence is about, or nothing.

    “The owner was found, said Ida Lund. Her house …”: who reports without a quotation is not
    whose it is.
    """
    text = _unquoted(sentence)
    people = [name for name in find_names(text) if _may_be_somebody(text, name)]
    about = next((name for name in people if not text[: name.start].strip()), None)
    reports = not whose or any(mark in sentence for mark in '”"')
    about = next(
        (
            name
            for name in people
            if _SAYS.match(text, name.end) or (reports and _SAID_BY.search(text[: name.start]))
        ),
        about,
    )
    return _bare(text[about.start : about.end]) if about else ""


def _in_full(name: str, before: Sequence[str]) -> str:
    """A last name with the first one that sentences before give to it, if they give only one."""
    if not name or " " in name:
        return name
    known = {
        _bare(text[each.start : each.end])
        for text in before
        if name in text
        for each in find_names(text)
        if len(each.words) > 1 and _bare(each.words[-1]) == name
    }
    return known.pop() if len(known) == 1 else name


def _bare(name: str) -> str:
    return name.removesuffix("'s").removesuffix("’s")


def _may_be_somebody(text: str, name: Name) -> bool:
    words = " ".join(map(fold, name.words))
    return (
        words not in _LANDS
        and not any(map(in_capitals, name.words))
        and not _NOBODY.search(text[: name.start])
        and not _NO_NAME.match(text, name.end)
        and not text[: name.end].endswith(("'s", "’s"))
    )
