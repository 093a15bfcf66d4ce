"""What articles say of themselves has one form, and their text none but its own."""

from __future__ import annotations

import pytest
from conftest import make_article
from hypothesis import given
from hypothesis import strategies as st

from index.normalise import normalised


def said(**fields):
    return normalised(make_article("https://x.example/1", "Text  as &amp; it is.", **fields)).info


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (("By JANE DOE and John Roe, BBC News",), ("Jane Doe", "John Roe")),
        (("by Nell Gray",), ("Nell Gray",)),
        (("Nell Gray, Omar Reith and Ada Finch",), ("Nell Gray", "Omar Reith", "Ada Finch")),
        (("Nell Gray <nell@post.example>",), ("Nell Gray",)),
        (("Nell Gray; Omar Reith",), ("Nell Gray", "Omar Reith")),
        (("Nell Gray", "Nell Gray"), ("Nell Gray",)),
        (("Ana Ruiz, Jr.",), ("Ana Ruiz, Jr",)),
        (("Nell Gray, Political Correspondent",), ("Nell Gray",)),
        (("Associated Press",), ("Associated Press",)),
        (("The Harbour Post",), ()),
        (("José Ortega y Gasset",), ("José Ortega y Gasset",)),
        (("Anders Sandberg",), ("Anders Sandberg",)),
    ],
)
def test_names(printed, names):
    """A byline becomes the people in it."""
    assert said(authors=printed, source="The Harbour Post").authors == names


@pytest.mark.parametrize(
    ("title", "source", "expected"),
    [
        ("Ferry aground | The Harbour Post", "The Harbour Post", "Ferry aground"),
        ("Ferry aground - Harbour Post", "The Harbour Post", "Ferry aground"),
        ("Ferry aground | CNN Politics", "cnn.com", "Ferry aground"),
        ("Ferry aground - nobody hurt", "The Harbour Post", "Ferry aground - nobody hurt"),
        ("Q&amp;A:  what\nnow?", "", "Q&A: what now?"),
        ("The Harbour Post", "The Harbour Post", "The Harbour Post"),
        ("FERRY AGROUND", "", "FERRY AGROUND"),
    ],
)
def test_titles(title, source, expected):
    """A title loses the outlet's name behind it, and nothing that is part of it."""
    assert said(title=title, source=source).title == expected


@pytest.mark.parametrize(
    ("printed", "source"),
    [
        ("www.Post.Example", "post.example"),
        ("  The  Harbour Post ", "The Harbour Post"),
        ("Cafe\u0301 News", "Café News"),
    ],
)
def test_outlets(printed, source):
    """One outlet has one name, so that filters find all of it."""
    assert said(source=printed).source == source


def test_text_is_never_changed():
    """Offsets count from the text as it was read."""
    text = "Cafe\u0301  &amp; more."
    assert normalised(make_article("https://x.example/1", text, title="A  b")).text == text


@given(
    st.text(max_size=60),
    st.text(max_size=30),
    st.lists(st.text(alphabet="aB ,;&y.-JrBy and", max_size=30), max_size=3),
)
def test_twice_is_once(title, source, authors):
    """Indexing again what was indexed finds nothing changed."""
    made = make_article(
        "https://x.example/1", "T.", title=title, source=source, authors=tuple(authors)
    )
    once = normalised(made)
    assert normalised(once) == once
