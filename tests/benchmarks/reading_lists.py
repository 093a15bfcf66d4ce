"""Writes what the local reader learns from: questions with sentences, those that answer marked.

    python tests/benchmarks/reading_lists.py ARTICLES.jsonl[.gz] LIBRARY HITS FOLDER

ARTICLES are looked through up to the end of 2022, week by week, for questions made of sentences
(FOLDER/made.jsonl). The questions of `written_questions.jsonl` and `written_follow_ups.jsonl`,
which we wrote for articles of 2022, are searched for in LIBRARY, which holds these
(FOLDER/written.jsonl); follow-ups as a chat without a model completes them. HITS, which
`fit_extract.py --hits` keeps, hold the news questions of 2022 with what was found
(FOLDER/news.jsonl). Both have two lists: what was found, and what is left without the articles that
answer. Then `fit_reader.py FOLDER` has the reader learn.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from fit_extract import half_of
from pseudo_questions import pseudo_questions

from assistant import Assistant
from assistant.evaluate.questions import EvalQuestion, read_questions
from assistant.evaluate.relevance import Judge, Words, folded
from assistant.extract.model import BY_WORDS, weighed
from assistant.extract.quotes import _COMPARED
from assistant.extract.signs import Candidate, candidates
from index.readers import read_path
from index.types import Article, Hit

WRITTEN = Path(__file__).with_name("written_questions.jsonl")
FOLLOW_UPS = Path(__file__).with_name("written_follow_ups.jsonl")
LAST = "2022-12-31"
OF_A_WEEK = 420
SEED = 7
# Hits that an answer is made from, and those among which others are looked for when the articles
# that answer are left out.
HITS, DEEP = 8, 40
# The share of a question's words that a sentence has to hold, unless it is of the article that the
# question was written for, before its holding the answer counts: "three" stands anywhere.
ABOUT = 0.25

Asked = tuple[EvalQuestion, Sequence[Hit], Sequence[Hit]]


def made(articles: Path, chance: random.Random) -> Iterator[dict[str, Any]]:
    """The questions made of sentences."""
    weeks: dict[Any, list[Article]] = defaultdict(list)
    for article in read_path(articles):
        if isinstance(article, Article) and article.info.date:
            day = article.info.date
            if day.isoformat()[:10] <= LAST:
                weeks[day.isocalendar()[:2]].append(article)
    for _, some in sorted(weeks.items()):
        for one in pseudo_questions(some, OF_A_WEEK, chance):
            key = _words(re.sub(r"[’']s$", "", one.answer))
            texts = (*one.right, *one.wrong)
            marked = [{"text": text, "answers": list(_ranges(text, [key]))} for text in texts]
            yield {"question": one.question, "found": marked}


def searched(library: Path) -> Iterator[Asked]:
    """Questions with what is found, and with what is found besides the articles that answer.

    Each gets the day of its article, so that it is of the same half as others of that week: some
    ask about a month when a year has gone by.
    """
    with Assistant.open(library) as assistant:
        words = lru_cache(None)(lambda of: Words(folded(assistant.library.article(of).text)))
        days = {info.url: info.date for info in assistant.library.articles()}
        for question in (*read_questions(WRITTEN).questions, *completed(assistant)):
            judge = Judge(question)
            if judge.answers:
                hits = assistant.search(question.question, k=DEEP, as_of=question.date)
                left = [h for h in hits if not judge.finds_part("", words(h.passage.article.id))]
                day = next((days[url] for url in question.gold), question.date)
                yield replace(question, date=day), hits[:HITS], left[:HITS]


def completed(assistant: Assistant) -> Iterator[EvalQuestion]:
    """The follow-ups as full questions."""
    lines = FOLLOW_UPS.read_text("utf-8").splitlines()
    for line, question in zip(lines, read_questions(FOLLOW_UPS).questions, strict=True):
        chat = assistant.chat(as_of=question.date)
        chat.ask(json.loads(line)["first"])
        yield replace(question, question=chat.ask(question.question).question.text)


def asked(questions: Iterable[Asked]) -> Iterator[dict[str, Any]]:
    """Questions with the sentences among which an answer is chosen."""
    for question, found, left in questions:
        answers = [answer.split() for answer in Judge(question).answers]
        yield {
            "question": question.question,
            "half": half_of(question),
            "found": [
                _marked(one, answers if _may_answer(one, question) else [])
                for one in _compared(question, found)
            ],
            "left": [_marked(one, []) for one in _compared(question, left)],
        }


def _compared(question: EvalQuestion, hits: Sequence[Hit]) -> list[Candidate]:
    found = candidates(question.question, hits)
    return sorted(found, key=lambda one: -weighed(one.signs, BY_WORDS.first))[:_COMPARED]


def _may_answer(one: Candidate, question: EvalQuestion) -> bool:
    written_for = one.source.passage.article.url in question.gold
    return not question.gold or written_for or one.signs["words"] >= ABOUT


def _marked(one: Candidate, answers: Sequence[Sequence[str]]) -> dict[str, Any]:
    title, text = one.source.passage.article.title, one.source.text
    return {"text": text, "title": title, "answers": list(_ranges(text, answers))}


def _ranges(text: str, keys: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    words = [(m[0].lower(), *m.span()) for m in re.finditer(r"[A-Za-z0-9]+", text)]
    for key in keys:
        for start in range(len(words) - len(key) + 1):
            some = words[start : start + len(key)]
            if [word for word, _, _ in some] == list(key):
                yield some[0][1], some[-1][2]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name in ("articles", "library", "hits", "folder"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for name, lists in (
        ("made", made(given.articles, random.Random(SEED))),
        ("written", asked(searched(given.library))),
        ("news", asked(pickle.loads(given.hits.read_bytes()))),
    ):
        lines = [json.dumps(one, ensure_ascii=False) for one in lists]
        (given.folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        print(f"{name}: {len(lines)}")


if __name__ == "__main__":
    main()
