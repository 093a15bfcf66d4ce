"""The benchmarks run; what they measure is for people to read, not for tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_benchmarks_run_on_a_few_articles(tmp_path):
    """`make bench` does not rot: every row of ours is measured, on the sample articles."""
    done = subprocess.run(
        [
            sys.executable,
            ROOT / "tests" / "benchmarks" / "run.py",
            *("--articles", ROOT / "seeds", "--sizes", "60", "--cache", tmp_path / "cache"),
            *("--rounds", "1", "--texts", "5", "--fresh", "20", "--json", tmp_path / "rows.json"),
        ],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(Path.home())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads((tmp_path / "rows.json").read_text())
    assert len(rows) >= 10
    assert all(row["ours"] for row in rows)
    assert all(row["what"].strip() in done.stdout for row in rows)
