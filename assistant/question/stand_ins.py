"""What “he”, “it” and “they” stand for in a follow-up, from what the last turns were about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from assistant.question.asked_for import asked_for, without_brackets
from assistant.question.called import HE, SHE, called_otherwise
from assistant.question.follow_ups import AFTER_OBJECT, pointing, telling
from assistant.question.people import Named, named
from assistant.question.phrases import BEING, HELPING, ROLES, counted, is_role, is_whole, phrases
from assistant.question.winners import asks_who_won, winner
from assistant.types import Turn
from index.lexical import query_words, stems

__all__ = [
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

# “… about energy bills?”
_BARE_PHRASE = re.compile(
    r"\b(?:about|on|of|into|over|for|against)\s+(?P<words>[a-z-]+(?:\s+[a-z-]+){0,2})\s*[?.]*$"
)
_OF = re.compile(r"(?P<role>[\w-]+)\s+of\s+(?:the\s+)?$")
_WHOM = re.compile(r"\W*(?:and\s+)?(?:who|whom|whose)\b", re.IGNORECASE)
_WHO_IS = re.compile(r"\W*(?:(?:and|so|but)\s+)?who\s+(?:is|was)\s+", re.IGNORECASE)
# A question with a matter of its own: “What did he say about rail?”
_OWN_MATTER = re.compile(
    r"\b(?:about|on|regarding|concerning)\s+(?!(?:h?is|him|her|its?|them|their|that|this)\b)\w"
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
    """Whom “he” or “she” means: the person asked about, or whom the answer named.

    Somebody that the chat called by the other pronoun is meant only where nobody else can be: who
    that was may have been a guess.
    """
    guessed = ""
    for turn in reversed(history[-_TURNS:]):
        question = turn.question.text
        named_in_answer = named(_answer(turn))
        for names, least, acting in _looked_at(turn, named_in_answer, gender):
            likely = [n for n in names if n.person >= least and n.gender in {"", gender}]
            fitting = [n for n in likely if not called_otherwise(n.text, gender, history)]
            called = [n.text for n in likely if n not in fitting]
            guessed = guessed or next(iter(called), "")
            if guessed:
                beside = guessed in f"{question} {_answer(turn)}"
                fitting = [n for n in fitting if n.gender or (beside and n.person >= _SURE)]
            if fitting:
                known = [name for name in fitting if name.gender == gender]
                first = fitting[0]
                acts = acting and first.person > 0 and _acts(first, question)
                return (fitting if acts else known or fitting)[0].text
        plain, _ = without_brackets(question)
        role = _role(plain) or _role(question)
        if role and not guessed and not _is_somebody_else(role, gender, history):
            return role
        # The mayor is a man, so that “she” is a woman of whom the answer tells beside him.
        others = [n for n in named_in_answer if n.gender == gender]
        others = [n for n in others if not called_otherwise(n.text, gender, history)]
        if role and others:
            return others[0].text
    return guessed


def _looked_at(
    turn: Turn, said: Sequence[Named], gender: str
) -> Iterator[tuple[Sequence[Named], int, bool]]:
    """The names of a turn in the order in which they may be meant.

    Yields:
        Some names, how much has to speak for a person, and whether one of them may be who acts.
    """
    question = turn.question.text
    asked = [
        name
        for name in named(question)
        if is_whole(name.text, question) and not _is_ruled(name, question)
    ]
    plain, _ = without_brackets(question)
    if not _WHOM.match(question) or any(_is_asked_about(name, plain) for name in asked):
        yield from ((asked, 0, True), (said, _SURE, False))
        return
    said = _described(said, turn, _role(plain))
    said = _told_best(said, turn, gender) or said
    # Where “who” was asked, somebody that the answer names in full is who was meant.
    full = [name for name in said if " " in name.text and name.text not in question]
    yield from ((said, _SURE, False), (asked, 1, True), (full, 0, False))


def _is_asked_about(name: Named, plain: str) -> bool:
    """Whether a question is nothing but who somebody is: “Who is Viktor Amery?”."""
    around = plain[: name.start], plain[name.start + len(name.text) :]
    return bool(_WHO_IS.fullmatch(around[0])) and not any(map(str.isalnum, around[1]))


def _is_ruled(name: Named, question: str) -> bool:
    """Whether a name is what somebody is something of, as Lessing in “the mayor of Lessing”."""
    of = _OF.search(question[: name.start])
    return of is not None and is_role(of["role"])


def _role(question: str) -> str:
    """The first somebody of a question who is called by what they are, or nothing."""
    roles = (p for p in phrases(question) if is_role(p) and is_whole(p, question))
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
    words = " ".join(word for word in query_words(role) if word in ROLES)
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
    return bool(HELPING.search(question[: name.start]))


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
            return best if is_whole(best, asked) else ""
        if found:
            return found[-1] if is_whole(found[-1], asked) else ""
        if inside:
            return ""
        bare_phrase = _BARE_PHRASE.search(asked)
        thing = bare_phrase["words"] if bare_phrase else counted(asked)
        if thing:
            return thing
    return ""


def _is_subject(phrase: str, question: str) -> bool:
    """Whether a phrase is what something is said of, as in “How high is the tax in Lessing?”."""
    helped = HELPING.search(question[: max(question.find(phrase), 0)])
    return helped is not None and helped["verb"].lower() in BEING


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
        return names[0].text if is_whole(names[0].text, question) else ""
    return _thing(history)


def _answer(turn: Turn) -> str:
    return " ".join(sentence.text for sentence in turn.answer.sentences[:_SENTENCES])
