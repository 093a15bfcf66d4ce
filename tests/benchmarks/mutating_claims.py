"""Changes of what a sentence says of its facts, which make it false: whether, how surely, who says.

None uses what the checks use.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from mutating import Mutation, one, swap
from mutating_words import WORDS

if TYPE_CHECKING:
    from drawn import Drawn, Names

__all__ = ["CLAIMS"]

_SAID = (
    r"(?:said|says|told \w+(?: \w+)?|added|claimed|claims|argued|warned|insisted|noted|explained"
    r"|announced|alleged|believes|believed|suggested|wrote|tweeted|predicted|estimated|stressed)"
)
# What was announced or suggested is often a thing, not a statement.
_ANNOUNCES = re.compile(r"\b(?:announced|suggested|predicted|estimated|wrote|warned)\b(?! that\b)")
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I’m|we|We|We’re|We're|my|our|us|me|you|your)\b")


# polarity, modality, comparison

_BASES = {
    "approved": "approve",
    "won": "win",
    "lost": "lose",
    "agreed": "agree",
    "accepted": "accept",
    "voted": "vote",
    "found": "find",
    "signed": "sign",
    "took": "take",
    "gave": "give",
    "made": "make",
    "said": "say",
    "became": "become",
    "began": "begin",
    "killed": "kill",
    "passed": "pass",
    "ended": "end",
    "opened": "open",
    "closed": "close",
    "announced": "announce",
    "asked": "ask",
    "called": "call",
    "showed": "show",
    "led": "lead",
    "left": "leave",
    "went": "go",
    "came": "come",
    "saw": "see",
    "used": "use",
    "worked": "work",
    "played": "play",
    "helped": "help",
    "moved": "move",
    "paid": "pay",
    "met": "meet",
    "sent": "send",
    "bought": "buy",
    "sold": "sell",
    "received": "receive",
    "released": "release",
    "increased": "increase",
    "rose": "rise",
    "fell": "fall",
    "knew": "know",
    "wanted": "want",
    "needed": "need",
    "raised": "raise",
    "returned": "return",
    "launched": "launch",
    "died": "die",
}


def negation_added(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Negates a verb: "is not" for "is", "did not approve" for "approved"."""
    if re.search(r"\b(?:not|no|never|nor|neither|without)\b|n[’']t\b", drawn.text):
        return None
    verbs = "|".join(_BASES)
    return one(
        pick,
        drawn.text,
        r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should)\b(?= [a-z])"
        r"(?! (?:to|not|never|only|even)\b)"
        rf"|(?<=[a-z] )(?:{verbs})\b(?= [a-z])(?<!to {verbs[:1]})",
        lambda match: (
            f"did not {_BASES[match[0]]}"
            if match[0] in _BASES and _is_finite(drawn.text, match.start())
            else f"{match[0]} not"
            if match[0] not in _BASES
            else None
        ),
    )


def _is_finite(text: str, at: int) -> bool:
    """Whether a verb in -ed is likely to be a past tense, not a participle."""
    before = re.search(r"([\w’']+) $", text[:at])
    return not before or before[1].lower() not in set(
        "is are was were be been being has have had having of by the a an and or not to get got"
        " as when if his her its their newly just already recently who that which in with more it"
        " most least also were’t".split()
    )


def negation_dropped(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """Affirms a negated verb: "is" for "is not", "some" for "no"."""
    changes = {"never": "always", "no": "some", "cannot": "can", "can't": "can", "won't": "will"}

    def other(match: re.Match[str]) -> str:
        word = match[0].replace("’", "'")
        if word in changes:
            return changes[word]
        bare = re.sub(r"n't$| not$", "", word)
        return {"did": "did indeed", "do": "do indeed", "does": "does indeed"}.get(bare, bare)

    return one(
        pick,
        drawn.text,
        r"\b(?:is|are|was|were|has|have|had|did|does|do|would|could|should)(?:n[’']t| not)\b"
        r"(?! (?:only|just|because|merely|necessarily|even|always))(?!\?)"
        r"|\b(?:cannot|can[’']t|won[’']t)\b|\bnever\b"
        r"|\bno\b(?= [a-z])(?! (?:longer|one|matter|more))",
        other,
    )


def modality(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """What may be or is planned becomes what is or will be."""
    changes = {
        "may": "will",
        "might": "will",
        "could": "will",
        "may have": "have",
        "might have": "have",
        "could have": "have",
        "plans to": "will",
        "plan to": "will",
        "hopes to": "will",
        "hope to": "will",
        "wants to": "will",
        "want to": "will",
        "is expected to": "will",
        "are expected to": "will",
        "is likely to": "will",
        "are likely to": "will",
        "was expected to": "will",
        "appears to be": "is",
        "appear to be": "are",
        "seems to be": "is",
        "tried to": "managed to",
        "threatened to": "decided to",
        "considering": "implementing",
        "has denied": "has admitted",
        "have denied": "have admitted",
        "denied": "admitted",
        "denies": "admits",
        "denying": "admitting",
    }
    dropped = "allegedly|alleged|suspected|reportedly|possibly|probably|potentially"
    if re.search(r"\bif\b|\?", drawn.text, re.IGNORECASE):
        return None
    words = "|".join(sorted(changes, key=len, reverse=True))
    # Of "could possibly" either word may go, and it is as unsure as before.
    alone = r"(?<!how )(?<!than )(?<!may )(?<!might )(?<!could )"
    return one(
        pick,
        drawn.text,
        rf"{alone}\b(?:{words})\b(?![’'-]| not\b| only\b| (?:{dropped}))"
        rf"|{alone}\b(?:{dropped}) (?=[a-z])",
        lambda m: changes.get(m[0], ""),
    )


def comparison(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """The other direction: "fewer" for "more", "fell" for "rose"."""
    pairs = (
        "more than/fewer than less than/more than fewer than/more than higher/lower lower/higher"
        " rose/fell fell/rose rise/fall fall/rise rising/falling falling/rising risen/fallen"
        " increased/decreased increase/decrease decrease/increase decreased/increased"
        " increasing/decreasing declined/increased decline/increase dropped/climbed up/down"
        " larger/smaller smaller/larger bigger/smaller better/worse worse/better before/after"
        " after/before above/below below/above most/least largest/smallest biggest/smallest"
        " highest/lowest lowest/highest oldest/youngest youngest/oldest faster/slower"
        " slower/faster greater/smaller stronger/weaker longer/shorter earlier/later later/earlier"
        " at least/at most over/under gained/lost jumped/slumped grew/shrank maximum/minimum"
    )
    change = dict(
        re.findall(
            r"((?:more|less|fewer) than|at least|\w+)/((?:fewer|less|more) than|at most|\w+)", pairs
        )
    )
    words = "|".join(sorted((w for w in change if w not in {"up", "over"}), key=len, reverse=True))
    return one(
        pick,
        drawn.text,
        rf"\b(?:{words})\b|\bup(?= \d)|\bover(?= [$€£]?\d)",
        lambda match: change[match[0]],
    )


def opposite(drawn: Drawn, _: Names, pick: random.Random) -> str | None:
    """The opposite of a verb or adjective: "rejected" for "approved"."""
    pairs = (
        "approved/rejected rejected/approved accepted/refused refused/agreed won/lost lost/won"
        " supported/opposed opposed/supported supports/opposes opposes/supports guilty/innocent"
        " convicted/acquitted acquitted/convicted opened/closed closed/opened opening/closing"
        " arrived/departed joined/left bought/sold sold/bought hired/fired safe/dangerous"
        " legal/illegal illegal/legal alive/dead dead/alive started/stopped began/ended"
        " ended/began success/failure succeeded/failed failed/succeeded failed/managed"
        " confirmed/denied allowed/banned banned/allowed banning/allowing win/lose lose/win"
        " victory/defeat defeat/victory defeated/lost-to strong/weak rich/poor public/private"
        " private/public male/female men/women women/men mother/father father/mother son/daughter"
        " daughter/son brother/sister sister/brother husband/wife wife/husband north/south"
        " south/north east/west west/east northern/southern southern/northern eastern/western"
        " western/eastern killed/injured injured/killed wounded/killed dead/injured"
        " arrested/released released/arrested increased/cut Republican/Democratic"
        " Democratic/Republican Republicans/Democrats Democrats/Republicans import/export"
        " exports/imports imports/exports borrowed/lent praised/criticized criticized/praised"
    )
    change = dict(pair.split("/") for pair in pairs.split() if "-" not in pair)
    return one(pick, drawn.text, rf"\b(?:{'|'.join(change)})\b", lambda m: change[m[0]])


# who says so


def _attributed(text: str) -> tuple[str, str, tuple[int, int]] | None:
    """What somebody says, who says so, and where that stands."""
    forms = (
        (
            rf"(?P<who>[A-Z][^,“”\"]{{2,60}}?) {_SAID}(?: (?:on|in) [A-Z]\w+)?(?: that)?"
            r" (?P<what>[^“”\"]+)\."
        ),
        rf"(?P<what>[^“”\"]+), (?P<who>[^,“”\"]{{2,60}}?) {_SAID}(?: (?:on|in) [A-Z]\w+)?\.",
        rf"[“\"](?P<what>[^“”\"]+),[”\"] (?P<who>[^,“”\"]{{2,60}}?) {_SAID}\.",
        rf"[“\"](?P<what>[^“”\"]+),[”\"] {_SAID} (?P<who>[^,“”\"]{{2,60}}?)\.",
        r"(?P<what>[^“”\"]+), according to (?P<who>[^,“”\"]{2,60}?)\.",
        r"According to (?P<who>[^,“”\"]{2,60}?), (?P<what>[^“”\"]+)\.",
    )
    for form in forms:
        match = re.fullmatch(form, text)
        if (
            match
            and len(match["what"].split()) >= 5
            and not _FIRST_PERSON.search(match["what"])
            and not re.search(r"\b(?:be|been|is|was|that|not|can[’']t)$", match["who"])
        ):
            return match["what"], match["who"], match.span("who")
    return None


def attribution_dropped(drawn: Drawn, _: Names, __: random.Random) -> str | None:
    """What somebody says becomes what is."""
    found = _attributed(drawn.text)
    if not found or re.match(
        r"(?:he|she|it|they|to|but|and|so|of|goodbye|(?:a|an|the)(?: \w+){0,3}\.?$|\w+day that)\b",
        found[0],
        re.IGNORECASE,
    ):
        return None
    if re.search(rf"\b{_SAID}\b|\b[Aa]ccording to\b", found[0]) or _ANNOUNCES.search(drawn.text):
        return None
    return found[0][0].upper() + found[0][1:] + "."


def speaker_changed(drawn: Drawn, names: Names, pick: random.Random) -> str | None:
    """Somebody else of the same passage says it."""
    found = _attributed(drawn.text)
    named = names.find(found[1]) if found else []
    if not found or not named:
        return None
    own = set(" ".join(m[0] for m in named).split(" "))
    others = sorted(
        {
            m[0]
            for m in names.find(drawn.evidence.context.partition("\n")[2].partition("\n")[2])
            if m[0].count(" ") == 1 and not set(m[0].split(" ")) & own and m[0] not in drawn.text
        }
    )
    if not others:
        return None
    start, end = found[2]
    return swap(drawn.text, start, end, pick.choice(others))


CLAIMS: dict[str, Mutation] = {
    "negation added": negation_added,
    "negation dropped": negation_dropped,
    "attribution dropped": attribution_dropped,
    "speaker changed": speaker_changed,
    "modality": modality,
    "comparison": comparison,
    "opposite": opposite,
    **WORDS,
}
