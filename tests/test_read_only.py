"""A library on a read-only share or image: all that reads works, all that writes says why not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from damage import ROOT, lose_override, make_library, reports, run_python

from index.embed.fake import FakeEmbedder
from index.library import Library

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="permissions hold for root only on Linux"
)

READ_ALL = """
    import json, os
    from damage import NoEmbedding
    from index.errors import DatelineError
    from index.library import Library
    from index.types import Filters
    assert not os.access(sys.argv[1], os.W_OK)
    with Library(sys.argv[1], embedder=NoEmbedding(), create=True) as library:
        library.warm_up()
        found = library.retrieve("mark1 of part3", k=3)
        filtered = library.retrieve("mark1", filters=Filters(sources=("nobody",)))
        article = library.article("https://x.example/1")
        errors = []
        for change in (lambda: library.add(article), lambda: library.remove("x"),
                       library.embed, library.repair):
            try:
                change()
            except DatelineError as error:
                errors.append([type(error).__name__, error.message, error.help, error.exit_code])
        print(json.dumps({
            "title": found.hits[0].passage.article.title,
            "parts": [found.hits[0].parts["lexical"], found.hits[0].parts["vector"]],
            "warnings": found.warnings,
            "filtered": len(filtered.hits),
            "articles": len(list(library.articles())),
            "passages": library.status().passages,
            "errors": errors,
        }))
"""


@pytest.fixture
def share(tmp_path):
    yield tmp_path
    for place, _, _ in os.walk(tmp_path):
        Path(place).chmod(0o755)


def make_read_only(folder: Path) -> None:
    for place, _, files in os.walk(folder, topdown=False):
        for name in files:
            (Path(place) / name).chmod(0o444)
        Path(place).chmod(0o555)


def state(folder: Path):
    return {str(f): f.stat().st_mtime_ns for f in folder.rglob("*")}


@pytest.mark.parametrize("log", ["no log", "log"])
def test_everything_that_reads_works(share, log):
    """Searching gives what it gives elsewhere, without a warning and without touching a file."""
    folder = make_library(share / "made", 3)
    library = Library(folder, embedder=FakeEmbedder())
    if log == "log":
        library.add(*reports(4))
        shutil.copytree(folder, share / "library")
        (share / "library" / "catalog.sqlite3-shm").unlink()
    expected = library.retrieve("mark1 of part3", k=3).hits[0]
    library.close()
    if log == "no log":
        shutil.copytree(folder, share / "library")
    make_read_only(share / "library")
    before = state(share / "library")
    (share / "tmp").mkdir()
    environment = {**os.environ, "TMPDIR": str(share / "tmp")}
    done = run_python(READ_ALL, share / "library", preexec_fn=lose_override, env=environment)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["title"] == expected.passage.article.title
    parts = [expected.parts["lexical"], expected.parts["vector"]]
    assert told["parts"] == pytest.approx(parts, abs=1e-3)
    assert told["warnings"] == []
    assert told["filtered"] == 0
    assert told["articles"] == (4 if log == "log" else 3)
    assert len(told["errors"]) == 4
    for name, message, help_, code in told["errors"]:
        assert (name, code) == ("LibraryReadOnly", 9)
        assert message == f"the library {share / 'library'} is read-only"
        assert "searching and asking work" in help_
    assert state(share / "library") == before
    assert not list((share / "tmp").iterdir())


def test_commands(share):
    """The commands that look and ask work; those that write end with 9 and one clear line."""
    folder = make_library(share / "library", 2)
    with Library(folder) as library:
        library._catalog.set_setting("embedder", "{}")  # a command has no fake embedder
        library._catalog.backlog.forget("vector")
    make_read_only(folder)
    commands = (["articles"], ["show", "https://x.example/1"], ["status"], ["search", "mark1"],
                ["ask", "What does the report mark1 say?"], ["remove", "https://x.example/1"],
                ["repair"], ["index", str(Path(__file__).parent / "damage.py")])  # fmt: skip
    done = run_python(
        """
        import json
        from click.testing import CliRunner
        from assistant.cli import main
        for command in json.loads(sys.argv[2]):
            result = CliRunner().invoke(main, ["--library", sys.argv[1], *command])
            print(json.dumps([command[0], result.exit_code, result.stdout, result.stderr]))
        """,
        folder,
        json.dumps(commands),
        preexec_fn=lose_override,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    for name, code, out, errors in told:
        if name in {"remove", "repair", "index"}:
            assert code == 9, (name, errors)
            assert f"dateline: the library {folder} is read-only; searching and asking" in errors
        else:
            assert code in ({0, 10} if name == "ask" else {0}), (name, errors)
            assert out


def test_reader_sees_what_its_owner_adds(share):
    """Somebody who may only read a shared library finds what is added while they have it open."""
    folder = make_library(share / "library", 2)
    make_read_only(folder)
    if os.getuid():
        pytest.skip("the owner is the only user here")
    program = """
        from damage import NoEmbedding
        from index.library import Library
        with Library(sys.argv[1], embedder=NoEmbedding()) as library:
            for line in sys.stdin:
                found = library.retrieve("mark4 of part3", k=1)
                print(found.hits[0].passage.article.title, *found.warnings, flush=True)
    """
    head = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]\n"
    with subprocess.Popen(
        [sys.executable, "-c", head + textwrap.dedent(program), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lose_override,  # noqa: PLW1509 - no threads run here
    ) as reader:

        def ask() -> str:
            reader.stdin.write("again\n")
            reader.stdin.flush()
            return reader.stdout.readline()

        assert ask() in {"Report 0\n", "Report 1\n"}
        with Library(folder, embedder=FakeEmbedder()) as library:
            library.add(*reports(5))
            assert ask() == "Report 4\n"
        assert ask() == "Report 4\n"
        reader.stdin.close()
