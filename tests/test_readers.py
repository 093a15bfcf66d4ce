"""`read_path`: which files are read, in which order, and what is said of the others."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers import read_path
from index.types import Article, Skipped

LINE = '{"url": "https://example.org/a", "text": "From a line."}\n'


def texts(path: Path) -> list[str]:
    """The texts of the articles under a path; what was skipped is left out."""
    return [item.text for item in read_path(path) if isinstance(item, Article)]


def skipped(path: Path) -> list[Skipped]:
    """What was skipped under a path."""
    return [item for item in read_path(path) if isinstance(item, Skipped)]


def test_a_folder_is_read_in_order_to_any_depth(tmp_path):
    """Folders and files come sorted by name, whatever the file system says."""
    for name in ("b.txt", "a/z.txt", "a/deep/er/x.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"Text of {name}.")

    assert texts(tmp_path) == [
        "Text of a/deep/er/x.txt.",
        "Text of a/z.txt.",
        "Text of b.txt.",
        "Text of c.txt.",
    ]


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("plain", "As it is.", "As it is."),
        ("a.txt", "*As* it is.", "*As* it is."),
        ("a.TEXT", "As it is.", "As it is."),
        ("a.md", "*As* read.", "As read."),
        ("a.markdown", "*As* read.", "As read."),
        ("a.jsonl", LINE, "From a line."),
        ("a.ndjson", LINE, "From a line."),
    ],
)
def test_the_ending_chooses_the_reader(tmp_path, name, content, text):
    """Each ending that is promised is read with its own reader."""
    (tmp_path / name).write_text(content)

    assert texts(tmp_path) == [text]


def test_other_endings_are_skipped_in_a_folder_but_read_when_named(tmp_path):
    """A folder may hold anything, but who names one file means it."""
    page = tmp_path / "page.rst"
    page.write_text("Some words.")

    (item,) = skipped(tmp_path)

    assert item.where == str(page)
    assert item.reason.startswith("not a kind of file that Dateline reads (.txt, .md, .html, ")
    assert texts(page) == ["Some words."]


def test_hidden_names_are_left_out(tmp_path):
    """Version control and editors keep files that are no articles."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text("Not this.")
    (tmp_path / ".b.txt").write_text("Nor this.")

    assert list(read_path(tmp_path)) == []


def test_a_loop_of_links_ends(tmp_path):
    """A link to a folder above it is not followed for ever."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Once.")
    (tmp_path / "in" / "up").symlink_to(tmp_path)

    assert texts(tmp_path) == ["Once."]


def test_what_cannot_be_looked_at_is_reported(tmp_path):
    """A broken link, a link to itself and a pipe stop nothing and do not vanish unsaid."""
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
    os.mkfifo(tmp_path / "c.txt")
    (tmp_path / "d.txt").write_text("Still read.")

    *problems, article = read_path(tmp_path)

    assert [Path(item.where).name for item in problems] == ["a.txt", "b.txt", "c.txt"]
    assert problems[2].reason == "not a regular file"
    assert article.text == "Still read."


@pytest.mark.parametrize("name", ["missing.txt", "file.txt/inside.txt", "nul\0.txt"])
def test_a_path_that_does_not_exist_is_an_error_at_once(tmp_path, name):
    """A mistyped path must not look like an empty folder."""
    (tmp_path / "file.txt").write_text("A file.")

    with pytest.raises(ReadError, match="no such file: ") as caught:
        read_path(tmp_path / name)

    assert caught.value.help


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\xef\xbb\xbf\n", "empty"),
        (b"caf\xe9 au lait", "not UTF-8 text (byte 0xe9 at position 3)"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a binary file"),
        (b"title: Only a header", "no text"),
    ],
)
def test_a_file_that_is_no_article_says_why(tmp_path, content, reason):
    """The reason tells the person what to mend."""
    path = tmp_path / "a.txt"
    path.write_bytes(content)

    assert list(read_path(path)) == [Skipped(str(path), reason)]


def test_a_file_too_large_for_an_article_is_not_taken_into_memory(tmp_path):
    """A log or a dump among the articles must not exhaust memory."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(2**40)

    assert skipped(tmp_path) == [Skipped(str(path), "larger than 16 MB, which no article is")]


def test_the_path_of_an_article_is_absolute(tmp_path, monkeypatch):
    """The identity does not depend on where the program was started."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("Text.")
    monkeypatch.chdir(tmp_path / "sub")

    for path in (Path("a.txt"), Path("../sub/a.txt"), Path()):
        (article,) = read_path(path)
        assert article.info.identity == str(tmp_path / "sub" / "a.txt")


def test_a_name_that_is_not_text_is_skipped(tmp_path):
    """An identity is hashed and stored as UTF-8, so it has to be UTF-8."""
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_text("Text.")
    except OSError:
        pytest.skip("this file system holds no such names")

    (item,) = read_path(tmp_path)

    assert item == Skipped(f"{tmp_path}/caf\ufffd.txt", "its name is not UTF-8")


def test_importing_the_readers_loads_no_parser():
    """What the forms need costs a second, which a question need not pay."""
    code = (
        "import index.readers, sys; print({'pydantic', 'yaml', 'markdown_it', 'trafilatura',"
        " 'lxml', 'pypdf', 'defusedxml', 'csv', 'email', 'zipfile'} & {*sys.modules})"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout == "set()\n"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """A folder that the examples of a property share."""
    return tmp_path_factory.mktemp("scratch")


ONE_PARSER_EACH = (".html", ".eml", ".pdf", ".docx", ".epub", ".zip")


@settings(deadline=None)  # the first examples load the parsers
@given(
    data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-16")),
    ending=st.sampled_from(["", ".md", ".jsonl.gz", ".csv", ".mbox", *ONE_PARSER_EACH]),
    packed=st.booleans(),
)
def test_no_bytes_break_a_reader(scratch, data, ending, packed):
    """Whatever a file holds, it yields articles and reasons, and every article can be stored."""
    path = scratch / f"file{ending}"
    path.write_bytes(gzip.compress(data) if packed else data)

    for item in read_path(path):
        if isinstance(item, Article):
            assert item.text.strip()
            assert item.info.opening
            assert item.text.encode()
            assert len(item.info.id) == 16
        else:
            assert item.reason
