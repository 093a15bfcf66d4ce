"""What “he”, “it” and “they” stand for in a follow-up, from what the last turns were about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from assistant.question.asked_for import asked_for, without_brackets
from assistant.question.called import HE, SHE, called_otherwise
from assistant.question.follow_ups import AFTER_OBJECT, pointing, telling
from assistant.question.people import Named, named
from assistant.question.winners import asks_who_won, winner
from assistant.support.text.irregular import is_past_form
from assistant.support.text.words import word_set
from assistant.types import Turn
from index.lexical import query_words, stems

__all__ = [
    "PREPOSITION",
    "has_matter",
    "own_words",
    "resolved",
]

# Turns that are looked back at, and sentences of each answer.
_TURNS, _SENTENCES = 3, 4
# What has to speak for a person where somebody is looked for in an answer.
_SURE = 2
# Words beside a name that may say who that is: “the harbour master, Abel Moss”.
_BESIDE = 4

PREPOSITION = r"(?:of|into|on|in|over|for|about|at|with|against|between|from|to|by|after|before)"
"""What may hang something on a noun."""

_HELPING = re.compile(
    r"\b(?P<verb>did|does|do|will|would|can|could|should|has|have|had|was|were|is|are)\s+$",
    re.IGNORECASE,
)
_BEING = frozenset({"was", "were", "is", "are"})
_PHRASE = re.compile(
    r"\b(?:the|an?|his|her|their|its|[A-Z][\w’'-]*[’']s)\s+"
    rf"(?P<words>(?:(?!{PREPOSITION}\b|and\b|or\b|that\b|which\b|who\b)[\w’'“”-]+[ ]?)+)"
)
_TAIL = re.compile(rf"(?:{PREPOSITION}\s+(?:the\s+|an?\s+)?[\w’'-]+(?:\s+[A-Z][\w’'-]*)*\s*)+")
# “… about energy bills?”
_BARE_PHRASE = re.compile(
    r"\b(?:about|on|of|into|over|for|against)\s+(?P<words>[a-z-]+(?:\s+[a-z-]+){0,2})\s*[?.]*$"
)
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
_OF = re.compile(r"(?P<role>[\w-]+)\s+of\s+(?:the\s+)?$")
_OWNER = re.compile(r"[A-Z][\w-]*[’']")
_BEHIND_A_NAME = re.compile(r"\b[A-Z][\w’'-]*\s$")
_WHOM = re.compile(r"\W*(?:and\s+)?(?:who|whom|whose)\b", re.IGNORECASE)
# A question with a matter of its own: “What did he say about rail?”
_OWN_MATTER = re.compile(
    r"\b(?:about|on|regarding|concerning)\s+(?!(?:h?is|him|her|its?|them|their|that|this)\b)\w"
)
_ROLES = word_set(
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
# Whom one may ask for with “which”: “designer”, “pianist”.
_DOER = re.compile(r"(?:[eo]r|ist|ian|man|woman)$")
# What “they” may be, though it is one.
_SEVERAL = re.compile(
    r"(?:[^aius]s|agency|band|choir|club|company|crew|family|firm|gang|group|party|team)$"
)
_OWN = {"his", "her", "hers", "its", "their", "theirs"}
_IT = {"it", "its", "itself"}


def resolved(text: str, history: Sequence[Turn]) -> str:
    """The question with its first pronoun replaced, or nothing where it is not clear by what."""
    match = pointing(text)
    if match is None or "word" not in match.re.groupindex:
        return ""
    word = match["word"].lower()
    stands_for = _asked_for(word, history)
    if not stands_for and word in HE | SHE:
        stands_for = _person("he" if word in HE else "she", history)
    elif not stands_for:
        stands_for = _thing(history) if word in _IT else _several(history)
    if not stands_for or stands_for in text:
        return ""
    owning = word in _OWN and not (
        word in {"hers", "theirs"} or (word == "her" and AFTER_OBJECT.match(text, match.end()))
    )
    if owning:
        stands_for += "’" if stands_for.endswith("s") else "’s"
    if match.start() == 0:
        stands_for = stands_for[0].upper() + stands_for[1:]
    return f"{text[: match.start()]}{stands_for}{text[match.end() :]}"


def has_matter(text: str) -> bool:
    """Whether a question says what it is about, as “What did he say about rail?” does."""
    return bool(_OWN_MATTER.search(text))


def own_words(text: str) -> list[str]:
    """The telling words of a question but for its names."""
    in_names = {word for name in named(text) for word in query_words(name.text)}
    return [word for word in telling(text) if word not in in_names]


def _asked_for(word: str, history: Sequence[Turn]) -> str:
    """What was asked for, where a pronoun means that: “the old sailor” of “Which old sailor …”."""
    asked = asked_for(history[-1].question.text)
    if asked is None or asked.placed or asked.counted:
        return ""
    last = asked.noun.split()[-1]
    somebody = is_role(asked.noun) or last[0].isupper()
    if word in HE | SHE:
        fits = somebody or _DOER.search(last) is not None
    elif word in _IT:
        fits = not somebody
    else:
        fits = not somebody and _SEVERAL.search(last) is not None
    if not fits or (
        word in HE | SHE
        and called_otherwise(f"the {asked.noun}", "he" if word in HE else "she", history)
    ):
        return ""
    return f"the {asked.noun}"


# people


def _person(gender: Literal["he", "she"], history: Sequence[Turn]) -> str:
    """Whom “he” or “she” means: the person asked about, or whom the answer named."""

    def fits(name: Named) -> bool:
        return name.gender in {"", gender} and not called_otherwise(name.text, gender, history)

    for turn in reversed(history[-_TURNS:]):
        question = turn.question.text
        plain, _ = without_brackets(question)
        asked = [
            name
            for name in named(question)
            if _is_whole(name.text, question) and not _is_ruled(name, question)
        ]
        named_in_answer = said = named(_answer(turn))
        role = _role(plain)
        whom = _WHOM.match(question)
        if whom:
            said = _described(said, turn, role)
            said = _told_best(said, turn, gender) or said
        # Where “who” was asked, somebody that the answer names in full is who was meant.
        full = [name for name in said if " " in name.text and name.text not in question]
        looked_at = ((said, _SURE), (asked, 1), (full, 0)) if whom else ((asked, 0), (said, _SURE))
        for names, least in looked_at:
            fitting = [name for name in names if name.person >= least and fits(name)]
            if fitting:
                known = [name for name in fitting if name.gender == gender]
                first = fitting[0]
                acting = names is asked and first.person > 0 and _acts(first, question)
                return (fitting if acting else known or fitting)[0].text
        role = role or _role(question)
        if role and not _is_somebody_else(role, gender, history):
            return role
        # The mayor is a man, so that “she” is a woman of whom the answer tells beside him.
        others = [name for name in named_in_answer if name.gender == gender and fits(name)]
        if role and others:
            return others[0].text
    return ""


def _is_ruled(name: Named, question: str) -> bool:
    """Whether a name is what somebody is something of, as Lessing in “the mayor of Lessing”."""
    of = _OF.search(question[: name.start])
    return of is not None and is_role(of["role"])


def _role(question: str) -> str:
    """The first somebody of a question who is called by what they are, or nothing."""
    roles = (p for p in phrases(question) if is_role(p) and _is_whole(p, question))
    return next(roles, "")


def _is_somebody_else(role: str, gender: Literal["he", "she"], history: Sequence[Turn]) -> bool:
    """Whether a chat has called who is meant by a role with the other pronoun, or named them so."""
    if called_otherwise(role, gender, history):
        return True
    for turn in history:
        plain, _ = without_brackets(turn.question.text)
        if role not in plain or not _WHOM.match(plain):
            continue
        bearers = [n for n in _described(named(_answer(turn)), turn, role) if n.person >= _SURE]
        if bearers and all(name.gender not in {"", gender} for name in bearers):
            return True
        if any(called_otherwise(name.text, gender, history) for name in bearers):
            return True
    return False


def _described(said: Sequence[Named], turn: Turn, role: str) -> list[Named]:
    """Whom an answer names, those first that it calls by words of the question.

    Where the question calls somebody by a role (“the keeper”), nobody else is meant.
    """
    words = " ".join(word for word in query_words(role) if word in _ROLES)
    answer, wanted = _answer(turn), set(stems(words or turn.question.text))

    def called(name: Named) -> int:
        before = answer[: name.start].split()[-_BESIDE:]
        after = answer[name.start + len(name.text) :].split()[:_BESIDE]
        return len(wanted.intersection(stems(" ".join((*before, "–", *after)))))

    likely = [name for name in said if called(name)] if role else list(said)
    return sorted(likely, key=called, reverse=True)


def _told_best(said: Sequence[Named], turn: Turn, gender: str) -> list[Named]:
    """Those of whom the sentence tells that says most of what was asked."""
    asked = set(stems(turn.question.text))
    sentences = [sentence.text for sentence in turn.answer.sentences[:_SENTENCES]]
    best = max(sentences, key=lambda text: len(asked.intersection(stems(text))), default="")
    return [
        name
        for name in said
        if name.text in best and name.person >= _SURE and name.gender in {"", gender}
    ]


def _acts(name: Named, question: str) -> bool:
    """Whether somebody is the one who acts, as Marsh in “Why did Marsh call Ole Reith?” does."""
    return bool(_HELPING.search(question[: name.start]))


# things


def _thing(history: Sequence[Turn]) -> str:
    """What “it” means: what the last question was about, which is no person."""
    for turn in reversed(history[-_TURNS:]):
        asked, inside = without_brackets(turn.question.text)
        found = [p for p in phrases(asked) if not is_role(p)]
        known = {n.text.split()[-1] for n in named(_answer(turn)) if n.person > 1}
        names = [n for n in named(asked) if n.person < 1 and n.text not in known]
        if inside:
            # “What did Tarn say? (the dam)” is about the dam.
            names = [name for name in names if not _acts(name, asked)]
            found = found or [p for p in inside[:1] if not names and _is_noun(p)]
        subject = next((p for p in found if _is_subject(p, asked)), "")
        around = [p for p in found if names and names[0].text in p]
        best = subject or next(iter(around), names[0].text if names else "")
        if best:
            return best if _is_whole(best, asked) else ""
        if found:
            return found[-1] if _is_whole(found[-1], asked) else ""
        if inside:
            return ""
        bare_phrase = _BARE_PHRASE.search(asked)
        thing = bare_phrase["words"] if bare_phrase else counted(asked)
        if thing:
            return thing
    return ""


def _is_subject(phrase: str, question: str) -> bool:
    """Whether a phrase is what something is said of, as in “How high is the tax in Lessing?”."""
    helped = _HELPING.search(question[: max(question.find(phrase), 0)])
    return helped is not None and helped["verb"].lower() in _BEING


def _is_whole(phrase: str, question: str) -> bool:
    """Whether no noun of a name is left behind, as “movement” of “the Veldran movement” is.

    Behind “did” a verb follows a name, and so one more word may.
    """
    start = question.find(phrase)
    if start < 0:  # it stood in brackets
        return True
    helped = _HELPING.search(_TITLE.sub("", question[:start]))
    verb = helped is not None and helped["verb"].lower() not in _BEING
    left = _LEFT.match(question, start + len(phrase))
    if left and (left["more"] if verb else not is_past_form(left["word"])):
        return False
    half = _OWNER.match(phrase) and _BEHIND_A_NAME.search(question[:start])
    return not (half or _HALF.search(phrase))


def _is_noun(text: str) -> bool:
    return phrases(text) == [text] or [name.text for name in named(text)] == [text]


def _several(history: Sequence[Turn]) -> str:
    """What “they” means: what was counted, who won, an organisation, several people, or a thing."""
    turn = history[-1]
    question = turn.question.text
    many = asked_for(question)
    if many and many.counted and many.noun.endswith("s"):
        return f"the {many.noun}"
    if asks_who_won(question):
        return winner(question, _answer(turn))
    names = [name for name in named(turn.question.text) if name.person < 1]
    people = [name for name in named(turn.question.text) if name.person >= 1]
    if len(people) > 1:
        return f"{people[0].text} and {people[1].text}"
    if len(names) > 1 and re.search(
        rf"{re.escape(names[0].text)}\W+(?:and|or)\W+(?:the\s+)?{re.escape(names[1].text)}",
        turn.question.text,
    ):
        return f"{names[0].text} and {names[1].text}"
    if names:
        return names[0].text if _is_whole(names[0].text, question) else ""
    return _thing(history)


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
    helped = _HELPING.search(text[: match.start()])
    inside = [n for n in named(text) if match.start("words") <= n.start < match.end("words")]
    if inside:
        end = inside[-1].start + len(inside[-1].text)
        noun = (_NOUN_AND_VERB if helped else _NOUN).match(text, end)
        return text[match.start() : noun.end() if noun else end].strip()
    tail = _TAIL.match(text, match.end())
    if (
        helped
        and len(words) > 1
        and (helped["verb"].lower() not in _BEING or words[-1].endswith(("ed", "en", "ing")))
    ):
        tail, words = None, words[:-1]
    head = text[match.start() : match.start("words")]
    return f"{head}{' '.join(words)} {tail[0] if tail else ''}".strip()


def is_role(phrase: str) -> bool:
    """Whether a phrase is somebody by what they are: “the minister”."""
    return any(word in _ROLES for word in query_words(phrase)[:3])


def _answer(turn: Turn) -> str:
    return " ".join(sentence.text for sentence in turn.answer.sentences[:_SENTENCES])
