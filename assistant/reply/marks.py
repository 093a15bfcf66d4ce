"""Finds the citations in what a model writes, in whatever form it writes them.

A model is shown sentence 2 of passage 3 as `3.2` and asked to cite it as `[3.2]`. It may write
`[3.2, 4.1]`, `(3.2)`, `【3.2†source】`, `[^3.2]`, `³·²`, `[Passage 3, sentence 2]` and much else;
and it may write numbers that cite nothing. Which is which is decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Mark", "Marker", "NoSources", "Sources", "find_markers", "is_markers", "pending"]


class Sources(Protocol):
    """What has to be known of the sources to tell a citation from a number."""

    def holds(self, passage: int, sentence: int = 0) -> bool:
        """Whether there is such a passage, or such a sentence in it."""

    def outlet(self, passage: int) -> str:
        """Who published a passage, or empty."""

    def names(self, word: str) -> bool:
        """Whether a word stands in the outlets, titles and dates."""


class NoSources:
    """Nothing is known of the sources."""

    def holds(self, passage: int, sentence: int = 0) -> bool:  # noqa: ARG002 - see `Sources`
        return False

    def outlet(self, passage: int) -> str:  # noqa: ARG002 - see `Sources`
        return ""

    def names(self, word: str) -> bool:  # noqa: ARG002 - see `Sources`
        return False


@dataclass(frozen=True, slots=True)
class Mark:
    """One citation: sentences `first` to `last` of a passage.

    `first` and `last` are 0 when only the passage was named.
    """

    passage: int
    first: int = 0
    last: int = 0

    def __str__(self) -> str:
        if not self.first:
            return str(self.passage)
        end = f"-{self.passage}.{self.last}" if self.last != self.first else ""
        return f"{self.passage}.{self.first}{end}"


@dataclass(frozen=True, slots=True)
class Marker:
    """A run of citations in a text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        marks: What it cites.
        noun: Whether it stands for the source in its sentence, as in “[3.2] says that …”, so that
            the sentence would lack a word without it.
    """

    start: int
    end: int
    marks: tuple[Mark, ...]
    noun: bool = False


_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPTS = str.maketrans(_SUPERSCRIPT, "0123456789")
# One form for the brackets and separators of all scripts; each stands for one character.
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("【〔〖［⟦", "["),
        **dict.fromkeys("】〕〗］⟧", "]"),
        **dict.fromkeys("（", "("),
        **dict.fromkeys("）", ")"),
        **dict.fromkeys("‐‑‒–—―−〜～~", "-"),
        **dict.fromkeys("，、،", ","),
        **dict.fromkeys("；؛", ";"),
        **dict.fromkeys("．٫", "."),
        "：": ":",
        "\u00a0": " ",
        "\u202f": " ",
    }
)

_DOT = "·˙⋅.‧∙ᐧ・ㆍ"
_FORM = re.compile(
    rf"""
      \^?\\?\[{{1,2}}\^?(?P<square>[^\[\]{{}}\n]{{1,90}})\\?\]{{1,2}}
    | \{{\{{(?P<curly>[^\[\]{{}}\n]{{1,90}})\}}\}}
    | (?<![\\^]){{(?P<brace>[\d\s.,;-]{{3,40}})}}
    | \((?P<round>[^()\[\]\n]{{1,90}})\)
    | <(?P<tag>sup|cite|ref|source)>(?P<tagged>[^<>\n]{{1,90}})</(?P=tag)>
    | \$?\^\{{(?P<tex>[^{{}}\n]{{1,60}})\}}\$?
    | \\(?:textsuperscript|cite)\{{(?P<latex>[^{{}}\n]{{1,60}})\}}
    | \^(?P<caret>\d[\d.,;\s-]{{0,40}})\^
    | (?<=[^\W\d_.,;:!?])\^(?P<power>\d{{1,3}}\.\d{{1,3}})(?![\w.])
    | (?P<super>[{_SUPERSCRIPT}]{{1,3}}
        (?:[{_DOT}][{_SUPERSCRIPT}]{{1,3}}(?:[-⁻][{_SUPERSCRIPT}]{{1,3}})?)?
        (?:[,ʼ˒’']\s?[{_SUPERSCRIPT}]{{1,3}}[{_DOT}][{_SUPERSCRIPT}]{{1,3}})*)
    | \b(?P<long>(?:passages?|sources?)\ +\d{{1,3}}
        (?:\.\d{{1,3}}|,?\ +(?:and\ +)?sentences?\ +\d{{1,3}})?(?![\d%]|[.,:]\d))
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A number without brackets, where it can be nothing else: before a line, or alone behind its end.
_LEADING = re.compile(
    r"(?P<bare>\d{1,3}\.\d{1,3})(?:[ \t]*[:)|-][ \t]+|\.?[ \t]+(?![a-z]"
    r"|(?i:million|billion|trillion|per ?cent|magnitude|points?|degrees?)\b)"
    r"(?=[\"“„«‘'¿¡]?[^\W\d_]))"
)
_ALONE = re.compile(r"(?<=[.!?…。！？”\"»])[ \t]+(?P<bare>\d{1,3}\.\d{1,3})(?=[ \t]*(?:\n|\Z))")
_LINE_START = re.compile(r"(?:\A|\n)[ \t]*(?:[-*+•●▪◦‣>]+[ \t]+|\(?\d{1,2}[.)][ \t]+)?\Z")

_SOURCE_WORD = (
    r"(?:passages?|sources?|articles?|documents?|docs?|texts?|refs?|references?|citations?|quellen?"
    r"|fuentes?|fonti|fonte|passaggio|pasajes?|p|s)"
)
_SENTENCE_WORD = r"(?:sentences?|sents?|sätze|satz|lines?|frases?|phrases?|oraci[oó]n|s|句)"
_PART = re.compile(
    rf"""
      (?P<date>(?<!\d)\d{{4}}(?:-\d\d-\d\d)?(?!\d))
    | (?:{_SOURCE_WORD}\.?\s*:?\s*\#?\s*)?(?P<p>\d{{1,3}})\s?[.:]\s?s?(?P<s>\d{{1,3}})
        (?:\s*(?:-|\bto\b|\bthrough\b|\bbis\b)\s*(?:(?P=p)\s?[.:]\s?s?)?(?P<e>\d{{1,3}})(?!\d|\s?[.:]\s?\d))?
        (?!\d|\.\d)
    | (?P<named>{_SOURCE_WORD}\.?\s*\#?\s*)?(?P<lp>\d{{1,3}})[\s,;:]*(?:and\s+)?{_SENTENCE_WORD}
        \.?\s*\#?\s*(?P<ls>\d{{1,3}})(?:\s*(?:-|to|and|&|,)\s*(?P<le>\d{{1,3}})(?!\s?[.:]\s?\d))?(?!\d)
    | 第?(?P<zp>\d{{1,3}})[段篇条][,\s]*第?(?P<zs>\d{{1,3}})句
    | (?<![\d.])(?P<from>\d{{1,3}})\s*-\s*(?P<to>\d{{1,3}})(?!\d|\.\d)
    | (?P<only>(?<![\d.])\d{{1,3}}(?!\d|\.\d))
    | (?P<word>(?<!\d)[^\W\d_]+)
    | (?P<skip>[\s,;&/|+\#"'“”‘’:.*_-]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FILLERS = frozenset(
    """passage passages source sources sentence sentences article articles document documents doc
    docs text texts ref refs reference references cite cited cites citation citations see cf from
    and und et y e to also siehe vgl voir véase via in at p s quelle quellen fuente fuentes fonte
    fonti satz sätze и 和 与 见 来源 第
    the of der die das le la les el il""".split()
)
_EXPLICIT = frozenset(
    """passage passages source sources sentence sentences article articles ref refs reference
    references cite cited citation citations see quelle quellen fuente fuentes fonte fonti 来源 见
    """.split()
)
# What makes a number in round brackets, or in raised figures, a quantity.
_MEASURING = re.compile(
    r"\b(?:version|score|rating|magnitude|section|chapter|paragraph|grade|level|average|mean|ratio"
    r"|index|rate|factor|number|of|to|at|by|about|around|than|nearly|over|under|was|is|were|are"
    r"|[vV])\s*\Z"
)
_UNIT = re.compile(
    r"\s*(?:%|‰|°|-(?:magnitude|point|year|day|metre|meter)|(?:per ?cent|percent|million|billion"
    r"|thousand|magnitude|points?|km|kg|metres?|meters?|miles?|times|degrees?|stars?)\b)",
    re.IGNORECASE,
)
# A raised figure is a footnote behind a mark or a longer word; m² and CO² are not.
_FOOTED = re.compile(r"(?:[.!?,;:…。”\"’')\]][ \t]*|[^\W\d_]{4})\Z")

_BETWEEN = re.compile(r"[ \t]*[,;]?[ \t]*(?:(?:and|und|et|y|e|&|和)\b)?[ \t]*", re.IGNORECASE)
_WRAPPING = re.compile(
    r"\(\s*(?:(?:see(?: also)?|sources?|cf\.?|refs?\.?|cited? in|siehe|vgl\.?|voir)\s*:?\s*)?\Z",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"[\s,;]*\)")
# A clause may begin here, so that what stands here may be its subject.
_CLAUSE = re.compile(
    r"(?:\A|\n|(?<![A-Z])[.!?;:,。]\s|\b(?:and|but|while|whereas|that|which|what|as|however|meanwhile"
    r"|although|since)\s)"
    r"[\s>*•-]*\Z",
    re.IGNORECASE,
)
_SPEAKING = re.compile(
    r"\s+(?:also\s+)?(?:says?|said|states?|stated|reports?|reported|notes?|noted|mentions?"
    r"|mentioned|confirms?|confirmed|indicates?|describes?|writes?|wrote|adds?|added|explains?"
    r"|shows?|claims?|suggests?|reveals?|puts|gives?|quotes?|quoted|cites?|lists?|tells?|told"
    r"|contradicts?|disagrees?|does|do|is|are|has|have|speaks?|mentions?)\b",
    re.IGNORECASE,
)
_GOVERNING = re.compile(
    r"\b(?:according to|as per|per|based on|from|in|by|of|to|with|via|see|both|between|unlike|like"
    r"|laut|nach|gemäß|selon|d'après|según|secondo|согласно|根据)\s*\Z",
    re.IGNORECASE,
)

# Characters that a run of citations is waited for; a longer one is read in parts.
_LONGEST_RUN = 200
# Characters before a citation that are looked at.
_REACH = 200
# What may be the beginning of a citation whose end has not come.
_PENDING = (
    re.compile(r"[(（][^()（）\n]{0,90}\Z"),
    re.compile(r"\^?\\?[\[【〔〖［⟦{]{1,2}[^\]】〕〗］⟧}\n]{0,90}\\?[\]】〕〗］⟧}]?\Z"),
    re.compile(r"<(?:sup|cite|ref|source)>[^<>\n]{0,90}(?:<[^>\n]{0,8})?\Z", re.IGNORECASE),
    re.compile(r"\^\d[\d.,;\s-]{0,40}\Z"),
    re.compile(
        r"\b(?:passages?|sources?)\s+\d{0,3}[\s,]*(?:and\s+)?(?:sentences?)?\s*\Z", re.IGNORECASE
    ),
    re.compile(r"(?:(?<=\n)|\A)[ \t]*(?:[-*+•>]+[ \t]+)?\d{1,3}\.\d{1,3}\.?\s*\Z"),
    re.compile(r"(?<=[.!?…。！？”\"»])[ \t]+\d{1,3}\.\d{1,3}\s*\Z"),
)


def pending(text: str, sources: Sources, before: str = "") -> int:
    """Where the end of a text begins that cannot be judged before more has come.

    Args:
        text: The text so far.
        sources: What is known of the sources.
        before: What stands before the text.
    """
    found = [match.start() for form in _PENDING if (match := form.search(text))]
    last = min(found, default=len(text))
    for marker in reversed(find_markers(text[:last], sources, before)):
        between = _BETWEEN.match(text, marker.end, last)
        if between is None or between.end() != last or len(text) - marker.start > _LONGEST_RUN:
            break
        last = marker.start
    return len(text[:last].rstrip(" \t\xa0")) if last == len(text) else last


def is_markers(text: str, sources: Sources) -> bool:
    """Whether a text is nothing but citations."""
    rest, position = "", 0
    for marker in find_markers(text, sources):
        rest += text[position : marker.start]
        position = marker.end
    return position > 0 and not any(map(str.isalnum, rest + text[position:]))


def find_markers(text: str, sources: Sources, before: str = "") -> list[Marker]:
    """The citations of a text, in order; those that touch are one.

    Args:
        text: What is searched.
        sources: What is known of the sources.
        before: What stands before the text.
    """
    begin = len(before)
    seen = _fold(before + text)
    single = sorted(_single(seen, begin, sources), key=lambda marker: marker.start)
    joined: list[Marker] = []
    for marker in single:
        last = joined[-1] if joined else None
        if last and marker.start < last.end:
            continue
        if last and _BETWEEN.fullmatch(seen, last.end, marker.start):
            joined[-1] = Marker(last.start, marker.end, last.marks + marker.marks)
        else:
            joined.append(marker)
    return [_placed(marker, seen, begin) for marker in joined]


def _fold(text: str) -> str:
    """The text with brackets, separators and figures of all scripts in one form."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(letter, letter)) if ord(letter) > 0x2FF else letter
        for letter in text.translate(_FOLDED)
    )


def _single(text: str, begin: int, sources: Sources) -> Iterator[Marker]:
    """The citations of a text from `begin` on, one by one."""
    for found in _FORM.finditer(text, begin):
        kind = "tagged" if found["tag"] else found.lastgroup or ""
        ahead = text[max(0, found.start() - _REACH) : found.start()]
        after = text[found.end() : found.end() + _REACH]
        marks = _judge(kind, found[kind], ahead, after, sources)
        if marks:
            yield Marker(found.start(), found.end(), marks)
    for form in (_LEADING, _ALONE):
        for found in form.finditer(text, begin):
            passage, sentence = map(int, found["bare"].split("."))
            leads = form is _ALONE or _LINE_START.search(text, 0, found.start())
            if leads and sources.holds(passage, sentence):
                yield Marker(found.start(), found.end(), (Mark(passage, sentence, sentence),))


def _judge(kind: str, content: str, before: str, after: str, sources: Sources) -> tuple[Mark, ...]:
    """The marks of what stands in brackets or is raised; none where it cites nothing."""
    if kind == "super":
        return _raised(content, before, sources)
    marks, explicit = _parse(content, sources) or ((), False)
    whole = all(mark.first for mark in marks)
    known = all(sources.holds(mark.passage, mark.first) for mark in marks)
    if kind == "long":
        cites = known
    elif kind == "round":
        quantity = _MEASURING.search(before) or _UNIT.match(after)
        cites = explicit or (whole and known and not quantity)
    else:
        # “[14] people had been hurt”: what an editor put into a quotation.
        quoted = before.count("“") > before.count("”") or before.count('"') % 2
        inserted = quoted and re.match(r"\s+[^\W\d_]", after)
        cites = whole or explicit or known or not inserted
    return marks if cites else ()


def _raised(content: str, before: str, sources: Sources) -> tuple[Mark, ...]:
    plain = re.sub(f"[{_DOT}]", ".", content.translate(_SUPERSCRIPTS)).replace("⁻", "-")
    parsed = _parse(re.sub(r"[ʼ˒’']", ",", plain), sources)
    if parsed is None:
        return ()
    marks, _ = parsed
    if all(mark.first for mark in marks):
        return marks
    footed = _FOOTED.search(before) and all(sources.holds(mark.passage) for mark in marks)
    return marks if footed else ()


def _parse(content: str, sources: Sources) -> tuple[tuple[Mark, ...], bool] | None:
    """The marks that a content consists of, and whether words say that it cites; else None."""
    content = content.partition("†")[0].strip(" \t[]()^\\")
    marks: list[Mark] = []
    explicit = named = False
    position = 0
    while position < len(content):
        found = _PART.match(content, position)
        if found is None:
            return None
        position = found.end()
        if found["word"]:
            word = found["word"].casefold()
            named = named or word not in _FILLERS
            if word not in _FILLERS and not sources.names(word):
                return None
            explicit = explicit or word in _EXPLICIT
            continue
        if found["from"] and int(found["from"]) >= int(found["to"]):
            return None  # the result of a match, not a range
        explicit = explicit or bool(found["lp"] or found["zp"])
        marks += _marks(found)
    if named and any(mark.first for mark in marks):
        marks = [mark for mark in marks if mark.first]  # the day of a date is no passage
    return (tuple(marks), explicit) if marks else None


def _marks(found: re.Match[str]) -> list[Mark]:
    if found["only"]:
        return [Mark(int(found["only"]))]
    if found["from"]:
        return [Mark(int(found["from"])), Mark(int(found["to"]))]
    for passage, first, last in (("p", "s", "e"), ("lp", "ls", "le"), ("zp", "zs", "zs")):
        if found[passage]:
            one, other = int(found[first]), int(found[last] or found[first])
            return [Mark(int(found[passage]), min(one, other), max(one, other))]
    return []


def _placed(marker: Marker, text: str, begin: int) -> Marker:
    """The marker from where its text begins, with its brackets and its part in the sentence."""
    ahead = text[max(0, marker.start - _REACH) : marker.start]
    start, end = marker.start - begin, marker.end - begin
    wrapping, closing = _WRAPPING.search(ahead), _CLOSING.match(text, marker.end)
    if wrapping and closing and len(wrapping[0]) <= start:
        return Marker(start - len(wrapping[0]), closing.end() - begin, marker.marks)
    subject = _CLAUSE.search(ahead) and _SPEAKING.match(text, marker.end)
    return Marker(start, end, marker.marks, noun=bool(subject or _GOVERNING.search(ahead)))
