"""Many questions from a file: in order, side by side, and going on where it was stopped."""

from __future__ import annotations

import dataclasses
import json
import threading

import pytest
from answers import ANSWER, EVENTS, NO_ANSWER
from click.testing import CliRunner

from assistant import Assistant, ScriptedModel, program
from assistant.batch import AnswerFile, BatchQuestion, answer_all, outcome_line, read_batch
from assistant.cli import main
from assistant.types import Finished
from index.embed.fake import FakeEmbedder
from index.errors import AuthenticationFailed, ReadError, TimedOut, UsageError


def finished(text):
    """What is yielded for a question whose answer says which it is."""
    question = dataclasses.replace(ANSWER.question, asked=text)
    return [*EVENTS[:-1], Finished(dataclasses.replace(ANSWER, question=question))]


QUESTIONS = tuple(BatchQuestion(f"Question {n}?") for n in range(12))


# the file of questions


def test_lines_are_questions():
    """Plain lines and JSON may be mixed; empty lines and remarks are none."""
    text = (
        "\ufeff# of the ferry\n\nWho ran aground?\r\n"
        '{"question": " And when? ", "date": "2025-03-09", "sources": "The Meridian"}\n'
    )
    assert read_batch(text, "q.txt") == (
        BatchQuestion("Who ran aground?"),
        BatchQuestion("And when?", {"as_of": "2025-03-09", "sources": ["The Meridian"]}),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n# nothing\n", "q.txt holds no question"),
        ("Who?\n{not json\n", "q.txt line 2 is not JSON"),
        ('{"ask": "Who?"}', "q.txt line 1 has no question"),
        ('Who?\n{"question": "Who?", "as_of": "soon"}', "q.txt line 2: “as_of” is “soon”"),
        ('{"question": "Who?", "date": 20250309}', "q.txt line 1: days and outlets are text"),
        ('{"question": "Who?", "sources": [1]}', "q.txt line 1: days and outlets are text"),
        ('{"question": "Who?", "asof": "2025-03-09"}', "q.txt line 1 has “asof”"),
        (
            '{"question": "Who?", "since": "2025-03-09", "as_of": "2025-03-01"}',
            "q.txt line 1: nothing lies between 2025-03-09 \\(since\\) and 2025-03-01",
        ),
    ],
)
def test_what_is_no_question(text, said):
    """The line is named."""
    with pytest.raises(ReadError, match=said):
        read_batch(text, "q.txt")


# asking


def test_answers_come_in_order_from_questions_side_by_side():
    """However long each takes; four are under way at once, and not many more are ahead."""
    together = threading.Barrier(4)
    ahead = []

    def ask(question):
        ahead.append(question)
        number = int(question.text.split()[1][:-1])
        if number < 4:
            together.wait(30)
        yield from finished(question.text)

    answers = answer_all(ask, QUESTIONS, 4)
    assert [answer.question.asked for answer in answers] == [one.text for one in QUESTIONS]
    assert len(ahead) == len(QUESTIONS)


def test_what_fails_for_one_question_stops_no_other():
    """A time-out is kept in the place of the answer; a refused key ends it all."""

    def ask(question):
        if question is QUESTIONS[1]:
            raise TimedOut("it took too long")
        if question is QUESTIONS[3]:
            raise AuthenticationFailed("no such key")
        yield from finished(question.text)

    outcomes = answer_all(ask, QUESTIONS, 2)
    assert next(outcomes).question.asked == "Question 0?"
    assert isinstance(next(outcomes), TimedOut)
    assert next(outcomes).question.asked == "Question 2?"
    with pytest.raises(AuthenticationFailed):
        next(outcomes)


def test_stopping_stops_what_is_being_asked():
    """Whoever wants no more gets rid of the models' replies that are still coming."""
    closed = threading.Event()
    goes_on = threading.Event()

    def ask(question):
        if question is QUESTIONS[0]:
            yield from finished(question.text)
            return
        try:
            while True:
                goes_on.set()
                yield EVENTS[1]
        finally:
            closed.set()

    outcomes = answer_all(ask, QUESTIONS, 1)
    next(outcomes)
    assert goes_on.wait(30)
    outcomes.close()
    assert closed.wait(30)


# the file of answers


def line(number, outcome=ANSWER):
    question = QUESTIONS[number]
    if not isinstance(outcome, Exception):
        asked = dataclasses.replace(outcome.question, asked=question.text)
        outcome = dataclasses.replace(outcome, question=asked)
    return outcome_line(question, outcome)


def test_going_on(tmp_path):
    """What was answered is not asked again; what failed, or was cut off by a kill, is."""
    file = tmp_path / "answers.jsonl"
    kept = AnswerFile(file, QUESTIONS)
    assert kept.waiting(3) == [0, 1, 2]
    kept.put(0, line(0))
    kept.put(1, line(1, TimedOut("it took too long", help="wait")))
    with file.open("a") as cut:
        cut.write(line(2)[:40])
    again = AnswerFile(file, QUESTIONS)
    assert file.read_text("utf-8") == line(0) + line(1, TimedOut("it took too long", help="wait"))
    assert again.waiting(3) == [1, 2]
    again.put(1, line(1, NO_ANSWER))
    again.put(2, line(2))
    assert file.read_text("utf-8") == line(0) + line(1, NO_ANSWER) + line(2)
    assert AnswerFile(file, QUESTIONS).waiting(3) == []


def test_answers_to_other_questions_are_left_alone(tmp_path):
    """A file that holds something else is not written into."""
    file = tmp_path / "answers.jsonl"
    for content in (line(3), "notes\n"):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(UsageError, match="line 1 is no answer to a question of this batch"):
            AnswerFile(file, QUESTIONS)
        assert file.read_text("utf-8") == content


# the command


@pytest.fixture
def batch(library, monkeypatch, tmp_path):
    """Runs `ask --batch` on three questions with a scripted model."""
    monkeypatch.setenv("DATELINE_LIBRARY", str(library.folder))
    file = tmp_path / "questions.txt"
    file.write_text("How many were hurt?\nWho said so?\nWhat was paid?\n", encoding="utf-8")

    def run(*words, script, stdin=None):
        model = ScriptedModel(script)

        def open_assistant(settings, **how):
            return Assistant.open(
                settings=settings, embedder=FakeEmbedder(), **{**how, "model": model}
            )

        monkeypatch.setattr(program, "open_assistant", open_assistant)
        source = str(file) if stdin is None else "-"
        return CliRunner().invoke(main, ["ask", "--batch", source, *words], input=stdin)

    return run


def test_the_command(batch):
    """Questions with their answers, one after the other, stable for pipes."""
    result = batch(script=["Twelve [1.1].", "The coastguard.", "Money."])
    assert result.exit_code == 0
    shown = result.stdout.split("\n\n> ")
    assert [one.split("\n")[0].removeprefix("> ") for one in shown] == [
        *("How many were hurt?", "Who said so?", "What was paid?")
    ]
    assert "Twelve" in shown[0]
    assert "Money." in shown[2]


def test_the_command_goes_on(batch, tmp_path):
    """A failure is passed over, said, and asked again by the same command; nothing else is."""
    output = ["--output", str(tmp_path / "answers.jsonl")]
    first = batch(*output, script=["Twelve.", TimedOut("it took too long"), "Money."])
    assert (first.exit_code, first.stdout) == (1, "")
    assert first.stderr.endswith(f"2 answered, 1 failed; {output[1]}\n")
    again = batch(*output, script=["The coastguard."])
    assert (again.exit_code, again.stdout) == (0, "")
    lines = (tmp_path / "answers.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(one)["text"] for one in lines] == ["Twelve.", "The coastguard.", "Money."]
    assert batch(*output, script=[]).exit_code == 0


def test_a_question_that_makes_no_sense_stops_no_other(batch, tmp_path):
    """It is passed over like one that fails, and said in the place of its answer."""
    output = tmp_path / "answers.jsonl"
    asked = '{"question": "Who said so?", "sources": "The Meridan"}\n?!\nHow many were hurt?\n'
    result = batch("--output", str(output), script=["Twelve."], stdin=asked)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "1 answered, 2 failed" in result.stderr
    outlet, empty, answered = map(json.loads, output.read_text("utf-8").splitlines())
    assert outlet["error"]["message"] == "no article is from “The Meridan”"
    assert empty["error"]["message"] == "the question is empty"
    assert answered["text"] == "Twelve."


def test_what_is_wrong_for_all_questions_is_said_once(batch, tmp_path):
    """An outlet of the command that no article is from ends it before anything is asked."""
    output = tmp_path / "answers.jsonl"
    result = batch("--output", str(output), "--source", "Lesing Courier", script=[])
    assert (result.exit_code, output.exists()) == (2, False)
    assert "did you mean Lessing Courier?" in result.stderr


def test_from_standard_input_as_json(batch):
    """Other programs hand questions in and take a line of JSON for each."""
    result = batch("--json", script=["Twelve."], stdin="How many were hurt?\n")
    assert json.loads(result.stdout)["question"] == "How many were hurt?"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask", "Who?", "--batch", "x"], "a batch takes its questions from its file"),
        (["ask", "Who?", "--output", "x"], "--output is for a batch"),
        (["ask", "--batch", "nowhere.txt"], "No such file or directory"),
    ],
)
def test_usage(words, said):
    """What makes no sense together is said."""
    result = CliRunner().invoke(main, words)
    assert result.exit_code in {1, 2}
    assert said in result.stderr
