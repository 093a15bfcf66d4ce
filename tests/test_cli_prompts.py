"""Prompts from the command line: which are in use, and those of one's own."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from click.testing import CliRunner

from assistant.cli import main
from assistant.templates import Prompts


@pytest.fixture
def own(tmp_path):
    """A folder with a copy of the prompt for answers, changed."""
    folder = tmp_path / "prompts"
    folder.mkdir()
    shutil.copy(Prompts().load("answer").origin, folder)
    file = folder / "answer.md"
    text = re.sub(r'version: "\d+"', 'version: "mine"', file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    return folder


def dateline(*words, **env):
    return CliRunner().invoke(main, words, env=env, prog_name="dateline")


def test_prompts_in_use_are_shown(own):
    """`config prompts` names each prompt with version, hash and file, whose it is, and as JSON."""
    done = dateline("config", "prompts", "--prompts", str(own))
    assert done.exit_code == 0, done.stderr
    answer = next(line for line in done.stdout.splitlines() if line.startswith("answer "))
    assert "version mine" in answer
    assert answer.endswith(f"{own / 'answer.md'} (yours)")
    form = json.loads(dateline("config", "prompts", "--json", DATELINE_PROMPTS=str(own)).stdout)
    by_name = {prompt["name"]: prompt for prompt in form["prompts"]}
    assert {"answer", "repair", "judge"} <= set(by_name)
    assert (by_name["answer"]["shipped"], by_name["judge"]["shipped"]) == (False, True)
    assert by_name["answer"]["variables"] == ["as_of", "conversation", "passages", "question"]


def test_a_folder_beside_the_configuration_file(own, tmp_path):
    """A relative folder in the file is meant from where the file is."""
    file = tmp_path / "config" / "dateline" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('prompts = "../../prompts"\n', "utf-8")
    assert "(yours)" in dateline("config", "prompts").stdout


def test_a_broken_prompt_stops_before_anything_is_asked(own, library):
    """A mistake in a prompt is told when the library is opened, not in the middle of an answer."""
    (own / "answer.md").write_text("Just do it.", "utf-8")
    words = ("--library", str(library.folder), "--prompts", str(own))
    done = dateline("ask", *words, "Who?")
    assert done.exit_code == 1
    assert "is not a prompt" in done.stderr
