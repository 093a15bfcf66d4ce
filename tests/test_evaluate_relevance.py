"""What counts as relevant to a question, and which questions can be answered at all."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluate.questions import EvalQuestion
from assistant.evaluate.relevance import Judge, answerable, is_scorable

SHARED = Path(__file__).parents[2] / "shared" / "tools" / "score_retrieval.py"
QUESTION = EvalQuestion(
    "q",
    "Which ferry ran aground off Corran Point?",
    ("the “Maribel”",),
    dt.date(2025, 3, 6),
    "The ferry Maribel ran aground on Tuesday.",
)
TEXT = "On Tuesday the ferry, the Maribel, ran aground."


@pytest.mark.parametrize(
    ("text", "relevant"),
    [
        (TEXT, True),
        (TEXT.upper(), True),
        ("The Maribel is a ship.", False),  # the answer, but not what the question is about
        ("The ferry Anna ran aground off Corran Point on Tuesday.", False),  # another answer
        ("The Maribelle, a ferry, ran aground off Corran Point.", False),  # another word
    ],
)
def test_answer_and_enough_words(text, relevant):
    """A text needs the answer, as whole words, and two in five of the question's words."""
    assert Judge(QUESTION).is_relevant(text) == relevant


@pytest.mark.parametrize("answer", ["Yes", "true", "5", "All of the above", "Both", ""])
def test_answers_that_any_text_may_hold_are_not_scored(answer):
    """Nothing can be told of an answer that stands in a text by chance."""
    assert not is_scorable(EvalQuestion("q", "Is it so?", (answer,)))


def test_far_apart_is_not_relevant():
    """An article that has the answer at its top and the words at its end does not answer."""
    apart = f"the Maribel {'and so on ' * 200} a ferry ran aground on Tuesday off Corran Point"
    judge = Judge(QUESTION)
    assert judge.is_relevant(apart)
    assert not judge.finds_part(apart)
    assert judge.finds_part(f"{'and so on ' * 200} {TEXT}")


@pytest.mark.parametrize(
    ("question", "answer", "text"),
    [
        ("四川省发生地震造成多少人死亡", "六十五人", "四川省发生强烈地震，造成六十五人死亡。"),
        ("كم عدد قتلى الزلزال في المدينة", "خمسون", "بلغ عدد قتلى الزلزال في المدينة خمسون"),
    ],
)
def test_other_scripts(question, answer, text):
    """Answers in other scripts are told like those in Latin letters."""
    judge = Judge(EvalQuestion("q", question, (answer,)))
    assert judge.is_relevant(text)
    assert not judge.is_relevant(text.replace(answer, ""))


def test_answerable_by_what_was_published_until_then():
    """An article that is later than a question's day does not make it answerable."""
    texts = [("Nothing.", 20250301), (TEXT, 20250307)]
    assert list(answerable([QUESTION], texts))[-1] == set()
    assert list(answerable([QUESTION], [(TEXT, 20250306)]))[-1] == {"q"}
    assert list(answerable([QUESTION], [(TEXT, 0)]))[-1] == {"q"}


WORDS = st.lists(
    st.sampled_from("ferry Maribel ran aground the $5 Corran-Point Tuesday é 12.5 of".split()),
    max_size=40,
).map(" ".join)


@pytest.mark.skipif(not SHARED.exists(), reason="the scoring script is not beside this checkout")
@given(WORDS, WORDS, WORDS.filter(lambda w: any(c.isascii() and c.isalnum() for c in w)), WORDS)
def test_agrees_with_the_scoring_script(question, evidence, answer, text):
    """The figures are those of the script that others score their runs with."""
    spec = importlib.util.spec_from_file_location("score_retrieval", SHARED)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    row = {"id": "q", "question": question, "answer": answer, "evidence": evidence}
    ours = EvalQuestion("q", question, (answer,), evidence=evidence)
    assert is_scorable(ours) == script.scorable(row)
    if is_scorable(ours):
        theirs = script.Judge(row)(script.fold(text))
        assert Judge(ours).is_relevant(text) == theirs
        found = script.answerable([row], [{"text": text}])
        assert list(answerable([ours], [(text, 0)]))[-1] == found


@pytest.mark.skipif(not SHARED.exists(), reason="the real questions are not beside this checkout")
def test_agrees_on_real_questions():
    """Of real questions, the same ones are scored."""
    spec = importlib.util.spec_from_file_location("score_retrieval", SHARED)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    lines = (SHARED.parents[1] / "news" / "questions.jsonl").read_text("utf-8").splitlines()
    for line in random.Random(1).sample(lines, 300):
        row = json.loads(line)
        ours = EvalQuestion("q", row["question"], (row["answer"],), evidence=row["evidence"])
        assert is_scorable(ours) == script.scorable(row)
