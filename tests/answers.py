"""Answers made by hand, for the tests of what prints them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from assistant.render.answers import AnswerText
from assistant.render.layout import PLAIN
from assistant.timeline import Entry, Timeline
from assistant.types import (
    Answer,
    AnswerSentence,
    Citation,
    Finished,
    PromptStamp,
    Question,
    Retrieved,
    SentenceReady,
    Usage,
    Verdict,
)
from index.types import ArticleInfo, Hit, Passage

TEXT = (
    "The ferry Maribel ran aground off Corran Point on Tuesday.\n\n"
    "Twelve passengers were taken to hospital, the coastguard said. Nobody died."
)
INFO = ArticleInfo(
    title="Ferry runs aground off Corran Point",
    date=dt.date(2025, 3, 5),
    source="The Harbour Post",
    url="https://harbour.example/ferry",
)
UNDATED = ArticleInfo(path="notes/ferry.txt", version=2, opening="What the harbour master saw")
DAY = dt.date(2025, 3, 4)
QUESTION = Question("How many were hurt?", "How many were hurt? (Maribel)", dt.date(2025, 3, 9))

START, END = TEXT.index("Twelve"), TEXT.index(" Nobody")
CITED = Citation(1, INFO, START, END, TEXT[START:END])
ALSO_CITED = Citation(2, UNDATED, 0, 58, TEXT[:58])
HIT = Hit(
    Passage(INFO, 0, 0, len(TEXT), TEXT),
    1.25,
    {"lexical": 1.0, "vector": 0.25},
    {"lexical": 1, "vector": 4},
)

HURT = SentenceReady(
    AnswerSentence("Twelve passengers went to hospital.", (1,), Verdict("supported")), "", (CITED,)
)
DIED = SentenceReady(
    AnswerSentence(
        "Two people died.", (1, 2), Verdict("partial", ("the source says nobody, not two",))
    ),
    " ",
    (ALSO_CITED,),
)
ANSWER = Answer(
    question=QUESTION,
    mode="model",
    text="Twelve passengers went to hospital. [1] Two people died. [1][2]",
    abstained=False,
    sentences=(HURT.sentence, DIED.sentence),
    citations=(CITED, ALSO_CITED),
    warnings=("the model cited [9.9], which it was not shown",),
    usage=Usage(812, 34, 512, 1, 0.0003),
    prompt=PromptStamp("answer", "1", "abc123"),
    model="test-model",
    timings={"retrieve": 0.0125, "answer": 1.2},
)
QUOTED = AnswerSentence(CITED.quote, (1,), Verdict("supported"))
TIMELINE = Timeline(
    Answer(
        question=replace(QUESTION, asked="the ferry", text="the ferry"),
        mode="extractive",
        text=f"{CITED.quote} [1]",
        abstained=False,
        sentences=(QUOTED,),
        citations=(CITED,),
        warnings=("2 sentences without a date left out",),
        confidence=0.9,
    ),
    (Entry(DAY, DAY, "sentence", "Tuesday", CITED, ("Lessing Courier",)),),
)
NO_ANSWER = Answer(
    question=QUESTION,
    mode="extractive",
    text="The articles do not answer this.",
    abstained=True,
    closest=(HIT,),
)
EVENTS = (Retrieved(QUESTION, (HIT,)), HURT, DIED, Finished(ANSWER))


def whole(events, style=PLAIN) -> str:
    """What is printed of an answer, whose events these are."""
    text = AnswerText(style)
    return "".join(text.feed(event) for event in events)
