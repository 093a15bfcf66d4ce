"""Chats as files: Markdown with footnotes, one HTML page, JSON; also with hostile text."""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser

import pytest
from answers import ALSO_CITED, ANSWER, CITED, HIT, INFO, NO_ANSWER, QUESTION
from browser import shown
from hypothesis import given
from hypothesis import strategies as st

from assistant.chats.saving import FORMS, save_chat
from assistant.render.as_html import chat_html
from assistant.render.as_markdown import chat_markdown
from assistant.render.lines import lines_of
from assistant.saved import parse_answer, split_answers
from assistant.types import AnswerSentence, Turn, Verdict
from index.errors import UsageError

TURN = Turn(QUESTION, ANSWER, (HIT,))
ABSTAINED = Turn(dataclasses.replace(QUESTION, asked="And *then*?"), NO_ANSWER, (HIT,))
LIST = dataclasses.replace(
    ANSWER,
    text="It began. [1]\n\n- One item. [1]\n- Another. [2] It goes on. [1]\n\n1. First.",
    sentences=tuple(
        AnswerSentence(text, cited, Verdict("supported"))
        for text, cited in (
            ("It began.", (1,)),
            ("- One item.", (1,)),
            ("- Another.", (2,)),
            ("It goes on.", (1,)),
            ("1. First.", ()),
        )
    ),
    warnings=(),
)
QUOTED = dataclasses.replace(ANSWER, mode="extractive", model="", prompt=None, warnings=())
HOSTILE = '<script>document.title="owned"</script>[x](javascript:alert(1))*b* \x1b]0;t\x07"\'&'


def hostile() -> Turn:
    """A turn in which every text is an attack."""
    info = dataclasses.replace(
        INFO, title=HOSTILE, source=HOSTILE, url=f"https://x.example/{HOSTILE}"
    )
    citation = dataclasses.replace(CITED, article=info, quote=HOSTILE, copies=(info,))
    sentence = AnswerSentence(HOSTILE, (1,), Verdict("partial", (HOSTILE,)))
    answer = dataclasses.replace(
        ANSWER, text=HOSTILE, sentences=(sentence,), citations=(citation,), warnings=(HOSTILE,)
    )
    return Turn(dataclasses.replace(QUESTION, asked=HOSTILE), answer)


# lines


def test_an_answer_in_lines():
    """Paragraphs and items, each with its sentences, wherever the marks stood."""
    lines = list(lines_of(LIST))
    assert [(line.mark, len(line.sentences), line.apart) for line in lines] == [
        ("", 1, True),
        ("•", 1, True),
        ("•", 2, False),
        ("1.", 1, True),
    ]
    assert lines[1].sentences[0].text == "One item."


def test_quotes_in_lines():
    """Each sentence that was quoted is a quotation of its own."""
    assert [line.mark for line in lines_of(QUOTED)] == [">", ">"]


# Markdown


def test_markdown():
    """Footnotes are numbered through the chat, and verdicts stand with their sentences."""
    assert chat_markdown("The ferry", [TURN, ABSTAINED, TURN]) == (
        "# The ferry\n\n*3 questions, answered by Dateline.*\n\n"
        "## How many were hurt?\n\n*Answered by test-model; as of 9 March 2025*\n\n"
        "Twelve passengers went to hospital.[^1] Two people died.[^1][^2]"
        " **(⚠ partly supported: the source says nobody, not two)**\n\n"
        "*Note: understood as: How many were hurt? (Maribel)*\n\n"
        "*Note: the model cited \\[9.9\\], which it was not shown*\n\n"
        "## And \\*then\\*?\n\n*Quoted from the articles; as of 9 March 2025*\n\n"
        "The articles do not answer this.\n\nThe closest passages:\n\n"
        "- [The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”]"
        "(<https://harbour.example/ferry>): “The ferry Maribel ran aground off Corran Point on"
        " Tuesday. Twelve passengers were taken to hospital, the coastguard said. Nobody died.”\n\n"
        "*Note: understood as: How many were hurt? (Maribel)*\n\n"
        "## How many were hurt?\n\n*Answered by test-model; as of 9 March 2025*\n\n"
        "Twelve passengers went to hospital.[^3] Two people died.[^3][^4]"
        " **(⚠ partly supported: the source says nobody, not two)**\n\n"
        "*Note: understood as: How many were hurt? (Maribel)*\n\n"
        "*Note: the model cited \\[9.9\\], which it was not shown*\n\n"
        + "".join(
            f"[^{n}]: [The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”]"
            "(<https://harbour.example/ferry>): “Twelve passengers were taken to hospital, the"
            f" coastguard said.”\n[^{n + 1}]: no date, “What the harbour master saw”, version 2:"
            " “The ferry Maribel ran aground off Corran Point on Tuesday.”\n"
            for n in (1, 3)
        )
    )


def test_markdown_lists():
    """Items are items again."""
    text = chat_markdown("x", [Turn(QUESTION, LIST)])
    assert "It began.[^1]\n\n- One item.[^1]\n- Another.[^2] It goes on.[^1]\n\n1. First.\n" in text


def test_hostile_text_is_no_markdown():
    """Nothing of an article becomes a link, emphasis or HTML."""
    text = chat_markdown(HOSTILE, [hostile()])
    assert not re.search(r"(?<!\\)<script", text)
    assert "](javascript" not in text.replace("\\]", "")
    assert "\x1b" not in text


@given(st.text("ab 1.)*_[]<>`#|~\\-+=\n", max_size=40))
def test_markdown_means_the_words_and_nothing_else(words):
    """Read by a Markdown reader, a sentence is one paragraph of exactly its words."""
    from markdown_it import MarkdownIt

    asked = " ".join(words.split())
    sentence = AnswerSentence(f"x{asked}", (), Verdict("supported"))
    answer = dataclasses.replace(
        LIST, text=sentence.text, sentences=(sentence,), citations=(), mode="extractive"
    )
    text = chat_markdown("t", [Turn(QUESTION, answer)]).split("\n\n")[4]
    tokens = MarkdownIt("commonmark").parse(text)
    inline = [token for token in tokens if token.type == "inline"]
    assert len(inline) == 1
    shown = "".join(child.content for child in inline[0].children)
    assert shown.split() == sentence.text.split()


# HTML


class Page(HTMLParser):
    """What a page consists of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        known = dict(attrs)
        assert not any(name.startswith("on") or name in {"src", "srcset"} for name in known)
        if "id" in known:
            assert known["id"] not in self.ids
            self.ids.add(known["id"])
        if "href" in known:
            self.links.append(known["href"])

    def handle_data(self, data):
        self.words += data


def test_html():
    """One page: all that was said, and every number leads to its source on the page."""
    page = Page(chat_html("The ferry", [TURN, ABSTAINED, Turn(QUESTION, LIST)]))
    for text in ("Two people died.", CITED.quote, ALSO_CITED.quote, "And *then*?", "One item."):
        assert text in page.words
    assert "(⚠ partly supported: the source says nobody, not two)" in page.words
    inside = [link[1:] for link in page.links if link.startswith("#")]
    assert len(inside) == 7
    assert set(inside) <= page.ids
    assert {link for link in page.links if not link.startswith("#")} == {INFO.url}
    assert page.tags.count("ul") == 2
    assert page.tags.count("ol") == 3


def test_hostile_text_is_no_html():
    """Every text is text, and an address is an address."""
    text = chat_html(HOSTILE, [hostile()])
    page = Page(text)
    assert "script" not in page.tags
    assert not any(link.startswith("javascript") for link in page.links)
    assert "\x1b" not in text
    assert "default-src 'none'" in text


def test_html_in_a_real_browser(tmp_path):
    """The page is shown as it is meant, on light and on dark, and what is hostile stays text."""
    rtl = dataclasses.replace(
        hostile().answer,
        sentences=(AnswerSentence("شلوم עברית 新闻 👩‍👩‍👧", (1,), Verdict("supported")),),
        text="شلوم",
    )
    turns = [TURN, ABSTAINED, hostile(), Turn(QUESTION, rtl)]
    seen = shown(chat_html("The ferry", turns), tmp_path)
    assert "<title>The ferry</title>" in seen  # a script would have changed it
    assert "Two people died." in seen
    assert "شلوم עברית 新闻" in seen


# files


def test_a_chat_is_saved_in_the_form_of_its_ending(tmp_path):
    """JSON can be read back, also by what reads answers one by one."""
    for ending in FORMS:
        save_chat(tmp_path / f"chat{ending}", "The ferry", [TURN, ABSTAINED])
    assert (tmp_path / "chat.md").read_text("utf-8").startswith("# The ferry\n")
    assert (tmp_path / "chat.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    form = json.loads((tmp_path / "chat.json").read_text("utf-8"))
    assert (form["title"], len(form["answers"])) == ("The ferry", 2)
    for name in ("chat.json", "chat.jsonl"):
        parts = split_answers((tmp_path / name).read_bytes(), name)
        assert [parse_answer(*part) for part in parts] == [ANSWER, NO_ANSWER]


def test_what_cannot_be_saved(tmp_path):
    """The form has to be said, no file is written over by accident, folders have to be there."""
    with pytest.raises(UsageError, match="does not say in which form"):
        save_chat(tmp_path / "chat.txt", "x", [TURN])
    (tmp_path / "chat.md").write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        save_chat(tmp_path / "chat.md", "x", [TURN])
    assert (tmp_path / "chat.md").read_text() == "mine"
    save_chat(tmp_path / "chat.md", "x", [TURN], over=True)
    assert (tmp_path / "chat.md").read_text("utf-8").startswith("# x")
    with pytest.raises(UsageError, match="cannot be written"):
        save_chat(tmp_path / "nowhere" / "chat.md", "x", [TURN])
    assert [file.name for file in tmp_path.iterdir()] == ["chat.md"]
