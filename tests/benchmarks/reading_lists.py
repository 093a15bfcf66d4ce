"""Writes what the local reader learns from: questions with sentences, those that answer marked.

    python tests/benchmarks/reading_lists.py ARTICLES.jsonl[.gz] LIBRARY HITS FOLDER

ARTICLES are looked through up to the end of 2022, week by week, for questions made of sentences
(FOLDER/made.jsonl). The questions of `written_questions.jsonl` and `written_follow_ups.jsonl`,
which we wrote for articles of 2022, are searched for in LIBRARY, which holds these
(FOLDER/written.jsonl), follow-ups as a chat without a model completes them; and so are those of
`written_reasons.jsonl` (FOLDER/reasons.jsonl), which ask why and how, and of `written_nearly.jsonl`
(FOLDER/nearly.jsonl). HITS, which `fit_extract.py --hits` keeps, hold the news questions of 2022
with what was found (FOLDER/news.jsonl). All have two lists: what was found, and what is left
without the articles that answer. Then `fit_reader.py FOLDER` has the reader learn.

Nearly answered are questions like those above with another person, time or action in them, or about
something that is not told: nothing answers them, though much looks as if it did. Their lists with a
sentence that the reader thought likely were read; `stands` of the few that are answered all the
same tells where.

What is left often answers all the same, in other words, or by an article with few of the question's
words: of the lists with a sentence that an earlier reader thought likely, a third does. All these
were read. `elsewhere` of a written question, and `stands` of one that asks for a reason, hold what
was found: from which word to which the answer stands, by the digest of the sentence. Where another
answer seems as good, `elsewhere` is null and what is left teaches nothing; for a reason, neither
does it where nobody `read` it. For news questions `judged_news.jsonl` tells that much.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import pickle
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fit_extract import half_of
from judged import Judged, judged, key
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
REASONS = Path(__file__).with_name("written_reasons.jsonl")
NEARLY = Path(__file__).with_name("written_nearly.jsonl")
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

_WORD = re.compile(r"[A-Za-z0-9]+")
Told = dict[str, list[tuple[int, int]]]
"""From which word to which of a sentence an answer stands, by the digest of the sentence."""


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
            sought = _words(re.sub(r"[’']s$", "", one.answer))
            texts = (*one.right, *one.wrong)
            marked = [{"text": text, "answers": list(_ranges(text, [sought]))} for text in texts]
            yield {"question": one.question, "found": marked}


def written(library: Path) -> Iterator[dict[str, Any]]:
    """The lists of questions whose answer is a few words.

    Each gets the day of its article, so that it is of the same half as others of that week: some
    ask about a month when a year has gone by.
    """
    with Assistant.open(library) as assistant:
        words = lru_cache(None)(lambda of: Words(folded(assistant.library.article(of).text)))
        days = {info.url: info.date for info in assistant.library.articles()}
        lines = [*_lines(WRITTEN), *_lines(FOLLOW_UPS)]
        questions = (*read_questions(WRITTEN).questions, *completed(assistant))
        for line, question in zip(lines, questions, strict=True):
            judge = Judge(question)
            if judge.answers:
                hits = assistant.search(question.question, k=DEEP, as_of=question.date)
                left = [h for h in hits if not judge.finds_part("", words(h.passage.article.id))]
                if "elsewhere" not in line:
                    left = [hit for hit in left if not judge.holds_answer(hit.passage.text)]
                told = line.get("elsewhere", {})
                day = next((days[url] for url in question.gold), question.date)
                dated = replace(question, date=day)
                yield listed(dated, hits, left if told is not None else [], told or {})


def reasons(library: Path) -> Iterator[dict[str, Any]]:
    """The lists of questions why and how, which several articles may answer, each in its way."""
    with Assistant.open(library) as assistant:
        days = {info.url: info.date for info in assistant.library.articles()}
        for line in _lines(REASONS):
            asked, day = line["question"], dt.date.fromisoformat(line["date"])
            hits = assistant.search(asked, k=2 * HITS, as_of=day)
            left = [hit for hit in hits if hit.passage.article.url not in line["urls"]]
            made = next((days[url] for url in line["urls"] if url in days), day)
            question = EvalQuestion("", asked, date=made, gold=frozenset(line["urls"]))
            yield listed(question, hits, left if line["read"] else [], line["stands"])


def nearly(library: Path) -> Iterator[dict[str, Any]]:
    """The lists of questions that nothing answers, and that something nearly does."""
    with Assistant.open(library) as assistant:
        days = {info.url: info.date for info in assistant.library.articles()}
        for line in _lines(NEARLY):
            asked, day = line["question"], dt.date.fromisoformat(line["date"])
            hits = assistant.search(asked, k=HITS, as_of=day)
            question = EvalQuestion("", asked, date=days.get(line["like"], day))
            told = line["stands"]
            yield listed(question, hits if told else [], [] if told else hits, told)


def news(hits: Path) -> Iterator[dict[str, Any]]:
    """The lists of news questions, without what answers by chance, or answers all the same."""
    read = judged()
    for question, found, left in pickle.loads(hits.read_bytes()):
        told = read.get(key(question), Judged("yes", True, "no"))
        yield listed(
            question,
            found if told.answered != "no" else [],
            left if told.left == "no" else [],
            {},
        )


def completed(assistant: Assistant) -> Iterator[EvalQuestion]:
    """The follow-ups as full questions."""
    for line, question in zip(
        _lines(FOLLOW_UPS), read_questions(FOLLOW_UPS).questions, strict=True
    ):
        chat = assistant.chat(as_of=question.date)
        chat.ask(line["first"])
        yield replace(question, question=chat.ask(question.question).question.text)


def listed(
    question: EvalQuestion, found: Sequence[Hit], left: Sequence[Hit], told: Told
) -> dict[str, Any]:
    """A question with the sentences among which an answer is chosen, those that answer marked."""
    answers = [answer.split() for answer in Judge(question).answers]
    return {
        "question": question.question,
        "half": half_of(question),
        "found": [
            _marked(one, answers if _may_answer(one, question) else [], told)
            for one in _compared(question, found)
        ],
        "left": [_marked(one, [], told) for one in _compared(question, left)],
    }


def _compared(question: EvalQuestion, hits: Sequence[Hit]) -> list[Candidate]:
    found = candidates(question.question, hits[:HITS])
    return sorted(found, key=lambda one: -weighed(one.signs, BY_WORDS.first))[:_COMPARED]


def _may_answer(one: Candidate, question: EvalQuestion) -> bool:
    written_for = one.source.passage.article.url in question.gold
    return not question.gold or written_for or one.signs["words"] >= ABOUT


def _marked(one: Candidate, answers: Sequence[Sequence[str]], told: Told) -> dict[str, Any]:
    title, text = one.source.passage.article.title, one.source.text
    words = [match.span() for match in _WORD.finditer(text)]
    read = [(words[start][0], words[stop - 1][1]) for start, stop in told.get(digest(text), ())]
    return {"text": text, "title": title, "answers": [*_ranges(text, answers), *read]}


def _ranges(text: str, keys: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    words = [(m[0].lower(), *m.span()) for m in _WORD.finditer(text)]
    for sought in keys:
        for start in range(len(words) - len(sought) + 1):
            some = words[start : start + len(sought)]
            if [word for word, _, _ in some] == list(sought):
                yield some[0][1], some[-1][2]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def digest(text: str) -> str:
    """What a sentence is known by."""
    return sha256(text.encode()).hexdigest()[:12]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name in ("articles", "library", "hits", "folder"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for name, lists in (
        ("made", made(given.articles, random.Random(SEED))),
        ("written", written(given.library)),
        ("reasons", reasons(given.library)),
        ("nearly", nearly(given.library)),
        ("news", news(given.hits)),
    ):
        lines = [json.dumps(one, ensure_ascii=False) for one in lists]
        (given.folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        print(f"{name}: {len(lines)}")


if __name__ == "__main__":
    main()
