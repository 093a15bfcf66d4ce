"""Reads a sentence as far as the checks of what is claimed need it: words, clauses, and hedges."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.support.text.irregular import is_past_form
from assistant.support.text.meanings import keys, root
from assistant.support.text.words import STOPWORDS, fold, word_set
from index.sentences import split_sentences

__all__ = ["Cue", "Reading", "Token", "is_negative", "read", "sentences_of"]

_TOKEN = re.compile(
    r"(?P<word>(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'.,][^\W_]+)*%?)|(?P<mark>[.,;:!?()“”\"—–]|\s-\s)"
)
# A clause ends at these marks and before these words.
_ENDS = frozenset(";:—–()") | {"-"}
_JOINTS = word_set("but although though while whereas because unless")

_NOT = word_set("not never no zero none nobody nothing neither nor without cannot hardly scarcely")
# They deny what their whole clause says: "none of the ships that sailed in May came back", "the
# sale of arms, and of what they are made of, is prohibited".
_SUBJECTS = word_set("neither none nobody prohibited banned forbidden barred")
# What may stand for "not": a sentence that has one of these is not taken to affirm.
_NEGATIVE = _NOT | word_set(
    """
    fail failed fails failing failure refuse refused refuses refusing reject rejected rejects
    rejecting deny denied denies denying denial lack lacked lacks lacking unable impossible prevent
    prevented prevents preventing stop stopped stops stopping avoid avoided avoids ban banned bans
    prohibited forbidden barred block blocked blocks oppose opposed opposes against miss missed
    misses missing absence declined declines unlikely unclear doubt doubts doubted cancel cancelled
    canceled instead rather few little rarely seldom barely only until unless yet ended halted
    quit without dismissed dismisses false untrue incorrect wrong wrongly nowhere unaware unknown
    undecided unchanged unharmed unhurt uninjured unsafe unwilling illegal unlawful ineligible
    invalid unsuccessful incomplete insufficient inaccurate ineffective independent free
    clear clears cleared clearing exonerated acquitted exempt misinformed mistaken unanswered
    devoid
    skip skipped withheld spared excluded ruled unanswered intact remains remained
    """
)
_HEDGES = word_set(
    """
    may might could possibly perhaps maybe probably likely potential potentially possible reportedly
    allegedly alleged suspected suspect suspects apparently seemingly seems seem seemed appears
    appear appeared considering considers consider considered mulling weighing threatened threatens
    threatening tried tries trying attempted attempts attempting attempt hopes hope hoped hoping
    plans plan planned planning wants want wanted aims aim aimed intends intend intended expected
    expects expect proposes propose proposed proposal proposals would should accused accuses accuse
    charged denies denied deny denying whether if believed believes believe thought thinks think
    rumored rumoured rumors unclear unconfirmed claims claimed claim suggested suggests estimated
    estimates forecast projected presumably supposed supposedly purported purportedly scheduled
    seeks seek seeking sought aiming alleges allege any due urged urges meant fear fears feared
    afraid risk risks risked danger
    """
)
# What hedges the next verb or noun, when a sentence that repeats it has to hedge too.
_HEDGING = re.compile(
    r"\b(?:(?P<plan>(?:plan|hope|want|intend|aim|seek|threaten|attempt|expect)(?:s|ed|ing)? to"
    r"|(?:tries|tried|trying|try|hoped|hoping|planned|planning|sought|seeking) to"
    r"|(?:is|are|was|were|be|been) (?:expected|likely|believed|thought|set|scheduled) to"
    r"|(?:was|were|been) (?:asked|urged|invited|ordered|supposed) to|considered(?= \w+ing\b)"
    r"|(?:claim|claims|claimed) to(?: have)?|considering|mulling|weighing|proposing|proposed"
    r"|proposes|(?:vow|pledge|promise|agree|vote)(?:s|d|ed|ing)? to(?! (?:an?|the|its|his|her|\$))"
    r"|(?:vying|preparing|poised|about|fighting) to|(?:looks|looking) to)"
    r"|(?P<may>(?:may|might|could(?! not))(?: have)?"
    r"|(?:appear|seem)(?:s|ed)? to(?: have)?(?: be(?:en)?)?"
    r"|allegedly|reportedly|possibly|probably|perhaps|apparently|potentially|purportedly"
    r"|(?:feared|presumed)(?= (?:\w+ed|dead|lost|missing)\b)"
    r"|alleged|suspected|possible|potential"
    r"|(?:(?:accused|suspected|acquitted|cleared) of|charged with|den(?:y|ies|ied|ying)"
    r"|arrested (?:on suspicion of|for)|sued for|pleaded not guilty to(?: \w+){0,4} of)"
    r"(?= (?:\w+ly )?\w+ing\b))"
    r"|(?P<will>will(?! not\b)(?: (?:likely|probably))?(?: be| have)?))\b",
    re.IGNORECASE,
)
# What says of the next verb that it was not done: "failed to sign", "stopped short of signing".
_UNDONE = re.compile(
    r"\b(?:(?:fail(?:s|ed|ing|ure)?|refus(?:e|es|ed|ing|al)|declin(?:e|es|ed|ing)|unable|yet) to"
    r"|(?:rul(?:e|es|ed|ing) out|(?:stop(?:s|ped)?|f[ae]ll(?:s|en)?) short of"
    r"|(?:prevent(?:s|ed|ing)?|barred|banned|blocked|stopped|kept)(?: [\w’'-]+){0,4} from)"
    r"(?= \w+ing\b)"
    r"|(?:almost|nearly|narrowly avoided|avoided)"
    r"(?= (?!doubl|tripl|quadrupl|halv|complet|finish|exhaust)\w{2,}(?:ed|ing)\b))(?!\w)",
    re.IGNORECASE,
)
# "So that they could vote" says what for, not how surely.
_FOR_IT = re.compile(r"\bso (?:that )?(?:[\w’']+ ){1,3}$")
_PREDICATE = re.compile(r"\b(?:is|are|was|were|remains?|remained) $")
_NO_CLAIM_AFTER = word_set("only just merely simply necessarily even always least matter doubt")
# Words that stand between "not" or "may" and what it is said of.
_PASSED_OVER = STOPWORDS | word_set(
    """
    yet immediately even ever actually really currently fully quite necessarily also still already
    soon well indeed later previously directly publicly officially very seem appear
    """
)
_FUTURE = word_set("will would shall to going may might could can should must")
_HAVING = word_set("has have had was were been")
_BEING = word_set("is are be being")
_REACH = 5
_FAR = 8
_APOSTROPHES = frozenset("’'")

CueKind = Literal["not", "may", "plan", "will"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        word: The word, folded.
        root: What its forms have in common.
        clause: The number of the clause it stands in.
        content: Whether it carries meaning.
        name: Whether it is written with a capital inside of the sentence.
    """

    start: int
    end: int
    word: str
    root: str
    clause: int
    content: bool
    name: bool

    @property
    def keys(self) -> set[str]:
        """The root and the senses of the word, by which it is compared."""
        return set(keys(self.root))


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that negates or hedges, and the word that it is said of.

    Attributes:
        kind: "not", "may", "plan" or "will".
        first: The number of its first token.
        anchor: The number of the token that it is said of.
    """

    kind: CueKind
    first: int
    anchor: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence, read.

    Attributes:
        text: The sentence.
        tokens: Its words.
        cues: What it negates and hedges.
    """

    text: str
    tokens: tuple[Token, ...]
    cues: tuple[Cue, ...]

    def negatives_near(self, at: int, reach: int = 6) -> Counter[str]:
        """The words near a token, in its clause, that may stand for "not"."""
        own = self.tokens[at].clause
        words = {token.word for token in self.tokens if token.clause == own}
        return Counter(
            "not" if _is_not(token.word) else token.word
            for place, token in enumerate(self.tokens)
            if abs(place - at) <= (2 * reach if token.word in _SUBJECTS else reach)
            and place != at
            and token.clause == own
            and is_negative(token.word)
            and not (token.word == "nor" and "neither" in words)
        )

    def hedged_by(self) -> dict[int, str]:
        """The words that hedge anything in the sentence, by their places."""
        plain = (
            (at, token.word.removesuffix("n't"))
            for at, token in enumerate(self.tokens)
            if not (token.name and token.word == "may")  # the month
        )
        return {at: word for at, word in plain if word in _HEDGES}

    def says(self, kinds: tuple[CueKind, ...], at: int) -> bool:
        """Whether it negates or hedges a word itself."""
        return any(cue.kind in kinds and cue.anchor == at for cue in self.cues)

    def is_past(self, at: int) -> bool:
        """Whether a verb stands in a past tense, as far as its form and the words before it say."""
        if self._is_caused(at):
            return False
        before = {token.word for token in self.tokens[max(0, at - 3) : at]}
        if before & _FUTURE:
            return False
        word = self.tokens[at].word
        if word.endswith("ing") and not before & {"has", "have", "had"}:
            return False
        done = before & _HAVING
        return bool(done) or (not before & _BEING and (word.endswith("ed") or is_past_form(word)))

    def _is_caused(self, at: int) -> bool:
        """Whether one can or will have something done: "can have their tickets checked"."""
        own = self.tokens[at].clause
        near = [t.word for t in self.tokens[max(0, at - _FAR) : at] if t.clause == own]
        return any(
            one in _FUTURE and other in {"have", "get", "see"} and third not in _HAVING
            for one, other, third in zip(near, near[1:], near[2:], strict=False)
        )

    def between(self, one: int, other: int) -> str:
        """What stands between two tokens, marks and all."""
        return self.text[self.tokens[one].end : self.tokens[other].start]

    def written(self, first: int, last: int) -> str:
        """The words from one token to another, as written."""
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def phrase(self, first: int, last: int) -> str:
        """The words from one token to another, as written, with the small words before them."""
        clause = self.tokens[first].clause
        lead = first
        while (
            first - lead < 2
            and lead
            and self.tokens[lead - 1].clause == clause
            and self.tokens[lead - 1].word in STOPWORDS
        ):
            lead -= 1
        return " ".join(self.written(lead, last).split())


def _is_not(word: str) -> bool:
    return word in _NOT or word.endswith("n't")


def is_negative(word: str) -> bool:
    """Whether a word may stand for "not"."""
    return word in _NEGATIVE or _is_not(word)


@functools.lru_cache(maxsize=2048)
def read(text: str) -> Reading:
    """Reads one sentence."""
    tokens = _tokens(text)
    return Reading(text, tokens, (*_negations(tokens, text), *_hedges(tokens, text)))


@functools.lru_cache(maxsize=2048)
def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a cited text."""
    return tuple(text[sentence.start : sentence.end] for sentence in split_sentences(text))


def _tokens(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    clause, opening = 0, True
    for match in _TOKEN.finditer(text):
        if match["mark"]:
            clause += match["mark"].strip() in _ENDS
            opening = opening or match["mark"] in '.!?:“"'
            continue
        written = match["word"]
        word = fold(written)
        clause += word in _JOINTS
        found.append(
            Token(
                match.start(),
                match.end(),
                word,
                root(word),
                clause,
                word not in STOPWORDS and not word.endswith("n't") and word != "cannot",
                written[0].isupper() and not opening,
            )
        )
        opening = False
    return tuple(found)


def _anchor(tokens: tuple[Token, ...], text: str, after: int) -> int | None:
    """The next token that carries meaning, with neither a comma nor a clause's end before it."""
    if not 0 < after < len(tokens):
        return None
    for at in range(after, min(len(tokens), after + _REACH)):
        divided = "," in text[tokens[at - 1].end : tokens[at].start]
        if divided or tokens[at].clause != tokens[after - 1].clause:
            return None
        if not tokens[at].content or tokens[at].word in _PASSED_OVER:
            continue
        if not _is_adverb(tokens, at, text):
            return at
    return None


def _is_adverb(tokens: tuple[Token, ...], at: int, text: str) -> bool:
    """Whether a word may say how the next one is: "remotely prepared"."""
    behind = at + 1 < len(tokens) and tokens[at].clause == tokens[at + 1].clause
    return (
        behind
        and tokens[at].word.endswith("ly")
        and tokens[at + 1].content
        and "," not in text[tokens[at].end : tokens[at + 1].start]
    )


def _next(tokens: tuple[Token, ...], at: int) -> tuple[Token, ...]:
    """The word behind another, and the one behind that where it is an article: "not the only"."""
    return tokens[at + 1 : at + 2 + (tokens[at + 1].word in {"a", "an", "the"})]


def _phrases(
    form: re.Pattern[str], tokens: tuple[Token, ...], text: str
) -> Iterator[tuple[re.Match[str], int, int]]:
    """What a form matches, with the numbers of its first token and of the one behind it."""
    starts = [token.start for token in tokens]
    for match in form.finditer(text):
        yield match, bisect_left(starts, match.start()), bisect_left(starts, match.end())


def _negations(tokens: tuple[Token, ...], text: str) -> list[Cue]:
    cues = []
    for at, token in enumerate(tokens):
        if not _is_not(token.word) or at + 1 >= len(tokens):
            continue
        if any(token.word in _NO_CLAIM_AFTER for token in _next(tokens, at)):
            continue
        if [token.word for token in tokens[at + 2 : at + 3]] == ["than"]:  # "no more than two"
            continue
        anchor = _anchor(tokens, text, at + 1)
        if anchor is not None:
            cues.append(Cue("not", at, anchor))
    for _, first, after in _phrases(_UNDONE, tokens, text):
        anchor = _anchor(tokens, text, after)
        # "Did not fail to sign" is that he signed.
        doubled = any(cue.first < first <= cue.anchor for cue in cues)
        if anchor is not None and not doubled:
            cues.append(Cue("not", first, anchor))
    return cues


def _hedges(tokens: tuple[Token, ...], text: str) -> list[Cue]:
    cues = []
    for match, first, after in _phrases(_HEDGING, tokens, text):
        month = match.group() == "May" and text[match.end() : match.end() + 1] in _APOSTROPHES
        if first >= len(tokens) or tokens[first].name or month:  # "May" the month
            continue
        if match["may"] and _FOR_IT.search(text[: match.start()]):
            continue
        anchor = _anchor(tokens, text, after)
        if anchor is None and _PREDICATE.search(text[: match.start()]):
            anchor = next((at for at in range(first - 1, -1, -1) if tokens[at].content), None)
        if anchor is not None:
            kind: CueKind = "may" if match["may"] else "will" if match["will"] else "plan"
            cues.append(Cue(kind, first, anchor))
    return cues
