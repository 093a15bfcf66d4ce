"""Electronic books: one article a chapter, and what a book says of itself."""

from __future__ import annotations

import datetime as dt
import zipfile

import pytest

from index.readers import read_path
from index.types import Article, Skipped

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
HEAD = (
    "<dc:title>The Post, 20 March</dc:title><dc:creator>Jane Doe</dc:creator>"
    '<dc:date opf:event="modification">2025-04-01</dc:date><dc:date>2025-03-20</dc:date>'
)
LOCK = '<encryption><CipherReference URI="OEBPS/b c.xhtml"/></encryption>'


def chapter(title, text):
    """A document of a book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f"<title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    )


def opf(head=HEAD):
    """A package document with two chapters and a cover, which are read from the second on."""
    items = "".join(
        f'<item id="{key}" href="{href}" media-type="application/xhtml+xml"/>'
        for key, href in (("a", "a.xhtml"), ("b", "b%20c.xhtml"), ("cover", "cover.xhtml"))
    )
    order = "".join(f'<itemref idref="{key}"/>' for key in ("cover", "b", "a", "gone"))
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{head}</metadata>'
        f"<manifest>{items}</manifest><spine>{order}</spine></package>"
    )


PARTS = {
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": opf(),
    "OEBPS/a.xhtml": chapter("Harbour", "The harbour reopened after three weeks of storms."),
    "OEBPS/b c.xhtml": chapter("Rates", "The bank raised its rate by a quarter of a point."),
    "OEBPS/cover.xhtml": "<html><head><title>C</title></head><body><img src='c'/></body></html>",
}


@pytest.fixture
def path(tmp_path):
    """The file that a test writes."""
    return tmp_path / "a.epub"


def write(path, **changes):
    """Write a book; a change to None leaves a part out."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**PARTS, **changes}.items():
            if content is not None:
                archive.writestr(name, content)


def test_each_chapter_is_an_article(path):
    """Chapters come in the order of reading; a cover is none."""
    write(path)

    rates, harbour = read_path(path)

    assert rates.text == "The bank raised its rate by a quarter of a point."
    assert rates.info.title == "Rates"
    assert rates.info.source == "The Post, 20 March"
    assert rates.info.authors == ("Jane Doe",)
    assert rates.info.date == dt.date(2025, 3, 20)
    assert rates.info.identity == f"{path}#OEBPS/b c.xhtml"
    assert harbour.info.title == "Harbour"


def test_a_chapter_that_is_missing_costs_only_itself(path):
    """The others are read all the same."""
    write(path, **{"OEBPS/a.xhtml": None})

    article, problem = read_path(path)

    assert isinstance(article, Article)
    assert problem == Skipped(f"{path}#OEBPS/a.xhtml", "damaged: OEBPS/a.xhtml is missing in it")


@pytest.mark.parametrize("date", ["", "<dc:date>2025</dc:date>", "<dc:date>0101-01-01</dc:date>"])
def test_a_year_is_no_day(path, date):
    """What is not stated to the day is not filled in."""
    write(path, **{"OEBPS/book.opf": opf(date)})

    assert {item.info.date for item in read_path(path)} == {None}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"META-INF/container.xml": None}, "damaged: META-INF/container.xml is missing in it"),
        ({"META-INF/container.xml": "<c/>"}, "damaged: it does not say where its contents stand"),
        ({"OEBPS/book.opf": "<"}, "damaged: OEBPS/book.opf in it is not XML that can be read"),
        ({"META-INF/encryption.xml": LOCK}, "a protected book (DRM)"),
        (
            {"OEBPS/a.xhtml": PARTS["OEBPS/cover.xhtml"], "OEBPS/b c.xhtml": "<html></html>"},
            "holds no text, only pictures",
        ),
    ],
)
def test_a_book_that_cannot_be_read_says_why(path, changes, reason):
    """A damaged, locked or empty book is one problem."""
    write(path, **changes)

    assert list(read_path(path)) == [Skipped(str(path), reason)]
