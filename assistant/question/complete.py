"""Completes a follow-up without a model, from what the last turns were about.

“He” becomes the person that was named last, “it” the thing; “And in March?” takes the place of the
last question's time, “What about Germany?” that of a name in it. What cannot be put in its place
is put behind, in brackets, so that it is at least searched for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from assistant.question.follow_ups import AFTER_OBJECT, OPENING, bare, pointing, telling
from assistant.question.people import Named, named
from assistant.question.time_words import find_time_words
from assistant.support.words import word_set
from assistant.types import Turn
from index.lexical import query_words

__all__ = ["complete"]

# Turns that are looked back at, and sentences of each answer.
_TURNS, _SENTENCES = 3, 4

_ASKING = re.compile(
    r"^\s*(?:(?:so|and|but)\s+)?(?:who(?:se|m)?|what|when|where|why|which|how(?:\s+(?:many|much|long"
    r"|old|far|often))?|did|does|do|is|was|were|are|has|have|had|will|would|can|could|should)\b"
    r"(?:\s+(?:did|does|do|is|was|were|are|has|have|had|will|would|can|could|should)\b)?\s*",
    re.IGNORECASE,
)
_LIKEWISE = re.compile(
    r"(?:what|how|why|when|where|whom)\s+(?:did|does|do|has|have|had|was|is|were|are|will)\s+",
    re.IGNORECASE,
)
_HELPING = re.compile(
    r"\b(?P<verb>did|does|do|will|would|can|could|should|has|have|had|was|were|is|are)\s+$",
    re.IGNORECASE,
)
_BEING = frozenset({"was", "were", "is", "are"})
_PREPOSITION = r"(?:of|into|on|in|over|for|about|at|with|against|between|from|to|by|after|before)"
_PHRASE = re.compile(
    r"\b(?:the|an?|his|her|their|its|[A-Z][\w’'-]*[’']s)\s+"
    rf"(?P<words>(?:(?!{_PREPOSITION}\b|and\b|or\b|that\b|which\b|who\b)[\w’'“”-]+[ ]?)+)"
)
_TAIL = re.compile(rf"(?:{_PREPOSITION}\s+(?:the\s+|an?\s+)?[\w’'-]+(?:\s+[A-Z][\w’'-]*)*\s*)+")
# “… about energy bills?”
_BARE_PHRASE = re.compile(
    r"\b(?:about|on|of|into|over|for|against)\s+(?P<words>[a-z-]+(?:\s+[a-z-]+){0,2})\s*[?.]*$"
)
_ROLES = word_set(
    """
    actor actress ambassador author baker boss captain chair chairman chairwoman chancellor chief
    coach commissioner councillor critic director doctor driver engineer footballer governor
    inventor investigator journalist judge king lawyer leader man mayor minister mother father
    nurse officer owner passenger pilot player poet pope premier president prince princess professor
    prosecutor queen reporter researcher scientist secretary senator singer spokesman spokeswoman
    teacher winner witness woman writer
    """
)
_ORDERED = re.compile(
    r"\W*(?:(?:and|but)\s+)?(?:before(?:\s+(?:that|then))?|after(?:wards|\s+that)?|later|now|earlier"
    r"|previously|today|until\s+then|since(?:\s+then)?|originally|at\s+first|finally|in\s+the\s+end)\W*",
    re.IGNORECASE,
)
_ABOUT = frozenset({"about", "on", "of", "regarding", "concerning"})
_OWN = {"his", "her", "hers", "its", "their", "theirs"}
_HE, _SHE = {"he", "him", "his", "himself"}, {"she", "her", "hers", "herself"}
_IT, _THEY = {"it", "its", "itself"}, {"they", "them", "their", "theirs", "themselves"}


def complete(text: str, history: Sequence[Turn], day: dt.date) -> str:
    """A follow-up as a question that stands alone.

    Args:
        text: The follow-up.
        history: The turns before it, oldest first; at least one.
        day: The day that it is asked of.
    """
    last = history[-1].question.text.strip()
    opening = OPENING.match(text)
    rest = text[opening.end() :].strip() if opening else text
    rest = rest or text
    if opening and opening["about"] and not pointing(rest):
        return _replaced(rest, last, day)
    if _only_time(rest, day) or _ORDERED.fullmatch(rest):
        return _with_time(rest, last, day)
    if len(rest.split()) <= 5 and not _ASKING.match(rest) and not pointing(rest):
        return _replaced(rest, last, day)
    asked = rest[0].upper() + rest[1:]
    likewise = _likewise(asked, last) or _at_the_place(asked, last)
    if likewise:
        return likewise
    resolved, met = _resolved(asked, history)
    return resolved if met and _says_enough(resolved, day) else _with_topic(resolved, last)


def _likewise(text: str, last: str) -> str:
    """The last question of somebody else: “And what did Rubio say?”, or nothing."""
    names = named(text)
    asked = _LIKEWISE.match(text)
    if len(names) != 1 or _own_words(text) or not (asked and last.startswith(asked[0])):
        return ""
    old = _counterpart(names[0], named(last))
    if old is None:
        return ""
    return f"{last[: old.start]}{names[0].text}{last[old.start + len(old.text) :]}"


def _at_the_place(text: str, last: str) -> str:
    """The question with “there” replaced by a place of the last one, or nothing."""
    there = re.search(r"\bthere\b", text, re.IGNORECASE)
    if there is None or pointing(text) is None or len(query_words(text)) < 2:
        return ""
    for name in named(last):
        lead = re.search(r"\b(?:in|at|near|off|around)\s+(?:the\s+)?$", last[: name.start])
        if lead:
            place = last[lead.start() : name.start + len(name.text)]
            return f"{text[: there.start()]}{place}{text[there.end() :]}"
    return ""


def _own_words(text: str) -> list[str]:
    """The telling words of a question but for its names."""
    in_names = {word for name in named(text) for word in query_words(name.text)}
    return [word for word in telling(text) if word not in in_names]


def _says_enough(text: str, day: dt.date) -> bool:
    """Whether a question names something besides what its pronoun stood for."""
    return len(telling(bare(text, find_time_words(text, day)))) > 1


# pronouns


def _resolved(text: str, history: Sequence[Turn]) -> tuple[str, bool]:
    """The question with its first pronoun replaced, and whether that could be done."""
    match = pointing(text)
    if match is None or "word" not in match.re.groupindex:
        return text, False
    word = match["word"].lower()
    if word in _HE or word in _SHE:
        stands_for = _person("he" if word in _HE else "she", history)
    elif word in _IT:
        stands_for = _thing(history)
    else:
        stands_for = _several(history)
    if not stands_for:
        return text, False
    owning = word in _OWN and not (
        word in {"hers", "theirs"} or (word == "her" and AFTER_OBJECT.match(text, match.end()))
    )
    if owning:
        stands_for += "’" if stands_for.endswith("s") else "’s"
    others = [] if word in _HE or word in _SHE else _other_names(history, stands_for, text)
    if match.start() == 0:
        stands_for = stands_for[0].upper() + stands_for[1:]
    behind = f" ({', '.join(others)})" if others else ""
    return f"{text[: match.start()]}{stands_for}{text[match.end() :]}{behind}", True


def _other_names(history: Sequence[Turn], taken: str, text: str) -> list[str]:
    """The other names of the last question: “it” might have been any of them."""
    names = (name.text for name in named(history[-1].question.text))
    return [name for name in names if name not in taken and name not in text]


def _person(gender: str, history: Sequence[Turn]) -> str:
    """Whom “he” or “she” means: the person asked about, or whom the answer named."""
    for turn in reversed(history[-_TURNS:]):
        asked, said = named(turn.question.text), named(_answer(turn))
        whom = re.match(r"\W*(?:and\s+)?(?:who|whom|whose)\b", turn.question.text, re.IGNORECASE)
        # Where “who” was asked, somebody that the answer names in full is who was meant.
        full = [name for name in said if " " in name.text and name.text not in turn.question.text]
        for names, least in ((said, 2), (asked, 1), (full, 0)) if whom else ((asked, 0), (said, 2)):
            fitting = [
                name for name in names if name.person >= least and name.gender in {"", gender}
            ]
            if fitting:
                known = [name for name in fitting if name.gender == gender]
                return (known or fitting)[0].text
        role = next((p for p in _phrases(turn.question.text) if _is_role(p)), "")
        if role:
            return role
    return ""


def _thing(history: Sequence[Turn]) -> str:
    """What “it” means: what the last question was about, which is no person."""
    for turn in reversed(history[-_TURNS:]):
        asked, _ = _without_brackets(turn.question.text)
        phrases = [p for p in _phrases(asked) if not _is_role(p)]
        names = [n for n in named(asked) if n.person < 1]
        if names:
            around = [p for p in phrases if names[0].text in p]
            return around[0] if around else names[0].text
        if phrases:
            return phrases[-1]
        bare_phrase = _BARE_PHRASE.search(asked)
        if bare_phrase:
            return bare_phrase["words"]
    return ""


def _several(history: Sequence[Turn]) -> str:
    """What “they” means: an organisation that was named, several people, or a thing."""
    turn = history[-1]
    names = [name for name in named(turn.question.text) if name.person < 1]
    people = [name for name in named(turn.question.text) if name.person >= 1]
    if len(people) > 1:
        return f"{people[0].text} and {people[1].text}"
    if len(names) > 1 and re.search(
        rf"{re.escape(names[0].text)}\W+(?:and|or)\W+(?:the\s+)?{re.escape(names[1].text)}",
        turn.question.text,
    ):
        return f"{names[0].text} and {names[1].text}"
    return names[0].text if names else _thing(history)


def _phrases(text: str) -> list[str]:
    """The noun phrases of a question that begin with an article, with what hangs on them."""
    return [phrase for match in _PHRASE.finditer(text) if (phrase := _phrase(match, text))]


def _phrase(match: re.Match[str], text: str) -> str:
    """One phrase without the verb that a question puts behind it (“did the deal cover”)."""
    words = match["words"].split()
    helped = _HELPING.search(text[: match.start()])
    inside = [n for n in named(text) if match.start("words") <= n.start < match.end("words")]
    if inside:
        end = inside[-1].start + len(inside[-1].text)
        return text[match.start() : max(end, match.start() + 1)].strip()
    tail = _TAIL.match(text, match.end())
    if helped and len(words) > 1:
        tail = None
        if helped["verb"].lower() not in _BEING or words[-1].endswith(("ed", "en")):
            words = words[:-1]
    head = text[match.start() : match.start("words")]
    return f"{head}{' '.join(words)} {tail[0] if tail else ''}".strip()


def _is_role(phrase: str) -> bool:
    return any(word in _ROLES for word in query_words(phrase)[:3])


def _answer(turn: Turn) -> str:
    return " ".join(sentence.text for sentence in turn.answer.sentences[:_SENTENCES])


# fragments


def _only_time(rest: str, day: dt.date) -> bool:
    times = find_time_words(_asking_of(rest), day)
    left = bare(_asking_of(rest), times)
    return bool(times) and not [w for w in re.findall(r"\w+", left) if w not in _SMALL]


def _asking_of(rest: str) -> str:
    """A fragment in small letters at its start, as within a question."""
    return rest[0].lower() + rest[1:] if rest[:1].isupper() and not named(rest) else rest


_SMALL = frozenset({"in", "on", "at", "the", "during", "over", "for", "of", "just"})


def _with_time(rest: str, last: str, day: dt.date) -> str:
    """The last question with another time."""
    plain = _without_times(last, day).rstrip(" ?.!")
    return f"{plain} {_asking_of(rest).strip(' ?.!')}?"


def _without_times(text: str, day: dt.date) -> str:
    for each in sorted(find_time_words(text, day), key=lambda each: -each.start):
        before = re.sub(r"\s*\b(?:in|on|at|during|over|of|for|by)\s*$", "", text[: each.start])
        text = f"{before} {text[each.end :]}"
    return " ".join(text.split()).replace(" ?", "?")


def _replaced(rest: str, last: str, day: dt.date) -> str:
    """The last question with a name or the end of it replaced by a fragment."""
    if _only_time(rest, day):
        return _with_time(rest, last, day)
    plain, fragment = last.rstrip(" ?.!"), _asking_of(rest).strip(" ?.!")
    names = named(fragment)
    lead = re.match(rf"(?P<word>{_PREPOSITION}|regarding|concerning)\s+", fragment, re.IGNORECASE)
    if lead:
        return _behind(plain, fragment, lead["word"].lower(), names)
    if names:
        old = _counterpart(names[0], named(plain))
        if old is not None:
            end = old.start + len(old.text)
            new = re.sub(r"^the\s+", "", fragment, flags=re.IGNORECASE)
            return f"{plain[: old.start]}{new}{plain[end:]}?"
        return f"{plain}? ({fragment})"
    return _with_topic(f"{fragment[0].upper()}{fragment[1:]}?", last)


def _behind(plain: str, fragment: str, word: str, names: Sequence[Named]) -> str:
    """The last question with what a preposition introduced replaced, or the fragment behind it."""
    alike = _ABOUT if word in _ABOUT else {word}
    places = list(re.finditer(rf"\s({'|'.join(map(re.escape, alike))})\s", plain))
    if places:
        kept = places[-1][1] if word in _ABOUT else word
        behind = fragment.split(maxsplit=1)[1]
        follows = re.search(rf"\s{_PREPOSITION}\s", plain[places[-1].end() :]) if names else None
        rest = plain[places[-1].end() + follows.start() :] if follows else ""
        return f"{plain[: places[-1].start()]} {kept} {behind}{rest}?"
    return f"{plain} {fragment}?"


def _counterpart(new: Named, names: Sequence[Named]) -> Named | None:
    """The name that another one takes the place of: the first of its kind, or the only one."""
    others = [name for name in names if name.text != new.text]
    if any(name.text == new.text for name in names) or not others:
        return None
    alike = [name for name in others if (name.person > 0) == (new.person > 0)]
    return (alike or others)[0]


# what goes behind


def _with_topic(text: str, last: str) -> str:
    """A question with what the last one was about in brackets."""
    topic = list(_topic(last)) if _own_words(text) else [_matter(last, text)]
    known = {word.lower() for word in query_words(text)}
    behind = [part for part in topic if part and not set(query_words(part)) <= known]
    return f"{text} ({', '.join(behind)})" if behind else text


def _topic(last: str) -> Iterator[str]:
    """The phrases and names of a question, or its telling words where it has none."""
    plain, inside = _without_brackets(last)
    phrases = [p for p in _phrases(plain) if not _is_role(p)]
    phrases = [p for p in phrases if not any(p != other and p in other for other in phrases)]
    names = [n.text for n in named(plain) if not any(n.text in p for p in phrases)]
    found = dict.fromkeys([*phrases, *names, *inside])
    if found:
        yield from found
    else:
        yield " ".join(telling(plain) or query_words(plain))


def _matter(last: str, text: str) -> str:
    """All of a question but its asking words, for one that brings nothing of its own.

    When both name somebody (“And what did Rubio say?”), the new person replaces the old.
    """
    plain, inside = _without_brackets(last.rstrip(" ?.!"))
    if any(name.person > 0 for name in named(text)):
        for name in reversed([name for name in named(plain) if name.person > 0]):
            plain = plain[: name.start] + plain[name.start + len(name.text) :]
    return ", ".join([" ".join(_ASKING.sub("", plain).split()), *inside])


def _without_brackets(text: str) -> tuple[str, list[str]]:
    """A question and what an earlier completion put behind it."""
    bracket = re.search(r"\(([^()]*)\)\s*$", text)
    if bracket is None:
        return text, []
    return text[: bracket.start()].strip(), [part.strip() for part in bracket[1].split(",")]
