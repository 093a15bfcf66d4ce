"""The JSON that other programs read."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

from answers import ANSWER, HIT, INFO, NO_ANSWER, QUESTION, TEXT, UNDATED
from hypothesis import given
from hypothesis import strategies as st

from assistant.jsonform import (
    answer_to_json,
    article_to_json,
    dumps,
    full_article_to_json,
    hit_to_json,
    report_to_json,
    search_to_json,
    status_to_json,
)
from assistant.render.terminal import UNSAFE
from assistant.types import QuestionTime
from index.dates import Period
from index.types import Article, Report, Sentence, Skipped, Status

FERRY = {
    "id": INFO.id,
    "title": "Ferry runs aground off Corran Point",
    "date": "2025-03-05",
    "source": "The Harbour Post",
    "url": "https://harbour.example/ferry",
    "version": 1,
    "authors": [],
    "path": "",
    "opening": "",
}


def test_an_answer():
    """The shape of `ask --json`, name by name."""
    form = answer_to_json(ANSWER)
    assert list(form) == [
        *("format", "question", "resolved", "text", "abstained", "mode", "model", "as_of"),
        *("filters", "time", "parts", "article", "sentences", "citations", "closest"),
        *("warnings", "usage", "prompt", "timings", "confidence", "prompts", "dropped"),
        "disagreements",
    ]
    assert form["question"] == "How many were hurt?"
    assert form["resolved"] == "How many were hurt? (Maribel)"
    assert form["as_of"] == "2025-03-09"
    assert form["filters"] == {"since": None, "until": None, "sources": []}
    assert form["sentences"][1] == {
        "text": "Two people died.",
        "verdict": "partial",
        "reasons": ["the source says nobody, not two"],
        "citations": [1, 2],
        "aligned": [],
        "judge": None,
    }
    citation = form["citations"][0]
    assert list(citation) == ["number", "quote", "start", "end", "article", "copies"]
    assert TEXT[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["article"] == FERRY
    assert form["usage"] == {
        "prompt_tokens": 812,
        "completion_tokens": 34,
        "cached_tokens": 512,
        "calls": 1,
        "cost": 0.0003,
    }
    assert form["time"] is None
    assert form["parts"] == []
    assert form["prompt"] == {"name": "answer", "version": "1", "hash": "abc123"}
    assert form["timings"] == {"retrieve": 0.0125, "answer": 1.2}


def test_how_the_question_was_understood():
    """The time with what it did to the search, and the parts that were searched for."""
    march = Period(dt.date(2025, 3, 1), dt.date(2025, 3, 31))
    part = replace(QUESTION, time=QuestionTime("in March", march, "preference"))
    form = answer_to_json(replace(ANSWER, question=replace(part, parts=(part,))))
    days = {"first": "2025-03-01", "last": "2025-03-31"}
    assert form["time"] == {"words": "in March", **days, "use": "preference", "order": ""}
    assert form["parts"] == [
        {
            "asked": part.asked,
            "text": part.text,
            "filters": form["filters"],
            "time": form["time"],
        },
    ]


def test_an_abstention():
    """It is marked, without sentences, with the closest passages."""
    form = answer_to_json(NO_ANSWER)
    assert form["abstained"] is True
    assert (form["mode"], form["sentences"], form["citations"]) == ("extractive", [], [])
    assert form["closest"] == [hit_to_json(HIT)]
    assert form["prompt"] == {}


def test_a_search():
    """The shape of `search --json`."""
    form = search_to_json("ferry", [HIT])
    assert form["query"] == "ferry"
    assert form["hits"] == [
        {
            "text": TEXT,
            "start": 0,
            "end": len(TEXT),
            "score": 1.25,
            "parts": {"lexical": 1.0, "vector": 0.25},
            "ranks": {"lexical": 1, "vector": 4},
            "ordinal": 0,
            "article": FERRY,
            "copies": [],
        }
    ]


def test_an_article_without_a_date():
    """A missing date is null, never a made-up one."""
    assert article_to_json(UNDATED)["date"] is None


def test_a_whole_article():
    """`show --json` gives the text and the ranges of its sentences, a list only what it is."""
    form = full_article_to_json(Article(INFO, TEXT), [Sentence(0, 58)])
    assert form["text"] == TEXT
    assert form["sentences"] == [{"start": 0, "end": 58}]
    assert "text" not in full_article_to_json(UNDATED)
    assert full_article_to_json(UNDATED)["path"] == "notes/ferry.txt"


def test_report_and_status():
    """Numbers by name, and what was skipped with its reason."""
    report = Report(added=1, skipped=(Skipped("a.txt", "it is empty"),))
    assert report_to_json(report)["skipped"] == [{"where": "a.txt", "reason": "it is empty"}]
    status = Status("lib", 2, 5, 5, 3, "local", dt.date(2025, 3, 5), None, 1, 0, 4096)
    form = status_to_json(status)
    assert (form["first"], form["last"], form["bytes"]) == ("2025-03-05", None, 4096)


@given(st.dictionaries(st.text(), st.text()))
def test_printed_json_is_harmless_and_the_same(values):
    """A terminal shows it without acting on it, and a program reads back every letter."""
    text = dumps(values)
    assert not UNSAFE.search(text)
    assert json.loads(text) == values


def test_letters_stay_letters():
    """JSON in other scripts can be read by people."""
    assert "“Selenskyj” 新闻" in dumps({"title": "“Selenskyj” 新闻"})
