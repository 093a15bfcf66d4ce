"""“What about Germany?”, “And in March?”: the last question of something else of the same kind.

A time takes the place of the time, a person that of a person and a place that of a place, never
within brackets, which are what was talked of before; “the bridge” takes that of “the dam”. What has
no counterpart is asked about with what the last question said behind it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from assistant.question.asked_for import without_brackets
from assistant.question.follow_ups import bare
from assistant.question.people import Named, named
from assistant.question.phrases import PREPOSITION, is_role, is_whole, phrases
from assistant.question.stand_ins import own_words
from assistant.question.time_words import find_time_words
from assistant.question.topic import with_topic
from assistant.support.names.name_forms import COUNTRIES, SEATS, forms
from assistant.support.text.words import fold
from assistant.types import Turn

__all__ = ["counterpart", "instead", "only_time", "with_time"]

Kind = Literal["", "person", "place"]

_ABOUT = frozenset({"about", "on", "of", "regarding", "concerning"})
_SMALL = frozenset({"in", "on", "at", "the", "during", "over", "for", "of", "just"})
_AT_A_PLACE = re.compile(r"\b(?:in|near|around|across|outside|of)\s+(?:the\s+)?$")
# “2017”, “March”, “8 October”, but not “In March” and “Last week”.
_BARE_TIME = re.compile(
    r"\d|(?!In|On|At|During|Over|For|Last|This|Next|The|Since|Until|Before|After|Yesterday|Today"
    r"|Tomorrow|Now|Just|Earlier|Later)[A-Z]"
)
# “8 October”, “Monday”, but not “2017” and “March”.
_DAY = re.compile(r"\d{1,2}(?!\d)|[A-Z][a-z]+day\b|[A-Z][a-z]+\s+\d{1,2}(?!\d)")
_HEAD = re.compile(rf"^.*?(?=\s+{PREPOSITION}\s|$)")


def only_time(rest: str, day: dt.date) -> bool:
    """Whether a fragment is nothing but a time."""
    times = find_time_words(_asking_of(rest), day)
    left = bare(_asking_of(rest), times)
    return bool(times) and not [w for w in re.findall(r"\w+", left) if w not in _SMALL]


def _asking_of(rest: str) -> str:
    """A fragment in small letters at its start, as within a question."""
    return rest[0].lower() + rest[1:] if rest[:1].isupper() and not named(rest) else rest


def with_time(rest: str, last: str, day: dt.date) -> str:
    """The last question with another time."""
    plain, behind = _split(last)
    time = rest.strip(" ?.!")
    if _BARE_TIME.match(time):
        time = f"{'on' if _DAY.match(time) else 'in'} {time}"
    return f"{_without_times(plain, day).rstrip(' ?.!')} {_asking_of(time)}?{behind}"


def _without_times(text: str, day: dt.date) -> str:
    for each in sorted(find_time_words(text, day), key=lambda each: -each.start):
        before = re.sub(r"\s*\b(?:in|on|at|during|over|of|for|by)\s*$", "", text[: each.start])
        behind = re.sub(r"^[’']s\b", "", text[each.end :])
        text = f"{before} {behind}"
    return " ".join(text.split()).replace(" ?", "?")


def instead(rest: str, history: Sequence[Turn], day: dt.date) -> str:
    """The last question with its counterpart of a fragment replaced by that.

    Args:
        rest: The fragment, as “Germany?” or “on rail?”.
        history: The turns before it, oldest first; at least one.
        day: The day that it is asked of.
    """
    last = history[-1].question.text.strip()
    if only_time(rest, day):
        return with_time(rest, last, day)
    fragment = _asking_of(rest).strip(" ?.!")
    plain, behind = _split(last)
    lead = re.match(rf"(?P<word>{PREPOSITION}|regarding|concerning)\s+", fragment, re.IGNORECASE)
    if lead:
        return f"{_behind(plain, fragment, lead['word'].lower(), day)}{behind}"
    asked = _with_phrase(fragment, plain) or _with_name(fragment, plain, history)
    if asked:
        return f"{asked}{behind}"
    return with_topic(f"{fragment[0].upper()}{fragment[1:]}?", last, least=0)


def _split(last: str) -> tuple[str, str]:
    """A question without its mark, and the brackets that stood behind it."""
    plain, inside = without_brackets(last)
    return plain.rstrip(" ?.!"), f" ({'; '.join(inside)})" if inside else ""


def _with_phrase(fragment: str, plain: str) -> str:
    """“What about the bridge?” put for “the dam”; or nothing."""
    names = [name.text for name in named(fragment)]
    if phrases(fragment) != [fragment] or fragment.split(maxsplit=1)[1] in names:
        return ""
    noun = _head(fragment).split()[-1]
    heads = [head for head in map(_head, phrases(plain)) if is_whole(head, plain)]
    alike = [head for head in heads if head.split()[-1] == noun]
    alike = alike or [head for head in heads if _is_alike(head, fragment, plain)]
    if len(alike) != 1 or alike[0] == fragment:
        return ""
    return f"{plain.replace(alike[0], fragment, 1)}?"


def _is_alike(head: str, fragment: str, plain: str) -> bool:
    """Whether another phrase may take a phrase's place and something is asked of it still."""
    if not head.startswith("the ") or named(head) or is_role(head) != is_role(fragment):
        return False
    return bool(own_words(plain.replace(head, " ", 1)))


def _head(phrase: str) -> str:
    match = _HEAD.match(phrase)
    return match[0] if match else phrase


def _with_name(fragment: str, plain: str, history: Sequence[Turn]) -> str:
    """“What about Germany?” put for “France”; or nothing."""
    names = named(fragment)
    old = counterpart(names[0], plain, history) if names else None
    if old is None:
        return ""
    before, behind = plain[: old.start], plain[old.start + len(old.text) :]
    if re.search(r"\bthe\s+$", before, re.IGNORECASE):
        fragment = re.sub(r"^the\s+", "", fragment, flags=re.IGNORECASE)
    return f"{before}{fragment}{behind}?"


def _behind(plain: str, fragment: str, word: str, day: dt.date) -> str:
    """The last question with what a preposition introduced replaced, or the fragment behind it."""
    alike = _ABOUT if word in _ABOUT else {word}
    times = {each.start for each in find_time_words(plain, day)}
    found = re.finditer(rf"\s({'|'.join(map(re.escape, alike))})\s", plain)
    places = [place for place in found if place.end() not in times]
    if places:
        kept = places[-1][1] if word in _ABOUT else word
        behind = fragment.split(maxsplit=1)[1]
        follows = re.search(rf"\s{PREPOSITION}\s", plain[places[-1].end() :])
        rest = plain[places[-1].end() + follows.start() :] if follows and named(fragment) else ""
        return f"{plain[: places[-1].start()]} {kept} {behind}{rest}?"
    return f"{plain} {fragment}?"


# names and their kinds


def counterpart(new: Named, last: str, history: Sequence[Turn]) -> Named | None:
    """The name of a question that another one takes the place of, if there is one of its kind.

    Args:
        new: The other name.
        last: The question, without brackets.
        history: The turns before; what a name is there, it is here.
    """
    names = named(last)
    others = [name for name in names if name.text != new.text]
    if len(others) < len(names) or not others:
        return None
    kind = _known_kind(new, history)
    alike = [name for name in others if kind and _kind(name, last) == kind]
    if kind == "person":
        alike += [name for name in others if not _kind(name, last)]
    if kind:
        return next(iter(alike), None)
    alike = [name for name in others if name.person <= 0]
    return min(alike or others, key=lambda name: abs(name.person - new.person))


def _known_kind(new: Named, history: Sequence[Turn]) -> Kind:
    kinds = [_kind(new, new.text)]
    for text in _texts(history):
        kinds += [_kind(name, text) for name in named(text) if _is_one(new.text, name.text)]
    return next(filter(None, kinds), "")


def _is_one(name: str, whole: str) -> bool:
    """Whether a name is another or the last word of it: “Macron” of “Emmanuel Macron”."""
    return name in {whole, whole.rsplit(maxsplit=1)[-1]}


def _texts(history: Sequence[Turn]) -> Iterator[str]:
    for turn in reversed(history):
        yield turn.question.text
        yield from (sentence.text for sentence in turn.answer.sentences)


def _kind(name: Named, text: str) -> Kind:
    word = fold(name.text)
    if word in COUNTRIES or word in SEATS or any(key.startswith("=") for key in forms(word)):
        return "place"
    if name.person > 0:
        return "person"
    return "place" if _AT_A_PLACE.search(text[: name.start]) else ""
