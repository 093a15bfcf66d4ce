"""Questions made of sentences, for the local reader to learn from.

A name or a number is taken out of a sentence or a headline and asked for; what answers is another
sentence of the same week's articles that has it and is about the same, and what does not are
sentences about the same without it (after Lewis, Denoyer and Riedel, "Unsupervised Question
Answering by Cloze Translation", 2019). The questions are clumsy; that they are many is what counts.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.lexical import stems
from index.sentences import split_sentences
from index.types import Article

__all__ = ["Pseudo", "pseudo_questions"]

_NAME = re.compile(
    r"(?<=[\s“(‘])[A-Z][\w’'&-]*\w(?:(?: (?:of|the|de|van|von|al|bin|for|and))?"
    r"(?: |-)[A-Z][\w’'&-]*\w)*"
)
_NUMBER = re.compile(
    r"(?<![\w-])(?:\$?\d[\d,.]*\d?%?(?: (?:million|billion|trillion|percent))?"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands)"
    r"(?![\w-])"
)
_TITLE = re.compile(
    r"(?:President|Prime Minister|Minister|Secretary|Sen\.|Rep\.|Gov\.|Mr\.|Ms\.|Dr\.|Judge|Chief"
    r"|Justice|CEO|King|Queen|Prince|Princess|Pope|Senator|Mayor|coach|actor|actress|singer|star)"
    r"\s*$"
)
_BODY = re.compile(
    r"Inc|Corp|Company|Group|Motors|Airlines|Bank|Association|University|Party|Court|Department"
    r"|Agency|Commission"
)
_DOES = frozenset("said told says announced was has wrote tweeted added".split())
_PLACES = frozenset("in at near to from across into".split())
_CLAUSE = re.compile(r"[.;:!?“”\"]|, (?:and|but|which|who)")

# Sentences of so many words are asked about and read; of an article, so many.
_WORDS, _SENTENCES = range(5, 61), 80
# How similar a sentence has to be to a question to be told apart from it, and to answer it; and
# what share of the words of the sentence asked about it may have, since copies teach nothing.
_NEAR, _ANSWERS, _COPY = 0.12, 0.2, 0.75
# Sentences looked at for a question, those among which an answer has to be, those kept, and the
# least number without it. A name is written so in at least so many of a week's sentences.
_LOOKED, _TOP, _KEPT, _LEAST, _KNOWN = 40, 25, (3, 20), 8, 3
# A question of no more stems asks for nothing in particular.
_TELLING = 5


@dataclass(frozen=True, slots=True)
class Pseudo:
    """A question, the words that answer it, and sentences with and without them."""

    question: str
    answer: str
    right: Sequence[str]
    wrong: Sequence[str]


class _Week:
    """The sentences of one week, to be found by their words."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.texts: list[str] = []
        owners = []
        for number, article in enumerate(articles):
            every = (article.text[s.start : s.end] for s in split_sentences(article.text))
            some = [text for text in (" ".join(one.split()) for one in every) if _fits(text)]
            self.texts += some[:_SENTENCES]
            owners += [number] * len(some[:_SENTENCES])
        self.owners = np.array(owners)
        self.words = [frozenset(stems(text)) for text in self.texts]
        self.folded = [_folded(text) for text in self.texts]
        self.known = Counter(
            word for text in self.texts for name in _NAME.findall(text) for word in name.split()
        )
        rows: dict[str, list[int]] = defaultdict(list)
        for row, words in enumerate(self.words):
            for word in words:
                rows[word].append(row)
        self._rows = {word: np.array(found) for word, found in rows.items()}
        self._rarity = {
            word: np.log(len(self.texts) / len(found)) for word, found in self._rows.items()
        }
        self._lengths = np.sqrt([sum(self._rarity[w] ** 2 for w in ws) for ws in self.words]) + 1e-6

    def similar(self, text: str) -> np.ndarray:
        """The cosine of each sentence with a text, words weighed by their rarity."""
        words = [word for word in set(stems(text)) if word in self._rarity]
        found = np.zeros(len(self.texts))
        for word in words:
            found[self._rows[word]] += self._rarity[word] ** 2
        length = np.sqrt(sum(self._rarity[word] ** 2 for word in words)) + 1e-6
        return np.asarray(found / self._lengths / length)


def pseudo_questions(
    articles: Sequence[Article], most: int, chance: random.Random
) -> Iterator[Pseudo]:
    """Up to so many questions about the articles of one week.

    Args:
        articles: Those of a week.
        most: How many questions at most.
        chance: Chooses sentences, answers and words.
    """
    week = _Week(articles)
    rows = [*range(len(week.texts))]
    chance.shuffle(rows)
    asked = [(week.texts[row], row) for row in rows]
    titles = [(article.info.title, None) for article in articles if article.info.title]
    made = 0
    for text, row in [*titles, *asked]:
        if made >= most:
            return
        pseudo = _asked(week, text, row, chance)
        if pseudo is not None:
            made += 1
            yield pseudo


def _asked(week: _Week, text: str, row: int | None, chance: random.Random) -> Pseudo | None:
    found = [
        *(name for name in _NAME.finditer(text) if week.known[name[0].split()[-1]] >= _KNOWN),
        *_NUMBER.finditer(text),
    ]
    if not found:
        return None
    answer = chance.choice(found)
    key = _folded(re.sub(r"[’']s$", "", answer[0]))
    question = _question(text, answer, chance)
    if not key.strip() or len(set(stems(question))) <= _TELLING:
        return None
    similar = week.similar(question)
    if row is not None:
        similar[week.owners == week.owners[row]] -= 0.05
        similar[row] = -1
    top = [
        each
        for each in np.argsort(-similar)[:_LOOKED]
        if similar[each] > _NEAR
        and (row is None or len(week.words[row] & week.words[each]) < _COPY * len(week.words[row]))
    ]
    right = [each for each in top[:_TOP] if key in week.folded[each] and similar[each] > _ANSWERS]
    wrong = [each for each in top if key not in week.folded[each]]
    if not right or len(wrong) < _LEAST:
        return None
    few, many = _KEPT
    return Pseudo(
        question,
        answer[0],
        [week.texts[each] for each in right[:few]],
        [week.texts[each] for each in wrong[:many]],
    )


def _question(text: str, answer: re.Match[str], chance: random.Random) -> str:
    """The clause around an answer with a question word in its place, or before it all."""
    before = text[: answer.start()]
    after = re.sub(r"^[’']s\b", "", text[answer.end() :])
    asking = _asking(answer[0], before, after, chance)
    if chance.random() < 0.7:
        before, after = _CLAUSE.split(before)[-1], _CLAUSE.split(after)[0]
    left, right = (
        [word for word in words if chance.random() > 0.12]
        for words in (
            before.split()[-chance.randint(2, 9) :],
            after.split()[: chance.randint(4, 11)],
        )
    )
    if chance.random() < 0.45:
        words = [asking, *right, *(left if chance.random() < 0.6 else [])]
    else:
        words = [*left, asking, *right]
    put = " ".join(words).strip(" ,-–—(")
    return put[:1].upper() + put[1:] + ("?" if chance.random() < 0.85 else "")


def _asking(answer: str, before: str, after: str, chance: random.Random) -> str:
    """Words that ask for an answer, by what it looks like and stands between."""
    if answer[0].isupper():
        asking = _asking_name(answer, before, after)
    elif answer.startswith("$"):
        asking = "how much"
    elif answer.endswith(("%", "percent")):
        asking = "what percentage|what percent|how much"
    elif re.fullmatch(r"(?:19|20)\d\d", answer):
        asking = "what year|when|which year"
    else:
        asking = "how many"
    return chance.choice(asking.split("|"))


def _asking_name(answer: str, before: str, after: str) -> str:
    preceding = (re.findall(r"\w+", before) or [""])[-1].lower()
    following = (re.findall(r"\w+", after) or [""])[0].lower()
    count = len(answer.split())
    if _TITLE.search(before) or (count in (2, 3) and following in _DOES):
        return "who"
    if preceding in _PLACES and count <= 2:
        return "where|which country|which city|which state|what place"
    if _BODY.search(answer):
        return "which company|which organization|which agency|what"
    if count > 1:
        return "who|who|which person|what|which company|which celebrity"
    return "what|which country|which company|who|which"


def _fits(text: str) -> bool:
    return len(text.split()) in _WORDS


def _folded(text: str) -> str:
    return f" {re.sub(r'[^a-z0-9]+', ' ', text.lower()).strip()} "
