"""`dateline doctor`: what is wrong is named, with the fix, and the exit code is its own."""

from __future__ import annotations

import json
import sqlite3

import pytest
from click.testing import CliRunner
from openai_server import OpenAIServer

from assistant import doctor
from assistant.cli import main
from assistant.settings import load
from index.errors import NotConfigured, Unreachable
from index.library import Library


@pytest.fixture
def examined(tmp_path, articles, monkeypatch):
    """Runs the command on a library that is searched by words; returns code and findings."""
    with Library(tmp_path / "library", create=True) as library:
        library.add(*articles, embed=False)
    monkeypatch.setenv("DATELINE_LIBRARY", str(tmp_path / "library"))

    def run(*words, env=None):
        result = CliRunner().invoke(main, ["doctor", "--json", *words], env=env)
        form = json.loads(result.stdout)
        assert form["sound"] == (result.exit_code == 0)
        return result.exit_code, {one["what"]: one for one in form["checks"]}

    return run


def test_a_sound_set_up(examined):
    """Everything is named; that vectors are missing is a remark, and no failure."""
    code, found = examined()
    assert code == 0
    assert found["versions"]["said"].startswith("Dateline ")
    assert "chromadb 1." in found["packages"]["said"]
    assert "3 articles" in found["library"]["said"]
    assert found["vectors"]["status"] == "note"
    assert found["vectors"]["fix"] == "`dateline index` on any path carries on"
    assert found["model"]["said"] == "none is named, so answers are made of quotes"


def test_no_library(examined, tmp_path):
    """It is said once, with the way to make one, and ends as other commands would."""
    code, found = examined("--library", str(tmp_path / "nowhere"))
    assert code == 3
    assert found["library"]["fix"].startswith("`dateline index PATH` makes one")
    assert "searching" not in found


def test_a_damaged_library(examined, tmp_path):
    """What `repair` is for is found."""
    with sqlite3.connect(tmp_path / "library" / "catalog.sqlite3") as catalog:
        catalog.execute("PRAGMA user_version=99")
    code, found = examined()
    assert (code, found["library"]["status"]) == (9, "failed")
    assert found["library"]["fix"]


def test_the_endpoint(monkeypatch):
    """The model is there; is not in the list; nothing answers; a key is missing."""

    def look(url, model):
        return {one.what: one for one in doctor.look_at_model(load({"model": model, **url}))}

    with OpenAIServer("x") as server:
        monkeypatch.setenv("OPENAI_API_KEY", server.key)
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        assert look({}, "test-model")["model"].status == "ok"
        assert "OPENAI_API_KEY" in look({}, "test-model")["key"].said
        assert look({}, "tset-model")["model"].status == "note"
        assert "test-model" in look({}, "tset-model")["model"].fix
        assert {one.path for one in server.requests} == {"/v1/models"}
    with pytest.raises(Unreachable):
        look({}, "test-model")
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("OPENAI_BASE_URL")
    with pytest.raises(NotConfigured, match="no key is set"):
        look({}, "gpt-4o")


def test_a_package_that_cannot_be_loaded(examined, monkeypatch):
    """A broken or missing package has the command that mends it."""
    monkeypatch.setattr(doctor, "_PACKAGES", {"chromadb": "no_such_module"})
    code, found = examined()
    assert code == 1
    assert found["packages"]["fix"].endswith("pip install --force-reinstall chromadb")


def test_for_people(examined, tmp_path):
    """A mark a line, and an arrow before what there is to do."""
    shown = CliRunner().invoke(main, ["doctor", "--library", str(tmp_path / "nowhere")]).stdout
    lines = shown.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("✗ library"))
    assert lines[at + 1].strip().startswith("→ `dateline index PATH` makes one")
    assert lines[0].startswith("✓ versions   Dateline ")
