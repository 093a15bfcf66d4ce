"""Nothing that is printed can drive a terminal."""

from __future__ import annotations

import dataclasses

import pytest
from answers import (
    ANSWER,
    CITED,
    HIT,
    INFO,
    NO_ANSWER,
    whole,
)
from hypothesis import given
from hypothesis import strategies as st

from assistant.render.answers import notes_text
from assistant.render.articles import article_line, article_text, excerpt, hits_text
from assistant.render.library import report_text, status_text
from assistant.render.messages import error_text
from assistant.render.terminal import UNSAFE, for_terminal
from assistant.types import AnswerSentence, Finished, SentenceReady, Verdict
from index.errors import ReadError
from index.types import Article, Report, Skipped, Status


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mred", "a␛[31mred"),
        ("bell\x07", "bell␇"),
        ("back\x7f", "back␡"),
        ("c1\x9b31m", "c1�31m"),
        ("over\u202egnp.exe", "overgnp.exe"),
        ("iso\u2066late\u2069", "isolate"),
        ("two\r\nlines", "two\nlines"),
        ("over\rwritten", "over␍written"),
        ("para\u2029graph", "para\ngraph"),
        ("half\ud83d", "half�"),
        ("tag\U000e0041", "tag"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("שלום “新闻” é", "שלום “新闻” é"),
    ],
)
def test_text_cannot_drive_the_terminal(text, shown):
    """Escapes, control characters and what reorders text become harmless; letters stay."""
    assert for_terminal(text) == shown


HOSTILE = "A\x1b]0;owned\x07B\u202eC\x9b2J"


@given(st.text())
def test_nothing_unsafe_is_left(text):
    """Whatever an article holds, nothing is left that a terminal would act on."""
    assert not UNSAFE.search(for_terminal(text))


def test_every_renderer_is_harmless():
    """Hostile text in any field of anything printed loses its power."""
    info = dataclasses.replace(INFO, title=HOSTILE, source=HOSTILE, authors=(HOSTILE,))
    citation = dataclasses.replace(CITED, article=info, quote=HOSTILE)
    passage = dataclasses.replace(HIT.passage, article=info, text=HOSTILE)
    hit = dataclasses.replace(HIT, passage=passage)
    sentence = AnswerSentence(HOSTILE, (1,), Verdict("partial", (HOSTILE,)))
    answer = dataclasses.replace(ANSWER, model=HOSTILE, warnings=(HOSTILE,))
    printed = [
        whole([SentenceReady(sentence, "", (citation,)), Finished(answer)]),
        whole([Finished(dataclasses.replace(NO_ANSWER, text=HOSTILE, closest=(hit,)))]),
        notes_text(answer),
        hits_text([hit]),
        article_line(info),
        article_text(Article(info, HOSTILE), 1),
        excerpt(Article(info, HOSTILE), 1, 5),
        report_text(Report(skipped=(Skipped(HOSTILE, HOSTILE),))),
        status_text(Status(HOSTILE, 1, 1, 1, 1, HOSTILE, None, None, 0, 0, 0)),
        error_text(ReadError(HOSTILE, help=HOSTILE)),
    ]
    assert all(not UNSAFE.search(text) for text in printed)
