"""Files of questions: the form of RealTime QA, one's own, and CSV; and what is wrong with them."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.evaluate.questions import EvalQuestion, read_questions
from index.errors import ReadError


@pytest.fixture
def read(tmp_path):
    def read_(text, name="questions.jsonl"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return list(read_questions(file).questions)

    return read_


def test_own_questions(read):
    """Two fields are enough; a line without an id is called by its number."""
    text = '\n{"question": "Who?", "answer": "Ada"}\n{"question": "Why?", "answer": null}\n'
    assert read(text) == [EvalQuestion("2", "Who?", ("Ada",)), EvalQuestion("3", "Why?")]


def test_realtime_qa(read):
    """The form that published questions have is read as it is."""
    text = (
        '{"id": "w_1", "week": "2022-06-17", "date": "2022-06-16", "question": "Which?",'
        ' "choices": ["a", "b"], "answer": "b", "evidence": "It was b.",'
        ' "evidence_urls": ["https://a.example", "https://b.example"],'
        ' "gold_urls": ["https://b.example"]}'
    )
    day = dt.date(2022, 6, 16)
    gold, related = frozenset({"https://b.example"}), frozenset({"https://a.example"})
    [question] = read(text)
    assert question == EvalQuestion("w_1", "Which?", ("b",), day, "It was b.", gold, gold | related)


def test_csv(read):
    """A sheet of questions works, with several addresses in a cell."""
    text = "question,answer,date,urls\nWho?,5,2025-03-05,https://a.example|https://b.example\n,,,\n"
    with pytest.raises(ReadError, match="line 3: question: string should have at least 1"):
        read(text, "q.csv")
    [question] = read(text.removesuffix(",,,\n"), "q.csv")
    assert question.answers == ("5",)
    assert question.gold == {"https://a.example", "https://b.example"}


def test_several_wordings_and_repeated_ids(read):
    """A list gives wordings; results are kept by id, so that a second one is told apart."""
    text = (
        '{"id": 7, "question": "How many?", "answer": ["12", "twelve"]}\n'
        '{"id": "7", "question": "Who?", "answer": "Ada"}\n'
    )
    assert [(q.id, q.answers) for q in read(text)] == [("7", ("12", "twelve")), ("7#2", ("Ada",))]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no question"),
        ("{", "line 1 is not JSON"),
        ('{"question": "Who?"}', "line 1: answer: field required"),
        ('{"question": "Who?", "answer": "x", "date": "soon"}', "line 1: date"),
        ("[]", "line 1: the line"),
    ],
)
def test_what_is_wrong_is_named(read, text, message):
    """An error names the file, the line and the field."""
    with pytest.raises(ReadError, match=message):
        read(text)
