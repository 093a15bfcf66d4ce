"""“The second one”, “the latter”, “the other”: which quote of an answer, or which of two names.

Of two names that the last question puts side by side one is meant; else a quote of the last answer,
that is, its article, which alone is searched then; or, of what was counted or asked for with
“which”, “the first farmer”. Where it cannot be told which quote or name nothing is searched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.question.asked_for import asked_for, without_brackets
from assistant.question.follow_ups import OPENING, is_long
from assistant.question.people import named
from assistant.question.topic import with_topic
from assistant.types import Turn
from index.errors import UsageError
from index.types import ArticleInfo

__all__ = ["Picked", "picked", "picks"]

_ORDINALS = {"first": 1, "former": 1, "second": 2, "latter": 2, "third": 3, "fourth": 4, "fifth": 5}
_SAID = r"(?:say|tell|mention|report|claim|writ|argue|mean)\w*|said|told|wrote"
# “The second” where it is not “the second round”.
_ENDS = rf"(?=\s*(?:[?.!,;:]|$|(?:{_SAID}|is|was|did|does|do|has|have|had|will|would)\b))"
_PICKS = re.compile(
    r"\bthe\s+(?P<which>first|second|third|fourth|fifth|last|other|former|latter)"
    r"(?:\s+(?P<noun>one|article|quote|quotation|source|report|story|piece|passage)\b"
    r"(?!\s+(?:to|who|that|which|in|since|ever|about|of|on|by|from|for|with)\b)"
    rf"|(?<!the\slast){_ENDS})"
    r"|\b(?:quote|source)\s*\[?(?P<number>\d)\]?|\[(?P<mark>\d)\]",
    re.IGNORECASE,
)
# “Was it the first?”, “Who came second, and who was the third?”
_NO_PICK = re.compile(r"\b(?:is|was|are|were|be|been|come|came|at|for|among|it)\s+$", re.IGNORECASE)
# “Tell me more about”: the last question once more, as “What does … say?” is of an article.
_ONCE_MORE = re.compile(
    r"\W*(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:(?:tell|show|give)\s+me\s+)?"
    r"(?:(?:any|some)?(?:thing)?\s*(?:more|details?)\s*)?(?:about|of|on|from|in)?\W*",
    re.IGNORECASE,
)
_WHAT_DOES = re.compile(r"\W*what\s+(?:did|does|do)\W*", re.IGNORECASE)
_SAYS = re.compile(r"\W*(?:say|tell\s+(?:us|me))(?:\s+exactly)?\W*", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(
    r"[’']?s?\s*(?:,|,?\s*(?:and|or|&|vs\.?|versus|than|with|to)\s+)\s*(?:the\s+)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Picked:
    """What a question asks that picks one of several.

    Attributes:
        text: The question with what is meant, or the last one where it asks nothing else.
        article: The article that alone is meant, where it is one.
    """

    text: str
    article: ArticleInfo | None = None


def picks(text: str) -> re.Match[str] | None:
    """The words of a question that pick one of several, unless it says of what."""
    match = _PICKS.search(text)
    if match is None or is_long(text):
        return None
    by_itself = match["which"] and not match["noun"] and match["which"].lower() != "other"
    return None if by_itself and _NO_PICK.search(text[: match.start()]) else match


def picked(text: str, history: Sequence[Turn]) -> Picked | None:
    """What is meant by “the second one” and the like; None where it is nothing of these.

    Args:
        text: The question.
        history: The turns before it, oldest first; at least one.

    Raises:
        UsageError: When it cannot be told.
    """
    match = picks(text)
    if match is None:
        return None
    opening = OPENING.match(text[: match.start()])
    start = opening.end() if opening else 0
    lead, behind = text[start : match.start()], text[match.end() :]
    last = history[-1].question.text
    once_more = bool(_ONCE_MORE.fullmatch(lead)) and not any(map(str.isalnum, behind))
    pair = _one_of_two(match, history)
    if pair is not None:
        again = last.replace(pair.found, pair.name)
        asked = with_topic(_capital(f"{lead}{pair.name}{behind}"), again)
        return Picked(again if once_more else asked)
    if once_more or (_WHAT_DOES.fullmatch(lead) and _SAYS.fullmatch(behind)):
        return Picked(last, _article(match, history))
    if _is_of_article(match, text):
        return Picked(_capital(f"{lead}the article{behind}"), _article(match, history))
    thing = _thing(match, last)
    return Picked(with_topic(_capital(f"{lead}{thing}{behind}"), last)) if thing else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _untold(match: re.Match[str]) -> UsageError:
    return UsageError(
        f"it cannot be told what “{match[0]}” is",
        help="name what is meant, or ask of a quote by its number, as “what does [2] say?”",
    )


# one of two names


@dataclass(frozen=True, slots=True)
class _OfTwo:
    """The name that is meant, and what of the last question it takes the place of."""

    name: str
    found: str


def _one_of_two(match: re.Match[str], history: Sequence[Turn]) -> _OfTwo | None:
    which = (match["which"] or "").lower()
    if not which or (match["noun"] or "one").lower() != "one":
        return None
    turn = history[-1]
    plain, _ = without_brackets(turn.question.text)
    pair = _two(plain)
    if pair is None:
        return _partner(plain, history) if which == "other" else None
    first, second, found = pair
    if which == "other":
        said = " ".join(sentence.text for sentence in turn.answer.sentences)
        told = [name for name in (first, second) if name in said]
        if len(told) != 1:
            raise _untold(match)
        return _OfTwo(second if told == [first] else first, found)
    number = 2 if which == "last" else _ORDINALS[which]
    return _OfTwo((first, second)[number - 1], found) if number <= len((first, second)) else None


def _two(text: str) -> tuple[str, str, str] | None:
    """Two names side by side, no third, and the words from one to the other."""
    found = []
    for one, other in pairwise(named(text)):
        between = text[one.start + len(one.text) : other.start]
        if _SIDE_BY_SIDE.fullmatch(between):
            found.append((one.text, other.text, text[one.start : other.start + len(other.text)]))
    return found[0] if len(found) == 1 else None


def _partner(plain: str, history: Sequence[Turn]) -> _OfTwo | None:
    """Who stood beside whom the last question is about in one before it."""
    asked = [name.text for name in named(plain)]
    for turn in reversed(history[:-1]):
        pair = _two(turn.question.text)
        if pair is not None:
            first, second, _ = pair
            if (first in asked) != (second in asked):
                there, other = (first, second) if first in asked else (second, first)
                return _OfTwo(other, there)
    return None


# a quote


def _is_of_article(match: re.Match[str], text: str) -> bool:
    """Whether what is picked is something that says something."""
    noun = (match["noun"] or "one").lower()
    marked = match["number"] or match["mark"]
    return bool(marked or noun != "one" or re.search(rf"\b(?:{_SAID})\b", text, re.IGNORECASE))


def _article(match: re.Match[str], history: Sequence[Turn]) -> ArticleInfo:
    """The article of the quote that is meant; what was asked of one alone is passed over."""
    turn = next((turn for turn in reversed(history) if turn.question.article is None), history[0])
    answer = turn.answer
    quoted = [place.article for place in answer.citations]
    articles = quoted or [hit.passage.article for hit in answer.closest]
    which = (match["which"] or "").lower()
    known = history[-1].question.article
    number = int(match["number"] or match["mark"] or _ORDINALS.get(which, 0))
    if which == "other" and known is not None:
        others = {article.id: article for article in articles if article.id != known.id}
        if len(others) == 1:
            return next(iter(others.values()))
    if which == "last":
        number = len(articles)
    if not number or not articles or (which in {"former", "latter"} and len(articles) != 2):
        raise _untold(match)
    if number > len(articles):
        what = "quotes" if quoted else "passages"
        raise UsageError(f"the last answer has {len(articles)} {what}, no “{match[0]}”")
    return articles[number - 1]


# one of what was asked for


def _thing(match: re.Match[str], last: str) -> str:
    """“The first farmer” for “the first one”, after “How many farmers …”; or nothing."""
    plain, _ = without_brackets(last)
    asked = asked_for(plain)
    which = (match["which"] or "").lower()
    if asked is None or asked.placed or not which or which in {"former", "latter"}:
        return ""
    *_, noun = asked.noun.split()
    if not re.fullmatch(r"[a-z]+[^s]s", noun):
        return ""
    return f"the {which} {noun[:-3] + 'y' if noun.endswith('ies') else noun[:-1]}"
