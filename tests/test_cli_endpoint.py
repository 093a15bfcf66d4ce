"""The whole command against a real endpoint: what goes wrong there, and how it is told."""

from __future__ import annotations

import json
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner
from openai_server import Fault, OpenAIServer
from test_lock import hold

from assistant.cli import main
from index.library import Library

QUESTION = "How many passengers were taken to hospital?"
SOON = {"Retry-After": "0.01"}  # the client's own waiting between attempts would take seconds
REPLY = ["Twelve passengers were taken to hospital. ", "The ferry ", "is ", "blue."]


@pytest.fixture(scope="module")
def embedding_server():
    with OpenAIServer([], key="") as server:
        yield server


@pytest.fixture
def folder(tmp_path, articles, embedding_server):
    """The sample articles, embedded behind the endpoint: the command finds its embedder there."""
    from index.embed.openai_like import OpenAILikeEmbedder
    from index.endpoint import Endpoint

    embedder = OpenAILikeEmbedder("test-embedder", Endpoint(embedding_server.base_url))
    with Library(tmp_path / "library", embedder=embedder, create=True) as library:
        library.add(*articles)
    return tmp_path / "library"


@pytest.fixture
def dateline(folder, embedding_server, monkeypatch):
    """Runs the command; the embedder's endpoint stays well whatever the model's does."""
    monkeypatch.setenv("DATELINE_LIBRARY", str(folder))
    monkeypatch.setenv("DATELINE_EMBEDDER_BASE_URL", embedding_server.base_url)

    def run(*words, **env):
        return CliRunner().invoke(main, words, env=env, prog_name="dateline")

    return run


def ask(dateline, server, *more, **env):
    return dateline(
        "ask", "--model", "test-model", "--base-url", server.base_url, *more, QUESTION, **env
    )


def test_a_streamed_answer_is_printed_with_its_verdicts(dateline):
    """The whole way, over HTTP: question, prompt, stream, sentences, verdicts."""
    with OpenAIServer([REPLY], key="") as server:
        done = ask(dateline, server)
    assert done.exit_code == 0, done.stderr
    assert "Twelve passengers were taken to hospital." in done.stdout
    assert "not supported: cites no source" in done.stdout
    prompt = server.requests[-1].body["messages"][-1]["content"]
    assert "The Harbour Post | 2025-03-05 | Ferry runs aground" in prompt
    assert QUESTION in prompt


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (Fault(status=401), 4, "refuses the key"),
        (Fault(status=429, headers=SOON), 6, "asks to slow down"),
        (Fault(status=500, headers=SOON), 8, "failed (500)"),
        (Fault(status=404), 1, "404"),
        (
            Fault(status=502, headers=SOON, body="<html><title>Bad gateway</title></html>"),
            8,
            "Bad gateway",
        ),
        (Fault(garbage_after=0), 8, "cannot be read"),
    ],
    ids=lambda value: str(getattr(value, "status", value)),
)
def test_failures_have_their_exit_code_and_one_line(dateline, fault, code, words):
    """Each way to fail is told in a line that names it, with the fix below it."""
    with OpenAIServer([REPLY] * 4, key="", fault=fault) as server:
        done = ask(dateline, server, DATELINE_API_KEY="some-key")
    assert done.exit_code == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_reply_cut_off_in_the_middle_keeps_what_came(dateline):
    """The sentences that came are printed, then the error; the exit code says so."""
    with OpenAIServer([REPLY], key="", fault=Fault(cut_after=3)) as server:
        done = ask(dateline, server)
    assert done.exit_code == 8
    assert "Twelve passengers were taken to hospital." in done.stdout
    assert "in the middle of its reply" in done.stderr


def test_a_slow_endpoint_times_out(dateline):
    """Waiting ends after the time that was set."""
    with OpenAIServer([REPLY] * 4, key="", fault=Fault(before=3)) as server:
        done = ask(dateline, server, DATELINE_TIMEOUT="0.2")
    assert done.exit_code == 7
    assert "0.2 s" in done.stderr


def test_nothing_listens(dateline):
    """An endpoint that is not there is named, with how to start one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    done = dateline("ask", "--model", "m", "--base-url", address, QUESTION)
    assert done.exit_code == 5
    assert address in done.stderr
    assert "ollama serve" in done.stderr


def test_openai_without_a_key(dateline):
    """A model of OpenAI's without a key says which variable to set; nothing is sent."""
    done = dateline("ask", "--model", "gpt-4o-mini", QUESTION)
    assert done.exit_code == 3
    assert "OPENAI_API_KEY" in done.stderr


def test_another_embedder(dateline):
    """An embedder that the library was not made with is refused, with the right one named."""
    done = dateline("ask", "--embedder", "local", QUESTION)
    assert done.exit_code == 3
    assert "--embedder test-embedder" in done.stderr


def test_a_locked_library(dateline, folder, tmp_path):
    """A second indexer is told who writes; questions are answered meanwhile."""
    (tmp_path / "new.txt").write_text("It snowed.", "utf-8")
    with hold(folder, "writing") as other:
        done = dateline("index", str(tmp_path / "new.txt"))
        assert done.exit_code == 9
        assert f"process {other.pid}" in done.stderr
        assert dateline("ask", QUESTION).exit_code == 0
        other.kill()
        other.wait()


def test_a_reply_in_json_keeps_its_shape(dateline):
    """What programs read is one object with the contract's fields."""
    with OpenAIServer([REPLY], key="") as server:
        answer = json.loads(ask(dateline, server, "--json").stdout)
    assert {"question", "text", "abstained", "mode", "as_of", "sentences"} <= set(answer)
    assert {"citations", "usage", "prompt", "timings"} <= set(answer)
    assert answer["prompt"]["name"] == "answer"
    assert answer["usage"]["completion_tokens"] == len(REPLY)


def test_skipped_files_show_in_the_exit_code(tmp_path):
    """A bad file is named with its reason, the rest is indexed, and the exit code is 1."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "good.txt").write_text("date 2025-01-02 It snowed.", "utf-8")
    (tmp_path / "news" / "bad.txt").write_bytes(b"\x89PNG\x00\x00")
    command = [sys.executable, "-m", "assistant", "--library", tmp_path / "library"]
    done = subprocess.run(
        [*command, "index", tmp_path / "news"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "1 article added" in done.stdout
    assert "bad.txt: " in done.stdout
