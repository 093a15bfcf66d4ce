"""A JSON file that is named: an array of articles, or one."""

from __future__ import annotations

import json

import pytest

from index.readers import read_path
from index.types import Article, Skipped


@pytest.fixture
def file(tmp_path):
    """The file that a test writes."""
    return tmp_path / "a.json"


def test_an_array_of_articles(file):
    """What a newsroom's system exports is read as so many articles, and not as one text."""
    file.write_text(
        json.dumps(
            [
                {"title": "Snow", "date": "2025-01-02", "text": "It snowed in Lessing."},
                {"id": 7, "text": "It rained in Lessing."},
                {"url": "https://x.example/1", "text": "It hailed in Lessing."},
                {"title": "Nothing"},
                "Sleet",
            ],
            indent=2,
        )
    )
    snow, rain, hail, *skipped = read_path(file)
    assert isinstance(snow, Article)
    assert (snow.info.title, snow.text) == ("Snow", "It snowed in Lessing.")
    paths = [article.info.path for article in (snow, rain, hail)]
    assert paths == [f"{file}#1", f"{file}#7", str(file)]
    assert skipped == [
        Skipped(f"{file}#4", 'no "text"'),
        Skipped(f"{file}#5", "not a JSON object"),
    ]


def test_one_article(file):
    """An object alone is one article."""
    file.write_text('{"text": "It snowed in Lessing."}')
    (article,) = read_path(file)
    assert (article.text, article.info.path) == ("It snowed in Lessing.", str(file))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[1, 2", "not JSON: Expecting ',' delimiter in line 1"),
        ('{"text": "a"}\n{"text": "b"}', "one object a line is to end in .jsonl"),
        ("[" * 100_000, "not JSON that can be read"),
        ("7", "not a JSON object"),
    ],
)
def test_what_is_no_array_of_articles(file, content, reason):
    """A file of something else is skipped with what is wrong, and never becomes a text."""
    file.write_text(content)
    (skipped,) = read_path(file)
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason


def test_in_a_folder_json_is_left_alone(file):
    """Saved answers and settings beside articles are no news."""
    file.write_text('{"text": "It snowed in Lessing."}')
    (skipped,) = read_path(file.parent)
    assert "not a kind of file" in skipped.reason
