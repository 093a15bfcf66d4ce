"""Promise 5: a kill at any instant loses nothing, and the next run carries on.

`KILLS=200 python -m pytest tests/test_kill.py` does it two hundred times.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from conftest import make_article

from index.embed.fake import FakeEmbedder
from index.library import Library
from index.types import Filters

KILLS = int(os.environ.get("KILLS", "6"))
ROOT = Path(__file__).parent.parent

# The articles come in two forms, so that indexing also replaces passages. Embedding takes a little
# time, as it does in earnest, so that kills hit every phase.
PROGRAM = f"""
    import sys, time
    sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
    from test_kill import articles
    from index.embed.fake import FakeEmbedder
    from index.library import Library

    class Slow(FakeEmbedder):
        def embed_passages(self, texts):
            time.sleep(0.02)
            return super().embed_passages(texts)

    print("ready", flush=True)
    folder, form = sys.argv[1:]
    with Library(folder, embedder=Slow(), create=True) as library:
        tell = lambda progress: print(progress.stage, progress.done, flush=True)
        library.add(*articles(form), listener=tell, wait=10)
"""


def articles(form: str):
    """Sixty articles of eight passages; in the second form every third is another text."""
    for number in range(60):
        word = f"{form}{number}" if number % 3 == 0 else f"same{number}"
        text = "\n\n".join(
            f"The report {word} of part {part} says this. " * 30 for part in range(8)
        )
        yield make_article(f"https://x.example/{number}", text.strip(), title=f"Report {number}")


def start(folder: Path, form: str) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), str(folder), form],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def state(library: Library):
    """What a library holds in all three stores, without what depends on the order of work."""
    catalog = library._catalog
    rows = catalog.database.rows(
        "SELECT id, start, end, key, live, lexical, vector FROM passages WHERE live ORDER BY id"
    )
    retired = catalog.database.rows(
        "SELECT count(*) FROM passages WHERE NOT live AND (lexical OR vector)"
    )
    words = library._lexical.search("report", 10_000, Filters())
    in_lexical = {passage.id for passage in catalog.passages([n for n, _ in words]).values()}
    # Not a search: Chroma's graph is approximate, and may leave out one of equal vectors.
    in_vectors = library._vectors._open().get(include=[])["ids"]
    return rows, retired, len(words), in_lexical, set(in_vectors)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The state after both forms were indexed without a kill."""
    folder = tmp_path_factory.mktemp("undisturbed") / "library"
    started = time.monotonic()
    with Library(folder, embedder=FakeEmbedder(), create=True) as library:
        library.add(*articles("one"))
        library.add(*articles("two"))
        return state(library), time.monotonic() - started


def test_kills_at_random_instants_lose_nothing(tmp_path, undisturbed):
    """After each kill the library opens and holds what was reported; at the end, all of it."""
    expected, seconds = undisturbed
    chance = random.Random(KILLS)
    folder = tmp_path / "library"
    for kill in range(KILLS):
        form = "one" if kill < KILLS // 2 else "two"
        with start(folder, form) as process:
            time.sleep(chance.uniform(0, seconds))
            process.send_signal(signal.SIGKILL)
            told = process.stdout.read().splitlines()
        check_reported(folder, told)
    with Library(folder, embedder=FakeEmbedder(), create=True) as library:
        library.add(*articles("two"))
        rows, retired, count, in_lexical, in_vectors = state(library)
    # Which version an article has depends on where the kills fell; its passages do not.
    assert [row[1:] for row in rows] == [row[1:] for row in expected[0]]
    assert retired == [(0,)]
    assert count == len(in_lexical) == len(rows)
    assert in_lexical == in_vectors == {row[0] for row in rows}


def check_reported(folder: Path, told: list[str]) -> None:
    """What the killed process had told to be done is there and found."""
    if not (folder / "catalog.sqlite3").exists():
        assert told == []
        return
    with Library(folder, embedder=FakeEmbedder(), create=True) as library:
        done = dict(line.split() for line in told if line.count(" ") == 1)
        held = len(list(library.articles()))
        assert held >= int(done.get("reading", 0))
        if "lexical" in done:
            found = library._lexical.search("report", 10_000, Filters())
            assert len(found) == library.status().passages
        if held and "embedding" in done:
            assert "vector" in library.search("report")[0].parts or not library.status().vectors
