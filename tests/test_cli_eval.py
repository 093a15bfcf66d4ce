"""The command `eval`: what it measures, keeps, goes on with, refuses and compares."""

from __future__ import annotations

import csv
import json

import pytest
from browser import shown
from click.testing import CliRunner
from conftest import BAKERY, FERRY, INQUIRY

from assistant import Assistant, ScriptedModel, program
from assistant.cli import main
from assistant.evaluate.lines import Line
from assistant.evaluate.runfile import read_run
from index.embed.fake import FakeEmbedder
from index.errors import RateLimited

QUESTIONS = [
    {
        "id": "ferry",
        "question": "Which ferry ran aground off Corran Point on Tuesday?",
        "answer": "Maribel",
        "date": "2025-03-06",
        "urls": [FERRY],
    },
    {
        "id": "inquiry",
        "question": "How many people had been hurt, said Judge Omar Reith, chair of the inquiry?",
        "answer": ["fourteen", "14"],
        "date": "2025-05-01",
        "urls": [INQUIRY],
    },
    {"id": "regatta", "question": "Who won the regatta in Oslo?", "answer": None},
]


@pytest.fixture
def questions(tmp_path):
    file = tmp_path / "own.jsonl"
    file.write_text("\n".join(map(json.dumps, QUESTIONS)), encoding="utf-8")
    return file


@pytest.fixture
def evaluate(library, questions, monkeypatch, tmp_path):
    """Runs `eval` on the sample library, by default without plots, into a folder of its own."""
    monkeypatch.setenv("DATELINE_LIBRARY", str(library.folder))
    monkeypatch.chdir(tmp_path)

    def run(*words, script=None, plots=False):
        def open_assistant(settings, **how):
            model = ScriptedModel(script) if script is not None else how.pop("model")
            how["model"] = model
            return Assistant.open(settings=settings, embedder=FakeEmbedder(), **how)

        monkeypatch.setattr(program, "open_assistant", open_assistant)
        given = ["eval", str(questions), *words, *([] if plots else ["--no-plots"])]
        return CliRunner().invoke(main, given, prog_name="dateline")

    return run


def test_what_is_measured(evaluate):
    """Ranking, answers, abstention without the articles, and of what nothing answers."""
    done = evaluate("--json", "--baselines")
    assert done.exit_code == 0, done.stderr
    form = json.loads(done.stdout)
    ranking, answer = form["ranking"], form["answer"]
    assert set(ranking) == {
        *("Dateline", "Dateline without a date", "vectors alone", "words alone (BM25)")
    }
    ours = ranking["Dateline"]
    assert (ours["passage MRR@10"]["mean"], ours["passage MRR@10"]["count"]) == (1, 2)
    assert (ours["article nDCG@10"]["mean"], ours["article hit@1"]["mean"]) == (1, 1)
    assert answer["answer in the first quote"]["mean"] == 1
    assert answer["answered, of those whose answer was retrieved"]["mean"] == 1
    assert answer["citation recall, gold articles"]["mean"] == 1
    assert answer["abstained, of those whose articles were removed"]["count"] == 2
    assert form["curve"][-1]["coverage"] == 1
    assert form["made_with"]["articles"] == 3


def test_as_of_its_date(evaluate, questions):
    """A question of a day before the article was published finds nothing of it."""
    early = {**QUESTIONS[1], "date": "2025-03-07"}
    questions.write_text(json.dumps(early), encoding="utf-8")
    assert evaluate().exit_code == 0
    [line] = read_run(questions.parent / "own-eval").lines.values()
    assert not line.scorable
    assert INQUIRY not in line.rankings["Dateline"].articles


def test_removed_articles_are_out_of_reach(evaluate, questions):
    """What is said without a question's articles does not hold the answer."""
    assert evaluate().exit_code == 0
    lines = read_run(questions.parent / "own-eval").lines
    assert lines["ferry"].left_out == 1
    assert "Maribel" not in lines["ferry"].removed.text
    assert not lines["ferry"].removed.right
    assert lines["regatta"].removed is None
    assert "Maribel" in lines["ferry"].answer.text


def test_a_stopped_run_goes_on(evaluate, questions):
    """What was asked is kept and not asked again, even when the last line was cut off."""
    assert evaluate("--limit", "1").exit_code == 0
    file = questions.parent / "own-eval" / "run.jsonl"
    first = file.read_text("utf-8")
    file.write_text(first + '{"id": "inquiry", "quest', encoding="utf-8")
    assert evaluate("--jobs", "2").exit_code == 0
    assert file.read_text("utf-8").startswith(first)
    assert set(read_run(file.parent).lines) == {"ferry", "inquiry", "regatta"}


def test_other_settings_are_not_mixed(evaluate, library, articles):
    """A run of other settings, or of a library that has changed, needs a folder of its own."""
    assert evaluate().exit_code == 0
    other = evaluate("--top-k", "2")
    assert other.exit_code == 2
    assert "another value of: top k" in other.stderr
    library.remove(BAKERY)
    changed = evaluate()
    assert changed.exit_code == 2
    assert "articles, passages, vectors" in changed.stderr


def test_compared_with_another_run(evaluate):
    """Two runs are compared question by question; the same run differs by nothing."""
    assert evaluate("--out", "one").exit_code == 0
    done = evaluate("--out", "two", "--compare", "one")
    assert done.exit_code == 0, done.stderr
    row = next(
        line for line in done.stdout.splitlines() if "passage MRR@10" in line and "+" in line
    )
    assert "+0.000" in row
    assert "1.000" in row
    lost = evaluate("--out", "two", "--compare", "nowhere")
    assert (lost.exit_code, "holds no run" in lost.stderr) == (1, True)


def test_with_a_model(evaluate, questions):
    """A model's answers are judged alike; there are no quotes and no confidence."""
    said = "The ferry Maribel ran aground [1.1]."
    done = evaluate(
        "--json", "--no-removal", script=[said, "14 people had been hurt [1.2].", "No answer."]
    )
    assert done.exit_code == 0, done.stderr
    form = json.loads(done.stdout)
    assert form["answer"]["answer in what was said"]["mean"] == 1
    assert "answer in the first quote" not in form["answer"]
    known = "abstained, of those that the collection is known not to answer"
    assert form["answer"][known]["mean"] == 1
    assert form["curve"] == []


def test_a_failing_model_keeps_what_was_asked(evaluate, questions):
    """When the endpoint fails, the command ends with its code, and the next run goes on."""
    said = "The ferry Maribel ran aground [1.1]."
    done = evaluate("--no-removal", script=[said, RateLimited("slow down")])
    assert done.exit_code == 6
    assert "1 questions are kept" in done.stderr
    assert set(read_run(questions.parent / "own-eval").lines) == {"ferry"}


def test_another_system_beside(evaluate, tmp_path):
    """Another system's rankings are judged like ours, in the same table."""
    passages = [
        {"url": BAKERY, "text": "A bakery."},
        {"url": FERRY, "text": "The ferry Maribel ran aground off Corran Point."},
    ]
    line = {"id": "ferry", "passages": passages}
    (tmp_path / "stock.jsonl").write_text(json.dumps(line), encoding="utf-8")
    done = evaluate("--json", "--beside", "stock=stock.jsonl", "--retrieval-only")
    assert done.exit_code == 0, done.stderr
    stock = json.loads(done.stdout)["ranking"]["stock"]
    assert stock["passage MRR@10"]["mean"] == stock["article MRR@10"]["mean"] == 0.5
    assert evaluate("--beside", "stock.jsonl").exit_code == 2
    assert evaluate("--beside", f"x={tmp_path / 'own.jsonl'}").exit_code == 2


def test_files_of_a_report(evaluate, tmp_path):
    """Figures as JSON and CSV, plots as PNG, and one page that needs no other file."""
    done = evaluate(plots=True)
    assert done.exit_code == 0, done.stderr
    folder = tmp_path / "own-eval"
    assert json.loads((folder / "report.json").read_text())["questions"] == 3
    rows = list(csv.DictReader((folder / "figures.csv").read_text("utf-8").splitlines()))
    assert {"group", "figure", "question", "value"} == set(rows[0])
    page = (folder / "report.html").read_text("utf-8")
    assert page.count('src="data:image/png;base64,') == len(list(folder.glob("*.png"))) >= 5
    assert "http" not in page.replace("https://", "").replace("http-equiv", "")
    for plot in folder.glob("*.png"):
        assert plot.read_bytes().startswith(b"\x89PNG")


def test_the_report_in_a_real_browser(evaluate, tmp_path):
    """The page shows its figures and plots, and the browser complains of nothing."""
    assert evaluate(plots=True).exit_code == 0
    page = (tmp_path / "own-eval" / "report.html").read_text("utf-8")
    seen = shown(page, tmp_path)
    assert seen.count("<img") == page.count("<img") >= 5
    assert "passage MRR@10" in seen


def test_lines_come_back_as_they_were(evaluate, questions):
    """What is read from a run equals what was written."""
    assert evaluate("--baselines").exit_code == 0
    for line in read_run(questions.parent / "own-eval").lines.values():
        assert Line.from_json(json.loads(json.dumps(line.to_json()))) == line
