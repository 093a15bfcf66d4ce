"""Words that stand in an article and do not belong to it, such as an order that was hidden there.

Whoever can write into an article can have it say anything, and what it says is quoted when it is
asked about. But nothing comes into an answer merely because it stands beside what answers, or was
put into the middle of it. No word tells an order from a report; what tells it is that the rest of
the article has nothing to do with it, or that the text breaks off around it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.support.names.check import find_names
from index.lexical import query_words, stems

if TYPE_CHECKING:
    from assistant.shown import SourceRange

__all__ = ["belongs", "curled", "holds_stray"]

# The distinct words that say something which a sentence shares with its title and passage: 87 % of
# 530 sentences of real passages share two, 29 % of sentences of other articles, 4 % of orders.
_SHARED = 2
# Of 89,646 sentences of real news 325 end with a quotation still open, all but 30 of them with one
# that something leads in.
_MARK = re.compile("[“”]")
_STRAIGHT = re.compile('"')
_CAPITAL = re.compile(r"[\"“'‘(\[]*[A-Z]")
# What leads in a sentence that is quoted: a mark, or a word of speech.
_LEADS_IN = re.compile(
    r"[,:;—–-]\Z|\A(?:that|sa(?:y|ys|id|ying)|ask(?:s|ed|ing)?|add(?:s|ed|ing)?|read(?:s|ing)?"
    r"|wr(?:ite|ites|ote|iting)|tweet(?:s|ed|ing)?|shout(?:s|ed|ing)?|repl(?:y|ies|ied|ying)"
    r"|t(?:ell|ells|old|elling)|answer(?:s|ed|ing)?|and|but)\Z",
    re.IGNORECASE,
)
# A sentence that ended and goes on in small letters; a name may end with “!”. Of the same sentences
# 77 do, and most of them were damaged when they were copied.
_GOES_ON = re.compile(r"(?:[a-z]{4,}[.?]|(?<!\w)[a-z]{4,}!)\s+[a-z]")


def belongs(source: SourceRange, question: str) -> bool:
    """Whether a sentence has to do with the rest of its passage, or with what was asked.

    What names somebody who is named around it does, and so does what is no more than a figure; it
    says nothing that could be about something else.

    Args:
        source: One or more sentences of a passage.
        question: What was asked.
    """
    return (
        not any(map(str.isalpha, source.text))
        or _touches(source, source.text, question)
        or any(name.words[-1] in _around(source) for name in find_names(source.text))
    )


def holds_stray(source: SourceRange, question: str) -> bool:
    """Whether something that does not belong to it was put into a sentence.

    That is so where a sentence within it ended and it goes on, and where it breaks off in a
    quotation that nothing leads in, or that has to do with neither its passage nor the question.

    Args:
        source: A sentence of a passage.
        question: What was asked.
    """
    if _GOES_ON.search(source.text):
        return True
    before, quoted = _left_open(source.text)
    if not before:
        return False
    led_in = _LEADS_IN.search(before[-1]) or not _CAPITAL.match(quoted)
    return not (led_in and _touches(source, quoted, question))


def curled(text: str) -> str:
    """A text whose straight quotation marks are curled as they open or close; it is as long."""
    return _STRAIGHT.sub(lambda mark: "“" if _opens(text, mark.start()) else "”", text)


def _left_open(text: str) -> tuple[list[str], str]:
    """The words before a quotation that a sentence leaves open, and what is quoted."""
    opened: list[int] = []
    for mark in _MARK.finditer(curled(text)):
        if mark[0] == "“":
            opened.append(mark.end())
        elif opened:
            opened.pop()
    return (text[: opened[0] - 1].split(), text[opened[0] :]) if opened else ([], "")


def _opens(text: str, at: int) -> bool:
    """Whether a straight mark has a space before it and none behind it."""
    return not text[max(0, at - 1) : at].strip("([—–- \n") and bool(text[at + 1 : at + 2].strip())


def _touches(source: SourceRange, text: str, question: str) -> bool:
    """Whether words of a source stand in the question, or around it in its passage."""
    said = _content(text)
    return bool(said & _content(question)) or len(said & _content(_around(source))) >= _SHARED


def _around(source: SourceRange) -> str:
    """The rest of the passage, with the title."""
    passage, offset = source.passage, source.passage.start
    before, after = passage.text[: source.start - offset], passage.text[source.end - offset :]
    return f"{passage.article.title}\n{before}\n{after}"


def _content(text: str) -> set[str]:
    """The stems of the words that say something."""
    return {stem for word in query_words(text) for stem in stems(word) if len(stem) > 1}
