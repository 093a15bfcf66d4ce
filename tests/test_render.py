"""What people see: answers, hits, articles and reports, letter by letter."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from answers import (
    ALSO_CITED,
    ANSWER,
    CITED,
    DIED,
    END,
    EVENTS,
    HIT,
    HURT,
    INFO,
    NO_ANSWER,
    START,
    TEXT,
    UNDATED,
)
from hypothesis import given
from hypothesis import strategies as st

from assistant.layout import PLAIN, Style, columns
from assistant.render import (
    UNSAFE,
    AnswerText,
    article_line,
    article_text,
    config_text,
    error_text,
    excerpt,
    for_terminal,
    hits_text,
    notes_text,
    progress_text,
    report_text,
    sources_text,
    status_text,
)
from assistant.types import AnswerSentence, Finished, SentenceReady, Verdict
from index.errors import NoLibrary, ReadError
from index.types import Article, Progress, Report, Skipped, Status

QUOTES = Style(quotes=True)


def whole(events, style=PLAIN) -> str:
    text = AnswerText(style)
    return "".join(text.feed(event) for event in events)


def test_an_answer_with_its_sources():
    """Sentences with numbers, a mark where support is partial, and the quoted sources."""
    assert whole(EVENTS) == (
        "Twelve passengers went to hospital. [1] Two people died. [1][2]\n"
        "  ⚠ partly supported: the source says nobody, not two\n"
        "\n"
        "[1] The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
        "    > Twelve passengers were taken to hospital, the coastguard said.\n"
        "[2] no date, “What the harbour master saw”, version 2\n"
        "    > The ferry Maribel ran aground off Corran Point on Tuesday.\n"
    )


def test_an_unsupported_sentence_is_marked():
    """Nobody can take it for a fact, also without citations."""
    made_up = SentenceReady(
        AnswerSentence("It sank.", (), Verdict("unsupported", ("cites nothing",))), "", ()
    )
    assert whole([made_up]) == "It sank.\n  ✗ not supported: cites nothing\n"


def test_paragraphs_and_lists_stay_apart():
    """Where the model began a new line or paragraph, so does the text."""
    item = dataclasses.replace(HURT, before="\n")
    paragraph = dataclasses.replace(HURT, before="\n\n")
    assert whole([HURT, item, paragraph]) == (
        "Twelve passengers went to hospital. [1]\n"
        "Twelve passengers went to hospital. [1]\n\n"
        "Twelve passengers went to hospital. [1]"
    )


def test_quotes_say_that_they_are_quotes():
    """Without a model the text says so, and does not quote the same words twice."""
    assert whole([HURT, Finished(dataclasses.replace(ANSWER, mode="extractive"))], QUOTES) == (
        "Quoted from the articles (no model):\n"
        "\n"
        "> Twelve passengers went to hospital. [1]\n"
        "\n"
        "[1] The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
    )


def test_an_abstention_shows_what_came_nearest():
    """It says that the articles do not answer, before anything else."""
    assert whole([Finished(NO_ANSWER)]) == (
        "The articles do not answer this.\n"
        "\n"
        "The closest passages:\n"
        "- The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
        f"    > {' '.join(TEXT.split())}\n"
    )


def test_a_stopped_answer_keeps_its_sources():
    """What came before Ctrl-C can still be checked; nothing came, nothing is shown."""
    text = AnswerText()
    assert text.stop() == ""
    text.feed(HURT)
    assert text.stop().startswith("\n\n[1] The Harbour Post")
    text.feed(DIED)
    assert text.stop().startswith("\n[1] The Harbour Post")


@pytest.mark.parametrize("quotes", [False, True])
@pytest.mark.parametrize("width", [20, 33, 80])
def test_lines_fit_the_terminal(width, quotes):
    """Whatever is printed of an answer fits; colour takes no room."""
    plain = whole(EVENTS, Style(width, quotes=quotes))
    coloured = whole(EVENTS, Style(width, colour=True, quotes=quotes))
    assert all(columns(line) <= width for line in plain.split("\n"))
    for code in (2, 31, 33, 36, 0):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == plain


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


def test_notes_of_an_answer():
    """Warnings always, figures unless it is to be quiet."""
    warning = "note: the model cited [9.9], which it was not shown\n"
    assert notes_text(ANSWER) == f"{warning}(test-model, 812 + 34 tokens, 1.2 s)\n"
    assert notes_text(ANSWER, quiet=True) == warning
    assert notes_text(NO_ANSWER) == "(0.0 s)\n"


def test_an_error_with_its_help():
    """One line says what is wrong and the next what to do."""
    error = NoLibrary("there is none", help="make one")
    assert error_text(error) == "dateline: there is none\n  make one\n"
    assert error_text(ReadError("no")) == "dateline: no\n"


def test_hits():
    """Each hit says where it is from, how it begins and why it scored."""
    assert hits_text([HIT]) == (
        "1. The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
        f"   > {' '.join(TEXT.split())}\n"
        f"   score 1.25: lexical 1.00 (rank 1), vector 0.25 (rank 4); article {INFO.id}\n"
    )


def test_a_long_passage_is_cut_between_words():
    """A list of hits can be overlooked."""
    long = dataclasses.replace(HIT, passage=dataclasses.replace(HIT.passage, text="word " * 200))
    line = hits_text([long]).split("\n")[1]
    assert len(line) < 340
    assert line.endswith("word …")


def test_a_list_of_articles():
    """One line an article, in columns that other programs can cut."""
    assert article_line(INFO) == (
        f"{INFO.id}  2025-03-05  The Harbour Post: Ferry runs aground off Corran Point\n"
    )
    assert article_line(UNDATED) == f"{UNDATED.id}  no date     What the harbour master saw\n"


def test_an_article():
    """All that is known, how long it is, and the stored text."""
    assert article_text(Article(INFO, TEXT), 3) == (
        "Title:   Ferry runs aground off Corran Point\n"
        "Date:    2025-03-05\n"
        "Outlet:  The Harbour Post\n"
        "Address: https://harbour.example/ferry\n"
        f"Id:      {INFO.id}, version 1\n"
        "Length:  3 sentences, 135 characters\n"
        f"\n{TEXT}\n"
    )


def test_an_excerpt_marks_what_is_cited():
    """The cited range stands between marks, with the paragraphs around it and no more."""
    article = Article(INFO, f"First.\n\nSecond.\n\n{TEXT}\n\nNext.\n\nLast.")
    offset = article.text.index(TEXT)
    assert excerpt(article, offset + START, offset + END) == (
        "The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n\n"
        "… The ferry Maribel ran aground off Corran Point on Tuesday.\n\n"
        "»Twelve passengers were taken to hospital, the coastguard said.« Nobody died.\n\n"
        "Next. …\n"
    )


@given(st.text("ab.\n", min_size=1), st.data())
def test_an_excerpt_holds_the_range_whole(text, data):
    """Wherever the range lies, it is shown whole between the marks."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert f"»{text[start:end]}«" in excerpt(Article(INFO, text), start, end)


def test_sources_of_quotes_stand_once():
    """Three quotes from one article are one line, with all their numbers."""
    again = dataclasses.replace(CITED, number=3)
    assert sources_text([CITED, ALSO_CITED, again], QUOTES) == (
        "[1][3] The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
        "[2] no date, “What the harbour master saw”, version 2\n"
    )


def test_sources_without_any():
    """No sources, no list."""
    assert sources_text([]) == ""
    assert sources_text([ALSO_CITED]).startswith("[2] no date")


def test_status():
    """What a library holds, and what to do when it is not complete."""
    status = Status(
        "lib", 2, 4, 4, 1, "local", dt.date(2025, 3, 5), dt.date(2025, 4, 2), 1, 0, 2**20
    )
    text = status_text(status)
    assert "Articles:  2, 1 of them without a date\n" in text
    assert "Published: 2025-03-05 to 2025-04-02\n" in text
    assert "1 of them have vectors (25%)" in text
    assert "carries on" in text
    assert "carries on" not in status_text(dataclasses.replace(status, vectors=4))
    assert "Published: none" in status_text(Status("lib", 0, 0, 0, 0, "", None, None, 0, 0, 0))


def test_a_report():
    """What was added, and each thing skipped with its reason."""
    report = Report(1, 2, 3, 0, 4, skipped=(Skipped("a.txt", "it is empty"),))
    assert report_text(report) == (
        "1 article added, 2 changed, 3 unchanged, 0 removed, 1 skipped; 4 passages embedded\n"
        "  skipped a.txt: it is empty\n"
    )


@pytest.mark.parametrize(
    ("progress", "seconds", "expected"),
    [
        (Progress("reading", 1250), 0.5, "reading 1,250 articles"),
        (Progress("reading", 1250), 5, "reading 1,250 articles, 250/s"),
        (Progress("embedding", 64, 512), 16, "embedding 64 of 512 passages, 4.0/s, 1:52 left"),
        (Progress("lexical", 0), 9, "indexing words of 0 passages"),
    ],
)
def test_progress(progress, seconds, expected):
    """How far, how fast, and how long it still takes where that is known."""
    assert progress_text(progress, seconds) == expected


def test_settings_in_force():
    """Every option with its value and its origin."""
    option = {"value": "x", "origin": "--model"}
    form = {"file": "c.toml", "options": {"model": option}, "keys": {"base_url": None}}
    lines = config_text(form).split("\n")
    assert lines[0] == "Configuration file: c.toml"
    assert lines[2].split() == ["model", "x", "--model"]
    assert lines[4] == "key of base_url: none"
