"""What a sentence claims of its facts is what the source does: not surer, not the opposite."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.support.claims.amounts import added_total, other_amounts
from assistant.support.claims.contests import agrees_on_winner
from assistant.support.claims.deeds import other_deeds
from assistant.support.claims.idioms import is_idiom
from assistant.support.text.alignment import Alignment, alike
from assistant.support.text.hedges_kept import is_kept
from assistant.support.text.meanings import are_opposite, root, senses
from assistant.support.text.reading import Cue, Reading, Token, is_negative

__all__ = ["check_claims"]

# Where most words are others anyway, one more or one less tells nothing: so much of a sentence has
# to come from one source sentence for it to be told. Below, about as many fair paraphrases of
# `paraphrases.jsonl` would be suspected as unfair ones are caught; an opposite tells more.
_TURNS, _REPEATS = 0.7, 0.75
# Another deed tells from here: below, 3 fair statements of news were suspected, and 2 others.
_TELLS = 0.6
# A source sentence counts when it has this share of the answer's content words, or this share of
# what the best one has.
_ALIKE = 0.4
_AS_GOOD = 0.75
_CLOSE = 4
_REFUSING = frozenset(
    map(root, "reject refuse deny fail cancel ban oppose prevent block abandon scrap veto".split())
)
# "Does not think that it will" says that it will not.
_HOLDING = frozenset(map(root, "believe think expect suppose want".split()))
# "Sold" says of one what "was bought" says of the other.
_CONVERSE = frozenset("buy sell borrow lend".split())
_LOST = frozenset(map(root, "lose loss defeat win victory beat".split()))
_SALES = frozenset("sale sales purchase purchases".split())
_TURNED_DOWN = re.compile(r"\bturn\w* (?:\S+ ){0,4}down\b", re.IGNORECASE)
_LESSER = frozenset("fewer less slower slowly drop drops dropped dropping".split())
_WAITED = frozenset("only until".split())
_BEING = frozenset("is are was were be been being".split())
# What is said not to have been before happens for the first time.
_HAVING = frozenset("has have had hasn't haven't hadn't never".split())
_NONE = frozenset("no none nobody".split())
_UNTIL = frozenset("before previous previously earlier ever other".split())
# Words of degree and direction that say nothing of the kind in "at least" and "give up".
_BOUNDS = re.compile(
    r"\b(?:at (?:least|most)|(?:or|no|any) (?:more|less|fewer|longer)|up to|followed|follows"
    r"|pull(?:s|ed|ing)? off|(?:feet|met(?:er|re)s|inches|miles|yards|years) (?:high|long|old)"
    r"|(?:give|gives|gave|given|giving|set|sets|call|calls|called|make|makes|made|end|ends|ended"
    r"|take|took|taken|pick|picked|speak|spoke|sign|signed|show|showed|team|teamed|open|opened"
    r"|step|stepped) up|(?:double|turn|step|shut|write|break)(?:d|ed|s)? down|(?:wrote|broke) down"
    r"|last (?:year|month|week|night|spring|summer|fall|autumn|winter)|at first|years?[- ]olds?"
    r"|(?:hark|hearken|date|go|come|look|think)\w* back|lower (?:house|chamber|court)s?)\b",
    re.IGNORECASE,
)
_OR = frozenset("or nor".split())
_ORDERS = frozenset("before after ahead following prior".split())
# Who is for or against something is no word for what is done.
_PERSONS = frozenset("opponent opponents supporter supporters proponent proponents".split())
_IF = frozenset("if unless whether".split())
_LOST_LIVES = re.compile(r"\b(?:lose|loses|losing|lost) (?:their|his|her) (?:life|lives)\b")
_KILLING = frozenset(map(root, "kill die".split()))
# "Forgot to declare" is "undeclared".
_LEFT_UNDONE = frozenset("be forgot forgets forgotten fail failed fails neglected".split())


def check_claims(found: Sequence[Alignment]) -> tuple[str, ...]:
    """Check that nothing is negated, affirmed, made sure or reversed.

    Args:
        found: The sentence aligned with each sentence of the source.
    """
    near = alike(found, _ALIKE, _AS_GOOD)
    share = max((alignment.share for alignment in near), default=0.0)
    checks = (
        (_negated, _TURNS),
        (_refused, _REPEATS),
        (_affirmed, _TURNS),
        (_made_sure, _REPEATS),
        (_made_past, _REPEATS),
        (_reversed, _ALIKE),
        (_another_amount, _ALIKE),
        (_another_deed, _TELLS),
    )
    reasons: list[str] = []
    for check, least in checks:
        if share < least:
            continue
        per_source = [check(alignment) for alignment in near]
        # What one source sentence says as the answer does, needs no other that does.
        if all(per_source):
            reasons += per_source[0][:1]
    total = added_total(found) if share >= _ALIKE else ""
    if total:
        reasons.append(f"the source does not say “{_bare(total)}”")
    return tuple(dict.fromkeys(reasons))


def _negated(alignment: Alignment) -> list[str]:
    """The answer says "not" of what the source affirms."""
    answer, source = alignment.answer, alignment.source
    reasons = []
    for cue in answer.cues:
        theirs = alignment.pairs.get(cue.anchor) if cue.kind == "not" else None
        if theirs is None or not alignment.is_told_near(cue.anchor):
            continue
        if source.says(("not",), theirs) or (_holds_not(source) and not _holds_not(answer)):
            continue
        if _is_unequalled(answer, cue) and any(map(_is_superlative, source.tokens)):
            continue
        if answer.tokens[cue.anchor].root in _HOLDING and _holds_not(source):
            continue
        if is_idiom(answer, cue, source, theirs):
            continue
        if _is_supposed(answer, cue.first) and not _is_supposed(source, theirs):
            continue
        if _not_before(answer, cue) and _is_first(source, answer):
            continue
        mine = answer.negatives_near(cue.anchor) - Counter({"not": 1})
        if source.negatives_near(theirs) - mine or _turned(alignment, cue.anchor, theirs):
            continue
        reasons.append(_says(source.phrase(theirs, theirs), answer.phrase(cue.first, cue.anchor)))
    return reasons


def _denies(reading: Reading) -> bool:
    return any(cue.kind == "not" for cue in reading.cues)


def _holds_not(reading: Reading) -> bool:
    """Whether somebody does not think or want something, which says that it is not so."""
    return any(c.kind == "not" and reading.tokens[c.anchor].root in _HOLDING for c in reading.cues)


def _is_unequalled(reading: Reading, cue: Cue) -> bool:
    """Whether "no" begins a comparison: "no ship was faster than", "so fast", "no other was"."""
    than = any(token.word in {"than", "so", "as"} for token in reading.tokens[cue.anchor :])
    than = than or any(t.word == "other" for t in reading.tokens[cue.first + 1 : cue.anchor + 1])
    return than and reading.tokens[cue.first].word in {"no", "never", "none", "nobody", "nothing"}


def _is_superlative(token: Token) -> bool:
    return token.word in {"most", "least"} or token.word.endswith("est")


def _is_supposed(reading: Reading, at: int) -> bool:
    """Whether a word stands in a condition, where nothing is denied: "if it is not finished"."""
    own = reading.tokens[at].clause
    return any(token.word in _IF and token.clause == own for token in reading.tokens[:at])


def _not_before(reading: Reading, cue: Cue) -> bool:
    """Whether something is said not to have been until then: "had not", "no city before"."""
    own = reading.tokens[cue.anchor].clause
    until = reading.tokens[cue.first].word in _NONE and any(
        token.word in _UNTIL for token in reading.tokens[cue.anchor :] if token.clause == own
    )
    return until or any(
        token.word in _HAVING for token in reading.tokens[max(0, cue.first - 1) : cue.anchor]
    )


def _is_first(reading: Reading, other: Reading) -> bool:
    """Whether something is the first in one sentence, and not in the other."""
    both = [any(token.word == "first" for token in one.tokens) for one in (reading, other)]
    return both == [True, False]


def _refused(alignment: Alignment) -> list[str]:
    """The answer says that something was refused or prevented, and the source nothing like it."""
    answer, source = alignment.answer, alignment.source
    if _TURNED_DOWN.search(source.text) or any(is_negative(t.word) for t in source.tokens):
        return []
    return [
        f"the source does not say “{token.word}”"
        for at, token in enumerate(answer.tokens)
        if token.root in _REFUSING
        and at not in alignment.pairs
        and alignment.is_told_near(at)
        and not answer.says(("not",), at)
    ]


def _affirmed(alignment: Alignment) -> list[str]:
    """The source says "not" of what the answer affirms."""
    answer, source, back = alignment.answer, alignment.source, alignment.back
    reasons = []
    for cue in source.cues:
        mine = back.get(cue.anchor) if cue.kind == "not" else None
        if mine is None or not alignment.is_told_near(mine):
            continue
        held = source.tokens[cue.anchor].root in _HOLDING
        if answer.says(("not",), mine) or _is_either(answer, mine) or (held and _denies(answer)):
            continue
        if _not_before(source, cue) and _is_first(answer, source):
            continue
        theirs = source.negatives_near(cue.anchor) - Counter({"not": 1})
        if answer.negatives_near(mine) - theirs or _turned(alignment, mine, cue.anchor):
            continue
        if _waits(source, cue) and _new(answer, source) & _WAITED:
            continue  # "only when it was over did he see" for "did not see until"
        if _is_less(alignment, cue, mine):
            continue
        if _is_outside(answer, mine):
            continue  # "out of the area" for "not in the area"
        if theirs["until"] and not answer.negatives_near(mine)["until"]:
            continue  # "will open in May" for "will not open until May"
        reasons.append(_says(source.phrase(cue.first, cue.anchor), answer.phrase(mine, mine)))
    return reasons


def _is_less(alignment: Alignment, cue: Cue, mine: int) -> bool:
    """Whether less of it is said to be so: "fewer feel it", "slightly less" for "not as costly"."""
    answer, source = alignment.answer, alignment.source
    beside = {token.word for token in answer.tokens[max(0, mine - 1) : mine + 2]}
    as_much = any(token.word in {"as", "so"} for token in source.tokens[cue.first : cue.anchor])
    return (as_much and not beside.isdisjoint(_LESSER)) or bool(
        _new(answer, source, mine) & _LESSER
    )


def _is_either(reading: Reading, at: int) -> bool:
    """Whether a word is denied along with one before it: "did not apologize or condemn it"."""
    own = reading.tokens[at].clause
    return any(
        cue.kind == "not"
        and cue.anchor < at
        and reading.tokens[cue.anchor].clause == own
        and any(token.word in _OR for token in reading.tokens[cue.anchor : at])
        for cue in reading.cues
    )


def _new(answer: Reading, source: Reading, at: int | None = None) -> set[str]:
    """The words that the source lacks, of the answer or of the clause around a word of it."""
    near = answer.tokens if at is None else answer.tokens[max(0, at - _CLOSE) : at + 3]
    clause = None if at is None else answer.tokens[at].clause
    held = {token.word for token in near if clause in (None, token.clause)}
    return held - {token.word for token in source.tokens}


def _waits(source: Reading, cue: Cue) -> bool:
    """Whether something is denied only until a time."""
    own = source.tokens[cue.anchor].clause
    return any(t.word == "until" and t.clause == own for t in source.tokens[cue.anchor :])


def _is_outside(answer: Reading, at: int) -> bool:
    """Whether a place is said to be left or to lie elsewhere."""
    before = " ".join(token.word for token in answer.tokens[max(0, at - 3) : at])
    return bool(re.search(r"\bout of(?: the| his| her| its)?$|\boutside(?: of)?(?: the)?$", before))


def _turned(alignment: Alignment, mine: int, theirs: int) -> bool:
    """Whether the two words are opposites, so that one "not" makes them agree."""
    return are_opposite(alignment.answer.tokens[mine].root, alignment.source.tokens[theirs].root)


def _made_sure(alignment: Alignment) -> list[str]:
    """The source says "may" or "plans to" of what the answer takes for sure."""
    answer, source, back = alignment.answer, alignment.source, alignment.back
    reasons = []
    for cue in source.cues:
        mine = back.get(cue.anchor) if cue.kind in {"may", "plan"} else None
        if mine is None or not alignment.is_told_near(mine) or is_kept(alignment, cue, mine):
            continue
        reasons.append(_says(source.phrase(cue.first, cue.anchor), answer.phrase(mine, mine)))
    return reasons


def _made_past(alignment: Alignment) -> list[str]:
    """The source says "will" of what the answer says has happened."""
    answer, source, back = alignment.answer, alignment.source, alignment.back
    return [
        _says(source.phrase(cue.first, cue.anchor), answer.phrase(mine, mine))
        for cue in source.cues
        for mine in (back.get(cue.anchor),)
        if cue.kind == "will"
        and mine is not None
        and answer.is_past(mine)
        and not source.is_past(cue.anchor)
        and alignment.is_told_near(mine)
        and not answer.hedged_by()
    ]


def _reversed(alignment: Alignment) -> list[str]:
    """The answer has the opposite of a word of the source at its place."""
    answer, source, back = alignment.answer, alignment.source, alignment.back
    reasons = []
    won = agrees_on_winner(answer.text, source.text)
    for at, token in enumerate(answer.tokens):
        if at in alignment.pairs or not alignment.is_told_near(at) or (won and token.root in _LOST):
            continue
        for place, other in enumerate(source.tokens):
            if (
                place not in back
                and are_opposite(token.root, other.root)
                and alignment.same_place(at, place)
                and not any(
                    same.root == token.root and alignment.same_place(at, where)
                    for where, same in enumerate(source.tokens)
                )
                and bool(answer.negatives_near(at)) == bool(source.negatives_near(place))
                and not _is_converse(answer, at, source, place)
                and not _says_alike(alignment, at, place)
                and not _changes_sides(alignment, at, place)
                and (token.word in _PERSONS) == (other.word in _PERSONS)
                and _bound(answer, at) == _bound(source, place)
            ):
                reasons.append(_says(source.phrase(place, place), answer.phrase(at, at)))
    return reasons


def _bound(reading: Reading, at: int) -> str:
    """The word before, where both together say something else: "at" of "at least"."""
    token = reading.tokens[at]
    spans = (match.span() for match in _BOUNDS.finditer(reading.text))
    inside = any(start <= token.start < end for start, end in spans)
    return reading.tokens[max(0, at - 1)].word if inside else ""


def _is_converse(answer: Reading, at: int, source: Reading, place: int) -> bool:
    """Whether two words say the same of each side: "sold" and "was bought"."""
    before = [token.word for token in source.tokens[max(0, place - 2) : place]]
    if {answer.tokens[at].word, source.tokens[place].word} & _SALES:
        return True
    if answer.tokens[at].word.startswith("un"):
        if before == ["to", "be"] or (before[1:] == ["to"] and before[0] in _LEFT_UNDONE):
            return True  # "uncounted" for "to be counted"
        if before[-1:] == ["than"]:
            return True  # "unusually early" for "earlier than usual"
    both = [r.tokens[max(0, i - 1)].word in _BEING for r, i in ((answer, at), (source, place))]
    return both[0] != both[1] and bool(senses(answer.tokens[at].root) & _CONVERSE)


def _says_alike(alignment: Alignment, at: int, place: int) -> bool:
    """Whether the source has a word of one meaning there, or is said from the other end."""
    answer, source, back = alignment.answer, alignment.source, alignment.back
    mine, theirs = answer.tokens[at], source.tokens[place]
    if any(
        senses(mine.root) & senses(other.root)
        and where not in back
        and _is_nearer(alignment, at, where, place)
        for where, other in enumerate(source.tokens)
    ):
        return True  # "go up" for "increase", beside "the clock falls"
    if mine.root in _KILLING and _LOST_LIVES.search(source.text):
        return True
    if (mine.word, theirs.word) == ("last", "first"):  # "last in 1966" for "the first since 1966"
        since = [any(t.word == "since" for t in one.tokens) for one in (answer, source)]
        return since == [False, True]
    both = answer.negatives_near(at), source.negatives_near(place)
    return (mine.word, theirs.word) == ("unlike", "like") and all(one["not"] for one in both)


def _is_nearer(alignment: Alignment, at: int, one: int, other: int) -> bool:
    """Whether a place of the source is nearer than another to what stands before a word."""
    before = max((mine for mine in alignment.pairs if mine < at), default=None)
    if before is None or at - before > _CLOSE:
        return False
    left = alignment.pairs[before]
    return abs(one - left) < abs(other - left)


def _changes_sides(alignment: Alignment, at: int, place: int) -> bool:
    """Whether what stood behind "after" stands in front of "before", so that both say the same."""
    if alignment.answer.tokens[at].word not in _ORDERS:
        return False
    behind = [theirs for mine, theirs in sorted(alignment.pairs.items()) if 0 < mine - at <= _CLOSE]
    return bool(behind) and all(theirs < place for theirs in behind)


def _another_amount(alignment: Alignment) -> list[str]:
    """The answer says of more, or of fewer, or for longer, what the source says of others."""
    return [_says(theirs, mine) for theirs, mine in other_amounts(alignment)]


def _another_deed(alignment: Alignment) -> list[str]:
    """The answer has another deed of its kind at the place of one of the source."""
    answer, source = alignment.answer, alignment.source
    return [
        _says(source.phrase(place, place), answer.phrase(at, at))
        for at, place in other_deeds(alignment)
    ]


def _says(theirs: str, mine: str) -> str:
    return f"the source says “{_bare(theirs)}”, not “{_bare(mine)}”"


def _bare(words: str) -> str:
    return re.sub(r"[“”\"]", "", words)
