"""The benchmarks run; what they measure is for people to read, not for tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(script: str, *arguments: object) -> str:
    """The output of a benchmark."""
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "benchmarks" / script, *map(str, arguments)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(Path.home())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_mutations_are_counted():
    """The benchmark of false and reworded sentences finds some of most kinds in the samples."""
    table = run("mutations.py", ROOT / "seeds", "--of", 7, "--tries", 400)
    rows = [line.rsplit(None, 2) for line in table.splitlines() if line.endswith("%")]
    made = {kind.strip(): (int(count), float(share[:-1])) for kind, count, share in rows}
    assert sum(count > 0 for count, _ in made.values()) > 20
    assert made["unchanged"] == (7, 0.0)
    facts = [made[kind] for kind in ("number", "number in words", "name inside", "month", "year")]
    assert sum(count * share for count, share in facts) / sum(n for n, _ in facts) > 90


def test_support_is_scored(tmp_path):
    """The benchmark of votes measures the area under the curve for each part."""
    article = "The ferry hit the wall on Tuesday. Twelve people were hurt. Nobody can say why."
    lines = [
        {"id": f"{part}-{i}", "article": article, "sentence": sentence, "supported": supported}
        for part in ("cnndm", "xsum")
        for i, (sentence, supported) in enumerate(
            [("Twelve people were hurt.", True), ("The bakery sold 14 cakes.", False)] * 2
        )
        for _ in range(2)
    ]
    file = tmp_path / "votes.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    assert run("support.py", file).count("area 1.000") == 3


def test_benchmarks_run_on_a_few_articles(tmp_path):
    """`make bench` does not rot: every row of ours is measured, on the sample articles."""
    printed = run(
        "run.py",
        *("--articles", ROOT / "seeds", "--sizes", "60", "--cache", tmp_path / "cache"),
        *("--rounds", "1", "--texts", "5", "--fresh", "20", "--json", tmp_path / "rows.json"),
    )
    rows = json.loads((tmp_path / "rows.json").read_text())
    assert len(rows) >= 10
    assert all(row["ours"] for row in rows)
    assert all(row["what"].strip() in printed for row in rows)
