"""Every proper name of a sentence is in the source or stands close by it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.support.evidence import Outcome
from assistant.support.names.common_words import is_common, is_made_of_common
from assistant.support.names.name_forms import (
    COUNTRIES,
    SEATS,
    SIDES,
    TITLES,
    forms,
    in_capitals,
    origins,
)
from assistant.support.names.stand_ins import stands_for
from assistant.support.text.irregular import base
from assistant.support.text.languages import is_english
from assistant.support.text.words import STOPWORDS, bare, fold, word_set

__all__ = ["Name", "check_names", "find_names", "untold_names"]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'.&][^\W_]+)*")
_JOIN = re.compile(r"[ \u00a0-]|\s(?:of|de|del|la|al|bin|ibn|van|von|der|the|and|for|of the|&)\s|/")
_OPENING = re.compile(r"(?:\A|[.!?:;•\n]|[\"“‘«(\[—–])\s*[\"“‘'`(]*$")
_AND = re.compile(r"\s(?:and|&)\s")
_APART = re.compile(r"\s(?:and|&|for)\s")  # "on Twitter for Lessing" names two
_SEVERAL = re.compile(r"[A-ZÀ-Þ][^\W\d_]*[a-zß-ÿ](?:[ -][A-ZÀ-Þ][^\W\d_]*[a-zß-ÿ])+")
# "38 Millionen Euro" is no name.
_MEASURED = re.compile(r"\d\s?$")
_CALENDAR = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays
    thursdays fridays saturdays sundays january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec am
    pm gmt bst est edt utc
    """
)
_NUMBERS = word_set(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
    eighty ninety hundred thousand million billion trillion dozen second third fourth fifth
    half quarter
    """
)
_CURRENCIES = frozenset({"us", "usd", "eur", "gbp"})
_COMMON_ENDINGS = tuple(
    "ing tions tion ments ists ness people ous ously ically ably ently antly edly ively dly kly tly"
    " ned ked ted ded sed ped ged ced ved ied rmed rred".split()
)
_ALSO_WORDS = frozenset({"us", "who"})
# Abbreviations that name nobody.
_COMMON_CAPITALS = word_set(
    "tv dvd cd ok id er icu ev evs suv suvs icbm icbms atm atms pr vip vips"
)
_NEVER_NAMES = STOPWORDS | TITLES | _CALENDAR | _NUMBERS
# Initials that stand whole within others, and before them.
_WITHIN = frozenset({"US", "UK", "UN", "EU"})
_COUNTRIES_BEFORE = ("us", "uk")
_SMALL = frozenset({"of", "the", "and", "for", "de", "in", "on", "to", "a", "&"})
# A capital is a place behind these, unless those in power are there or something is done to them.
_PLACE = re.compile(r"\b(?:in|at|from|to|near|outside|of|around)\s(?:the\s)?$")
_POWERS = re.compile(
    r"\b(?:[Oo]fficials?|leaders?|authorit\w+|governments?|lawmakers|politicians|diplomats)\sin\s$"
    r"|\b(?:[Rr]ivals?|[Aa]ll(?:y|ies)|[Cc]ritics?|[Ff]oes?|[Ee]nem(?:y|ies)|[Ss]upport(?:ers)?)\sof\s$"
)
_AT = re.compile(r"\bto\s$")
_MOVES = re.compile(
    r"\b(?:fl[eiy]\w*|travel\w*|trips?|visit\w*|go(?:es|ing)?|went|gone|c[ao]m\w+|return\w*|head\w*"
    r"|mov\w+|dr[io]v\w+|arriv\w+|journey\w*|road|way|back|tr[ao]\w*|invit\w+|ask\w*|t[ao]k\w+"
    r"|brought|bring\w*|clos\w+|next|near\w*)\b[^,;.]{0,40}\bto\s$"
)
# What news hangs on names: a Valleywide chain, Swifting, a Bowler; of names as long as this.
_GROWN = ("wide", "ing", "ed", "er", "ers")
_LONG = 5
_LONGEST = 20  # letters of the title that belongs to a name
_NEAR = 40  # letters in which a name goes on: "California Governor Gavin Newsom"
# Above this share of capitalised words the sentence is a headline in title case.
_HEADLINE = 0.7


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name: its words without titles, and its range in the text."""

    start: int
    end: int
    words: tuple[str, ...]

    @property
    def folded(self) -> tuple[str, ...]:
        """Its words as names are compared."""
        return tuple(map(bare, self.words))


def find_names(text: str, skip: Sequence[tuple[int, int]] = ()) -> list[Name]:
    """The proper names of a text in Latin script.

    Args:
        text: A sentence.
        skip: Ranges that are dates.
    """
    tokens = list(_WORD.finditer(text))
    capitalised = sum(token.group()[0].isupper() for token in tokens)
    headline = len(tokens) > 6 and capitalised > _HEADLINE * len(tokens)
    names: list[Name] = []
    for token in tokens:
        start, end, word = token.start(), token.end(), token.group()
        if any(s < end and start < e for s, e in skip):
            continue
        opens = headline or _OPENING.search(text[max(0, start - 8) : start]) is not None
        opens = opens and not (word == "New" and text[end : end + 2].strip().istitle())
        if not _is_name(word, opens=opens) or _is_currency(word, text[end : end + 2]):
            continue
        last = names[-1] if names else None
        if last and _JOIN.fullmatch(text[last.end : start]) and not _owns(last.words[-1]):
            names[-1] = Name(last.start, end, (*last.words, word))
        else:
            names.append(Name(start, end, (word,)))
    return names


def _parties(text: str) -> set[str]:
    """The parties behind "R-Ohio" and "D-Ohio"."""
    return {
        key
        for party in re.findall(r"\b([DR])-[A-Z]", text)
        for key in forms("Republican" if party == "R" else "Democrat")
    }


def _owns(word: str) -> bool:
    return word.endswith(("'s", "’s"))


def _is_currency(word: str, after: str) -> bool:
    plain, sign = fold(word), after.strip()[:1]
    return plain in _CURRENCIES and (sign in set("$€£") or (plain != "us" and sign.isdigit()))


def _is_name(word: str, *, opens: bool) -> bool:
    """Tell a name by its capital, unless the word is common or its place gives it the capital."""
    short = len(word.strip(".")) < 2
    numbered = word[0].isdigit() and word[-1].isupper() and len(word) < 4  # 5G
    if short or word[0] > "\u024f" or not (word[0].isupper() or numbered):
        return False
    plain = fold(word).removesuffix("'s").removesuffix("s'").strip(".")
    if in_capitals(word) and plain not in TITLES:
        named = plain not in _CALENDAR | _COMMON_CAPITALS
        return named and (plain in _ALSO_WORDS or plain not in STOPWORDS)
    if plain in _NEVER_NAMES or plain.split("'")[0] in STOPWORDS:
        return False
    common = (
        is_common(plain)
        or is_common(plain.removesuffix("s"))
        or is_made_of_common(plain)
        or (len(plain) > 5 and plain.endswith(_COMMON_ENDINGS))
        or base(plain) not in {plain, "rise"}  # "Beaten"; Rose is a name
    )
    return not (opens and common)


class _Known:
    """The words of the evidence and what may stand for a name in it."""

    def __init__(self, texts: Sequence[str]) -> None:
        found = [match.group() for text in texts for match in _WORD.finditer(text)]
        self.lower = all(word[0].islower() for word in found)
        proper = [word for word in found if self.lower or not word[0].islower()]
        folded = " ".join(fold(word) for word in found)
        countries = {key for phrase, key in COUNTRIES.items() if phrase in folded}
        countries |= {key for text in texts for key in _parties(text)}
        self.keys = countries.union(*(forms(word) for word in found))
        self.capitals = countries.union(*(forms(word) for word in proper))
        self.peoples = {stem for word in proper for stem in origins(word)[0]}
        self.places = {stem for word in proper for stem in origins(word)[1]}
        self.acronyms = {word.replace(".", "").casefold() for word in found if in_capitals(word)}
        self.grown = {fold(word) for word in proper if not in_capitals(word)}
        self.joined = {fold(a + b) for a, b in itertools.pairwise(found)}
        # "US Geological Survey" is the USGS.
        self.initials = "".join(
            plain.casefold() if (plain := word.replace(".", "")) in _WITHIN else fold(word)[0]
            for word in found
            if fold(word) not in _SMALL
        )
        self.begun = [(fold(word)[0], fold(word) in _SMALL) for word in found]
        # GlaxoSmithKline is GSK.
        self.inner = {
            "".join(filter(str.isupper, word)).casefold() for word in found if not in_capitals(word)
        }
        self.name_initials = "".join(
            fold(word)[0] if word[0].isupper() else " "
            for word in found
            if fold(word) not in _SMALL
        )

    def has(self, word: str) -> bool:
        word = _bare(word)
        keys = forms(word)
        if not in_capitals(word) or self.lower:
            people, place = origins(word)
            related = people & self.places or place & self.peoples
            return bool(keys & self.keys or related) or fold(word) in self.joined
        if keys & self.capitals:
            return True
        acronym = word.replace(".", "").casefold()
        if len(acronym) < 3:
            return acronym in self.name_initials
        university = acronym.removeprefix("u").removesuffix("u")  # USC, Southern California
        if len(acronym) == 3 and len(university) == 2 and university in self.name_initials:
            return True
        longer = len(acronym) > 3 and any(a.startswith(acronym) for a in self.acronyms)  # LGBTQIA
        if acronym in self.initials or acronym in self.inner or longer:
            return True
        return any(self._spells(acronym, first) for first in range(len(self.begun)))

    def _spells(self, acronym: str, first: int) -> bool:
        """Whether words in a row begin with its letters: of small ones, "on" or "of", some may."""
        for letter in acronym:
            while (
                first < len(self.begun) and self.begun[first][1] and self.begun[first][0] != letter
            ):
                first += 1
            if first == len(self.begun) or self.begun[first][0] != letter:
                return False
            first += 1
        return True

    def has_all(self, name: Sequence[str]) -> bool:
        """Whether each word of a name is known, and "Western" of a longer one is written so.

        Western Europe is not the West.
        """
        sides = {fold(word) for word in name} & SIDES if len(name) > 1 else set()
        return sides <= self.keys and all(map(self.has, name))

    def has_in_one_word(self, name: Sequence[str]) -> bool:
        """Whether a name stands in one word, "@MorningShow", or in a longer one, "Valleywide"."""
        joined = fold("".join(map(_bare, name)))
        return (len(name) > 1 and joined in self.keys) or (
            len(joined) >= _LONG and not self.grown.isdisjoint(f"{joined}{end}" for end in _GROWN)
        )

    def has_in_full(self, sentence: str, name: Name) -> bool:
        """Whether a name that goes on in a title, "Islamic State", has another form here."""
        behind = fold(sentence[name.start : name.end + _LONGEST])
        return any(
            key in self.keys and re.match(rf"{phrase}\b", behind)
            for phrase, key in COUNTRIES.items()
            if len(phrase) > name.end - name.start
        )

    def has_acronym_of(self, name: Sequence[str]) -> bool:
        name = [_bare(word) for word in name]
        phrase = " ".join(fold(word) for word in name)
        family = COUNTRIES.get(phrase)
        if family and family in self.keys:
            return True
        initials = "".join(fold(word) if word in _WITHIN else fold(word)[0] for word in name)
        # The Postal Service is the USPS.
        known = {initials, *(f"{country}{initials}" for country in _COUNTRIES_BEFORE)}
        return len(name) > 1 and not known.isdisjoint(self.acronyms)


def check_names(
    sentence: str,
    sources: Sequence[str],
    contexts: Sequence[str] = (),
    dates: Sequence[tuple[int, int]] = (),
    *,
    before: Sequence[str] = (),
) -> Outcome:
    """Check that the proper names of an English sentence stand in the sources or their contexts.

    Of one in another language in Latin script only names of several words are, by their last one:
    German writes every noun with a capital.

    Args:
        sentence: The sentence of the answer.
        sources: The cited texts.
        contexts: Text around them.
        dates: Ranges of the sentence that are dates.
        before: Text that stands farther before them: “Mayor Ida Lund of Tarn” there completes the
            name of Lund, and nobody else's.
    """
    if not is_english(sentence, sources):
        return _check_surnames(sentence, _Known([*sources, *contexts]))
    names = find_names(sentence, dates)
    missing = _missing(names, sentence, sources, contexts)
    if missing and any(before):
        known = _Known([*sources, *contexts])
        missing = [each for each in missing if not _is_completed(each, sentence, known, before)]
    return Outcome(len(names), tuple(f"“{name}” is not in the source" for name in missing))


def untold_names(
    sentence: str, sources: Sequence[str], dates: Sequence[tuple[int, int]] = ()
) -> list[str]:
    """The proper names of a sentence that no source holds in any form.

    None are told unless all is English: other languages have other forms of a name.

    Args:
        sentence: A sentence or question.
        sources: Texts.
        dates: Ranges of the sentence that are dates.
    """
    missing = _missing(find_names(sentence, dates), sentence, sources)
    # Most questions miss nothing, which takes no look at the language of every source.
    return missing if missing and all(map(is_english, (sentence, *sources))) else []


def _missing(
    names: Sequence[Name], sentence: str, sources: Sequence[str], contexts: Sequence[str] = ()
) -> list[str]:
    if not names:
        return []
    texts = (*sources, *contexts)
    known = _Known(texts)
    missing = [
        _bare(part)
        for name in names
        if not known.has_all(name.words)
        and not known.has_acronym_of(name.words)
        and not known.has_in_full(sentence, name)
        and not known.has_in_one_word(name.words)
        and not _is_seat(name, sentence, known)
        for part in _untold(name, sentence, known, texts, tuple(sources))
    ]
    return list(dict.fromkeys(missing))


def _is_completed(name: str, sentence: str, known: _Known, before: Sequence[str]) -> bool:
    """Whether a name goes on in a surname that is known, here as in a text before: “Ida [Lund]”."""
    for found in re.finditer(rf"\b{re.escape(name)}\b(?:’s|'s)?", sentence):
        words = [m[0] for m in _WORD.finditer(sentence, found.start(), found.end() + _NEAR)]
        capitals = (word for word in words if word[0].isupper() and fold(word) not in TITLES)
        last = next(filter(known.has, capitals), "")
        full = rf"\b{re.escape(name)}\b(?:\W+[\w.’'-]+){{0,3}}?\W+{re.escape(_bare(last))}\b"
        whole = rf"\b{re.escape(name)}\b" if name.rsplit(maxsplit=1)[-1] == last else full
        if last and any(re.search(whole, text) for text in before):
            return True
    return False


def _check_surnames(sentence: str, known: _Known) -> Outcome:
    """Looks for the last words of runs of capitalised words, less one that opens the sentence."""
    found = [
        match
        for match in _SEVERAL.finditer(sentence)
        if not _MEASURED.search(sentence[: match.start()])
    ]
    runs = [
        words[1:] if _OPENING.search(sentence[max(0, match.start() - 8) : match.start()]) else words
        for match in found
        for words in [match.group().split()]
    ]
    names = [words for words in runs if len(words) > 1]
    missing = [words for words in names if not known.has(words[-1])]
    return Outcome(
        len(names), tuple(f"“{_bare(' '.join(words))}” is not in the source" for words in missing)
    )


def _untold(
    name: Name, sentence: str, known: _Known, texts: tuple[str, ...], cited: tuple[str, ...]
) -> list[str]:
    """Which names of "Tampa and Denver" neither stand in the source nor are called otherwise."""
    place = _PLACE.search(sentence[: name.start]) is not None and not _owns(name.words[-1])
    return [
        part
        for part in _APART.split(sentence[name.start : name.end])
        if not known.has_all(_WORD.findall(part))
        and not stands_for(_bare(part), texts, cited, place=place)
    ]


def _is_seat(name: Name, sentence: str, known: _Known) -> bool:
    """Whether a name is a capital that stands for a country of the source, not for the place."""
    before = sentence[: name.start]
    place = _PLACE.search(before) and not _POWERS.search(before)
    aimed = _AT.search(before) and not _MOVES.search(before)  # aid to Kyiv
    owns = _owns(name.words[-1])
    return (not place or bool(aimed) or owns) and all(
        _is_country(SEATS.get(fold(_bare(seat)), ""), known) or known.has_all(_WORD.findall(seat))
        for seat in _AND.split(sentence[name.start : name.end])
    )


def _is_country(country: str, known: _Known) -> bool:
    return bool(country) and all(known.has(word) for word in country.title().split())


def _bare(word: str) -> str:
    return re.sub(r"[’']s$", "", word)
