"""Splits a text into sentences, each an exact character range.

The splitter walks from the start of one sentence to its end and decides every boundary from the
characters of that sentence and the first word of the next. Nothing else is remembered, so a run of
sentences cut out of a text splits again into the very same sentences; citations and passages rely
on that. Two rules keep it true and must survive any change:

* A look to the left never goes past the start of the sentence.
* A look to the right never goes past the first word after the mark and the one character that
  touches it, or, to find what makes the sentence go on, past the next mark or line break; and
  never past the place where the sentence is cut if nothing ends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.types import Sentence

__all__ = ["LONGEST_SENTENCE", "split_sentences"]

LONGEST_SENTENCE = 1200
"""No sentence is longer than this many characters."""

# Past this length a sentence without an end is cut at the next white space.
_LONG = 1000
# Longer than any token that the rules know; a bound on how far a look to the left goes.
_TOKEN = 48

# Marks that end a sentence whatever follows: Chinese and Japanese, Hindi, Urdu, Arabic and others.
_FINAL = frozenset("。！？｡।॥۔؟။።")
_QUOTES = frozenset("\"'”’»」』“")
# Marks that only tokens such as addresses, handles and file names have inside.
_ADDRESS_MARKS = frozenset("/@\\_#=.")
_YAHOO_COMPANIES = ("Inc", "News", "Finance", "Sports", "Japan", "Mail")

# The first element is one set of characters on purpose: the regular expression engine then skips
# to the next candidate quickly. A newline takes the first branch, a mark the second. Closing
# quotes, brackets and footnote marks belong to the sentence; “ and » also open, and count as
# closing only where white space or the end follows.
_CANDIDATE = re.compile(
    r"""
    [\n.!?…。！？｡।॥۔؟။።]
    (?: (?<=\n) \s*+
      | (?<!\n) ( [.!?…。！？｡।॥۔؟။።"'”’)\]」』】）›]{0,40}+
                  (?: [“„«‹»](?!\S) )?+ (?: [ \xa0\u202f][»”’](?!\S) )?+ (?: \[\d{1,3}\] ){0,3}+ )
        \s*+
    )
    """,
    re.VERBOSE,
)
_AHEAD = re.compile(r"[\"“”‘'’„«»‹(\[{¿¡「『（【]{0,8}+([^\W\d_]{0,24}+)")
_LIST_ITEM = re.compile(
    r"[•●▪▫◦‣⁃]|(?:[-*–—]|\d{1,3}[.)]|\(?[a-zA-Z]\)|\((?:\d{1,3}|[ivxIVX]{1,5})\))(?!\S)"
)
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5})")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_NUMBER_AFTER_COLON = re.compile(r"[:;]\s+\d{1,2}\Z")
_SPACE = re.compile(r"\s")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60]")
_BEFORE_TOKEN = re.compile(r"[\s\-–—/()\[\]{}\"“”‘«»,:;]")

# “Why?” Mullin asked: a name and a verb of speech carry on the sentence that the quotation began.
_SPEECH = re.compile(
    r"([A-Z][\w’'-]{0,15}+) (?:[A-Z][\w’'-]{0,15}+ ){0,3}"
    r"(?:said|says|asked|asks|added|adds|wrote|writes|tweeted|replied|told|shouted|responded"
    r"|exclaimed|quipped|joked|posted|recalled|wondered|continued)\b"
)
_SPEECH_CJK = re.compile(
    r"(?:と|って)|[\u4e00-\u9fff]{0,3}?(?:说|說|问道|問道|喊道|写道|寫道|表示|指出)"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that, capitalised, open a sentence so often that they do so after "Inc." and "a.m." too.
# Left out on purpose: New, First, Former, State, Under, Today, which go on after "U.S.".
_OPENERS = _words(
    """A About According After Although Although Among An And Another Are As At Authorities Because
    Before Between Both But By Can Could Did Do Does During Each Earlier Even Every For From Had Has
    Have He Her Here His How However I If In Instead Is It Its Just Last Later Let Many Meanwhile
    More Most My Nearly Neither No Nor Not Now Of Officials On Once One Only Or Other Others Our
    Over People Perhaps Please Police Recently Several She Should Since So Some Still Such That The
    Their Then There These They This Those Though Through Thus To Tomorrow Two Until Was We Were
    What When Where Whether Which While Who Why With Within Without Would Yes Yesterday Yet You
    Your"""
)
# No line of a headline ends with one of these; a line that does was wrapped.
_DANGLING = _words(
    """a an the and or but nor of in on at to for from by with as than that which who whom whose
    is are was were be been being has have had will would can could may might must shall should do
    does did not no his her its their our my your this these those into onto over under after before
    between about against during through while when where because if though although since until
    said says president minister chancellor secretary general prince princess king queen judge
    mayor governor senator representative professor mr mrs ms dr"""
)
_TITLES = _words(
    """mr mrs ms mx messrs mme mlle dr prof gen sen sens gov govs rep reps lt col sgt capt cpt cmdr
    cdr maj brig adm rev hon supt insp det cpl pvt pte fr amb atty pres msgr fig figs eq"""
)
_TAKES_MORE = _words("vs v cf viz e.g i.e eg ie rs approx ca www डॉ प्रो श्री")
_TAKES_NUMBER = _words("no nos pp p para vol vols est c")
_TAKES_NUMBER_CAPITAL = _words(
    """Art Arts Sec Ch Ref Ext Reg App Ex Op Lot Rm Apt Ste Tel Pct Act
    Prop Pop Div Dist"""
)
_TAIL = _words("inc ltd corp co llc plc bros jr sr esq ave blvd rd hwy dept univ assn al ph.d govt")
_TAIL_CAPITAL = _words(
    """St Ft Mt Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Tues Thurs Ala Ariz Ark Calif Colo
    Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn
    Tex Va Vt Wash Wis Wyo D.Phil Ph.D Ed.D M.Sc B.Sc"""
)
# What goes on after "a.m.": days, months, zones, places whose time it is.
_CLOCK_GOES_ON = _words(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mondays Tuesdays Wednesdays
    Thursdays Fridays Saturdays Sundays Mon Tue Tues Wed Thu Thurs Fri Sat Sun January February
    March April May June July August September October November December Jan Feb Mar Apr Jun Jul
    Aug Sep Sept Oct Nov Dec ET EST EDT CT CST CDT MT MST MDT PT PST PDT AKDT HST GMT UTC BST CET
    CEST IST JST MSK AEST AEDT Eastern Central Mountain Pacific Greenwich Coordinated Universal
    Local Moscow Kyiv Kiev London Paris Berlin Beijing Tokyo Seoul Hong New Israel Jerusalem Tehran
    Baghdad Kabul Dubai Sydney Memorial Labor Christmas Thanksgiving Easter Independence"""
)
# What follows the dot of an address or a file name rather than of a sentence.
_ADDRESS_ENDINGS = _words(
    """com org net edu gov mil int co uk us eu io ai ru de fr it es nl ch at be cn jp in ca au ly tv
    me info biz app dev js py ts md pdf doc docx xls xlsx ppt csv txt jpg jpeg png gif html htm php
    asp aspx xml json exe zip mp mov"""
)


def _abbreviations() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for word in _TAIL:
        kinds |= dict.fromkeys((word, word.capitalize(), word.upper()), "tail")
    for word in _TAIL_CAPITAL:
        kinds |= dict.fromkeys((word, word.upper()), "tail")
    for word in _TITLES:
        # In capitals it may be another word (MS, GEN); then a clear opener still breaks.
        kinds |= {word.capitalize(): "never", word.upper(): "tail"}
    for word in _TAKES_MORE:
        kinds |= dict.fromkeys((word, word.capitalize() if len(word) > 1 else word), "never")
    for word in _TAKES_NUMBER:
        # A single capital is an initial.
        kinds |= dict.fromkeys((word, word.capitalize() if len(word) > 1 else word), "number")
    kinds |= dict.fromkeys(("a.m", "p.m", "A.M", "P.M"), "clock")
    return kinds | dict.fromkeys(_TAKES_NUMBER_CAPITAL, "number")


# never: goes on; tail: ends only before an opener; clock: ends before a word that tells no time;
# number: goes on before a digit.
_ABBREVIATIONS = _abbreviations()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place where a sentence may end.

    Attributes:
        text: The whole text.
        start: Where the sentence begins.
        mark: The first terminator, or the line break.
        stop: Where the sentence would end: past the terminators and what closes behind them.
        following: The first character past `stop` that is not white space.
        end: Where the text, or the longest sentence that may begin at `start`, ends.
    """

    text: str
    start: int
    mark: int
    stop: int
    following: int
    end: int

    @property
    def marks(self) -> str:
        return self.text[self.mark : self.stop]

    @property
    def lines(self) -> int:
        return self.text.count("\n", self.stop, self.following)

    def before(self, count: int) -> str:
        """Return up to `count` characters of the sentence before the mark."""
        return self.text[max(self.start, self.mark - count) : self.mark]

    def word_ahead(self) -> tuple[str, str]:
        """Return the word behind any opening marks, and the character that touches its end."""
        found = _AHEAD.match(self.text, self.following, self.end)
        if found is None:
            return "", ""
        last = found.end()
        return found[1], self.text[last] if last < self.end else ""


def split_sentences(text: str, offset: int = 0) -> list[Sentence]:
    """Split a text into sentences.

    Sentences are in order, do not overlap, begin and end at a character that is not white space,
    and together cover every such character. An empty line always ends a sentence; a single line
    break does so before a list item and after a headline, not in wrapped text. What runs on
    without an end is cut at white space past 1,000 characters, and anywhere at
    `LONGEST_SENTENCE`. For any sentences `a` to `b` of a text, splitting
    `text[a.start:b.end]` with offset `a.start` gives those sentences again.

    Args:
        text: The text; any script. English abbreviations are known.
        offset: Where the text stands in the article; added to every position.

    Returns:
        The ranges, in code points.
    """
    end = len(text.rstrip())
    start = len(text) - len(text.lstrip())
    sentences: list[Sentence] = []
    while start < end:
        stop, following = _sentence_end(text, start, end)
        sentences.append(Sentence(start + offset, stop + offset))
        start = following
    return sentences


def _sentence_end(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence that begins at `start` ends and where the next one begins."""
    cut = _cut(text, start, end)
    position = start
    while found := _CANDIDATE.search(text, position, cut):
        position = found.end()
        if position == cut:
            break
        stop = found.end(1) if found[1] is not None else _trim(text, found.start())
        candidate = _Candidate(text, start, found.start(), stop, position, cut)
        if _ends(candidate) if position > stop else _ends_without_space(candidate):
            return stop, position
    return _trim(text, cut), _skip(text, cut, end)


def _cut(text: str, start: int, end: int) -> int:
    """Return where the sentence ends if no mark ends it before."""
    if end - start <= _LONG:
        return end
    longest = start + LONGEST_SENTENCE
    space = _SPACE.search(text, start + _LONG, min(end, longest + 1))
    return space.start() if space else min(end, longest)


def _trim(text: str, position: int) -> int:
    while text[position - 1].isspace():
        position -= 1
    return position


def _skip(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _ends(at: _Candidate) -> bool:
    """Decide a candidate that white space follows."""
    lines = at.lines
    if lines > 1 or (lines and _LIST_ITEM.match(at.text, at.following, at.end)):
        return True
    if at.text[at.mark] == "\n":
        return _line_ends(at)
    if _is_list_number(at):
        return False
    return not _FINAL.isdisjoint(at.marks) or _western_mark_ends(at)


def _western_mark_ends(at: _Candidate) -> bool:
    if at.text[at.following] in ".!?…-–—" or _is_lower(at.word_ahead()[0]):
        return False
    marks = at.marks
    if marks[0] in "!?":
        return not _goes_on_after_shout(at)
    if marks[0] == "…" or marks.startswith(".."):
        return _ellipsis_ends(at)
    return (len(marks) > 1 and marks[-1] not in ")]") or _full_stop_ends(at)


def _goes_on_after_shout(at: _Candidate) -> bool:
    if at.marks[-1] not in _QUOTES:
        return at.before(5) == "Yahoo" and at.text.startswith(_YAHOO_COMPANIES, at.following)
    if at.text[at.stop : at.following] != " ":
        return False
    speech = _SPEECH.match(at.text, at.following, at.end)
    return speech is not None and speech[1] not in _OPENERS


def _ellipsis_ends(at: _Candidate) -> bool:
    if at.marks[-1] in _QUOTES:
        return True
    word, _ = at.word_ahead()
    if at.text[at.following].isdigit() or word == "I":
        return False
    before = at.before(2)
    return not before[-1:].isspace() or before[0] in ".!?" or word in _OPENERS


def _full_stop_ends(at: _Candidate) -> bool:
    kind = _kind(at)
    if kind == "tail":
        word, touching = at.word_ahead()
        return (word in _OPENERS and touching != ".") or (at.lines > 0 and _line_ends(at))
    if kind == "clock":
        word, _ = at.word_ahead()
        return word != "" and word not in _CLOCK_GOES_ON and at.text[at.following] not in "(["
    if kind == "number":
        return not at.text[at.following].isdigit()
    return kind != "never" and _NUMBER_AFTER_COLON.search(at.before(8)) is None


def _kind(at: _Candidate) -> str:
    """Return the kind of abbreviation that the full stop ends, or nothing."""
    if at.mark - at.start > 7 and at.before(7).isalpha():
        return ""
    if at.text[at.mark - 1].isspace():
        # The last of spaced dots: ". . ." is an ellipsis.
        return "tail" if at.before(_TOKEN).rstrip().endswith(".") else ""
    word = _BEFORE_TOKEN.split(at.before(_TOKEN))[-1].lstrip("'’")
    if kind := _ABBREVIATIONS.get(word):
        return kind
    initial = len(word) == 1 and word.isalpha() and not word.islower()
    return "tail" if initial or _DOTTED.fullmatch(word) else ""


def _line_ends(at: _Candidate) -> bool:
    """Decide a single line break: a headline or a finished line ends, a wrapped line goes on."""
    word, _ = at.word_ahead()
    text, start, stop = at.text, at.start, at.stop
    if _is_lower(word) or text[stop - 1] in ",;-–—(/&+":
        return False
    last = text[max(start, stop - _TOKEN) : stop].rsplit(maxsplit=1)[-1]
    if last.rstrip(".").lower() in _DANGLING:
        return False
    if word in _OPENERS or text[stop - 1] == ":":
        return True
    line = text[max(start, text.rfind("\n", start, stop) + 1) : stop]
    width = len(line) + len(_CJK.findall(line))
    # Wrapped lines are mostly 60 to 100 wide; longer ones are whole paragraphs.
    return not 60 <= width <= 100


def _ends_without_space(at: _Candidate) -> bool:
    """Decide a mark that touches what follows: 。, a forgotten space, or a part of an address."""
    final = not _FINAL.isdisjoint(at.marks)
    if final or (at.marks[0] in "!?" and _CJK.match(at.text, at.stop, at.end)):
        if _is_list_number(at):
            return False
        return at.marks[-1] not in _QUOTES or not _SPEECH_CJK.match(at.text, at.stop, at.end)
    return _lacks_space(at)


def _lacks_space(at: _Candidate) -> bool:
    """Tell whether two sentences touch: "he said.The"; not so in an address or a file name."""
    ending = at.before(3)
    if len(ending) < 3 or not (ending.isalpha() and ending.islower()):
        return False
    word, touching = at.word_ahead()
    if not (word[:1].isupper() and word[1:2].islower()) or touching in {"@", "/", "_"}:
        return False
    token = at.before(_TOKEN).rsplit(maxsplit=1)[-1].lstrip("\"'“‘([")
    if not _ADDRESS_MARKS.isdisjoint(token) or word.lower() in _ADDRESS_ENDINGS:
        return False
    if _ABBREVIATIONS.get(token) == "never":
        return False
    return at.marks[0] != "." or not token[:1].isupper() or word in _OPENERS


def _is_list_number(at: _Candidate) -> bool:
    """Tell whether all of the sentence before the mark is a list number, or no word at all."""
    if at.mark - at.start >= _TOKEN:
        return False
    before = at.before(_TOKEN)
    return _LIST_NUMBER.fullmatch(before) is not None or not any(map(str.isalnum, before))


def _is_lower(word: str) -> bool:
    """Tell whether a word cannot open a sentence; names like iPhone and eBay can."""
    return word[:1].islower() and (len(word) == 1 or word[1:4].islower())
