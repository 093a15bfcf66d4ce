"""Where the seconds of indexing and of a first question go, room by room.

    python tests/benchmarks/profiling.py ARTICLES.jsonl[.gz] [--count N]

Runs `index`, `index` again and `ask` on the first N articles under Python's own profiler, each in a
process of its own, and adds up each file's own seconds; what the interpreter and compiled libraries
do counts for the file that called them. The profiler makes Python slower and leaves compiled code
as it is, so shares count, not seconds; without it, and in all threads, `make bench` measures.
"""

from __future__ import annotations

import argparse
import os
import pstats
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from filled import questions
from rows import ROOT, write_articles

_LINES = 12
_MIN_SHARE = 0.01


def profiled(scratch: Path, *words: str | Path) -> pstats.Stats:
    """The profile of a command of ours, once its files are compiled."""
    kept = scratch / "profile"
    command = [sys.executable, "-m", "cProfile", "-o", kept, "-m", "assistant", *words]
    environment = {name: each for name, each in os.environ.items() if "BYTECODE" not in name}
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    return pstats.Stats(str(kept))


def rooms(stats: pstats.Stats) -> Counter[str]:
    """Seconds by file of ours and by package of others."""
    seconds: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        if "acquire" in name or "infer" in name:
            seconds["waiting for what embeds"] += own
        elif file != "~" or not callers:
            seconds[room(file)] += own
        else:
            for (caller, _, _), (_, _, share, _) in callers.items():
                seconds[room(caller)] += share
    return seconds


def room(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(ROOT) and ".venv" not in path.parts:
        return path.relative_to(ROOT).as_posix()
    if "site-packages" in path.parts:
        return path.parts[path.parts.index("site-packages") + 1].removesuffix(".py")
    return "loading modules" if "importlib" in file else "Python's library"


def print_shares(title: str, seconds: Counter[str]) -> None:
    whole = sum(seconds.values())
    print(f"\n{title}: {whole:.1f} s under the profiler")
    for name, each in seconds.most_common(_LINES):
        if each / whole >= _MIN_SHARE:
            print(f"  {each / whole:4.0%}  {name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--count", type=int, default=400)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        source = write_articles(given.articles, given.count, scratch / "articles.jsonl")
        library = ("--library", scratch / "library")
        question = questions(given.articles, 1)[0]
        for title, words in (
            (f"index {given.count} articles", ("index", source)),
            ("index again", ("index", source)),
            ("ask", ("ask", question)),
            ("ask again", ("ask", question)),
        ):
            print_shares(title, rooms(profiled(scratch, *library, *words)))


if __name__ == "__main__":
    main()
