"""Archives: each member by its own reader, within bounds, and nothing on disk."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers import archive as archive_module
from index.readers import read_path
from index.readers.forms import Form, read_form
from index.types import Article, Skipped


def pack(*members, compression=zipfile.ZIP_DEFLATED):
    """An archive of pairs of name and content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def read(tmp_path):
    """Read what an archive with these bytes holds."""

    def read(data):
        path = tmp_path / "a.zip"
        path.write_bytes(data)
        return list(read_path(path))

    return read


def test_members_of_any_form(read, tmp_path):
    """Every form is read from an archive as from a folder, in the order of names."""
    items = read(
        pack(
            ("news/c.html", "<html><body><p>A page of some words.</p></body></html>"),
            ("a.txt", "title: T\n\nText."),
            (
                "b.jsonl",
                '{"text": "Line."}\n{"url": "https://a.example/x", "text": "Addressed."}\n',
            ),
            ("d.csv", "text\nRow.\n"),
            ("e.eml", "Subject: S\nMessage-ID: <1@x>\n\nMail."),
            ("f.md", "*Marked*."),
        )
    )

    root = f"{tmp_path / 'a.zip'}#"
    assert [(item.text, item.info.identity.removeprefix(root)) for item in items] == [
        ("Text.", "a.txt"),
        ("Line.", "b.jsonl#1"),
        ("Addressed.", "https://a.example/x"),
        ("Row.", "d.csv#Row."),
        ("Mail.", "e.eml#1@x"),
        ("Marked.", "f.md"),
        ("A page of some words.", "news/c.html"),
    ]


def test_what_is_skipped_of_an_archive(read, tmp_path):
    """Each member that is no article is named with its reason; hidden ones are left out."""
    items = read(
        pack(
            ("../evil.txt", "Out."),
            ("/etc/evil.txt", "Out."),
            (".hidden.txt", "Hidden."),
            ("__MACOSX/a.txt", "Mac."),
            ("empty.txt", ""),
            ("in.zip", pack(("a.txt", "Nested."))),
            ("rows.csv", "text,title\n,T\n"),
            ("song.mp3", "x"),
        )
    )

    root = f"{tmp_path / 'a.zip'}#"
    assert [(item.where.removeprefix(root), item.reason.partition(" (")[0]) for item in items] == [
        ("../evil.txt", "its name leads out of the archive, or is damaged"),
        ("/etc/evil.txt", "its name leads out of the archive, or is damaged"),
        ("empty.txt", "empty"),
        ("in.zip", "an archive in an archive, which is not opened"),
        ("rows.csv line 2", "no text"),
        ("song.mp3", "not a kind of file that Dateline reads"),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_read_once(read):
    """Two articles cannot share an identity without one hiding the other unsaid."""
    article, problem = read(pack(("a.txt", "One."), ("a.txt", "Two.")))

    assert isinstance(article, Article)
    assert problem.reason == "the archive holds this name twice"


def test_bombs_are_not_unpacked(read, monkeypatch):
    """What would fill the memory or take for ever is refused from its list of contents."""
    (zeros,) = read(pack(("a.txt", b"\0" * 4 * 2**20)))
    assert zeros.reason == "would unpack to 4 MB, which no archive of articles does"

    monkeypatch.setattr(archive_module, "_LARGEST", 1000)
    (large,) = read(pack(("a.txt", bytes(range(256)) * 8), compression=zipfile.ZIP_STORED))
    assert large.reason.startswith("would unpack to")

    monkeypatch.setattr(archive_module, "_MOST_MEMBERS", 2)
    (many,) = read(pack(*((f"{n}.txt", "x") for n in range(3))))
    assert many.reason == "holds 3 files, and at most 2 are read from an archive"


def test_a_damaged_member_costs_only_itself(read):
    """Bytes that were changed show in the checksum, and the other members are read."""
    data = pack(("a.txt", "Some words."), ("b.txt", "Others."), compression=zipfile.ZIP_STORED)

    damaged, article = read(data.replace(b"Some", b"Same", 1))

    assert damaged.reason.startswith("damaged in the archive")
    assert article.text == "Others."


def test_an_encrypted_member_is_named(read):
    """A password is never asked for."""
    data = bytearray(pack(("a.txt", "Secret.")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert [item.reason for item in read(bytes(data))] == ["encrypted"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no archive at all"])
def test_what_is_no_archive_says_so(read, tmp_path, data):
    """A download that broke off is one problem."""
    assert read(data) == [
        Skipped(str(tmp_path / "a.zip"), "damaged, or not the kind of file that its ending says")
    ]


SAMPLE = pack(("a.txt", "Words."), ("b.csv", "text\nRow.\n"), ("c.jsonl", '{"text": "L"}'))


@example(239, b"\x00")  # a member without a name
@given(st.integers(0, len(SAMPLE) - 1), st.binary(min_size=1, max_size=4))
def test_a_damaged_archive_does_not_break_the_reader(at, junk):
    """Wherever bytes were changed, there are articles and reasons."""
    data = io.BytesIO(SAMPLE[:at] + junk + SAMPLE[at + len(junk) :])
    try:
        items = list(read_form(Form.ZIP, data, where="a.zip", address="/a.zip"))
    except ReadError as exc:
        items = [Skipped("a.zip", exc.message)]

    assert all(item.text if isinstance(item, Article) else item.reason for item in items)
