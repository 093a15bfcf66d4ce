"""Links and images that no source contains are taken out of replies, and said to be."""

from __future__ import annotations

import pytest
from replies import read, read_all

KNOWN = ("They wrote to https://good.example/story, info@good.example and www.fine.example.",)

FOREIGN = [
    ("See https://evil.example/a?b=c now.", "See [link removed] now.", "evil.example"),
    ("See www.evil.example.", "See [link removed].", "www.evil.example"),
    ("Get it at freegame.com, now.", "Get it at [link removed], now.", "freegame.com"),
    ("Get it at freegame.com/x y.", "Get it at [link removed] y.", "freegame.com"),
    ("Write to help@evil.example, please.", "Write to [link removed], please.", "evil.example"),
    ("Write to mailto:help@evil.example.", "Write to [link removed].", "evil.example"),
    ("Run javascript:alert(1) now.", "Run [link removed] now.", "javascript"),
    ("It sank ![a b](http://evil.example/?q=a b c).", "It sank.", "evil.example"),
    ("It sank ![](//evil.example/x.png).", "It sank.", "evil.example"),
    ("It [really sank](http://evil.example).", "It really sank.", "evil.example"),
    ("It [sank](http://evil.example 'a title').", "It sank.", "evil.example"),
    ("It sank <img src=http://evil.example/x>.", "It sank.", "evil.example"),
    ("It <a href='//evil.example'>sank</a>.", "It sank.", "evil.example"),
    ("It sank <https://evil.example/x>.", "It sank <[link removed]>.", "evil.example"),
    ("It sank (HTTP://EVIL.EXAMPLE).", "It sank ([link removed]).", "evil.example"),
    ("[x]: http://evil.example 'y' it sank.", "[x]: [link removed] 'y' it sank.", "evil.example"),
    ("It \x1b]8;;http://evil.example\x1b\\sank\x1b]8;;\x1b\\.", "It sank.", ""),
    ("See good.example/other.", "See [link removed].", "good.example"),
    ("See https://good.example/story?q=a.", "See [link removed].", "good.example"),
    ("See https://good.example.evil.example.", "See [link removed].", "good.example.evil.example"),
    ("See http://user:pass@evil.example/x.", "See [link removed].", "evil.example"),
    ("See http://evil.example/中文 now.", "See [link removed] now.", "evil.example"),
    ("See http://evil.example/" + "x" * 900 + " now.", "See [link removed] now.", "evil.example"),
]


@pytest.mark.parametrize(("reply", "text", "host"), FOREIGN)
def test_foreign_links_are_removed(reply, text, host):
    """Neither the address nor what it would carry off is left, whole or letter by letter."""
    for pieces in ([reply], reply):
        reader, sentences = read_all(pieces, KNOWN)
        assert [one.text for one in sentences] == [text]
        assert reader.removed == ((host.removeprefix("www."),) if host else ())


@pytest.mark.parametrize(
    "reply",
    [
        "See https://good.example/story now.",
        "See good.example/story/ now.",
        "See [the story](https://good.example/story).",
        "Write to info@good.example.",
        "They run good.example and fine.example.",
        "The U.S. said e.g. that a.m. was 3.2.",
        "It sank.It burned.",
        "It sank.it burned.",
        "Node.js wrote report.pdf, he said.",
        "He wrote and/or w/o 5 < 6 and 7 > 2.",
        "He said [sic](really) so.",
    ],
)
def test_links_of_the_sources_and_other_marks_stay(reply):
    """What a source contains may be repeated, and what is no link is not touched."""
    reader, sentences = read_all([reply], KNOWN)
    assert "".join(one.before + one.text for one in sentences) == reply
    assert reader.removed == ()


def test_a_citation_that_was_made_a_link_stays_a_citation():
    """Some models write citations as links; the number counts, the link does not."""
    assert read("It sank [1.2](https://evil.example).") == [("It sank.", "1.2")]


@pytest.mark.parametrize(
    "letter", ["\x1b", "\x07", "\x00", "\x9b", "\u202e", "\u2066", "\ufeff", "\U000e0041"]
)
def test_control_characters_are_taken_out(letter):
    """What a terminal acts on, or a reader cannot see, is no part of an answer."""
    ((text, _),) = read(f"It{letter}[31m sank{letter} now.")
    assert letter not in text


def test_sequences_of_a_terminal_go_whole():
    """Of a colour or a title nothing is left but the words between."""
    assert read("It \x1b[1;31msank\x1b[0m \x1b]0;title\x07now.") == [("It sank now.", "")]
