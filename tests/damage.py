"""Libraries to be damaged, and an embedder that fails when it should not be asked."""

from __future__ import annotations

import ctypes
import os
import random
import subprocess
import sys
import textwrap
from pathlib import Path

from conftest import make_article

from index.embed.fake import FakeEmbedder
from index.library import Library

ROOT = Path(__file__).parent.parent


class NoEmbedding(FakeEmbedder):
    """Embeds questions, and fails the test when a passage is to be embedded."""

    def embed_passages(self, texts):
        assert not list(texts), "something was embedded again"
        return super().embed_passages(texts)


def reports(count: int, parts: int = 8):
    """Articles of so many passages each, with words of their own."""
    for number in range(count):
        text = "\n\n".join(
            f"The report mark{number} of part{part} says number {number}. " * 30
            for part in range(parts)
        )
        yield make_article(f"https://x.example/{number}", text.strip(), title=f"Report {number}")


def make_library(folder: Path, count: int = 6, parts: int = 8) -> Path:
    with Library(folder, embedder=FakeEmbedder(), create=True) as library:
        library.add(*reports(count, parts))
    return folder


def garbage(file: Path, start: float = 0.0, end: float = 1.0) -> None:
    """Overwrites a part of a file, given in shares of its length."""
    content = bytearray(file.read_bytes())
    first, last = int(len(content) * start), int(len(content) * end)
    content[first:last] = random.Random(file.name).randbytes(last - first)
    file.write_bytes(content)


def truncate(file: Path, share: float = 0.5) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])


def lose_override() -> None:
    """Makes permissions hold for root too, in a process that is about to start a program."""
    if hasattr(os, "getuid") and os.getuid() == 0:
        drop_from_bounding_set, override = 24, 1
        ctypes.CDLL(None).prctl(drop_from_bounding_set, override, 0, 0, 0)


def run_python(program: str, *arguments: object, timeout: float = 60, **how):
    """Runs a program that can import this project, in a process of its own."""
    head = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]\n"
    # Backtraces of panics that are expected take longer than all the rest.
    how = {"env": dict(os.environ), **how}
    how["env"]["RUST_BACKTRACE"] = "0"
    return subprocess.run(
        [sys.executable, "-c", head + textwrap.dedent(program), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        **how,
    )


def held_by_stores(library: Library) -> tuple[int, int, int]:
    """Live passages, and how many the lexical index and Chroma hold themselves."""
    return library.status().passages, library._lexical.count(), library._vectors.count()
