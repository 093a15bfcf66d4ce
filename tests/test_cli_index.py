"""`dateline index` from a pipe, with patterns, and while things change."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading

import pytest
from click.testing import CliRunner
from web_site import Answer, Site, page

from assistant.cli import main
from index.library import Library

STORY = "date 2025-03-20\nFerry aground.\n\nThe ferry Maribel ran aground off {place} on Tuesday.\n"
# Seconds after which a watch that a test waits for in vain is ended.
_LONGEST = 60


def index(tmp_path, *words, **how):
    return CliRunner().invoke(main, ["--library", str(tmp_path / "l"), "index", *words], **how)


def test_article_from_a_pipe(tmp_path):
    """What another program prints can be indexed, under a name."""
    result = index(tmp_path, "-", "--name", "wire-7", input=STORY.format(place="Corran"))
    assert result.exit_code == 0, result.output
    assert "1 article added" in result.output
    with Library(tmp_path / "l") as library:
        assert "off Corran" in library.article("stdin:wire-7").text


def test_form_can_be_said(tmp_path):
    """A guess can be overruled."""
    text = '{"text": "This line is no JSON article but a quotation."}'
    assert index(tmp_path, "-", "--form", "text", input=text).exit_code == 0
    with Library(tmp_path / "l") as library:
        (info,) = library.articles()
        assert library.article(info.id).text == text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-",), "standard input is empty"),
        (("a.txt", "--name", "x"), "--form and --name are for standard input"),
        (("-", "--watch"), "standard input cannot be watched"),
    ],
)
def test_mistakes_are_explained(tmp_path, words, said):
    """Options that make no sense together are said to."""
    result = index(tmp_path, *words, input="")
    assert result.exit_code in {1, 2}
    assert said in result.output


def test_many_files_skipped_for_one_reason_are_told_in_few_lines(tmp_path, monkeypatch):
    """A folder full of pictures does not bury what was done; JSON names all."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    for number in range(9):
        (tmp_path / "news" / f"{number}.png").write_bytes(b"x")
    (tmp_path / "news" / "a.txt").write_text(STORY.format(place="Corran"))
    (tmp_path / "news" / "b.log").write_text("x")
    result = index(tmp_path, "news", "--ignore", "*.log")
    assert result.exit_code == 1
    assert "skipped 4 more: not a kind of file" in result.output
    assert "ignored by pattern: 1 file" in result.output
    again = index(tmp_path, "news", "--json")
    assert len(json.loads(again.stdout)["skipped"]) == 10


def test_dates_that_are_not_understood_are_named(tmp_path, monkeypatch):
    """The first few are named with what they state, and JSON names all; nothing was skipped."""
    monkeypatch.chdir(tmp_path)
    rows = "".join(f"r{number},Week {number} of 2024,It snowed.\n" for number in range(7))
    (tmp_path / "a.csv").write_text("id,date,text\n" + rows)
    result = index(tmp_path, "a.csv")
    assert result.exit_code == 0, result.output
    assert f"no date for {tmp_path}/a.csv#r0: “Week 0 of 2024” was not understood" in result.stdout
    assert result.stdout.count("no date for") == 6
    assert "no date for 2 more" in result.stdout
    assert "2025-03-27" in result.stdout
    again = json.loads(index(tmp_path, "a.csv", "--json").stdout)
    assert again["undated"][6] == {"where": f"{tmp_path}/a.csv#r6", "stated": "Week 6 of 2024"}


@pytest.fixture
def watching(tmp_path):
    """Starts `index --watch` as a process; gives what waits for a line of it."""
    running, timers = [], []

    def start(*words):
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "assistant", "--library", tmp_path / "l"),
                *("index", "--watch", *words),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        running.append(process)
        ending = threading.Timer(_LONGEST, process.kill)
        ending.start()
        timers.append(ending)
        seen = []

        def wait_for(said):
            for line in process.stdout:
                seen.append(line)
                if said in line:
                    return line
            raise AssertionError(f"{said!r} never came: {seen}")

        return process, wait_for

    yield start
    for ending in timers:
        ending.cancel()
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def test_watched_folder_is_kept_indexed(tmp_path, watching):
    """New, changed and deleted files are taken up, ignored ones not, until Ctrl-C."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(STORY.format(place="Corran"))
    process, wait_for = watching(str(news), "--sync", "--ignore", "*.log")
    wait_for("watching")
    (news / "b.txt").write_text(STORY.format(place="Lessing"))
    assert "1 added" in wait_for("added")
    (news / "c.log").write_text("Not this.")
    (news / "b.txt").write_text(STORY.format(place="Arden"))
    assert "1 changed" in wait_for("changed")
    (news / "a.txt").unlink()
    assert "1 removed" in wait_for("removed")
    # Between rounds anybody may write.
    with Library(tmp_path / "l") as library:
        assert library.add(news / "b.txt", embed=False).unchanged == 1
    process.send_signal(signal.SIGINT)
    wait_for("stopped; the library holds 1 article")
    assert process.wait(20) == 130


@pytest.mark.parametrize("how", ["moved away", "emptied"])
def test_watched_folder_that_goes_away_costs_no_articles(tmp_path, watching, how):
    """What a drive takes with it stays, that is said, and all goes on when it is back."""
    news, away = tmp_path / "news", tmp_path / "away"
    (news / "deep").mkdir(parents=True)
    for name in ("a", "b"):
        (news / f"{name}.txt").write_text(STORY.format(place=f"Corran {name}"))
    process, wait_for = watching(str(news), "--sync")
    wait_for("watching")
    (news / "deep" / "c.txt").write_text(STORY.format(place="Corran c"))
    wait_for("added")
    if how == "moved away":
        news.rename(away)
    else:
        shutil.copytree(news, away)
        shutil.rmtree(news)
        news.mkdir()
    assert "nothing that was read from it is removed" in wait_for("note:")
    with Library(tmp_path / "l") as library:
        assert library.status().articles == 3
    (away / "a.txt").unlink()
    (away / "b.txt").write_text(STORY.format(place="Arden"))
    if how == "emptied":
        news.rmdir()
    away.rename(news)
    assert "1 changed, 1 removed" in wait_for("changed")
    (news / "deep" / "d.txt").write_text(STORY.format(place="Lessing"))
    assert "1 added" in wait_for("added")
    (news / "deep" / "c.txt").unlink()
    assert "1 removed" in wait_for("removed")
    process.send_signal(signal.SIGINT)
    wait_for("stopped; the library holds 2 articles")
    assert process.wait(20) == 130


def test_watched_folder_may_be_named_in_a_roundabout_way(tmp_path, watching):
    """A deleted file is found again by the name that it was stored under."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(STORY.format(place="Corran"))
    (news / "b.txt").write_text(STORY.format(place="Arden"))
    _, wait_for = watching(f"{tmp_path}/l/../news", "--sync")
    wait_for("watching")
    (news / "a.txt").unlink()
    assert "1 removed" in wait_for("removed")


def test_watched_feed_is_looked_at_again(tmp_path, watching):
    """An address is polled, and a failure of it does not end the watch."""
    text = "The ferry Maribel ran aground off Corran Point on Tuesday with twelve on board. " * 8
    with Site() as site:
        site.pages["/a"] = [
            Answer(page("Ferry aground", text)),
            Answer(status=500),
            Answer(page("Ferry afloat", text, "It is afloat again.")),
        ]
        process, wait_for = watching(f"{site.root}/a", "--allow-private", "--every", "0.005")
        wait_for("watching")
        wait_for("the server fails")
        assert "1 changed" in wait_for("changed")
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130


def test_what_is_removed_may_come_back(tmp_path):
    """What keeps an article out whose file is still there is told once, and it does."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.csv").write_text("text\nIt snowed.\nIt rained.\n")
    index(tmp_path, str(news))
    removing = ["--library", str(tmp_path / "l"), "remove", str(news / "a.csv")]
    result = CliRunner().invoke(main, removing)
    assert result.stdout.count("removed ") == 2
    assert result.stderr.count("note:") == 1
    assert f"“/a.csv” in {news}/.datelineignore" in result.stderr
    (news / ".datelineignore").write_text("/a.csv\n")
    assert "0 articles added" in index(tmp_path, str(news)).stdout
    (news / ".datelineignore").unlink()
    assert "2 articles added" in index(tmp_path, str(news)).stdout
    (news / "a.csv").unlink()
    assert CliRunner().invoke(main, removing).stderr == ""
