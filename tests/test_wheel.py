"""The built wheel works by itself: nothing of the checkout is needed."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The bin folder of a virtual environment into which the wheel was installed.

    Its dependencies are those of the environment that runs the tests, so that nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "venv"
    venv.create(environment, with_pip=False, symlinks=True)
    (packages,) = (environment / "lib").glob("python*/site-packages")
    # A path that a .pth file adds is not searched for .pth files, so the checkout stays unseen.
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()), "utf-8")
    install = [environment / "bin" / "python", "-m", "pip", "install", "--no-deps", "--no-index"]
    subprocess.run([*install, "--ignore-installed", wheel], check=True, capture_output=True)
    return environment / "bin"


def run(installed: Path, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "DATELINE"))}
    return subprocess.run(
        [installed / "dateline", "--library", home / "library", *arguments],
        cwd=home,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_holds_code_and_prompts_only(installed):
    """Prompts and type information are in the wheel; tests and sample articles are not."""
    (packages,) = (installed.parent / "lib").glob("python*/site-packages")
    assert (packages / "assistant" / "prompts" / "answer.md").exists()
    assert (packages / "assistant" / "py.typed").exists()
    assert (packages / "index" / "py.typed").exists()
    assert not (packages / "tests").exists()
    assert not (packages / "seeds").exists()


def test_the_installed_command_does_the_main_job(installed, tmp_path):
    """`dateline index` and `dateline ask` work outside of the checkout."""
    indexed = run(installed, "index", str(ROOT / "seeds"), home=tmp_path)
    assert indexed.returncode == 0, indexed.stderr
    question = "What did Zelenskyy say the talk of power plants was about?"
    asked = run(installed, "ask", "--json", question, home=tmp_path)
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    assert "Zaporizhzhia" in " ".join(c["quote"] for c in answer["citations"])


def test_the_installed_package_finds_its_prompts(installed, tmp_path):
    """Answering with a model reads the prompts that are in the wheel."""
    program = "from assistant.templates import load_template as t; print(t('answer').stamp.name)"
    done = subprocess.run(
        [installed / "python", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "answer\n"
