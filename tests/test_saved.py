"""Answers that go into a file and come out again."""

from __future__ import annotations

import copy
import datetime as dt
import json
from dataclasses import replace

import pytest
from answers import ANSWER, HIT, INFO, NO_ANSWER
from conftest import INQUIRY
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant, load_answer, save_answer
from assistant.jsonform import answer_to_json, dumps
from assistant.saved import parse_answer, split_answers
from assistant.types import (
    Answer,
    AnswerSentence,
    Citation,
    Question,
    QuestionTime,
    Usage,
    Verdict,
)
from index.dates import Period
from index.errors import ReadError
from index.types import Filters, Hit

FORM = answer_to_json(ANSWER)
# What answers of format 1 were saved without.
NEW = {"time", "parts", "article", "confidence", "prompts", "dropped"}

# What a JSON file can hold: everything but halves of surrogate pairs.
texts = st.text(st.characters(exclude_categories=["Cs"]))
infos = st.builds(
    type(INFO),
    title=texts,
    date=st.none() | st.dates(),
    source=texts,
    authors=st.lists(texts).map(tuple),
    url=texts,
    path=texts,
    version=st.integers(1, 9),
    opening=texts,
)
whole = st.integers(0, 2**53)
scores = st.floats(allow_nan=False, allow_infinity=False)
days = st.none() | st.dates()
limits = st.builds(Filters, days, days, st.lists(texts).map(tuple))
times = st.none() | st.builds(
    QuestionTime,
    texts,
    st.builds(Period, days, days),
    st.sampled_from(["filter", "preference", "context"]),
    st.sampled_from(["", "newest", "oldest"]),
)


@st.composite
def questions(draw):
    """A question whose parts are of the same day."""
    as_of = draw(st.dates())
    parts = tuple(
        Question(draw(texts), text, as_of, draw(limits), draw(times))
        for text in draw(st.lists(texts))
    )
    article = draw(st.none() | infos)
    return Question(draw(texts), draw(texts), as_of, draw(limits), draw(times), parts, article)


sentences = st.builds(
    AnswerSentence,
    texts,
    st.lists(whole).map(tuple),
    st.builds(
        Verdict,
        st.sampled_from(["supported", "partial", "unsupported"]),
        st.lists(texts).map(tuple),
    ),
)
answers = st.builds(
    Answer,
    question=questions(),
    mode=st.sampled_from(["model", "extractive"]),
    text=texts,
    abstained=st.booleans(),
    sentences=st.lists(sentences).map(tuple),
    citations=st.lists(
        st.builds(Citation, whole, infos, whole, whole, texts, st.lists(infos).map(tuple))
    ).map(tuple),
    usage=st.builds(Usage, whole, whole, whole, whole, st.none() | scores),
    closest=st.lists(
        st.builds(Hit, st.just(HIT.passage), scores, st.dictionaries(texts, scores))
    ).map(tuple),
    warnings=st.lists(texts).map(tuple),
    prompt=st.sampled_from([None, ANSWER.prompt]),
    model=texts,
    timings=st.dictionaries(texts, scores),
)


def edited(form, *path, to):
    """A copy of an answer's JSON with one value replaced."""
    changed = copy.deepcopy(form)
    inside = changed
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = to
    return changed


@settings(max_examples=50, deadline=None)
@given(answers)
def test_every_answer_comes_back_equal(answer):
    """Nothing of an answer is lost or changed by its JSON."""
    assert parse_answer(dumps(answer_to_json(answer))) == answer


@pytest.mark.parametrize("answer", [ANSWER, NO_ANSWER], ids=["answer", "abstention"])
def test_a_file_gives_the_same_answer(tmp_path, answer):
    """An answer can be put away and taken out again."""
    save_answer(answer, tmp_path / "answer.json")
    assert load_answer(tmp_path / "answer.json") == answer


def test_a_real_answer_with_filters(library, tmp_path):
    """What a question was limited to is kept with its answer."""
    answer = Assistant(library).ask(
        "Who paid for repairs?", since="2025-04-01", sources=["Lessing Courier"]
    )
    assert answer.citations[0].article.url == INQUIRY
    save_answer(answer, str(tmp_path / "answer.json"))
    loaded = load_answer(str(tmp_path / "answer.json"))
    assert loaded == answer
    assert loaded.question.filters.since == dt.date(2025, 4, 1)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("citations", 0, "quote"), 3, "citations[0].quote"),
        (("citations", 0, "start"), "0", "citations[0].start"),
        (("citations", 0, "article", "version"), 1.5, "citations[0].article.version"),
        (("citations", 0, "article", "date"), "yesterday", "citations[0].article.date"),
        (("citations", 0, "article", "id"), "0" * 16, "citations[0].article"),
        (("citations", 0, "article", "url"), "https://evil.example", "citations[0].article"),
        (("sentences", 0, "verdict"), "fine", "sentences[0].verdict"),
        (("sentences",), {}, "sentences"),
        (("mode",), "guess", "mode"),
        (("as_of",), None, "as_of"),
        (("format",), "1", "format"),
    ],
)
def test_a_malformed_answer_names_the_field(path, value, place):
    """Whoever wrote the file learns where it is wrong."""
    with pytest.raises(ReadError) as caught:
        parse_answer(json.dumps(edited(FORM, *path, to=value)), "a.json")
    assert caught.value.message.startswith(f"a.json is not a saved answer, {place}: ")
    assert "ask --json" in caught.value.help


# Answers were kept in chats before there were these.
LATER = {"time", "parts", "article", "confidence"}


@pytest.mark.parametrize("name", [name for name in FORM if name not in LATER])
def test_every_field_is_needed(name):
    """A field that is missing is not made up."""
    form = {key: value for key, value in FORM.items() if key != name}
    with pytest.raises(ReadError, match=f"{name}: Field required"):
        parse_answer(json.dumps(form))


def test_an_older_format():
    """An answer that was saved before sources were aligned and sentences dropped still loads."""
    old = {key: value for key, value in FORM.items() if key not in NEW} | {"format": 1}
    sentences = [
        {key: value for key, value in sentence.items() if key not in {"aligned", "judge"}}
        for sentence in FORM["sentences"]
    ]
    usage = {"prompt_tokens": 812, "completion_tokens": 34}
    read = parse_answer(json.dumps(old | {"sentences": sentences, "usage": usage}))
    assert read == replace(ANSWER, usage=Usage(812, 34))


def test_a_newer_format():
    """A file of a later Dateline is not misread; the fix is named."""
    with pytest.raises(ReadError, match="format 3; this Dateline knows formats up to 2") as caught:
        parse_answer(json.dumps({"format": 3, "sentences": "elsewhere"}), "a.json")
    assert caught.value.help == "upgrade Dateline"


@given(st.data())
def test_a_cut_file(data):
    """A file that lost its end is never taken for an answer."""
    text = dumps(FORM).encode()
    with pytest.raises(ReadError, match="is not a saved answer"):
        parse_answer(text[: data.draw(st.integers(0, len(text) - 1))])


@given(st.binary() | st.sampled_from([b"[" * 100_000, b"null", b"[]", b"{}", b"\xff\xfe{\x00"]))
def test_any_other_bytes(data):
    """Whatever else a file holds ends in the one error that is promised."""
    with pytest.raises(ReadError):
        parse_answer(data)


def test_a_byte_order_mark_is_no_obstacle():
    """Files that went through an editor on Windows can be read."""
    assert parse_answer(b"\xef\xbb\xbf" + dumps(FORM).encode()) == ANSWER


def test_one_answer_or_one_a_line():
    """A file of many answers is told from one that is spread over lines, even a cut one."""
    spread = dumps(FORM).encode()
    line = dumps(FORM, indent=None).encode()
    assert list(split_answers(spread, "a")) == [(spread, "a")]
    assert list(split_answers(spread[:-40], "a")) == [(spread[:-40], "a")]
    assert list(split_answers(line + b"\n", "a")) == [(line + b"\n", "a")]
    lines = list(split_answers(line[:99] + b"\r\n\n" + line, "a"))
    assert lines == [(line[:99], "a line 1"), (line, "a line 3")]
