"""Articles from standard input are read in the form that they are in."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embed.fake import FakeEmbedder
from index.errors import ReadError
from index.library import Library
from index.readers.forms import Form
from index.readers.stream import Stream, guess_form, read_stream
from index.types import Article, Skipped


def packed(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"date 2025-03-20\nTalks.\n\nThey talked.", Form.TEXT),
        (b"They talked, and text was sent, said the mayor.\n", Form.TEXT),
        (b'\n{"text": "They talked."}\n', Form.JSON_LINES),
        (b"\x1f\x8b\x08\x00rest", Form.JSON_LINES),
        (b"<!doctype html><p>They talked.", Form.WEB_PAGE),
        (b"\xef\xbb\xbf<html>", Form.WEB_PAGE),
        (b"Subject: Talks\nFrom: a@b.example\n\nThey talked.", Form.MAIL),
        (b"From a@b.example Thu Mar 20\nSubject: Talks\n\nThey.", Form.MAILBOX),
        (b"title,date,text\nTalks,2025-03-20,They talked.", Form.TABLE),
        (b"---\ntitle: Talks\n---\nThey talked.", Form.MARKDOWN),
        (b"%PDF-1.7\n", Form.PDF),
        (packed("word/document.xml"), Form.DOCX),
        (packed("META-INF/container.xml", "mimetype"), Form.EPUB),
        (packed("a.txt"), Form.ZIP),
        (b"PK\x03\x04broken", Form.ZIP),
    ],
)
def test_form_is_told_from_the_beginning(data, form):
    """Nobody has to say what is piped in."""
    assert guess_form(data) is form


@given(st.binary(min_size=1, max_size=400))
def test_anything_may_be_piped_in(data):
    """What is no article is skipped with a reason, and nothing raises."""
    for found in read_stream(Stream(data)):
        assert isinstance(found, Article | Skipped)


def test_json_lines_may_be_piped_in():
    """What another program makes line by line arrives article by article."""
    lines = b'{"text": "The ferry ran aground."}\n{"text": "It is afloat."}\n'
    texts = [found.text for found in read_stream(Stream(lines)) if isinstance(found, Article)]
    assert texts == ["The ferry ran aground.", "It is afloat."]


def test_same_text_again_is_unchanged(tmp_path):
    """Without a name the content is what identifies it; with one it becomes a new version."""
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        for added in (1, 0):
            assert library.add(Stream(b"The ferry ran aground.")).added == added
        library.add(Stream(b"The ferry ran aground.", name="ferry"))
        assert library.add(Stream(b"The ferry is afloat.", name="ferry")).changed == 1
        assert library.article("stdin:ferry").text == "The ferry is afloat."


@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_nothing_piped_in_is_an_error(data):
    """An empty pipe is a mistake somewhere before it."""
    with pytest.raises(ReadError, match="empty"):
        Stream.of(io.BytesIO(data))


def test_too_much_is_refused(monkeypatch):
    """A stream without an end does not fill the memory."""
    monkeypatch.setattr("index.readers.stream._LARGEST", 1_000)
    with pytest.raises(ReadError, match="larger than"):
        Stream.of(io.BytesIO(b"a" * 1_001))
