"""Articles over time: counted by step and outlet, as text, and as a picture."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli import main
from assistant.over_time import OTHERS, count_over_time
from assistant.pictures import save_over_time
from assistant.render.layout import Style
from assistant.render.over_time import over_time_text
from index.errors import UsageError
from index.types import ArticleInfo

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


def published(*articles):
    """Articles of which the day and the outlet are known."""
    return [ArticleInfo(date=day and dt.date.fromisoformat(day), source=by) for day, by in articles]


SPRING = published(
    *[("2025-03-05", "The Harbour Post")] * 4,
    ("2025-03-06", "Lessing Courier"),
    ("2025-03-06", "The Harbour Post"),
    ("2025-03-08", ""),
    (None, "Lessing Courier"),
)


def test_as_text():
    """Days in which nothing was published have a line, too; bars are as long as numbers are."""
    assert over_time_text(count_over_time(SPRING), Style(width=24)) == (
        "2025-03-05  4  ██████████\n"
        "2025-03-06  2  ██▒▒▒\n"
        "2025-03-07  0\n"
        "2025-03-08  1  ░░\n"
        "\n"
        "█ The Harbour Post: 5\n"
        "▒ Lessing Courier: 1\n"
        "░ no outlet: 1\n"
        "1 without a date\n"
    )


@given(st.lists(st.tuples(DAYS, st.sampled_from("abcdefghij")), min_size=1, max_size=60))
def test_nothing_is_lost(articles):
    """Whatever the days, every article is counted once, in the step that its day falls into."""
    counted = count_over_time(ArticleInfo(date=day, source=by) for day, by in articles)
    in_steps = len(articles) - counted.before - counted.after
    assert sum(map(sum, counted.counts.values())) == in_steps >= 0.95 * len(articles)
    assert list(counted.starts) == sorted(set(counted.starts))
    drawn = sorted(articles)[counted.before : len(articles) - counted.after]
    steps = Counter(max(start for start in counted.starts if start <= day) for day, _ in drawn)
    totals = [sum(row[n] for row in counted.counts.values()) for n in range(len(counted.starts))]
    assert totals == [steps[start] for start in counted.starts]
    assert len(counted.counts) <= 6
    assert (OTHERS in counted.counts) == (len({by for _, by in drawn}) > 6)
    lines = over_time_text(counted, Style(width=60)).splitlines()
    assert max(map(len, lines)) <= 60


@pytest.mark.parametrize(
    ("last", "step", "name"),
    [
        ("2025-04-01", "day", "2025-03-01"),
        ("2025-06-01", "month", "2025-03"),
        ("2035-06-01", "year", "2025"),
    ],
)
def test_longer_times_have_longer_steps(last, step, name):
    """So that they can be looked at together."""
    counted = count_over_time(published(("2025-03-01", "a"), (last, "a")))
    assert counted.step == step
    assert counted.name(counted.starts[0]) == name


def test_few_articles_far_away_squeeze_nothing():
    """They are counted below, at both ends, and what is of interest keeps its short steps."""
    week = [(f"2022-06-{day:02}", "a") for day in range(1, 8)] * 10
    strays = [("1993-10-10", "a"), ("2019-01-01", "b"), ("2033-01-01", "a")]
    counted = count_over_time(published(*week, *strays))
    assert (counted.step, len(counted.starts)) == ("day", 7)
    assert over_time_text(counted).endswith("a: 70\n2 before 2022-06-01\n1 after 2022-06-07\n")
    assert not count_over_time(published(*week[:10], strays[0])).before  # one of eleven is no few


def test_no_dates():
    """That nothing can be drawn is said."""
    assert over_time_text(count_over_time(published((None, "a")))) == (
        "No article carries a date.\n"
    )


@pytest.mark.parametrize(("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_as_a_picture(tmp_path, ending, start):
    """The file's ending says in which form it is drawn."""
    save_over_time(count_over_time(SPRING), tmp_path / f"a.{ending}")
    assert (tmp_path / f"a.{ending}").read_bytes().startswith(start)
    with pytest.raises(UsageError, match="does not say in which form"):
        save_over_time(count_over_time(SPRING), tmp_path / "a.gif")


def test_the_command(library, tmp_path):
    """Below what the library holds, or into a file."""
    words = ["status", "--library", str(library.folder), "--plot"]
    shown = CliRunner().invoke(main, words).stdout
    assert shown.startswith("Library: ")
    assert "\n2025-03-05  1  █" in shown
    assert "█ The Harbour Post: 2\n" in shown
    drawn = CliRunner().invoke(main, [*words, str(tmp_path / "a.svg")], catch_exceptions=False)
    assert drawn.stderr == f"drawn into {tmp_path / 'a.svg'}\n"
    assert "The Harbour Post (2)" in (tmp_path / "a.svg").read_text("utf-8")
