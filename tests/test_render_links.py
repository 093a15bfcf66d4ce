"""Addresses behind words: only those of articles, only of the web, and never a trick."""

from __future__ import annotations

import dataclasses

import pytest
from answers import CITED, EVENTS, INFO, whole
from hypothesis import given
from hypothesis import strategies as st

from assistant.render.answers import sources_text
from assistant.render.layout import Style
from assistant.render.links import linked, web_address

ADDRESS = "https://harbour.example/ferry"


def test_numbers_lead_to_their_articles():
    """In the text and in the list below it, where the terminal knows links."""
    shown = whole(EVENTS, Style(80, depth=0, links=True))
    link = f"\x1b]8;;{ADDRESS}\x1b\\[1]\x1b]8;;\x1b\\"
    assert f"hospital. {link} Two people died. {link}[2]" in shown
    assert f"\n{link} The Harbour Post" in shown
    assert "\x1b]8" not in whole(EVENTS, Style(80, depth=16))


def test_links_take_no_columns():
    """Lines are broken where they are broken without them."""
    plain = whole(EVENTS, Style(40))
    shown = whole(EVENTS, Style(40, links=True))
    assert shown.replace(f"\x1b]8;;{ADDRESS}\x1b\\", "").replace("\x1b]8;;\x1b\\", "") == plain


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (ADDRESS, ADDRESS),
        ("HTTP://host.example/a b", ""),
        ("https://host.example/ü?q=“x”", "https://host.example/%C3%BC?q=%E2%80%9Cx%E2%80%9D"),
        ("https://host.example/%20", "https://host.example/%20"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https:///nowhere", ""),
        ("http://[::1", ""),
        ("https://host.example/\x1b]8;;http://evil.example", ""),
        ("https://host.example/\x07", ""),
        ("https://host.example/" + "x" * 2_000, ""),
        ("notes/ferry.txt", ""),
        ("", ""),
    ],
)
def test_what_becomes_a_link(url, expected):
    """An address of the web with nothing in it that a terminal acts on; all else stays text."""
    assert web_address(url) == expected
    assert linked("[1]", url) == (
        f"\x1b]8;;{expected}\x1b\\[1]\x1b]8;;\x1b\\" if expected else "[1]"
    )


@given(st.text())
def test_no_address_ends_a_link_early(text):
    """Whatever an article claims as its address, what is sent is printable ASCII."""
    address = web_address(f"https://host.example/{text}")
    assert all(" " < letter <= "~" for letter in address)


def test_an_article_without_address_has_no_link():
    """A file on a disk is not linked to."""
    info = dataclasses.replace(INFO, url="", path="notes/ferry.txt")
    shown = sources_text([dataclasses.replace(CITED, article=info)], Style(80, links=True))
    assert "\x1b" not in shown
