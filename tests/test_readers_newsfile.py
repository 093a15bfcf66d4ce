"""Text files: header lines, the date line with its standfirst, and paragraphs."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers.decode import clean
from index.readers.newsfile import read_newsfile

DAY = dt.date(2025, 3, 20)


def read(text):
    """The article that a text file with this text holds."""
    return read_newsfile(text, "/news/a.txt")


def test_a_date_line_with_its_standfirst():
    """The form of the sample articles: the standfirst becomes the first paragraph."""
    article = read("\ufeff date 2025-03-20 Talks go on.\r\n\r\nFirst.\r\n\r\nSecond.\r\n")

    assert article.text == "Talks go on.\n\nFirst.\n\nSecond."
    assert article.info.date == DAY
    assert article.info.title == ""
    assert article.info.opening == "Talks go on."
    assert article.info.path == article.info.identity == "/news/a.txt"


def test_a_full_header():
    """Every field that a header can give arrives where it belongs."""
    article = read(
        "Title:  Talks   on a ceasefire\n"
        "SOURCE: The Harbour Post\n"
        "by: Jane Doe and John Smith\n"
        "url: https://post.example/talks\n"
        "date 2025-03-20 Talks go on.\n"
        "\n"
        "First."
    )

    assert article.text == "Talks go on.\n\nFirst."
    assert article.info.title == "Talks on a ceasefire"
    assert article.info.source == "The Harbour Post"
    assert article.info.authors == ("Jane Doe", "John Smith")
    assert article.info.date == DAY
    assert article.info.identity == "https://post.example/talks"


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("date 2025-03-20 Lead.\n\nBody.", "Lead.\n\nBody."),
        ("Date: 2025-03-20 Lead.\n\nBody.", "Lead.\n\nBody."),
        ("DATE:2025-03-20\n\nBody.", "Body."),
        ("date 2025-03-20\nLead.\n\nBody.", "Lead.\n\nBody."),
        ("date 2025-03-20\n\n\n\nBody.", "Body."),
        ("date 2025-03-20T10:00:00Z Lead.\n\nBody.", "Lead.\n\nBody."),
        ("date: 20 March 2025\n\nBody.", "Body."),
        ("date: 2025-03-20 10:30:00\nBody.", "Body."),
        ("date 2025-03-20 10:30 was the hour.\n\nBody.", "10:30 was the hour.\n\nBody."),
        ("date 2025-03-20\ntitle: T\n\nBody.", "Body."),
        ("title: T\n\ndate 2025-03-20 Lead.\n\nBody.", "Lead.\n\nBody."),
        ("date 2025-03-20 Lead.\ntitle: is text by now", "Lead.\ntitle: is text by now"),
        ("date 2025-03-20\ndate 2025-03-21 is text", "date 2025-03-21 is text"),
    ],
)
def test_ways_to_write_the_date(head, text):
    """With or without a colon, a standfirst, a line of its own: the day and all text arrive."""
    article = read(head)

    assert article.info.date == DAY
    assert article.text == text


@pytest.mark.parametrize(
    "text",
    [
        "Only text.\n\nTwo paragraphs.",
        "Lead.\n\ntitle: a line in the midst\n\nsource: another",
        "date 2025-02-31 The day that never was.\n\nBody.",
        "date: 03/04/2025\n\nBody.",
        "date 1066-10-14 Hastings.",
        "Date: the fruit of palms.",
        "Dates 2025-03-20 differ.",
        "date 2025-03-20th of its kind",
        "url: not an address",
        "title://not-a-title",
        "untitled: yes",
    ],
)
def test_what_is_not_header_stays_text(text):
    """Nothing is lost to a guess: a line that is not plainly header is stored as it stands."""
    article = read(text)

    assert article.text == text
    assert article.info.date is None
    assert article.info.title == ""
    assert article.info.opening


def test_a_field_is_given_once():
    """A second title is the first line of the text."""
    article = read("title: First\ntitle: Second\n\nBody.")

    assert article.info.title == "First"
    assert article.text == "title: Second\n\nBody."


def test_a_date_that_does_not_exist_costs_only_itself():
    """Title and text survive, the date stays open, and the line can be read."""
    article = read("title: T\ndate: 2025-02-31 Lead.\n\nBody.")

    assert article.info.title == "T"
    assert article.info.date is None
    assert article.text == "date: 2025-02-31 Lead.\n\nBody."


@pytest.mark.parametrize("text", ["", "title: T", "title: T\ndate 2025-03-20\n\n"])
def test_a_header_is_not_an_article(text):
    """An article without a word of text cannot be cited."""
    with pytest.raises(ReadError, match=r"^no text$"):
        read(text)


@given(
    body=st.text(st.characters() | st.sampled_from("\n\r\t :date-123\x00\ufeff")),
    header=st.permutations(["title: T", "source: S", "by: A", "url: https://a.example/b"]),
    day=st.dates(min_value=dt.date(1500, 1, 1)),
)
def test_no_letter_of_a_body_is_lost(body, header, day):
    """Below a header, whatever the text is, each character that is not blank is stored."""
    body = clean(body)
    assume(body)

    article = read("\n".join([*header, f"date {day.isoformat()}", "", body]))

    assert article.text == body
    assert article.info.date == day
    assert article.info.title == "T"
    assert article.info.identity == "https://a.example/b"
