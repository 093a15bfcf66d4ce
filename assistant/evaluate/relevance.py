"""What counts as relevant to a question whose answer is known.

A text is relevant when it holds the answer and enough of the words of the question and its
evidence: two in five, three at the least. Case and punctuation make no difference. It is a rule
that needs no annotator, and so can be used with any question that has an answer; its weakness is
that it misses answers in other words, for every system alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from assistant.evaluate.questions import EvalQuestion

__all__ = ["Judge", "answerable", "folded", "is_scorable"]

# The share of the words that a relevant text holds, and the least number of them.
_SHARE = 0.4
_LEAST = 3
# Words of the windows that an article is looked at through; they overlap by half.
_WINDOW = 250

# Words that tell nothing about what a question is about.
_EMPTY_WORDS = frozenset(
    """a about according after an and are as at be been before being by can could did do does
    following for from had has have her here hers his how in into is it its may might new no not
    of on one or over s should t than that the theirs their then there these this those to two u
    under us was week were what when where which who whom whose why will with would""".split()
)
# Scripts that put no spaces between words are compared by characters.
_ANY_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_]+")

# Answers that any text may hold by chance, or that point at the choices.
_CHANCE = frozenset({"both", "false", "neither", "no", "none", "true", "yes"})
_CHOICES = ("of the above", "of these")


def folded(text: str) -> str:
    """The words of a text from a to z and its digits, with one space around each.

    `" it s 5 "` for “It's $5”. An accented letter divides words, in questions and texts alike.
    """
    return f" {re.sub(r'[^a-z0-9]+', ' ', text.lower()).strip()} "


def _folded_in_any_script(text: str) -> str:
    return f" {' '.join(_ANY_WORD.findall(text.lower()))} "


def is_scorable(question: EvalQuestion) -> bool:
    """Whether a text can be seen to hold the answer."""
    return bool(Judge(question).answers)


class Words:
    """A folded text and its distinct words, for many judges to look at."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.distinct = frozenset(text.split())


class Judge:
    """Says which texts are relevant to one question.

    Attributes:
        answers: The folded wordings of the answer that tell something.
    """

    def __init__(self, question: EvalQuestion) -> None:
        latin = any(folded(answer).strip() for answer in question.answers)
        self._fold = folded if latin else _folded_in_any_script
        answers = dict.fromkeys(self._fold(answer) for answer in question.answers)
        self.answers = tuple(answer for answer in answers if _tells(answer.strip()))
        words = self._fold(f"{question.question} {question.evidence}").split()
        self._words = frozenset(words) - _EMPTY_WORDS
        self._needed = max(_LEAST, _SHARE * len(self._words))

    def holds_answer(self, text: str) -> bool:
        """Whether a text holds the answer."""
        return self._holds(self._fold(text))

    def is_relevant(self, text: str) -> bool:
        """Whether a text is relevant."""
        words = self._fold(text)
        return self._holds(words) and self._enough(set(words.split()))

    def finds_part(self, text: str, read: Words | None = None) -> bool:
        """Whether some window of an article is relevant.

        Args:
            text: The article's text.
            read: Its folded words from a to z, where somebody has them already.
        """
        if read is None or self._fold is not folded:
            read = Words(self._fold(text))
        if not (self._holds(read.text) and self._enough(read.distinct)):
            return False
        words, step = read.text.split(), _WINDOW // 2
        for start in range(0, max(1, len(words) - step), step):
            window = words[start : start + _WINDOW]
            if self._holds(f" {' '.join(window)} ") and self._enough(set(window)):
                return True
        return False

    def _holds(self, words: str) -> bool:
        return any(answer in words for answer in self.answers)

    def _enough(self, words: AbstractSet[str]) -> bool:
        return len(self._words & words) >= self._needed


def _tells(answer: str) -> bool:
    """Whether an answer, folded, would hardly stand in a text by chance."""
    long_enough = len(answer) > 1 or not answer.isascii()
    return (
        bool(answer)
        and long_enough
        and answer not in _CHANCE
        and not any(choice in answer for choice in _CHOICES)
    )


def answerable(
    questions: Iterable[EvalQuestion], articles: Iterable[tuple[str, int]]
) -> Iterator[set[str]]:
    """The ids of the questions that some article answers.

    Args:
        questions: Those to look for.
        articles: The text of each article and its publication date as a number, 0 where there
            is none; an article that is later than a question's day does not answer it.

    Yields:
        After each article, all ids found so far; the same set, which grows.
    """
    found: set[str] = set()
    # By the longest word of an answer, since few articles hold it.
    waiting: defaultdict[str, list[tuple[EvalQuestion, int, Judge]]] = defaultdict(list)
    for question in questions:
        judge = Judge(question)
        day = int(question.date.strftime("%Y%m%d")) if question.date else 99_999_999
        for answer in judge.answers:
            waiting[max(answer.split(), key=len)].append((question, day, judge))
    latin = all(word.isascii() for word in waiting)
    for text, date in articles:
        read = Words(folded(text))
        held = read.distinct if latin else read.distinct | set(_ANY_WORD.findall(text.lower()))
        for word in held & waiting.keys():
            for question, day, judge in waiting[word]:
                if date <= day and question.id not in found and judge.finds_part(text, read):
                    found.add(question.id)
        yield found
