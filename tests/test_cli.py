"""The command line, run in this process on a real library with a fake embedder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from answers import DIED, EVENTS, HURT
from click.testing import CliRunner
from conftest import FERRY, make_article

from assistant import Assistant, ScriptedModel, program
from assistant.cli import main
from index.embed.fake import FakeEmbedder
from index.errors import LibraryLocked, RateLimited, WeightsMissing
from index.library import Library

ROOT = Path(__file__).parent.parent
HURT_QUESTION = "How many passengers were taken to hospital?"


@pytest.fixture
def dateline(library, monkeypatch):
    """Runs the command on the sample library; returns its exit code, output and errors.

    `script` is what a model says; without it only the settings can name one.
    """
    monkeypatch.setenv("DATELINE_LIBRARY", str(library.folder))

    def run(*words, script=None, stdin="", env=None):
        def open_assistant(settings, **how):
            if script is not None and how["model"] is None:
                how["model"] = ScriptedModel(script)
            return Assistant.open(settings=settings, embedder=FakeEmbedder(), **how)

        monkeypatch.setattr(program, "open_assistant", open_assistant)
        # No width of a terminal is involved: the output is not one.
        return CliRunner().invoke(main, words, input=stdin, env=env, prog_name="dateline")

    return run


@pytest.fixture
def fake(dateline, monkeypatch):
    """Runs the command with an assistant that yields given events and raises given errors."""

    class Fake:
        model_name = "test-model"

        def __init__(self, events):
            self.events = events

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def stream(self, question, **asking):
            for event in self.events:
                if isinstance(event, BaseException):
                    raise event
                yield event

    def run(*words, events):
        monkeypatch.setattr(program, "open_assistant", lambda _, **how: Fake(events))
        return CliRunner().invoke(main, words, prog_name="dateline")

    return run


# asking


def test_ask_quotes_without_a_model(dateline):
    """With no key and no model the passages that answer are quoted, and that is said."""
    result = dateline("ask", HURT_QUESTION)
    assert result.exit_code == 0
    assert result.stdout.startswith("Quoted from the articles (no model):\n\n> ")
    assert "Twelve passengers were taken to hospital, the coastguard said. [1]" in result.stdout
    assert "[1] The Harbour Post, 5 March 2025, “Ferry runs aground" in result.stdout


def test_ask_with_a_model(dateline):
    """A model's sentences come with the quoted sentences that they rest on."""
    result = dateline("ask", HURT_QUESTION, script=["Twelve people went to hospital [1.2]."])
    assert result.exit_code == 0
    assert result.stdout.startswith("Twelve people went to hospital. [1]\n")
    assert "    > Twelve passengers were taken to hospital, the coastguard said.\n" in result.stdout


def test_answers_and_notes_are_kept_apart(dateline):
    """Standard output holds the answer only, so that it can be piped."""
    result = dateline("ask", HURT_QUESTION, script=["Twelve [1.2]. More [9.9]."])
    assert "note: the model cited 9.9" in result.stderr
    assert "note:" not in result.stdout
    assert "tokens" in result.stderr
    assert "tokens" not in dateline("ask", "--quiet", "Maribel?", script=["So [1.1]."]).stderr


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (["ask", *HURT_QUESTION.split()], ""),
        (["ask"], HURT_QUESTION + "\n"),
        (["ask", "-"], HURT_QUESTION),
    ],
)
def test_ways_to_give_a_question(dateline, words, stdin):
    """Words without quotation marks are joined; standard input is read when there are none."""
    result = dateline(*words, "--json", stdin=stdin)
    assert json.loads(result.stdout)["question"].strip() == HURT_QUESTION


def test_ask_json_is_one_object(dateline, library):
    """The contract's names, and quotes that are cut from the stored article."""
    result = dateline("ask", "--json", HURT_QUESTION, "--as-of", "2025-03-20")
    form = json.loads(result.stdout)
    assert (form["mode"], form["abstained"], form["as_of"]) == ("extractive", False, "2025-03-20")
    for citation in form["citations"]:
        article = library.article(citation["article"]["id"])
        assert article.text[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["article"]["date"] <= "2025-03-20"


def test_an_abstention_has_its_own_code(dateline):
    """Exit code 10, in text and in JSON."""
    result = dateline("ask", HURT_QUESTION, script=["NO ANSWER"])
    assert result.exit_code == 10
    assert result.stdout.startswith("The articles do not answer this.\n\nThe closest passages:\n")
    result = dateline("ask", "--json", HURT_QUESTION, script=["NO ANSWER"])
    assert result.exit_code == 10
    assert json.loads(result.stdout)["abstained"] is True


def test_a_key_without_a_model_gets_a_hint(dateline):
    """Nothing paid happens by itself, and whoever expected it learns what to add."""
    env = {"OPENAI_API_KEY": "sk-1"}
    assert "--model NAME" in dateline("ask", HURT_QUESTION, env=env).stderr
    assert "--model" not in dateline("ask", "--quiet", HURT_QUESTION, env=env).stderr
    assert "--model" not in dateline("ask", HURT_QUESTION).stderr


def test_no_stream_prints_the_same(dateline):
    """Streaming changes when it is printed, not what."""
    script = ["Twelve people went to hospital [1.2]. Nobody died."]
    streamed = dateline("ask", HURT_QUESTION, script=script)
    whole = dateline("ask", "--no-stream", HURT_QUESTION, script=script)
    assert streamed.stdout == whole.stdout


@pytest.mark.parametrize("stream", [[], ["--no-stream"]])
def test_a_broken_answer_is_printed_before_the_error(fake, stream):
    """What came is worth reading; the exit code is the error's."""
    events = [HURT, RateLimited("it asks to slow down", help="wait")]
    result = fake("ask", "How many?", *stream, events=events)
    assert result.exit_code == 6
    assert result.stdout.startswith("Twelve passengers went to hospital. [1]\n\n[1] The Harbour")
    assert result.stderr == "dateline: it asks to slow down; wait\n"


def test_a_broken_answer_in_json(fake):
    """The answer so far, where there is one, is still one whole object."""
    result = fake("ask", "--json", "How many?", events=[*EVENTS, RateLimited("slow down")])
    assert result.exit_code == 6
    assert len(json.loads(result.stdout)["sentences"]) == 2
    assert fake("ask", "--json", "How many?", events=[RateLimited("no")]).stdout == ""


def test_ctrl_c_keeps_what_came(fake):
    """Exit code 130, no traceback, and the sources of what came."""
    result = fake("ask", "How many?", events=[HURT, DIED, KeyboardInterrupt()])
    assert result.exit_code == 130
    assert "[2] no date" in result.stdout
    assert result.stderr == ""


# searching and looking


def test_search(dateline):
    """Hits with why they scored, filtered by date and outlet."""
    result = dateline("search", "Maribel")
    assert result.exit_code == 0
    assert result.stdout.startswith("1. ")
    assert "lexical" in result.stdout
    form = json.loads(dateline("search", "Maribel", "--json", "--until", "2025-03-31").stdout)
    assert form["query"] == "Maribel"
    assert {hit["article"]["url"] for hit in form["hits"]} == {FERRY}
    form = json.loads(
        dateline(
            "search", "Lessing", "--json", "--source", "Lessing Courier", "--top-k", "1"
        ).stdout
    )
    assert [hit["article"]["source"] for hit in form["hits"]] == ["Lessing Courier"]


def test_articles(dateline):
    """One line an article, newest first; filters hold."""
    lines = dateline("articles").stdout.splitlines()
    assert [line.split("  ")[1] for line in lines] == ["2025-04-09", "2025-04-02", "2025-03-05"]
    form = json.loads(dateline("articles", "--json", "--since", "2025-04-05").stdout)
    assert [article["title"] for article in form["articles"]] == ["A million loaves"]


@pytest.mark.parametrize("command", ["ask Who?", "articles", "search ferry", "timeline ferry"])
def test_an_outlet_that_no_article_is_from(dateline, command):
    """A slip is not taken for an outlet that says nothing: what is meant is named."""
    result = dateline(*command.split(), "--source", "Lesing Courier")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no article is from “Lesing Courier”; did you mean Lessing Courier?" in result.stderr


def test_show(dateline, library):
    """The stored text, letter for letter, with the ranges of its sentences."""
    text = library.article(FERRY).text
    result = dateline("show", FERRY)
    assert text in result.stdout
    assert "Length:  3 sentences" in result.stdout
    form = json.loads(dateline("show", "--json", FERRY, "--version", "1").stdout)
    assert form["text"] == text
    assert all(text[s["start"] : s["end"]].strip() for s in form["sentences"])
    assert dateline("show", "nowhere").exit_code == 1
    assert dateline("show", "aground ferry").stdout == result.stdout
    library.add(make_article("https://x.example/1", "It did.", title="Ferry aground again"))
    assert "2 articles have the words “aground”" in dateline("show", "aground").stderr


def test_status_and_repair(dateline, library):
    """Both end in what the library holds."""
    library.close()
    assert json.loads(dateline("status", "--json").stdout)["articles"] == 3
    result = dateline("repair")
    assert result.exit_code == 0
    assert "Articles:  3" in result.stdout


@pytest.mark.parametrize("command", ["status", "articles", "config", f"show {FERRY}"])
def test_looking_needs_no_key(dateline, command):
    """A library whose embedder cannot be reached can still be looked into."""
    result = dateline(*command.split(), env={"DATELINE_EMBEDDER": "text-embedding-3-small"})
    assert result.exit_code == 0


# indexing


def test_index_reports(dateline, tmp_path):
    """What was added and what was skipped and why; 1 when something was."""
    folder, library = tmp_path / "news", str(tmp_path / "new")
    folder.mkdir()
    (folder / "a.txt").write_text(" date 2025-03-05 A ferry ran aground.\n\nNobody died.\n")
    first = dateline("--library", library, "index", str(folder))
    assert first.exit_code == 0
    assert first.stdout.startswith("1 article added, 0 changed, 0 unchanged, 0 removed, 0 skipped")
    assert "reading 1 article …\n" in first.stderr
    assert "\x1b" not in first.stderr
    (folder / "b.jsonl").write_text("{broken\n")
    second = dateline("index", "--library", library, "--quiet", str(folder))
    assert second.exit_code == 1
    assert "0 articles added, 0 changed, 1 unchanged, 0 removed, 1 skipped" in second.stdout
    assert "b.jsonl" in second.stdout
    assert second.stderr == ""
    form = json.loads(dateline("index", "--library", library, "--json", str(folder)).stdout)
    assert form["unchanged"] == 1
    assert len(form["skipped"]) == 1


@pytest.mark.parametrize(
    ("error", "code"), [(WeightsMissing("no weights"), 3), (KeyboardInterrupt(), 130)]
)
def test_what_was_indexed_is_reported_before_an_error(dateline, tmp_path, monkeypatch, error, code):
    """Articles are searchable although embedding failed, and the report says that they are in."""
    file = tmp_path / "a.txt"
    file.write_text(" date 2025-03-05 A ferry ran aground.\n\nNobody died.\n")

    def fail(self, **how):
        raise error

    monkeypatch.setattr(Library, "embed", fail)
    result = dateline("index", str(file))
    assert result.exit_code == code
    assert result.stdout.startswith("1 article added")
    assert ("carries on" in result.stderr) == (code == 130)


# the program


def test_options_may_stand_before_or_behind_the_command(dateline, tmp_path):
    """Both places mean the same, and the later one wins."""
    nowhere = str(tmp_path / "nowhere")
    assert dateline("--library", nowhere, "status").exit_code == 3
    assert dateline("status", "--library", nowhere).exit_code == 3
    library = os.environ["DATELINE_LIBRARY"]
    assert dateline("--library", nowhere, "status", "--library", library).exit_code == 0
    assert dateline("--version").stdout == dateline("ask", "--version").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask", ""], "the question is empty"),
        (["ask", "x", "--since", "soon"], "--since is 'soon'"),
        (["ask", "x", "--top-k", "none"], "--top-k is 'none'"),
        (["ask", "x", "--since", "2025-04-01", "--until", "2025-03-01"], "nothing lies between"),
        (["index"], "missing argument"),
        (["sing"], "no such command"),
        (["ask", "--loud"], "no such option"),
    ],
)
def test_usage_errors(dateline, words, said):
    """Exit code 2, a sentence on standard error, nothing on standard output."""
    result = dateline(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_without_a_command_there_is_help(dateline):
    """Whoever types the name alone sees what there is, with examples to type."""
    result = dateline()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: dateline [OPTIONS] COMMAND")
    assert '    dateline ask "Who runs the power plant?"' in result.stderr


def test_errors_have_a_message_a_help_and_a_code(dateline, monkeypatch):
    """No traceback unless --debug asks for it."""

    def locked(*_, **__):
        raise LibraryLocked("process 7 is writing", help="wait")

    monkeypatch.setattr(Library, "status", locked)
    result = dateline("status", "--json")
    assert (result.exit_code, result.stdout) == (9, "")
    assert result.stderr == "dateline: process 7 is writing; wait\n"
    assert "Traceback" in dateline("status", "--debug").stderr


def test_errors_of_the_system_are_messages_too(dateline, monkeypatch):
    """A full disk is no reason for a traceback."""

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Library, "status", full)
    result = dateline("status")
    assert result.exit_code == 1
    assert result.stderr == "dateline: [Errno 28] No space left on device\n"


def test_a_model_that_needs_a_key(dateline):
    """Naming a paid model without a key ends with 3, before anything is sent."""
    result = dateline("ask", "Who?", "--model", "gpt-5")
    assert result.exit_code == 3
    assert "OPENAI_API_KEY" in result.stderr


def test_config_tells_what_is_known_of_the_model(dateline, tmp_path):
    """Where a price comes from, and what was learned, so that one can disagree."""
    from assistant.models import TraitsFile
    from assistant.models.traits import Traits
    from assistant.settings import traits_file

    known = json.loads(dateline("config", "--model", "gpt-4o-mini", "--json").stdout)["model"]
    assert known["price"] == {"input": 0.15, "output": 0.6, "cached": 0.075, "noted": "June 2026"}
    assert json.loads(dateline("config", "--json").stdout)["model"] == {}
    there = ("--base-url", "http://localhost:11434/v1", "--model", "llama3.2")
    learned = Traits(window=2050, refused=frozenset({"temperature", "system"}))
    TraitsFile(traits_file()).note("http://localhost:11434/v1", "llama3.2", learned)
    shown = dateline("config", *there).stdout
    assert "llama3.2 has no price that is known" in shown
    assert "llama3.2 takes 2,050 tokens" in shown
    assert "llama3.2 refuses: system, temperature" in shown


def test_config_shows_what_is_in_force(dateline, library):
    """Values with their origins; the key itself is nowhere."""
    env = {"OPENAI_API_KEY": "sk-secret"}
    result = dateline("config", "--model", "m", "--json", env=env)
    form = json.loads(result.stdout)
    assert form["options"]["model"] == {"value": "m", "origin": "--model"}
    assert form["options"]["library"]["value"] == str(library.folder)
    assert form["keys"]["base_url"] == "OPENAI_API_KEY"
    assert "sk-secret" not in result.output + dateline("config", env=env).output


def test_chat_over_pipes(dateline):
    """Questions a line, answers on standard output, no prompt."""
    result = dateline(
        *("chat", "--quiet"),
        stdin=f"{HURT_QUESTION}\n/open 1\n/quit\n",
        script=["Twelve went to hospital [1.2]."],
    )
    assert result.exit_code == 0
    assert result.stdout.startswith("Twelve went to hospital. [1]\n")
    assert "»Twelve passengers were taken to hospital, the coastguard said.«" in result.stdout
    assert "> /open" not in result.stdout


def test_chat_in_json(dateline):
    """A line of JSON for each question."""
    result = dateline("chat", "--json", stdin="Who was hurt?\n\nWho ran aground?\n")
    forms = [json.loads(line) for line in result.stdout.splitlines()]
    assert [form["question"] for form in forms] == ["Who was hurt?", "Who ran aground?"]


def test_a_closed_pipe_is_no_error(library):
    """`dateline articles | head -1` ends without a complaint."""
    program = (
        "import sys; from assistant.cli import main\n"
        "from assistant import program, Assistant; from index.embed.fake import FakeEmbedder\n"
        "program.open_assistant = lambda s, **how:"
        " Assistant.open(settings=s, embedder=FakeEmbedder(), **how)\n"
        "main(['articles', '--library', sys.argv[1]] , prog_name='dateline')"
    )
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", program, str(library.folder)],
        stdout=write,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        check=False,
    )
    os.close(write)
    assert done.stderr == b""
