"""How well questions are understood: times, follow-ups, questions in parts; prints a table.

python tests/benchmarks/questions.py NEWS LIBRARY [--year 2023] [--until DAY] [--json FILE]

NEWS holds `questions.jsonl` (`id`, `date`, `question`, `answer`, `evidence`, `gold_urls`) and
`articles.jsonl.gz`; LIBRARY is a library with those articles. What was chosen (rules and numbers)
was chosen on the questions of 2022, so that 2023 is what is to be reported.

Times: each question is asked as of its own day, and a second time with its time put as of a later
day (“In June …”, “Seven weeks ago …”), with the time understood and without. Follow-ups: of each
article that quotes people, questions about them are asked in full, and as a person would go on in
a chat; both should find the same passage first. False alarms: news questions stand alone and are
simple, so that none of them should be completed or taken apart.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import random
import re
import statistics
import sys
import time
from pathlib import Path

from assistant.finding import retrieve
from assistant.question import Limits, date_preference, read_limits, resolve
from assistant.question.follow_ups import is_follow_up
from assistant.question.parts import split
from assistant.question.people import named
from assistant.question.time_words import find_time_words
from assistant.types import Answer, AnswerSentence, Question, Turn, Verdict
from index.lexical import query_words
from index.library import Library
from index.sentences import split_sentences
from index.types import Filters

SEED = 11
FEW = 3  # content words of question and evidence that a relevant passage has to share
SHARE = 0.4
COUNTS = "two three four five six seven eight nine".split()
THIS_WEEK = re.compile(
    r",?\s*\b(?:earlier )?this week(?:['’]s)?\b,?|\b(?:on )?\w+day(?:['’]s)?\b(?= )"
    r"|\b(?:over the|this|last) weekend\b",
    re.IGNORECASE,
)


def folded(text: str) -> str:
    return f" {re.sub(r'[^a-z0-9]+', ' ', text.lower()).strip()} "


class Judge:
    """Says whether a passage answers a question: it holds the answer and enough of its words."""

    def __init__(self, question: dict) -> None:
        self.answer = folded(question["answer"])
        told = f"{question['question']} {question['evidence']}"
        self.words = {word for word in query_words(told) if len(word) > 1}
        self.gold = set(question["gold_urls"])

    @property
    def scorable(self) -> bool:
        return len(self.answer) > 3 and self.answer.strip() not in {"true", "false", "yes", "no"}

    def passage(self, text: str) -> bool:
        text = folded(text)
        shared = len(self.words & set(text.split()))
        return self.answer in text and shared >= max(FEW, SHARE * len(self.words))


def ranks(judge: Judge, hits: list) -> tuple[int | None, int | None]:
    passage = next((n for n, h in enumerate(hits, 1) if judge.passage(h.passage.text)), None)
    urls = list(dict.fromkeys(hit.passage.article.url for hit in hits))
    return passage, next((n for n, url in enumerate(urls, 1) if url in judge.gold), None)


def mrr(found: list[int | None]) -> float:
    return sum(1 / rank for rank in found if rank) / max(1, len(found))


def moved(question: dict, rng: random.Random) -> dict:
    """The question as of a later day, with a time that says when it was."""
    day = dt.date.fromisoformat(question["date"]) - dt.timedelta(days=3)
    text = " ".join(THIS_WEEK.sub(" ", question["question"]).split())
    weeks = rng.randint(2, 9)
    lead, later = rng.choice(
        [
            (f"In {day:%B}, ", rng.randint(40, 250)),
            (f"In {day:%B %Y}, ", rng.randint(60, 400)),
            (f"In the week of {day.day} {day:%B}, ", rng.randint(20, 200)),
            (f"{COUNTS[weeks - 2].capitalize()} weeks ago, ", 7 * weeks),
            ("Last month, ", (day.replace(day=1) + dt.timedelta(days=45) - day).days),
        ]
    )
    return {
        **question,
        "question": lead + text,
        "date": (day + dt.timedelta(days=later)).isoformat(),
    }


def time_rows(library: Library, questions: list[dict]) -> list[dict]:
    """MRR and hits with the time in the question understood and without."""
    rng = random.Random(SEED)
    timed = [q for q in questions if _times(q)]
    plain = [q for q in questions if q not in timed or "this week" in q["question"].lower()]
    rows = []
    for what, asked in (
        ("times, as asked", timed),
        ("times, put as of a later day", [moved(q, rng) for q in plain]),
    ):
        for how in ("not understood", "understood"):
            passages, articles = [], []
            for question in asked:
                judge = Judge(question)
                hits = _hits(library, question, understood=how == "understood")
                passage, article = ranks(judge, hits)
                passages += [passage] if judge.scorable else []
                articles += [article] if judge.gold else []
            rows.append(
                {
                    "what": f"{what}: {how}",
                    "questions": len(passages),
                    "passage MRR@10": mrr(passages),
                    "passage hit@10": sum(map(bool, passages)) / max(1, len(passages)),
                }
                | (
                    {
                        "article MRR@10": mrr(articles),
                        "article hit@10": sum(map(bool, articles)) / len(articles),
                    }
                    if articles
                    else {}
                )
            )
    return rows


def _times(question: dict) -> list:
    return find_time_words(question["question"], dt.date.fromisoformat(question["date"]))


def _hits(library: Library, question: dict, *, understood: bool) -> list:
    day = dt.date.fromisoformat(question["date"])
    if understood:
        meant = resolve(question["question"], Limits(day, Filters(until=day)), library)
        near = date_preference(meant.time, day)
        return library.search(question["question"], filters=meant.filters, near=near)
    return library.search(question["question"], filters=Filters(until=day), near=day)


# follow-ups


def dialogues(articles: list[dict], rng: random.Random) -> list[tuple[str, str, str, str, str]]:
    """Kind, first question, its answer, the follow-up and its full form, from real articles."""
    made = []
    for article in articles:
        said: dict[str, list[tuple[str, str, str]]] = {}
        full_names: dict[str, str] = {}
        for sentence in split_sentences(article["text"]):
            text = article["text"][sentence.start : sentence.end]
            for name in named(text):
                if " " in name.text:
                    full_names.setdefault(name.text.split()[-1], name.text)
                who = full_names.get(name.text, name.text)
                after = text[name.start + len(name.text) :][:12]
                if re.match(r"\s+(?:said|told|says|added)\b", after) and _topic(text, name.text):
                    topic = _topic(text, name.text)
                    gender = named(who)[0].gender if named(who) else ""
                    said.setdefault(who, []).append((topic, text, gender))
        people = [(who, what) for who, what in said.items() if " " in who]
        for who, what in people:
            if len(what) > 1 and what[0][0] != what[1][0] and what[0][2]:
                (topic, text, gender), (other, _, _) = what[:2]
                first = f"What did {who} say about {topic}?"
                full = f"What did {who} say about {other}?"
                made.append(
                    (
                        "And what did he/she say …?",
                        first,
                        text,
                        f"And what did {gender} say about {other}?",
                        full,
                    )
                )
                made.append(("And about …?", first, text, f"And about {other}?", full))
        if len(people) > 1:
            (who, [(topic, text, _), *_]), (another, _) = people[:2]
            made.append(
                (
                    "What about (name)?",
                    f"What did {who} say about {topic}?",
                    text,
                    f"What about {another}?",
                    f"What did {another} say about {topic}?",
                )
            )
            made.append(
                (
                    "And what did (name) say?",
                    f"What did {who} say about {topic}?",
                    text,
                    f"And what did {another} say?",
                    f"What did {another} say about {topic}?",
                )
            )
    rng.shuffle(made)
    return made


def _topic(text: str, name: str) -> str:
    """Two telling words of a sentence that stand together, which it may be asked about by."""
    plain = text.replace(name, " ").replace("’s", "")
    for match in re.finditer(r"\b[a-z]{4,}\s+[a-z]{5,}\b", plain):
        if query_words(match[0]) == match[0].split():
            return match[0]
    return ""


def follow_up_rows(library: Library, news: Path, year: str, most: int) -> list[dict]:
    """How often the completed follow-up finds the passage first that the full question does."""
    rng = random.Random(SEED)
    held = {info.url for info in library.articles()}
    with gzip.open(news / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [a for a in map(json.loads, lines) if a["week"][:4] == year]
    articles = [a for a in articles if a["url"] in held and a["date"]]
    rng.shuffle(articles)
    made = dialogues(articles, rng)
    rows = []
    for kind in sorted({each[0] for each in made}):
        same = {"as typed": 0, "completed": 0}
        chosen = [each for each in made if each[0] == kind][:most]
        for _, first, said, text, full in chosen:
            limits = read_limits(dt.date(int(year), 12, 31))
            asked = Question(first, first, limits.as_of)
            sentence = AnswerSentence(said, (), Verdict("supported"))
            answer = Answer(asked, "extractive", said, abstained=False, sentences=(sentence,))
            wanted = _first(library, resolve(full, limits, library))
            typed = resolve(text, limits, library)
            completed = resolve(text, limits, library, [Turn(asked, answer)])
            same["as typed"] += _first(library, typed) == wanted
            same["completed"] += _first(library, completed) == wanted
        rows.append(
            {"what": f"follow-ups “{kind}”", "questions": len(chosen)}
            | {f"same first passage, {how}": n / len(chosen) for how, n in same.items()}
        )
    return rows


def _first(library: Library, question: Question) -> str:
    hits = retrieve(library, question, 1).hits
    return hits[0].passage.id if hits else ""


# false alarms and times


def alarm_rows(library: Library, questions: list[dict]) -> list[dict]:
    texts = [q["question"] for q in questions]
    follow = [t for t in texts if is_follow_up(t, find_time_words(t, dt.date(2023, 1, 1)), "")]
    parted = [t for t in texts if split(t, library.outlet)]
    return [
        {
            "what": "taken for a follow-up",
            "questions": len(texts),
            "share": len(follow) / len(texts),
        },
        {"what": "taken apart", "questions": len(texts), "share": len(parted) / len(texts)},
    ]


def speed_rows(library: Library, questions: list[dict]) -> list[dict]:
    """Milliseconds for a question and for one of two parts, asked in turns."""
    library.warm_up()
    limits = read_limits(dt.date(2023, 1, 1))
    texts = [q["question"].rstrip("?") for q in questions[:120]]
    taken: dict[str, list[float]] = {"understanding": [], "one": [], "two parts": []}
    for one, other in zip(texts[::2], texts[1::2], strict=False):
        began = time.perf_counter()
        simple = resolve(f"{one}?", limits, library)
        taken["understanding"].append(time.perf_counter() - began)
        part = resolve(f"{other}?", limits, library)
        both = Question(one, one, limits.as_of, parts=(simple, part))
        for what, asked in (("one", simple), ("two parts", both)):
            began = time.perf_counter()
            retrieve(library, asked, 8)
            taken[what].append(time.perf_counter() - began)
    return [
        {"what": f"ms, {what}", "questions": len(each)}
        | {"median": 1e3 * statistics.median(each[5:])}
        | {"p95": 1e3 * sorted(each[5:])[int(0.95 * len(each[5:]))]}
        for what, each in taken.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("library")
    parser.add_argument("--year", default="2023")
    parser.add_argument("--until", help="the last day whose questions are asked, YYYY-MM-DD")
    parser.add_argument("--most", type=int, default=200, help="follow-ups of each kind")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with (options.news / "questions.jsonl").open(encoding="utf-8") as lines:
        questions = [q for q in map(json.loads, lines) if q["date"].startswith(options.year)]
    with Library(options.library) as library:
        last = max(info.date for info in library.articles() if info.date).isoformat()
        within = [q for q in questions if q["date"] <= (options.until or last)]
        if not within:
            sys.exit(f"the library has no article of the days of {options.year}'s questions")
        rows = [
            *alarm_rows(library, questions),
            *time_rows(library, within),
            *follow_up_rows(library, options.news, options.year, options.most),
            *speed_rows(library, within),
        ]
    for row in rows:
        figures = (f"{name} {value:.3f}" for name, value in row.items() if isinstance(value, float))
        print(f"{row['what']:44}{row['questions']:>6}  {'  '.join(figures)}")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), "utf-8")


if __name__ == "__main__":
    main()
