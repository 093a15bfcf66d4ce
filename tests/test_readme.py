"""What the README shows works."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_python_examples_run(tmp_path):
    """The examples for Python can be pasted into a program, one after the other."""
    example = "\n".join(re.findall(r"```python\n(.*?)```", README, re.DOTALL))
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Zaporizhzhia" in done.stdout
    assert "Finished(" in done.stdout


def test_every_room_is_there():
    """Every file and folder that the README names exists."""
    _, table = README.split("## Where things are")
    for room, contents in re.findall(r"^\| `(\w+)/` \| (.*) \|$", table, re.MULTILINE):
        for name in re.findall(r"`(\w+/?)`", contents):
            place = ROOT / room / name
            assert place.exists() or place.with_suffix(".py").exists(), f"{room}/{name}"


def test_every_command_is_there():
    """Every command that the README names is one."""
    from assistant.cli import main

    named = set(re.findall(r"\bdateline (?:--library \S+ |--\S+ )?([a-z]+)\b", README)) - {
        "command"
    }
    assert {"index", "ask", "search", "chat"} <= named
    assert named <= set(main.commands)
