"""What a library holds and what indexing did, as people see it."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from assistant.render.library import kept_text, progress_text, report_text, round_text, status_text
from index.types import Progress, Report, Skipped, Status


def test_status():
    """What a library holds, and what to do when it is not complete."""
    status = Status(
        "lib", 2, 4, 4, 1, "local", dt.date(2025, 3, 5), dt.date(2025, 4, 2), 1, 0, 2**20
    )
    text = status_text(status)
    assert "Articles:  2, 1 of them without a date\n" in text
    assert "Published: 2025-03-05 to 2025-04-02\n" in text
    assert "1 of them have vectors (25%)" in text
    assert "carries on" in text
    assert "carries on" not in status_text(dataclasses.replace(status, vectors=4))
    assert "Published: none" in status_text(Status("lib", 0, 0, 0, 0, "", None, None, 0, 0, 0))


def test_a_report():
    """What was added, and each thing skipped with its reason."""
    report = Report(1, 2, 3, 0, 4, skipped=(Skipped("a.txt", "it is empty"),))
    assert report_text(report) == (
        "1 article added, 2 changed, 3 unchanged, 0 removed, 1 skipped; 4 passages embedded\n"
        "  skipped a.txt: it is empty\n"
    )


@pytest.mark.parametrize(
    ("progress", "seconds", "expected"),
    [
        (Progress("reading", 1250), 0.5, "reading 1,250 articles"),
        (Progress("reading", 1250), 5, "reading 1,250 articles, 250/s"),
        (Progress("embedding", 64, 512), 16, "embedding 64 of 512 passages, 4.0/s, 1:52 left"),
        (Progress("lexical", 0), 9, "indexing words of 0 passages"),
    ],
)
def test_progress(progress, seconds, expected):
    """How far, how fast, and how long it still takes where that is known."""
    assert progress_text(progress, seconds) == expected


def test_a_round_names_what_it_skipped():
    """A second file that is skipped is named like the first; of very many only some are."""
    skipped = tuple(Skipped(f"{number}.txt", "no text") for number in range(7))
    text = round_text(Report(skipped=skipped[:2]), "10:00:00")
    assert text == "10:00:00 2 skipped: 0.txt: no text; 1.txt: no text\n"
    assert round_text(Report(skipped=skipped), "10:00:00").endswith("4.txt: no text; and 2 more\n")


def test_what_sync_kept():
    """Each file is named with the number of its articles, very many together."""
    assert kept_text(Report()) == ""
    assert "2 articles of a.csv were kept" in kept_text(Report(kept=(("a.csv", 2),)))
    many = kept_text(Report(kept=tuple((f"{number}.csv", 3) for number in range(7))))
    assert many.endswith("note: likewise 6 articles of 2 more files\n")
