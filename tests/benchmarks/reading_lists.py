"""Writes what the local reader learns from: questions with sentences, those that answer marked.

    python tests/benchmarks/reading_lists.py ARTICLES.jsonl[.gz] HITS FOLDER

ARTICLES are looked through up to the end of 2022, week by week, for questions made of sentences
(FOLDER/pseudo.jsonl). HITS, which `fit_extract.py --hits` keeps, hold the news questions of 2022
with what was found, once as it is and once with the articles that answer left out
(FOLDER/asked.jsonl). Then `fit_reader.py FOLDER` has the reader learn.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from fit_extract import Asked, half_of
from pseudo_questions import pseudo_questions

from assistant.evaluate.relevance import Judge
from assistant.extract.model import BY_WORDS, weighed
from assistant.extract.quotes import _COMPARED
from assistant.extract.signs import candidates
from index.readers import read_path
from index.types import Article

LAST = "2022-12-31"
OF_A_WEEK = 420
SEED = 7


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
            yield listed(one.question, [*one.right, *one.wrong], [key])


def asked(questions: Sequence[Asked]) -> Iterator[dict[str, Any]]:
    """The news questions with the sentences among which an answer is chosen."""
    for question, *both in questions:
        answers = [answer.split() for answer in Judge(question).answers]
        for hits, keys in zip(both, (answers, []), strict=True):
            found = candidates(question.question, hits)
            best = sorted(found, key=lambda one: -weighed(one.signs, BY_WORDS.first))[:_COMPARED]
            texts = [one.source.text for one in best]
            yield listed(question.question, texts, keys) | {"half": half_of(question)}


def listed(question: str, texts: Sequence[str], keys: Sequence[Sequence[str]]) -> dict[str, Any]:
    """A question with texts and the ranges of the answer in each."""
    sentences = [{"text": text, "answers": list(_ranges(text, keys))} for text in texts]
    return {"question": question, "sentences": sentences}


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
    for name in ("articles", "hits", "folder"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    questions = pickle.loads(given.hits.read_bytes())
    for name, lists in (
        ("pseudo", made(given.articles, random.Random(SEED))),
        ("asked", asked(questions)),
    ):
        lines = [json.dumps(one, ensure_ascii=False) for one in lists]
        (given.folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        print(f"{name}: {len(lines)}")


if __name__ == "__main__":
    main()
