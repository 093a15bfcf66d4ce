"""Searches a library warm, in a process of its own; prints times and memory as JSON.

python tests/benchmarks/searching.py LIBRARY < QUESTIONS
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from pathlib import Path

from index.library import Library


def main() -> None:
    questions = sys.stdin.read().splitlines()
    times = []
    with Library(sys.argv[1]) as library:
        library.warm_up()
        for question in questions[:5]:
            library.search(question)
        for question in questions:
            began = time.perf_counter()
            library.search(question, near=dt.date(2023, 1, 1))
            times.append(time.perf_counter() - began)
    fields = dict(
        line.split(":", 1)
        for line in Path("/proc/self/status").read_text().splitlines()
        if ":" in line
    )
    print(json.dumps({"times": times, "resident": int(fields["VmRSS"].split()[0]) * 1024}))


if __name__ == "__main__":
    main()
