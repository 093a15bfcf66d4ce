"""Markdown: front matter, the title, and a text without marks."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers.markdown import read_markdown


def read(text):
    """The article that a Markdown file with this text holds."""
    return read_markdown(text, "/news/a.md")


def test_front_matter_gives_the_fields():
    """The usual names of the fields are understood, and others do no harm."""
    article = read(
        "---\n"
        "Title: 'Talks: a start'\n"
        "date: 2025-03-20T10:00:00Z\n"
        "outlet: The Harbour Post\n"
        "author: [Jane Doe, John Smith]\n"
        "canonical_url: https://post.example/talks\n"
        "layout: {wide: true}\n"
        "---\n"
        "The talks began.\n"
    )

    assert article.text == "The talks began."
    assert article.info.title == "Talks: a start"
    assert article.info.date == dt.date(2025, 3, 20)
    assert article.info.source == "The Harbour Post"
    assert article.info.authors == ("Jane Doe", "John Smith")
    assert article.info.identity == "https://post.example/talks"


@pytest.mark.parametrize("name", ["source", "outlet", "publication", "site"])
def test_names_of_the_outlet(name):
    """Each program that writes front matter has its own word for it."""
    assert read(f"---\n{name}: Post\n---\nText.").info.source == "Post"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("title: 1984", "title", "1984"),
        ("title: no", "title", "no"),
        ("title: ~", "title", ""),
        ("title:", "title", ""),
        ("date: 2025-02-31", "date", None),
        ("date: someday", "date", None),
        ("date: null", "date", None),
        ("date: March 20, 2025", "date", dt.date(2025, 3, 20)),
        ("author: Jane Doe and John Smith", "authors", ("Jane Doe", "John Smith")),
        ("authors:\n- Jane Doe\n- John Smith, Jr.", "authors", ("Jane Doe", "John Smith, Jr.")),
        ("link: https://post.example/a", "url", "https://post.example/a"),
    ],
)
def test_values_are_taken_as_written(line, field, value):
    """YAML's own ideas of numbers, dates and truth change nothing that the author wrote."""
    assert getattr(read(f"---\n{line}\n---\nText.").info, field) == value


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("title: [a", "broken front matter, line 3: "),
        ("source: ok\ntitle: {a: b}", "broken front matter, line 3: title is not text"),
        ("Author: {name: J}", "line 2: Author is not a name or a list of names"),
        ("date: [2025]", "line 2: date is not text"),
        ("a: &x [*x]", "broken front matter, line 2: "),
        ("? [a]\n: b", "broken front matter, line 2: "),
        ("title: " + "[" * 3000, "not YAML that can be read"),
        ('title: "\\U00110000"', "not YAML that can be read"),
    ],
)
def test_broken_front_matter_is_named_with_its_line(front, reason):
    """The author finds the place to mend; nothing is indexed under a wrong name meanwhile."""
    with pytest.raises(ReadError) as caught:
        read(f"---\n{front}\n---\nText.")

    assert reason in caught.value.message


def test_an_alias_bomb_is_not_expanded():
    """Front matter from outside cannot take all memory."""
    bomb = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)
    )

    with pytest.raises(ReadError, match="title is not text"):
        read(f"---\n{bomb}title: *a29\n---\nText.")


@pytest.mark.parametrize("text", ["---\nNo end: of it\n", "---\n\nJust prose.\n\n---\n\nMore."])
def test_rules_are_not_front_matter(text):
    """An article may begin with a line across the page and loses no word by it."""
    words = " ".join(read(text).text.split())

    assert words in ("No end: of it", "Just prose. More.")


def test_the_first_heading_is_the_title():
    """Without front matter the heading on top is the title and does not stand in the text."""
    article = read("<!-- draft -->\n\n# A *great*  day\n\nIt began.\n\n# Later\n\nIt ended.")

    assert article.info.title == "A great day"
    assert article.text == "It began.\n\nLater\n\nIt ended."


@pytest.mark.parametrize(
    ("text", "title", "stored"),
    [
        ("It began.\n\n# Later", "", "It began.\n\nLater"),
        ("## Small\n\nText.", "", "Small\n\nText."),
        ("---\ntitle: T\n---\n# T\n\nText.", "T", "Text."),
        ("---\ntitle: T\n---\n# Other\n\nText.", "T", "Other\n\nText."),
        ("Top\n===\n\nText.", "Top", "Text."),
    ],
)
def test_titles_and_headings(text, title, stored):
    """A heading is the title or text, never both and never lost."""
    article = read(text)

    assert (article.info.title, article.text) == (title, stored)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("He said **no** and *left*.", "He said no and left."),
        ("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"),
        ("See [the report](https://a.example/x 'y') now.", "See the report now."),
        ("See [the report][1].\n\n[1]: https://a.example", "See the report."),
        ("A ![chart](c.png) here.", "A  here."),
        ("![only](c.png)\n\nText.", "Text."),
        ("<https://a.example>", "https://a.example"),
        ("AT&amp;T &lt;b&gt; \\*star\\*", "AT&T <b> *star*"),
        ("one\ntwo", "one two"),
        ("one  \ntwo", "one\ntwo"),
        ("one<br>two", "one\ntwo"),
        ("a <b>bold</b> <!-- not this --> word", "a bold  word"),
        ("a < b and b > c", "a < b and b > c"),
        ("Text.\n\n<!-- hidden\n\nhidden too -->\n\nMore.", "Text.\n\nMore."),
        ("<div>\n<p>In &quot;boxes&quot;</p><p>Two</p>\n</div>", 'In "boxes"\n\nTwo'),
        ("<script>\nalert(1)\n</script>\n\nText.", "Text."),
        ("<!-- never closed\n\nText.", "<!-- never closed\n\nText."),
        ("- a\n- b\n\nText.", "- a\n- b\n\nText."),
        ("3. c\n4. d", "3. c\n4. d"),
        ("1) c\n   - d\n   - e", "1) c\n- d\n- e"),
        ("- a\n\n  more\n\n- b", "- a\n\nmore\n\n- b"),
        ("> Quoted\n> on.\n\nText.", "Quoted on.\n\nText."),
        ("```py\nx = 1\n\n\ny\n```", "x = 1\n\ny"),
        ("Text.\n\n    indented", "Text.\n\nindented"),
        ("Use `a * b`.", "Use a * b."),
        ("| a | *b* |\n|---|---|\n| 1 | |\n\nText.", "a | b\n1 |\n\nText."),
        ("Text.\n\n***\n\nMore.", "Text.\n\nMore."),
        ("> " * 30 + "deep", "deep"),
    ],
)
def test_the_text_is_what_a_reader_reads(markdown, text):
    """Marks, pictures, comments and link addresses go; every word a reader sees stays."""
    assert read(markdown).text == text


def test_control_characters_cannot_hide_in_entities():
    """An escape sequence spelled as an entity does not reach a terminal."""
    text = read("a&#27;[31m\n\n<p>b&#x9b;c&#7;</p>").text

    assert not any(ord(char) < 32 and char != "\n" for char in text)
    assert "\x9b" not in text


@given(st.lists(st.from_regex(r"[A-Za-z]{1,8}[.,?]?", fullmatch=True), min_size=1))
def test_prose_is_kept_word_for_word(words):
    """Text without any mark comes out as it went in."""
    assert read(" ".join(words)).text == " ".join(words)
