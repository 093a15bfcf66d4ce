"""Which files of a folder are read can be said as for git."""

from __future__ import annotations

from index.embed.fake import FakeEmbedder
from index.library import Library
from index.readers.walk import IGNORED, walk
from index.types import Skipped


def files(folder, *ignore):
    found = list(walk(folder, ignore))
    read = {p.relative_to(folder).as_posix() for p in found if not isinstance(p, Skipped)}
    return read, sum(isinstance(p, Skipped) and p.reason == IGNORED for p in found)


def make(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"The report {name} came in.")


def test_patterns_of_the_command(tmp_path):
    """Patterns leave out files by ending, folders with all in them, and take back by `!`."""
    make(tmp_path, "a.txt", "b.log", "drafts/c.txt", "deep/drafts/d.txt", "deep/e.log")
    assert files(tmp_path, "*.log", "drafts/") == ({"a.txt"}, 4)
    assert files(tmp_path, "*.log", "!b.log")[0] == {
        *("a.txt", "b.log", "drafts/c.txt", "deep/drafts/d.txt")
    }
    assert files(tmp_path, "/drafts") == ({"a.txt", "b.log", "deep/drafts/d.txt", "deep/e.log"}, 1)


def test_files_of_patterns_count_below_their_folder(tmp_path):
    """A `.datelineignore` holds for its folder and those below; the deepest decides."""
    make(tmp_path, "a.txt", "deep/a.txt", "deep/b.txt", "deep/er/a.txt")
    (tmp_path / ".datelineignore").write_text("# drafts\na.txt\n")
    (tmp_path / "deep" / "er" / ".datelineignore").write_text("!a.txt\n")
    assert files(tmp_path) == ({"deep/b.txt", "deep/er/a.txt"}, 2)


def test_ignored_files_are_counted_and_synced_away(tmp_path):
    """What is left out is no failure, and `--sync` takes out what was indexed before."""
    make(tmp_path / "news", "a.txt", "b.txt")
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        assert library.add(tmp_path / "news").added == 2
        report = library.add(tmp_path / "news", ignore=["b.*"], sync=True)
        assert (report.unchanged, report.removed, report.ignored, report.skipped) == (1, 1, 1, ())
