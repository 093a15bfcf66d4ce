"""The noun phrases of a question, and whether a name or a phrase is the whole of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.question.follow_ups import telling
from assistant.question.people import named
from assistant.support.text.irregular import is_past_form
from assistant.support.text.words import word_set
from index.lexical import query_words

__all__ = [
    "BEING",
    "HELPING",
    "PREPOSITION",
    "ROLES",
    "counted",
    "is_role",
    "is_whole",
    "phrases",
]

PREPOSITION = r"(?:of|into|on|in|over|for|about|at|with|against|between|from|to|by|after|before)"
"""What may hang something on a noun."""

HELPING = re.compile(
    r"\b(?P<verb>did|does|do|will|would|can|could|should|has|have|had|was|were|is|are)\s+$",
    re.IGNORECASE,
)
"""A helping verb at the end of what stands before a noun."""
BEING = frozenset({"was", "were", "is", "are"})
"""Helping verbs that need no other verb."""
_PHRASE = re.compile(
    r"\b(?:the|an?|his|her|their|its|[A-Z][\w’'-]*[’']s)\s+"
    rf"(?P<words>(?:(?!{PREPOSITION}\b|and\b|or\b|that\b|which\b|who\b)[\w’'“”-]+[ ]?)+)"
)
_TAIL = re.compile(rf"(?:{PREPOSITION}\s+(?:the\s+|an?\s+)?[\w’'-]+(?:\s+[A-Z][\w’'-]*)*\s*)+")
# “How many refugees have …”, “how much student debt did …”
_COUNTED = re.compile(
    r"\W*(?i:how\s+(?:many|much)|which|what)\s+(?P<words>(?:(?!did\b|does\b|do\b|is\b|was\b|are\b"
    r"|were\b|has\b|have\b|had\b|will\b|would\b|can\b|could\b)[a-z-]+\s+){1,3}?)"
    r"(?=(?:did|does|do|is|was|are|were|has|have|had|will|would|can|could|want|say)\b)"
)
# What goes on behind a name: “the Tarn dam”, “did the Tarn dam hold”.
_NOUN = re.compile(r"\s+(?!yesterday|today|now|again|first|last|so|yet)[a-z]+(?=\s*[?.]*$)")
_NOUN_AND_VERB = re.compile(r"\s+[a-z]+(?=\s+[a-z]+\s*[?.]*$)")
# Words that may go on with a name or a phrase that ends before them.
_LEFT = re.compile(
    rf"[\"”]?\s+(?P<word>(?!(?:{PREPOSITION}|and|or|but|that|which|who|when|while|if|as|since|until|now|today|yet"
    r"|is|was|are|were|be|been|has|have|had|will|would|can|could)\b|[a-z]+(?:ed|ing)\b)[a-z][\w-]*)"
    rf"(?P<more>\s+(?!(?:{PREPOSITION}|and|or|that|up|out|off|down|back|away|an?|the|it|its|his|her"
    r"|their|no|so|more|less|when|as|since|until|now|today|yet)\b|[a-z]+(?:ed|ly)\b)[a-z])?"
)
# A phrase that runs on into the next, as “the keeper hold up a” does.
_HALF = re.compile(
    rf"(?:^|\s)(?!{PREPOSITION}\b)[\w’'-]+\s+(?:an?|the|his|her|their|its)\b|\b(?:two|more)$"
)
_TITLE = re.compile(r"(?<=\s)[A-Z][\w.-]*\s+$")
_OWNER = re.compile(r"[A-Z][\w-]*[’']")
_BEHIND_A_NAME = re.compile(r"\b[A-Z][\w’'-]*\s$")
ROLES = word_set(
    """
    actor actress ambassador assassin attacker author baker boss captain chair chairman chairwoman
    chancellor chief coach commissioner councillor critic director doctor driver engineer
    footballer governor gunman inventor investigator journalist judge killer king lawyer leader man
    mayor minister mother father nurse officer owner passenger pilot player poet pope premier
    president prince princess professor prosecutor queen reporter researcher scientist secretary
    senator shooter singer spokesman spokeswoman suspect teacher victim winner witness woman writer
    athlete attorney boy brother candidate champion comedian congressman congresswoman daughter girl
    host husband inmate nominee policeman policewoman rapper sister son star wife
    """
)
"""What somebody may be called by what they are."""


def counted(text: str) -> str:
    """What a question counts, such as the refugees of “how many refugees have …”; or nothing."""
    match = _COUNTED.match(text)
    return match["words"].strip() if match and telling(match["words"]) else ""


def phrases(text: str) -> list[str]:
    """The noun phrases of a question that begin with an article, with what hangs on them."""
    return list(_found_phrases(text))


def _found_phrases(text: str) -> Iterator[str]:
    for match in _PHRASE.finditer(text):
        phrase = _phrase(match, text)
        if phrase:
            yield phrase


def _phrase(match: re.Match[str], text: str) -> str:
    """One phrase without the verb that a question puts behind it (“did the deal cover”)."""
    words = match["words"].split()
    helped = HELPING.search(text[: match.start()])
    inside = [n for n in named(text) if match.start("words") <= n.start < match.end("words")]
    if inside:
        end = inside[-1].start + len(inside[-1].text)
        noun = (_NOUN_AND_VERB if helped else _NOUN).match(text, end)
        return text[match.start() : noun.end() if noun else end].strip()
    tail = _TAIL.match(text, match.end())
    if (
        helped
        and len(words) > 1
        and (helped["verb"].lower() not in BEING or _is_participle(words[-1], last=tail is None))
    ):
        tail, words = None, words[:-1]
    head = text[match.start() : match.start("words")]
    return f"{head}{' '.join(words)} {tail[0] if tail else ''}".strip()


def _is_participle(word: str, *, last: bool) -> bool:
    """Whether a verb ends a question; before more, “born” goes on with who is meant."""
    return word.endswith(("ed", "en", "ing")) or (last and is_past_form(word))


def is_role(phrase: str) -> bool:
    """Whether a phrase is somebody by what they are: “the minister”."""
    return any(word in ROLES for word in query_words(phrase)[:3])


def is_whole(phrase: str, question: str) -> bool:
    """Whether no noun of a name is left behind, as “movement” of “the Veldran movement” is.

    Behind “did” a verb follows a name, and so one more word may.
    """
    start = question.find(phrase)
    if start < 0:  # it stood in brackets
        return True
    helped = HELPING.search(_TITLE.sub("", question[:start]))
    verb = helped is not None and helped["verb"].lower() not in BEING
    left = _LEFT.match(question, start + len(phrase))
    if left and (left["more"] if verb else not is_past_form(left["word"])):
        return False
    half = _OWNER.match(phrase) and _BEHIND_A_NAME.search(question[:start])
    return not (half or _HALF.search(phrase))
