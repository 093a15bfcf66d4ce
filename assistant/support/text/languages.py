"""Which language a text is in, and whether a sentence that is not English is its source's wording.

Of other languages no grammar is known here. So such a sentence is supported when all its words,
whatever their endings, stand in the source; what does not is told, and not called wrong.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from assistant.support.text.words import fold, word_set, words

__all__ = ["SCRIPTS", "denies", "is_english", "language", "missing_words", "number_words"]

# Small words that are frequent in a language and rare in the others.
_SMALL = {
    code: word_set(listed)
    for code, listed in {
        "en": """the of and to that with for from by has have were said are been his her their at
            an it was is on in as he she they who which what not no one this had will would its but
            be more after when there than or i we you a do does did how why where""",
        "de": """der das die und ist nicht mit von dem ein eine einen einem einer auf für sich des
            wurde wurden werden wird sind waren haben im zum zur bei nach aus auch laut über unter
            vor sagte es sie er gab keine kein noch wie""",
        "fr": """du et est une dans pour que qui sur les le la des au aux par pas plus avec sa ses
            été sont sera selon ont cette ce il elle à était un en dit""",
        "es": """los las del por una el la que se en su sus fue fueron está según como más para
            al un han hubo es y dijo""",
        "it": """il di che della gli nel una un è del dei delle alla sono stato stata non si lo le
            anche dal""",
        "nl": "het van zijn een de en dat niet voor op te werd door naar bij ook aan er uit",
        "pt": "em não uma da que para um foi são mais ao pela pelo dos das",
        "sv": "att som på det en ett och är för av den med har inte från",
        "pl": "się nie w z jest od przez oraz",
    }.items()
}
SCRIPTS = {
    "han": re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"),
    "arabic": re.compile(r"[\u0600-\u06ff]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "greek": re.compile(r"[\u0370-\u03ff]"),
    "hangul": re.compile(r"[\uac00-\ud7af]"),
    "other": re.compile(r"[^\W\d_\u0000-\u024f]"),
}
"""Scripts other than the Latin one, and their letters."""
_LETTER = re.compile(r"[^\W\d_]")
_TOKEN = re.compile(r"[^\W\d_]+")
# Letters of words in lower case that English does not have.
_MARKED = re.compile(r"(?<![^\W_])[a-z]*[äöüßéèêàçñáíóúãõåøæœłąę][a-zäöüßéèêàçñáíóúãõåøæœłąę]*")
# Endings differ with case and number; what is left of a word has to be this long, or this share.
_ROOT, _SHARE = 4, 0.6
# Words so short say little, unless they deny.
_SHORT = 3
_DENYING = word_set(
    """
    nicht kein keine keinen keiner nie niemand ne pas jamais aucun aucune personne no nunca ningún
    ninguna nadie non mai nessuno niet geen não nunca inte nie 不 没 未 无 لا لم لن ليس не нет
    """
)


_PAIRS = re.compile(r"(?=([\u3040-\u30ff\u3400-\u9fff])([\u3040-\u30ff\u3400-\u9fff]))")
_FIGURES = re.compile(r"\d[\d,.]*")

_NUMBER_WORDS = {
    fold(word): value
    for listed in (
        """zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn
        sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig
        neunzig hundert tausend""",
        """deux trois quatre cinq six sept huit - dix onze douze treize quatorze quinze seize
        dix-sept dix-huit dix-neuf vingt trente quarante cinquante soixante soixante-dix
        quatre-vingts quatre-vingt-dix cent mille""",
        """dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis
        diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta
        noventa cien mil""",
    )
    for word, value in zip(listed.split(), (*range(2, 21), *range(30, 101, 10), 1000), strict=True)
}
# "Neuf" is also new, and "pour cent" per cent.
_NUMBER_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def number_words(text: str) -> list[tuple[int, int, float]]:
    """Numbers in German, French or Spanish words: where they begin and end, and their value."""
    return [
        (match.start(), match.end(), float(value))
        for match in _NUMBER_WORD.finditer(text)
        if (value := _NUMBER_WORDS.get(fold(match.group()))) is not None
    ]


@functools.lru_cache(maxsize=4096)
def language(text: str) -> str:
    """The code of the language of a text in Latin script, or the name of another script.

    Empty where nothing tells: a name, a number, a word or two.
    """
    letters = len(_LETTER.findall(text))
    for name, script in SCRIPTS.items():
        if 2 * len(script.findall(text)) > letters:
            return name
    found = _TOKEN.findall(text)
    # As written, but for the first word: "Las Vegas" is no Spanish.
    plain = [word.lower() if at == 0 else word for at, word in enumerate(found)]
    english = sum(word.lower() in _SMALL["en"] for word in found)
    seen = {
        code: sum(word in small for word in plain) for code, small in _SMALL.items() if code != "en"
    }
    code = max(seen, key=lambda each: seen[each])
    if english >= seen[code] and (english or not _MARKED.search(text)):
        return "en" if english else ""
    return code if seen[code] else "latin"


def is_english(text: str, sources: Sequence[str] = ()) -> bool:
    """Whether a text is English.

    Args:
        text: A sentence.
        sources: Where nothing tells the language of the sentence, theirs tells it; where nothing
            tells that either, it counts as English.
    """
    languages = map(language, (text, *sources))
    return next((code for code in languages if code), "en") == "en"


def missing_words(sentence: str, sources: Sequence[str]) -> tuple[list[str], float]:
    """The words of a sentence that stand in no source, and what share of them does.

    Args:
        sentence: A sentence in a language other than English, the sources' own.
        sources: The cited texts.
    """
    if SCRIPTS["han"].search(sentence):
        return _missing_characters(sentence, " ".join(sources))
    small = _SMALL.get(language(sentence), frozenset()) - _DENYING
    known = [_bare(word) for source in sources for word in words(source)]
    begun = {word[:_ROOT] for word in known}
    content = [
        word
        for word in map(_bare, dict.fromkeys(words(sentence)))
        if word not in small and (len(word) > _SHORT or word in _DENYING or not word.isascii())
    ]
    missing = [word for word in content if not _stands(word, known, begun)]
    return missing, 1 - len(missing) / len(content) if content else 1.0


def _bare(word: str) -> str:
    """An Arabic word without its article."""
    return word.removeprefix("ال")


def _missing_characters(sentence: str, source: str) -> tuple[list[str], float]:
    """The same of text without spaces, pair by pair, and of its figures.

    One pair that is missing between others is where something was left out.
    """
    pairs = [(m[1] + m[2], m.start()) for m in _PAIRS.finditer(sentence)]
    known = [pair in source or pair[0] == pair[1] for pair, _ in pairs]
    runs: list[str] = []
    for at, (pair, start) in enumerate(pairs):
        beside = [known[n] for n in (at - 1, at + 1) if 0 <= n < len(pairs)]
        if known[at] or all(beside):
            continue
        joined = at and not known[at - 1] and pairs[at - 1][1] == start - 1
        runs = [*runs[:-1], runs[-1] + pair[1]] if runs and joined else [*runs, pair]
    runs += [figure for figure in _FIGURES.findall(sentence) if figure not in source]
    return runs, sum(known) / len(known) if known else 1.0


def _stands(word: str, known: Sequence[str], begun: set[str]) -> bool:
    """Whether a word or another form of it is among the known ones."""
    if word in known:
        return True
    if word in _DENYING or word[:_ROOT] not in begun or any(c.isdigit() for c in word):
        return False
    least = max(_ROOT, round(_SHARE * len(word)))
    return any(other[:least] == word[:least] and len(other) <= 2 * len(word) for other in known)


def denies(text: str) -> bool:
    """Whether a text in one of the known languages denies anything."""
    return any(fold(word) in _DENYING for word in words(text))
