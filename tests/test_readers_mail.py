"""Newsletters: single mails and mailboxes, plain text and HTML, whole and damaged."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers import read_path
from index.readers.mail import read_mail
from index.types import Skipped

PAGE = "<html><body><p>The <b>HTML</b> says that rates went up.</p><p>More.</p></body></html>"


def mail(text="Rates went up.", html="", **headers):
    """A mail with these headers, whose underscores stand for hyphens."""
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if text:
        message.set_content(text)
    if text and html:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message.as_bytes()


def test_all_headers(tmp_path):
    """What the mail says of itself arrives; the day is that of the sender's own time zone."""
    path = tmp_path / "letter.eml"
    path.write_bytes(
        mail(
            Subject="Rates: Größe zählt",
            From="The Morning Letter <letter@post.example>",
            Date="Thu, 20 Mar 2025 23:30:00 -0800",
            Message_ID="<42@post.example>",
        )
    )

    (article,) = read_path(path)

    assert article.text == "Rates went up."
    assert article.info.title == "Rates: Größe zählt"
    assert article.info.source == "The Morning Letter"
    assert article.info.date == dt.date(2025, 3, 20)
    assert article.info.identity == f"{path}#42@post.example"


def test_headers_that_are_missing_are_unknown():
    """A mail without a date has no date, and one without an id is known by its file."""
    info = read_mail(mail(From="letter@post.example"), "/a.eml").info

    assert (info.title, info.date, info.source) == ("", None, "letter@post.example")
    assert info.identity == "/a.eml"


def test_plain_text_is_preferred():
    """Where a mail holds the same in two forms, the one without marks is read."""
    assert read_mail(mail(html=PAGE, Subject="S"), "/a.eml").text == "Rates went up."


@pytest.mark.parametrize("text", ["", " \n"])
def test_html_is_read_where_there_is_no_plain_text(text):
    """Many newsletters leave their plain text empty."""
    article = read_mail(mail(text, PAGE, Subject="S"), "/a.eml")

    assert article.text == "The HTML says that rates went up.\n\nMore."


def test_lines_broken_for_the_screen_are_joined():
    """A sentence is cited whole, though the mail broke it into lines."""
    text = (
        "The bank raised its rate by a quarter of a point on\n"
        "Thursday, which nobody had expected of it before the\n"
        "summer.\n"
        "\n"
        "The harbour reopened.\n"
    )

    assert read_mail(mail(text, Subject="S"), "/a.eml").text == (
        "The bank raised its rate by a quarter of a point on Thursday, which nobody had expected"
        " of it before the summer.\n\nThe harbour reopened."
    )


def test_encodings_are_those_that_the_part_states():
    """Letters come out right, and a wrong statement is a reason to skip."""
    head = b"Subject: S\nContent-Type: text/plain; charset="

    assert read_mail(head + b"iso-8859-1\n\ncaf\xe9", "/a.eml").text == "café"
    with pytest.raises(ReadError, match="not utf-8 text, which it says it is"):
        read_mail(head + b"utf-8\n\ncaf\xe9", "/a.eml")
    with pytest.raises(ReadError, match="not x-none text"):
        read_mail(head + b"x-none\n\ncaf\xe9", "/a.eml")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a mail"),
        (b"Just some words.", "not a mail"),
        (b"Subject: S\n\n", "no text"),
        (b"Subject: S\nContent-Type: image/png\n\nxxxx", "no text"),
    ],
)
def test_what_holds_no_article_says_why(tmp_path, data, reason):
    """A file that is no mail, or holds only a picture, is reported."""
    path = tmp_path / "a.eml"
    path.write_bytes(data)

    (item,) = read_path(path)

    assert item.where == str(path)
    assert item.reason.startswith(reason)


def test_a_mailbox(tmp_path):
    """Every message is an article; lines that were escaped come back, and quotes do not divide."""
    path = tmp_path / "letters.mbox"
    path.write_bytes(
        b"From a@post.example Thu Mar 20 10:00:00 2025\n"
        + mail("One.", Subject="A", Message_ID="<1@x>")
        + b"\nFrom a@post.example Fri Mar 21 10:00:00 2025\n"
        + b"Subject: B\n\nTwo.\n\n>From here on it rained.\nFrom now on, too.\n"
        + b"\nFrom a@post.example Sat Mar 22 10:00:00 2025\n"
        + b"Subject: C\n\n"
    )

    one, two, empty = read_path(path)

    assert one.info.identity == f"{path}#1@x"
    assert two.text.startswith("Two.\n\nFrom here on it rained.")
    assert two.info.identity == f"{path}#10"
    assert empty == Skipped(f"{path} line 18", "no text")


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b"Words.\n", 'not a mailbox: it does not begin with "From "')],
)
def test_what_is_no_mailbox_says_why(tmp_path, data, reason):
    """A file with the wrong ending is one problem."""
    path = tmp_path / "a.mbox"
    path.write_bytes(data)

    assert list(read_path(path)) == [Skipped(str(path), reason)]


_HEADS = st.sampled_from(
    [
        b"Subject: ",
        b"Date: ",
        b"From: ",
        b"Message-ID: ",
        b"Content-Type: multipart/mixed; boundary=",
        b"Content-Type: text/html; charset=",
        b"Content-Transfer-Encoding: base64",
        b"=?utf-8?q?=ff?=",
        b"--x\n",
        b"\n\n",
    ]
)


@given(st.lists(_HEADS | st.binary(max_size=20)).map(b"\n".join))
def test_no_bytes_break_the_reader(data):
    """Whatever a mail holds, it is an article or there is a reason."""
    with suppress(ReadError):
        assert read_mail(data, "/a.eml").text
