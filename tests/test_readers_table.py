"""CSV: named columns in any order, rows that hold nothing, and fields without end."""

from __future__ import annotations

import csv
import datetime as dt
import tracemalloc

import pytest

from index.readers import read_path
from index.types import Article, Skipped


@pytest.fixture
def file(tmp_path):
    """The file that a test writes."""
    return tmp_path / "news.csv"


def test_all_columns_in_any_case_and_order(file):
    """Columns are known by their names; those that mean nothing here do no harm."""
    file.write_text(
        "Week,URL,Outlet,TEXT,Author(s),Date,Title\n"
        '12,https://post.example/talks,The Post,"They talked, at ""length"".\n\nMore.",'
        '"Jane Doe, Ana Ruiz",2025-03-20,Talks on\n'
    )

    (article,) = read_path(file)

    assert article.text == 'They talked, at "length".\n\nMore.'
    assert article.info.title == "Talks on"
    assert article.info.date == dt.date(2025, 3, 20)
    assert article.info.source == "The Post"
    assert article.info.authors == ("Jane Doe", "Ana Ruiz")
    assert article.info.identity == "https://post.example/talks"
    assert article.info.path == str(file)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["text", "Body", "CONTENT"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_spreadsheets_save(file, delimiter, name, encoding):
    """Each spreadsheet has its own delimiter and its own mark before the first name."""
    with file.open("w", newline="", encoding=encoding) as out:
        csv.writer(out, delimiter=delimiter).writerows(
            [[name, "title"], ["One; two, and\tthree – ü.", "T"]]
        )

    (article,) = read_path(file)

    assert article.text == "One; two, and\tthree – ü."
    assert article.info.title == "T"


def test_the_text_is_taken_from_the_column_that_says_so(file):
    """A table may hold both a text and the body of a page."""
    file.write_text("content,text\nRaw page.,The text.\n")

    assert [article.text for article in read_path(file)] == ["The text."]


def test_rows_without_text_are_named_by_their_line(file):
    """The line is that of the file, though a row above spreads over several."""
    file.write_text('title,text\nA,"One.\nTwo."\n\nB,\nC\nD,Last.\n')

    first, b, c, last = read_path(file)

    assert (first.text, last.text) == ("One.\nTwo.", "Last.")
    assert b == Skipped(f"{file} line 5", "no text")
    assert c == Skipped(f"{file} line 6", "no text")
    assert last.info.identity == f"{file}#D"


def test_an_id_identifies_a_row(file):
    """A row keeps its identity when rows are added above it."""
    file.write_text("id,text\nx-1,One.\n,Two.\n")

    assert [a.info.identity for a in read_path(file)] == [f"{file}#x-1", f"{file}#Two."]


def test_rows_without_an_id_are_told_apart_by_title_and_date(file):
    """Where there is no title the beginning stands in; those that are called alike are counted."""
    file.write_text(
        "title,date,text\nFog,2 May 2025,Thick.\nFog,2025-05-02,Thicker.\nFog,,Thin.\n"
        f",Spring 2025,{'It was foggy all day long. ' * 9}\n"
    )

    keys = [a.info.identity.removeprefix(f"{file}#") for a in read_path(file)]

    assert keys[:3] == ["Fog, 2025-05-02", "Fog, 2025-05-02 (2)", "Fog"]
    assert keys[3].startswith("It was foggy all day long. It was")
    assert keys[3].endswith("…, Spring 2025")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty, or nothing in its first line"),
        (b"title,date\nA,2025-03-20\n", "its first line names no column text, body or content"),
        (b"text\ncaf\xe9\n", "not UTF-8 text"),
        (b"text\xff\n", "not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_table_of_articles_says_why(file, content, reason):
    """The reason tells the person what to mend."""
    file.write_bytes(content)

    assert list(read_path(file)) == [Skipped(str(file), reason)]


def test_a_quotation_mark_that_is_never_closed_ends_the_table(file):
    """What came before is kept, and the place is named."""
    with file.open("w") as out:
        out.write('text\nGood.\n"Never closed\n')
        for _ in range(18):
            out.write("word " * 2**18 + "\n")

    article, problem = read_path(file)

    assert article.text == "Good."
    assert problem.where == f"{file} line 3"
    assert problem.reason.startswith("the table breaks off here: field larger than")


def test_a_line_without_end_does_not_fill_the_memory(file):
    """A dump that calls itself a table is given up in time."""
    with file.open("wb") as out:
        out.write(b"text\nGood.\n")
        out.truncate(2**36)

    article, problem = read_path(file)

    assert article.text == "Good."
    assert "longer than 16 million characters" in problem.reason


def test_large_fields_and_many_rows(file):
    """A whole book in a field is read, and memory does not grow with the number of rows."""
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["title", "text"])
        rows.writerow(["Book", "word " * 100_000])
        rows.writerows([n, f"{n} some words. " * 500] for n in range(1000))

    tracemalloc.start()
    count = sum(isinstance(item, Article) for item in read_path(file))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 1001
    assert peak < 8 * 2**20
