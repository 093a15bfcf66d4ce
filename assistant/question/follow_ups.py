"""Tells a question that cannot stand alone from one that can."""

from __future__ import annotations

import re

from assistant.question.asked_for import asked_for
from assistant.question.left_out import leaves_out
from assistant.question.people import named
from assistant.question.time_words import TimeWords
from assistant.support.text.languages import language
from assistant.support.text.words import word_set
from index.lexical import query_words

__all__ = [
    "AFTER_OBJECT",
    "OPENING",
    "asks_why",
    "bare",
    "is_follow_up",
    "is_long",
    "pointing",
    "spelled_out",
    "telling",
]

OPENING = re.compile(
    r"\s*(?:(?:and|but|so|also|or|then|ok(?:ay)?|plus|well|yes|no|right|sorry|actually"
    r"|I\s+mean(?:t)?)\b[\s,:]*)*"
    r"(?P<about>(?:what|how)\s+about\b|what\s+of\b)?\s*",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\W*(?:and|but)\b", re.IGNORECASE)
# “Her” before one of these stands by itself: “Who saw her on Tuesday?”
AFTER_OBJECT = re.compile(
    r"\s*(?:[?.,!;]|$|(?:on|in|at|to|for|with|by|from|about|as|after|before|and|or|during)\b)"
)
_PERSONAL = re.compile(
    r"\b(?P<word>he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themselves|it|its"
    r"|itself)\b(?![’']?\s*(?:is\s+)?true\b)",
    re.IGNORECASE,
)
# “It” that stands for nothing: “how long did it take to”, “is it true that”, “it is said”.
_EMPTY = re.compile(
    r"\bit\s+(?:take|takes|took|rain|rained|snow|snowed|seem|seems|turn(?:s|ed)?\s+out)\b"
    r"|\b(?:is|was|does|will\s+be|would\s+be)\s+it\s+(?:true|possible|likely|clear|known|safe|legal"
    r"|illegal|called|like|that|who|worth|mean)\b|\bit\s+(?:is|was)\s+(?:\w+ed|true|possible)\b"
    r"|\bwhat\s+(?:is|was)\s+it\s+like\b|\bmake\s+it\b",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(
    r"(?:\b(?:this|these|those)|(?:^|\b(?:of|about|for|with|on|in|at|to|by|did|does|do|was|is|were"
    r"|are|has|have|had|will|can|could|would|why|how|when|where|what|and|but|after|before)\s+)that)"
    r"\s*(?=[?.,!;]|$|(?:is|was|were|are|had|has|have|happen\w*|mean|means"
    r"|change|changes|affect|work|come|came|go|make|take|cost|look|sound|follow|apply|include"
    r"|about|for|in|on|at|to|end|start|begin|lead|really|still|all|too|true|enough|possible)\b)"
    r"|(?:^|\b(?:of|about|for|with|on|in|at|to|by|against|behind|after|before|into|did|does|do|was"
    r"|is|were|are|has|have|had|will|can|could|would|and|why|how|when|where)\s+)"
    r"(?:this|that|these|those)\s+"
    r"(?!week|month|year|season|summer|winter|spring|autumn|morning|evening|afternoon|time|weekend"
    r"|century|decade|quarter|day\b|the\b|a\b|an\b|he\b|she\b|it\b|they\b|there\b)[a-z]",
    re.IGNORECASE,
)
_SAYING_THAT = re.compile(
    r"\b(?:say|says|said|think|thinks|claim|claims|claimed|believe|deny|denied|know|show|shows|showed"
    r"|announce|announced|report|reported|mean|suggest|agree|agreed|warn|warned|hope|fact|true"
    r"|so|such)\s+that\b",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )(?<!will )(?<!has )(?<!have )(?<!out )"
    r"(?<!up )(?<!over )\bthere\b(?!\s+(?:is|are|was|were|be|been|has|have|will|any|to\s+be)\b)"
    r"|\bthen\s*[?.!]*$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:the\s+(?:same|others?|two|both|rest)\b"
    r"|which\s+others?\b|such\s+an?\b|who\s+else|what\s+else|where\s+else|anyone\s+else|anything\s+else|how\s+else|which\s+one"
    r"|which\s+of\s+(?:the\s+two|them|these|those)|both\b|neither\b|one\s+of\s+them"
    r"|any\s+of\s+them|all\s+of\s+them|so\s*[?.!]*$|instead\s*[?.!]*$|either\s*[?.!]*$)",
    re.IGNORECASE,
)
# Words of its own topic that make up for “that” and “both”.
_ENOUGH = 5
_SHORT = re.compile(r"\b(who|what|where|when|how|that|there|it)[’']s\b", re.IGNORECASE)
# What a question asks and has no topic of its own.
_GENERIC = word_set(
    """
    accused affected agree agreed agrees allegation amount angry announce announced answer argue
    arrested asked author away back became begin began begun believe blame blamed called cause
    caused changed claim claimed close closed come confirmed cost costs country damage date day
    days dead deaths decide decided denied deny details did die died dies different earlier effect
    end ended event exact exactly example expected explain explained fault figure figures final
    finally find first follow found full given go going got great ground group guilty happen
    happened happening happens hear help high hurt idea important injured involved job killed know
    known last late later lead leading leads leave led left less likely little long main make many
    matter mean means meant meet money months much name named names new next number numbers number
    old open opened outcome paid part pay people percent person place plan planned plans point
    possible price problem promise promised proof punishment put react reacted reaction reason
    reasons related reply replied report reported reports resign resigned respond responded response
    responsible result results said saw say saying says second seen set share show side sign source
    sources speak spoke start started statement still stop stopped support supported survive
    survived sure talk tell think third time times toll told took total true try turn use used
    victims vote wait want wanted way week weeks went work worked works wounded wrong year years
    """
)

_REASON = re.compile(
    r"(?:why|how\s+come|how\s+so|for\s+what\s+reason)(?:\s+not)?"
    r"(?:\s+(?:(?:is|was|did|does|has)\s+)?(?:that|this|it|so)"
    r"(?:\s+(?:so|happen(?:ed)?|the\s+case|be))?)?(?:\s+(?:exactly|though|then))?\W*",
    re.IGNORECASE,
)
_ASKING = word_set("who whom whose what when where which why how since by so and really he she it")


def spelled_out(text: str) -> str:
    """A question with “who is” for “who’s”, which owns nothing."""
    return _SHORT.sub(r"\1 is", text)


def bare(text: str, times: list[TimeWords]) -> str:
    """A question without its opening (“And …”) and its times."""
    for each in sorted(times, key=lambda each: -each.start):
        text = f"{text[: each.start]} {text[each.end :]}"
    return OPENING.sub("", text, count=1)


def asks_why(text: str) -> bool:
    """Whether a question is “why?” or the like and says nothing of what."""
    opening = OPENING.match(text)
    return _REASON.fullmatch(text, opening.end() if opening else 0) is not None


def telling(text: str) -> list[str]:
    """The words of a question that are a topic of its own."""
    words = (word for word in query_words(text) if len(word) > 1 or not word.isascii())
    return [word for word in words if word not in _GENERIC and word not in _ASKING]


def pointing(text: str) -> re.Match[str] | None:
    """The first word that points at something said before the question."""
    for match in _PERSONAL.finditer(text):
        if not _stands_for_itself(text, match):
            return match
    if is_long(text):
        return None
    for pattern in (_DEMONSTRATIVE, _THERE, _OTHERS):
        for match in pattern.finditer(text):
            if pattern is _DEMONSTRATIVE and _SAYING_THAT.search(text[: match.end()].rstrip()):
                continue
            return match
    return None


def is_long(text: str) -> bool:
    """Whether a question says enough by itself, whatever “that” or “both” it holds."""
    return len(telling(text)) >= _ENOUGH or len(named(text)) > 1


_A_NOUN = re.compile(
    r"\b(?:the|a|an|this|that|which|what|how\s+many|whose|these|those|some|any|each|every|many"
    r"|two|three|[a-z]+[’']s)\s+(?!(?:did|does|do|is|was|were|are|has|have|had|will|would|can|could"
    r"|should|much|many|of|about|happened|he|she|it|they)\b)[a-z]+",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"\bwho\b(?!\s+(?:did|does|do|was|is|were|are|has|had|will)\s+(?:he|she|they|his|her|their|its)\b)",
    re.IGNORECASE,
)


# “When she died, Queen Elizabeth left …”
_AHEAD_OF_NAME = re.compile(
    r"\s*(?:when|while|in|with|after|before|despite|as|during|since|on|following)\b"
    r"(?!\s+(?:did|does|do|is|was|were|are|has|have|had|will|would|can|could|may|might|should)\b)"
    r"[^,?.]*$",
    re.IGNORECASE,
)


# “How many votes did …” asks for the votes, so that “it” is something else.
_ASKED_FOR = re.compile(
    r"\W*(?:\w+\W+){0,2}(?:how\s+(?:many|much)|which|what|whose)\s+(?:[\w’'-]+\s+){1,3}"
    r"(?:did|does|do|is|was|are|were|has|have|had|will|would|can|could|should)\s+$",
    re.IGNORECASE,
)


# Whoever does something does it to somebody else, as else it would be “himself”: “Who replaced
# her?”, “What did China say about it?”; but “who lost his job?”, and whatever has two verbs.
_HELP = r"(?:did|does|do|has|have|had|will|would|can|could|should|is|was|are|were)"
_DOING = re.compile(
    rf"\W*(?:(?:who|what|(?:which|what|how\s+many)(?:\s+[\w-]+){{1,2}})\s+(?:{_HELP}\s+)?[\w-]+"
    rf"|(?:(?:what|how(?:\s+(?:many|much|long|often|far))?|why|when|where|who|whom)\s+)?{_HELP}\s+(?:[\w.’'-]+\s+){{1,4}}[\w-]+)"
    r"(?:\s+(?:about|to|of|for|with|on|against|from|over|in|behind))?\s+$",
    re.IGNORECASE,
)
# “Which towns call it …”
_DONE_TO_IT = re.compile(r"[a-z]+\s+it\b(?!\s+(?:is|was|has|had|will|would|can|could|[a-z]+ed)\b)")
_TWO_VERBS = re.compile(
    r"\w\s.*\b(?:and|that|who|which|when|while|if|because|after|before|by|to)\s+(?=\w)",
    re.IGNORECASE,
)


def _is_done_to(text: str, match: re.Match[str]) -> bool:
    before = re.sub(r"\bto\s+$", "", text[: match.start()])
    return (
        match["word"].lower() in {"him", "her", "them", "it"}
        and bool(AFTER_OBJECT.match(text, match.end()))
        and bool(_DOING.fullmatch(text[: match.start()]))
        and not _TWO_VERBS.search(before)
    )


def _stands_for_itself(text: str, match: re.Match[str]) -> bool:
    """Whether a pronoun has in the same question what it stands for, or stands for nothing."""
    word, before = match["word"].lower(), text[: match.start()]
    if _AHEAD_OF_NAME.match(before) and named(text[match.end() :]):
        return True
    asked, is_thing = asked_for(text), word in {"it", "its", "itself"}
    if _is_done_to(text, match) or (word == "it" and asked and _DONE_TO_IT.match(asked.said)):
        return False
    if is_thing and any(m.start() <= match.start() < m.end() for m in _EMPTY.finditer(text)):
        return True
    if _ASKED_FOR.fullmatch(before):
        return False
    if named(before) or _A_NOUN.search(before):
        return True
    return not is_thing and _WHO.search(text[: match.end()]) is not None


def is_follow_up(text: str, times: list[TimeWords], before: str) -> bool:
    """Whether a question needs the turns before it to be understood.

    It does when it points back (“he”, “that”, “there”, “the other”), is a fragment (“And in
    March?”), leaves out what it is about, or opens with “and” or the like and has no topic of its
    own.

    Args:
        text: The question.
        times: The times in it.
        before: The question before it.
    """
    # The rules are those of English.
    return language(text) in {"", "en"} and _needs_more(spelled_out(text), times, before)


def _needs_more(text: str, times: list[TimeWords], before: str) -> bool:
    if asks_why(text) or pointing(text):
        return True
    opening = OPENING.match(text)
    rest = bare(text, times)
    names = named(rest)
    words = telling(rest)
    if opening and (opening["about"] or _GOES_ON.match(text)):
        return True
    if not words and not names:
        return not (times and re.search(r"\bhappen|\bnews\b", rest, re.IGNORECASE))
    noun_alone = not names and _NOUN_ALONE.fullmatch(rest)
    if noun_alone or _is_fragment(rest) or (not times and leaves_out(rest, words, before)):
        return True
    if opening and opening.end():
        in_names = {word for name in names for word in query_words(name.text)}
        return not names or not [word for word in words if word not in in_names]
    return False


_ASKS = re.compile(
    r"\b(?:who|what|when|where|which|why|how|whose|whom|did|does|do|is|was|were|are|has|have|had"
    r"|will|would|can|could|should|tell|list|name|show|explain|describe|summari[sz]e|give|compare)\b",
    re.IGNORECASE,
)


# “After how many years?”
_ASKS_WHICH = re.compile(
    r"\W*(?:after|at|by|for|from|in|on|since|to|until|with)\s+(?:how\s+\w+|which|what|whose)\s+[\w-]+"
    r"\W*",
    re.IGNORECASE,
)
# “How many doses?”, “Which towns?”, and no word of what was done with them.
_NOUN_ALONE = re.compile(
    r"\W*(?:how\s+(?:many|much)(?:\s+(?:more|other|new))?|which(?:\s+other)?|whose"
    r"|what(?:\s+(?:other|kind\s+of|sort\s+of))?)\s+(?![a-z]+ed\b)[a-z-]+(?:\s+(?:exactly|so\s+far|in\s+(?:all|total)))?\W*",
    re.IGNORECASE,
)


def _is_fragment(rest: str) -> bool:
    """A few words that ask nothing by themselves: “Germany?”, “On rail?”."""
    return bool(_ASKS_WHICH.fullmatch(rest)) or (len(rest.split()) <= 4 and not _ASKS.search(rest))
