"""Web pages: the main text, what the page states of itself, and no date that it does not state."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers import read_path
from index.readers.webpage import decode_page, page_text, read_webpage
from index.types import Skipped

FIRST = "The talks on the harbour began on Tuesday, and both sides spoke of progress."
SECOND = "They go on tomorrow, said the minister, who had come by train from the capital."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"


def page(head="", body=BODY, after=""):
    """A page with a menu, an article and a footer."""
    return (
        f"<!doctype html><html><head><title>Talks go on</title>{head}</head><body>{MENU}"
        f"<article><h1>Talks go on</h1>{body}</article>{after}"
        "<footer>Copyright 2023 The Post. All rights reserved.</footer></body></html>"
    ).encode()


def read(*args, **kwargs):
    """The article that a page with these parts holds."""
    return read_webpage(page(*args, **kwargs), "/news/a.html")


def test_a_page_with_everything(tmp_path):
    """Text, title, date, authors, outlet and address arrive; menu and footer do not."""
    path = tmp_path / "a.html"
    path.write_bytes(
        page(
            '<link rel="canonical" href="https://post.example/talks">'
            '<meta property="article:published_time" content="2025-03-20T23:30:00-08:00">'
            '<meta property="og:site_name" content="The Post">'
            '<meta property="og:title" content="Talks go on">'
            '<meta name="author" content="Jane Doe and Ana Ruiz">'
        )
    )

    (article,) = read_path(path)

    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert article.info.title == "Talks go on"
    assert article.info.date == dt.date(2025, 3, 20)
    assert article.info.source == "The Post"
    assert article.info.authors == ("Jane Doe", "Ana Ruiz")
    assert article.info.identity == "https://post.example/talks"
    assert article.info.path == str(path)


def linked(**fields):
    """A script with linked data."""
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="date" content="2025-03-20">',
        '<meta itemprop="datePublished" content="2025-03-20T10:00:00Z">',
        '<meta name="DC.date.issued" content="20 March 2025">',
        linked(**{"@type": "NewsArticle", "datePublished": "2025-03-20T10:00:00Z"}),
        linked(**{"@graph": [{"@type": ["Report"], "datePublished": "2025-03-20"}]}),
        "<script type='application/ld+json'>{broken</script><meta name=date content=2025-03-20>",
        (
            '<meta property="article:modified_time" content="2025-04-01">'
            '<meta property="article:published_time" content="2025-03-20">'
        ),
        '<meta name="date" content="someday"><meta name="pubdate" content="2025-03-20">',
    ],
)
def test_dates_that_the_head_states(head):
    """Each usual mark of the day of publication is understood."""
    assert read(head).info.date == dt.date(2025, 3, 20)


@pytest.mark.parametrize(
    "body",
    [
        f'<time datetime="2025-03-20T10:00">Thursday</time>{BODY}',
        f"<p><time>20 March 2025</time></p>{BODY}",
        f'<span itemprop="datePublished" content="2025-03-20">today</span>{BODY}',
        f'<time datetime="2025-04-01">x</time><time pubdate datetime="2025-03-20">x</time>{BODY}',
    ],
)
def test_dates_that_the_body_marks(body):
    """A day that an element marks as the one of the article is its date."""
    assert read(body=body).info.date == dt.date(2025, 3, 20)


TEASERS = (
    "<section><h2>Read on</h2><article><h3>A bridge</h3><time datetime='2024-03-12'>x</time>"
    "</article><p>A tunnel <time datetime='2024-03-12'>x</time></p></section>"
)


@pytest.mark.parametrize(
    "around", ["{}", "<article>{}</article>", "<main>{}</main>", "<article>{}<p>x</p></article>"]
)
def test_a_day_of_the_article_and_others_of_teasers(around):
    """The day that stands in the article is its date, whatever the teasers around it say."""
    time = "<section><time datetime='2025-03-20'>x</time></section>"
    assert read(body=time + BODY, after=TEASERS).info.date == dt.date(2025, 3, 20)
    headline = "<h1>Talks</h1><time datetime='2025-03-20'>x</time>"
    data = f"<html><body>{around.format(headline + BODY)}{TEASERS}</body></html>".encode()
    assert read_webpage(data, "/a.html").info.date == dt.date(2025, 3, 20)


@pytest.mark.parametrize(
    "kwargs",
    [
        {},
        {"after": TEASERS},
        {"after": "<div>Read on: <time datetime='2024-03-12'>12 March</time></div>"},
        {"body": f"<p>Updated 12/03/2024</p>{BODY}"},
        {"body": f"<p>In a letter of 12 March 2024 he refused.</p>{BODY}"},
        {"head": '<link rel="canonical" href="https://post.example/2024/03/12/talks">'},
        {"head": '<meta name="date" content="03/04/2024">'},
        {"head": '<meta property="article:modified_time" content="2024-03-12">'},
        {"head": linked(**{"@type": "Person", "datePublished": "2024-03-12"})},
        {"body": '<time datetime="2024-03-12">a</time><time datetime="2024-03-13">b</time>' + BODY},
        {"after": "<aside>Read on: <time datetime='2024-03-12'>12 March</time></aside>"},
    ],
)
def test_no_date_is_made_up(kwargs):
    """A copyright line, an address, a day in the text or one of two is not the date."""
    assert read(**kwargs).info.date is None


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("", ""),
        ('<link rel="canonical" href="/talks">', ""),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ('<link rel="canonical" href="https://post.example/">', ""),
        ('<link rel="canonical" href="https://[post.example/a">', ""),
        ('<link rel="canonical" href="https://post.example/?id=7">', "https://post.example/?id=7"),
        ('<meta property="og:url" content="http://post.example/a">', "http://post.example/a"),
    ],
)
def test_the_address_identifies_the_page(head, url):
    """Only a full address of one page does; that of the website would merge all its pages."""
    assert read(head).info.url == url


def test_line_ends_in_the_source_are_spaces():
    """A sentence that the source breaks into lines is one; what is set out in lines stays so."""
    body = f"<p>{FIRST.replace(' ', chr(10))}</p>\r\n<p>{SECOND}</p><pre><b>one\n</b>two</pre>"

    assert read(body=body).text == f"{FIRST}\n\n{SECOND}\n\none\n\ntwo"


def test_lists_and_tables_stay_together():
    """Items and rows follow each other on the next line, paragraphs after an empty one."""
    more = "<ul><li>one thing</li><li>two things</li></ul><table><tr><td>a b</td><td>c</td></tr>"

    text = read(body=f"{BODY}{more}<tr><td>d</td><td>e</td></tr></table>").text

    assert text == f"{FIRST}\n\n{SECOND}\n\n- one thing\n- two things\n\na b | c\nd | e"


@pytest.mark.parametrize(
    "html",
    [
        "<html><head><title>T</title></head><body></body></html>",
        f"<html><head><title>T</title></head><body>{MENU}</body></html>",
        "<html><body><script>document.write('text')</script></body></html>",
        "<div>" * 3000 + "deep",
    ],
)
def test_a_page_without_main_text_is_skipped(tmp_path, html):
    """A menu or an empty frame is no article."""
    path = tmp_path / "a.htm"
    path.write_text(html)

    assert list(read_path(path)) == [Skipped(str(path), "a web page without a main text")]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-16"),
        ('<meta charset="utf-8">', "utf-8-sig"),
        ('<meta charset="windows-1251">', "utf-8"),  # what the server said counted, not this
        ('<meta charset="ISO-8859-1">', "cp1252"),
        ("<meta http-equiv=Content-Type content='text/html; charset=shift_jis'>", "shift_jis"),
    ],
)
def test_the_encoding_is_the_one_that_the_page_states(head, encoding):
    """Letters come out right, and a name for Latin letters means the Windows ones."""
    word = "日本" if encoding == "shift_jis" else "café"

    assert word in decode_page(f"<html><head>{head}</head>{word}</html>".encode(encoding))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<p>caf\xe9</p>", "not UTF-8 text"),
        (b"<meta charset=x-none><p>caf\xe9</p>", "not x-none text, which it says it is"),
        (b"<meta charset=gb2312><p>\xff\xff</p>", "not gb2312 text, which it says it is"),
        (b"\x89PNG\r\n\0\0", "a binary file"),
    ],
)
def test_an_encoding_is_not_guessed(data, reason):
    """A wrong guess would put wrong letters into quotes."""
    with pytest.raises(ReadError) as caught:
        decode_page(data)

    assert caught.value.message.startswith(reason)


def test_html_that_is_no_page():
    """A mail laid out in tables and a bare piece give their words."""
    rows = "</td></tr><tr><td>".join(["View online", f"<p>{FIRST}</p>", SECOND])

    title, text = page_text(f"<table><tr><td>{rows}</td></tr></table>")

    assert title == ""
    assert text == f"View online\n\n{FIRST}\n\n{SECOND}"
    assert page_text("<p>Hi</p>") == ("", "Hi")
    assert page_text("") == ("", "")


@settings(deadline=None)  # the first examples load what the parser needs
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "<html",
                "<body>",
                "<table><tr><td>",
                "<time datetime=",
                "<script type='application/ld+json'>",
                '{"@type":',
                "<![CDATA[",
                "<!--",
                "&#0;",
                "&#xd800;",
                "</p>",
                "<?xml encoding='utf-16'?>",
                "<link rel=canonical href=http://",
            ]
        )
        | st.text(max_size=20)
    )
)
def test_no_markup_breaks_the_reader(parts):
    """Whatever a page holds, it is an article or there is a reason."""
    with suppress(ReadError):
        article = read_webpage("".join(parts).encode(), "/a.html")
        assert article.text.encode()
        assert article.info.id


@pytest.mark.parametrize("date", ["<p><time>14. März 2025</time></p>", "<time>14 March</time>"])
def test_a_short_page_keeps_its_paragraphs(date):
    """Headline and date line of a page of two short paragraphs do not run into its text."""
    first = "Ein Storch wurde am Freitag am Ufer der <b>Alten Mühle</b> gesehen."
    second = "Er blieb bis zum Abend und flog dann weiter, sagt die Försterin."
    html = (
        "<html><head><title>Storch gesichtet</title></head><body><article>"
        f"<h1>Storch gesichtet</h1>{date}<p>{first}</p><p>{second}</p></article></body></html>"
    )
    text = read_webpage(html.encode(), "/a.html").text
    assert text == f"{first.replace('<b>', '').replace('</b>', '')}\n\n{second}"
