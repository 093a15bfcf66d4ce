"""Indexing onto a full disk: one clear error, nothing lost, and the same command carries on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest
from damage import NoEmbedding, held_by_stores, reports, run_python

from index.disk import is_full
from index.embed.fake import FakeEmbedder
from index.errors import DiskFull
from index.library import Library
from index.types import Filters

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits on file sizes are POSIX's")

ARTICLES = 30
PASSAGES = 11 * ARTICLES

# A limit on the size of files begins with a stage of indexing, as if the disk were full by then.
INDEX = """
    import json, resource
    from damage import reports
    from index.embed.fake import FakeEmbedder
    from index import library as module
    from index.errors import DiskFull
    module._ARTICLES_AT_ONCE = 10
    _, folder, stage, limit = sys.argv
    def listener(progress):
        if progress.stage == stage:
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), resource.RLIM_INFINITY))
    with module.Library(folder, embedder=FakeEmbedder(), create=True) as library:
        try:
            library.add(*reports(30), listener=listener)
        except DiskFull as error:
            found = library.retrieve("mark1 of part3") if stage != "reading" else None
            print(json.dumps([error.message, error.help, error.exit_code,
                              found and [found.hits[0].passage.article.title, *found.warnings]]))
"""


def contents(library):
    """What a library holds, whatever the order of work was."""
    rows = library._catalog.database.rows(
        "SELECT id, start, end, key, live, lexical, vector FROM passages ORDER BY id"
    )
    words = library._lexical.search("report", 10_000, Filters())
    vectors = set(library._vectors._open().get(include=[])["ids"])
    return rows, {library._catalog.passages([n])[n].id for n, _ in words}, vectors


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed") / "library"
    with Library(folder, embedder=FakeEmbedder(), create=True) as library:
        library.add(*reports(ARTICLES))
        return contents(library)


@pytest.mark.parametrize(
    ("stage", "limit", "stored"),
    [("reading", 60_000, 10), ("lexical", 100_000, 30), ("embedding", 150_000, 30)],
)
def test_full_in_each_phase(tmp_path, undisturbed, stage, limit, stored):
    """The error says how much is stored; the library is whole; the next run completes it."""
    folder = tmp_path / "library"
    done = run_python(INDEX, folder, stage, limit)
    assert done.returncode == 0, done.stderr
    message, help_, code, found = json.loads(done.stdout)
    assert message == f"the disk is full; {stored} articles are stored"
    assert help_ == "free space and run the same command again"
    assert code == 1
    assert found is None or found[0] == "Report 1"
    with Library(folder, embedder=FakeEmbedder()) as library:
        assert library.status().articles == stored
        if stage != "reading":
            assert library.search("mark1 of part3")[0].passage.article.title == "Report 1"
        library.add(*reports(ARTICLES))
        assert contents(library) == undisturbed
        assert library.retrieve("mark1 of part3").warnings == ()


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own whose size can be set."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if not (mount and umount and sys.platform == "linux" and os.getuid() == 0):
        pytest.skip("only Linux's root may mount a small disk")

    def resize(kilobytes: int) -> None:
        how = "remount," if folder.is_mount() else ""
        command = [mount, "-t", "tmpfs", "-o", f"{how}size={kilobytes}k", "tmpfs", str(folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("mounting is not allowed here")

    resize(64)
    yield folder, resize
    subprocess.run([umount, "-l", str(folder)], check=True)


def test_a_disk_that_is_full_again_and_again(small_disk, undisturbed):
    """However often it fills up, at whatever point, indexing gets on and ends as undisturbed."""
    disk, resize = small_disk
    failures = 0
    for kilobytes in (64, 200, 400, 700, 1000, 1400, 1900, 2500, 3500, 8000):
        resize(kilobytes)
        try:
            with Library(disk / "library", embedder=FakeEmbedder(), create=True) as library:
                library.add(*reports(ARTICLES))
                assert contents(library) == undisturbed
                break
        except DiskFull as error:
            failures += 1
            assert error.message.startswith("the disk is full")  # noqa: PT017 - others must not pass
    else:
        pytest.fail("it never ended")
    assert failures >= 4


def test_searching_on_a_full_disk(small_disk):
    """A library on a disk without a byte to spare answers as ever."""
    disk, resize = small_disk
    resize(16_000)
    with Library(disk / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(*reports(5))
    (disk / "fill").write_bytes(b"x" * shutil.disk_usage(disk).free)
    with Library(disk / "library", embedder=NoEmbedding()) as library:
        found = library.retrieve("mark1 of part3")
        assert found.hits[0].passage.article.title == "Report 1"
        assert found.hits[0].parts["vector"] > 0
        with pytest.raises(DiskFull):
            library.add(*reports(6))
    (disk / "fill").unlink()
    with Library(disk / "library", embedder=FakeEmbedder()) as library:
        library.add(*reports(6))
        assert held_by_stores(library) == (66, 66, 66)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("An IO error occurred: 'No space left on device (os error 28)'", True),
        ("error returned from database: (code: 13) database or disk is full", True),
        ("error returned from database: (code: 11) database disk image is malformed", False),
    ],
)
def test_what_the_stores_say(text, full):
    """Chroma and tantivy only give a text; it is told apart from damage."""
    assert is_full(ValueError(text)) is full
