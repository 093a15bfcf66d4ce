"""“Why?” after an answer: the last question, asked for the reason.

“When did Okafor resign?” becomes “Why did Okafor resign?”, “How high is the tax?” becomes “Why is
the tax so high?”, and “What did Halvex offer for Tindra?” “Why did Halvex offer that for Tindra?”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.asked_for import asked_for, gist, without_brackets
from assistant.question.follow_ups import telling
from assistant.question.people import named
from assistant.question.phrases import PREPOSITION, phrases
from assistant.types import Turn
from index.errors import UsageError

__all__ = ["untold", "why_of"]

_HELP = (
    r"(?P<aux>did|does|do|is|was|are|were|has|have|had|will|would|can|could|should|may|might"
    r"|must)\b"
)
_WHY = re.compile(r"\W*(?:(?:and|but|so)\s+)?(?:why|how\s+come)\b", re.IGNORECASE)
_QUESTION = re.compile(
    r"\W*(?:(?:and|but|so)\s+)?(?P<lead>when|where|what|who|how(?:\s+(?!many\b)[a-z]+)?)?\s*"
    rf"\b{_HELP}\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_HAPPENED = re.compile(r"\W*(?:and\s+)?what\s+happened\b(?P<where>.*)", re.IGNORECASE)
_AT_ONCE = re.compile(rf"{_HELP}\s+(?P<rest>.+)", re.IGNORECASE)
_HUNG_ON = re.compile(rf"{PREPOSITION}\s")
_DOES = re.compile(r"\b(?P<aux>did|does|do)\s+$", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:the|an?|his|her|its|their|he|she|it|they|[A-Z][\w’'-]*)\b")
_BEING = frozenset({"is", "was", "are", "were"})
# How old somebody is has none.
_NO_REASON = frozenset({"old"})
_NEGATED = re.compile(r"^Why (did|does|do|is|was|are|were|has|have|had|would|could)\b")
# What has to speak for a person.
_SURE = 2


def untold() -> UsageError:
    """What is said where there is nothing that “why?” may be about."""
    return UsageError(
        "it cannot be told what that asks the reason of", help="ask it in full: “Why did …?”"
    )


def why_of(text: str, history: Sequence[Turn]) -> str:
    """What a bare “why?” asks after the last turn.

    Args:
        text: The question, as “how come?” or “why not?”.
        history: The turns before it, oldest first; at least one.

    Raises:
        UsageError: When the last question asked why already, or nothing can be made of it.
    """
    last = history[-1].question.text.strip()
    plain, inside = without_brackets(last)
    if _WHY.match(plain):
        raise UsageError(
            f"“{last}” was asked already",
            help="ask for the reason of something that the answer says: “Why did …?”",
        )
    asked = _reason(plain.strip(" ?.!"), history[-1])
    if not asked:
        topic = gist(last)
        if not telling(topic) and not named(topic):
            raise untold()
        return f"Why? ({topic})"
    if re.search(r"\bnot\b", text, re.IGNORECASE):
        asked = _NEGATED.sub(r"Why \1n’t", asked)
    return f"{asked} ({inside[-1]})" if inside else asked


def _reason(plain: str, turn: Turn) -> str:
    """A question as one for the reason, or nothing where it is not clear how.

    Raises:
        UsageError: When there is no reason to ask for.
    """
    happened = _HAPPENED.fullmatch(plain)
    if happened:
        return f"Why did this happen{happened['where']}?"
    match = _QUESTION.fullmatch(plain)
    lead = (match["lead"] or "").lower() if match else "who"
    if match is None or lead == "who":
        return _of_some(plain) or _of_somebody(plain, turn)
    aux, rest = match["aux"].lower(), match["rest"]
    if lead == "what":
        return _of_thing(aux, rest, plain)
    how = lead.removeprefix("how").strip() if lead.startswith("how") else ""
    if how in _NO_REASON:
        raise untold()
    placed = {"where": " there", "when": " then" if aux in _BEING else ""}
    return f"Why {aux} {rest}{f' so {how}' if how else placed.get(lead, '')}?"


def _of_thing(aux: str, rest: str, plain: str) -> str:
    """“What is the cause of it?”, “What is happening there?”, “What did Halvex offer?”."""
    if aux not in _BEING:
        return _of_object(aux, rest, plain)
    return f"Why {aux} {'this' if rest.startswith('happening') else 'that'} {rest}?"


def _of_object(aux: str, rest: str, plain: str) -> str:
    """“What did Halvex offer for Tindra?”, with “that” for what is asked for."""
    subjects = (*phrases(plain), *(name.text for name in named(plain)))
    subject = next((s for s in subjects if rest.startswith(f"{s} ")), "")
    verb = re.compile(r"\s+[a-z]+\b").match(rest, len(subject))
    if not subject or verb is None:
        return ""
    behind = rest[verb.end() :].strip()
    if behind and not _HUNG_ON.match(behind) and phrases(behind) != [behind]:
        return ""
    follows = re.compile(rf"\s+{PREPOSITION}\s").search(rest, verb.end())
    end = follows.start() if follows else len(rest)
    return f"Why {aux} {rest[:end]} that{rest[end:]}?"


def _of_some(plain: str) -> str:
    """“How many farmers have left?”, “Which town was flooded?”."""
    asked = asked_for(plain)
    if asked is None:
        return ""
    some = f"so many {asked.noun}" if asked.counted else f"the {asked.noun}"
    does = _DOES.search(plain[: -len(asked.said)])
    if does:
        object_ = "" if asked.placed else f" {some}"
        return f"Why {does['aux'].lower()} {asked.said}{object_}?"
    helped = _AT_ONCE.fullmatch(asked.said)
    if helped is None:
        return f"Why is it that {some} {asked.said}?"
    if asked.placed:
        return f"Why {asked.said}?"
    if _SUBJECT.match(helped["rest"]):
        return f"Why {asked.said} {some}?"
    return f"Why {helped['aux']} {some} {helped['rest']}?"


def _of_somebody(plain: str, turn: Turn) -> str:
    """“Who leads the inquiry?”, where the answer names one person."""
    said = re.fullmatch(r"\W*(?:(?:and|but|so)\s+)?who\s+(?P<said>.+)", plain, re.IGNORECASE)
    answer = " ".join(sentence.text for sentence in turn.answer.sentences)
    people = {name.text for name in named(answer) if name.person >= _SURE}
    if said is None or len(people) != 1:
        return ""
    (somebody,) = people
    helped = _AT_ONCE.fullmatch(said["said"])
    if helped is None:
        return f"Why is it that {somebody} {said['said']}?"
    if _DOES.match(f"{helped['aux']} ") or _SUBJECT.match(helped["rest"]):
        return ""
    return f"Why {helped['aux']} {somebody} {helped['rest']}?"
