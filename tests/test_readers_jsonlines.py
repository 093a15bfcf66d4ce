"""JSON Lines: articles one a line, compressed or not, with broken lines among them."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import tracemalloc

import pytest

from index.readers import read_path
from index.types import Article, Skipped


@pytest.fixture
def file(tmp_path):
    """The file that a test writes."""
    return tmp_path / "a.jsonl"


def write(file, *values):
    """Write values as JSON, one a line."""
    file.write_text("".join(json.dumps(value) + "\n" for value in values))


def test_all_fields(file):
    """A line gives everything that it knows of an article."""
    write(
        file,
        {
            "url": "https://post.example/talks",
            "source": "post.example",
            "title": "Talks \n on",
            "date": "2025-03-20T10:00:00Z",
            "text": "The talks  began.\r\n\r\nThey go on.",
            "authors": ["Jane Doe", "John Smith"],
            "week": 12,
        },
    )

    (article,) = read_path(file)

    assert article.text == "The talks  began.\n\nThey go on."
    assert article.info.title == "Talks on"
    assert article.info.source == "post.example"
    assert article.info.date == dt.date(2025, 3, 20)
    assert article.info.authors == ("Jane Doe", "John Smith")
    assert article.info.identity == "https://post.example/talks"
    assert article.info.path == str(file)
    assert article.info.opening == "The talks began."


def test_a_text_alone_is_an_article(file):
    """Fields that are missing or null are unknown, and unknown is allowed."""
    write(file, {"text": "A."}, {"text": "B.", "title": None, "date": None, "author": None})

    for article, text in zip(read_path(file), ("A.", "B."), strict=True):
        assert article.text == text
        assert (article.info.title, article.info.date, article.info.authors) == ("", None, ())


def test_identity_without_a_url(file):
    """An id outlives moved lines; the line number stands in for it."""
    write(file, {"text": "A.", "id": "x7"}, {"text": "B.", "id": 0}, {"text": "C."}, {"text": "D."})

    identities = [article.info.identity for article in read_path(file)]

    assert identities == [f"{file}#x7", f"{file}#0", f"{file}#3", f"{file}#4"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "cut off', "not JSON: Invalid control character at character 18"),
        (b"[1, 2]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b"{}", 'no "text"'),
        (b'{"text": null}', 'no "text"'),
        (b'{"text": ["a"]}', '"text" is not a string'),
        (b'{"text": " \\n "}', "no text"),
        (b'{"text": "a", "title": 7}', '"title" is not a string'),
        (b'{"text": "a", "date": 20250320}', '"date" is not a string'),
        (b'{"text": "a", "url": {}}', '"url" is not a string'),
        (b'{"text": "a", "id": 1.5}', '"id" is neither a string nor a whole number'),
        (b'{"text": "a", "id": true}', '"id" is neither a string nor a whole number'),
        (b'{"text": "a", "author": [1]}', '"authors" is neither a string nor a list of strings'),
        (b'{"text": "caf\xe9"}', "not UTF-8 text (byte 0xe9 at position 13)"),
        (b"\x00\x01\x02", "a binary file"),
        (b"[" * 100_000, "not JSON that can be read"),
        (b'{"text": ' + b"9" * 5000 + b"}", "not JSON that can be read"),
    ],
)
def test_a_broken_line_costs_only_itself(file, line, reason):
    """The lines around a broken one are read, and its number is told."""
    file.write_bytes(b'{"text": "Before."}\n' + line + b'\n{"text": "After."}\n')

    before, broken, after = read_path(file)

    assert (before.text, after.text) == ("Before.", "After.")
    assert broken == Skipped(f"{file} line 2", reason)


def test_half_a_surrogate_pair_can_still_be_stored(file):
    """JSON can spell what UTF-8 cannot hold."""
    file.write_text('{"text": "a \\ud83d b", "url": "https://a.example/\\ud83d"}')

    (article,) = read_path(file)

    assert article.text == "a \ufffd b"
    assert article.info.id


def test_blank_lines_marks_and_line_ends(file):
    """What editors and other platforms leave in a file does no harm, and lines count right."""
    file.write_bytes(b'\xef\xbb\xbf{"text": "A."}\r\n\r\n \n{"text": "B."}')

    assert [article.info.path for article in read_path(file)] == [f"{file}#1", f"{file}#4"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson.gz"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_compression_shows_in_the_bytes(tmp_path, name, pack):
    """A file that lost or won the ending .gz on its way is read all the same."""
    (tmp_path / name).write_bytes(pack(b'{"text": "A."}\n{"text": "B."}\n'))

    assert [article.text for article in read_path(tmp_path)] == ["A.", "B."]


def test_a_compressed_file_that_breaks_off(file):
    """A download that stopped half way yields what it holds and says that it is not whole."""
    lines = "".join(f'{{"text": "Article {n**9}."}}\n' for n in range(5000))
    file.write_bytes(gzip.compress(lines.encode())[:-9000])

    *articles, last = read_path(file)

    assert len(articles) > 100
    assert all(isinstance(item, Article) for item in articles)
    assert last.where == str(file)
    assert last.reason.startswith(f"the compressed data break off after line {len(articles)}")


def test_damaged_compression_is_reported(file):
    """Bytes that were changed on the way end the file with a reason, not with a crash."""
    packed = bytearray(gzip.compress(b'{"text": "A."}\n' * 1000))
    packed[12:40] = bytes(28)
    file.write_bytes(packed)

    *_, last = read_path(file)

    assert "the compressed data break off" in last.reason


def test_utf_16_is_named_once(file):
    """A file in another encoding is one problem, not one for every line."""
    file.write_text('{"text": "A."}\n{"text": "B."}\n', encoding="utf-16")

    assert list(read_path(file)) == [Skipped(str(file), "UTF-16 text, but JSON Lines are UTF-8")]


def test_a_line_without_end_does_not_fill_the_memory(file):
    """A hundred megabytes in one line are passed over a piece at a time."""
    line = b'{"text": "' + b"x" * 100 * 2**20 + b'"}\n'
    file.write_bytes(gzip.compress(line + b'{"text": "After."}\n', compresslevel=1))
    del line

    tracemalloc.start()
    long, after = read_path(file)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert long == Skipped(f"{file} line 1", "longer than 16 MB")
    assert after.text == "After."
    assert peak < 90 * 2**20


def test_a_large_file_is_read_one_article_at_a_time(file):
    """Memory does not grow with the number of articles."""
    text = "A sentence of some length. " * 400
    with gzip.open(file, "wt", compresslevel=1) as out:
        for number in range(1500):
            out.write(json.dumps({"text": f"{number} {text}"}) + "\n")

    tracemalloc.start()
    count = sum(1 for _ in read_path(file))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 1500
    assert peak < 2 * 2**20
