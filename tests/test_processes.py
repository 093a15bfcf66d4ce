"""Promise 6: one writer and many readers, each a process of its own.

`READERS=16 python -m pytest tests/test_processes.py` runs sixteen of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from kills import Slow, fork, in_lexical, in_vectors, news

from index.library import Library

READERS = int(os.environ.get("READERS", "4"))
ROOT = Path(__file__).parent.parent

# Searches until told to stop; fails on any error, on a quote that is not in its article, and on a
# search that finds nothing.
READER = f"""
    import select, sys
    sys.path.insert(0, {str(ROOT)!r})
    from index.embed.fake import FakeEmbedder
    from index.library import Library

    with Library(sys.argv[1], embedder=FakeEmbedder()) as library:
        searches = with_vectors = 0
        print("ready", flush=True)
        while searches < 3 or not select.select([sys.stdin], [], [], 0)[0]:
            hits = library.search("what the report says")
            assert hits, "found nothing"
            for hit in hits:
                article = library.article(hit.passage.article.id, hit.passage.article.version)
                assert article.text[hit.passage.start : hit.passage.end] == hit.passage.text
            searches += 1
            with_vectors += "vector" in hits[0].parts
    print(searches, with_vectors)
"""


def test_readers_never_break_a_writer_nor_a_writer_readers(tmp_path):
    """While one process changes every store, others search, and all end well."""
    folder, file = tmp_path / "library", tmp_path / "news.jsonl"
    with Library(folder, embedder=Slow(), create=True) as library:
        library.add(news(file, "one"))
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(READER), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(READERS)
    ]
    for reader in readers:
        assert reader.stdout.readline() == "ready\n"
    for form in ("two", "one"):
        writer = fork(folder, "index", news(file, form), tmp_path / "told")
        writer.join()
        assert (tmp_path / "told").read_text("utf-8").endswith("done 0\n")
    for reader in readers:
        out, errors = reader.communicate("stop\n", timeout=60)
        assert reader.returncode == 0, errors
        searches, with_vectors = map(int, out.split())
        assert searches >= 3
        assert with_vectors > 0
    with Library(folder, embedder=Slow()) as library:
        live = {
            row[0] for row in library._catalog.database.rows("SELECT id FROM passages WHERE live")
        }
        assert in_lexical(library) == in_vectors(library) == live
        assert library.status().vectors == len(live)
