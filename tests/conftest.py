"""What many tests use: a few articles of one invented story, and libraries that hold them."""

from __future__ import annotations

import datetime as dt
import os
import signal
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import settings

# Before anything imports it: LlamaIndex otherwise looks for tokenizers on the network.
os.environ.setdefault("HF_HUB_OFFLINE", "1")

# Shells start what runs in the background with Ctrl-C ignored, which programs hand on to the
# programs that they start; here some of these are to be interrupted.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

from index.catalog import Catalog
from index.embed.fake import FakeEmbedder
from index.library import Library
from index.types import Article, ArticleInfo

# A shell that starts the tests in the background has Ctrl-C ignored, also by what they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A machine that is busy with other things makes no example too slow.
settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")

FERRY = "https://harbour.example/ferry"
INQUIRY = "https://courier.example/inquiry"
BAKERY = "https://harbour.example/bakery"


def make_article(url: str, text: str, **known) -> Article:
    """An article with the fields that a reader would fill in."""
    opening = text.split("\n", maxsplit=1)[0][:90]
    return Article(ArticleInfo(url=url, opening=opening, **known), text)


def new_catalog(file: Path) -> Catalog:
    """A catalog by itself, with the current schema."""
    made = Catalog(file, create=True)
    made.database.upgrade()
    return made


def some_articles() -> list[Article]:
    """Two articles about a ferry, by two outlets on two days, and one about something else."""
    return [
        make_article(
            FERRY,
            "The ferry Maribel ran aground off Corran Point on Tuesday.\n\n"
            "Twelve passengers were taken to hospital, the coastguard said. "
            "“We heard a scraping noise,” said Ada Finch, a passenger.",
            title="Ferry runs aground off Corran Point",
            date=dt.date(2025, 3, 5),
            source="The Harbour Post",
            authors=("Nell Gray",),
        ),
        make_article(
            INQUIRY,
            "An inquiry into the grounding of the Maribel opened in Lessing.\n\n"
            "Its chair, Judge Omar Reith, said that 14 people had been hurt. "
            "The operator, Corran Lines, paid $1.5 million for repairs.",
            title="Inquiry opens into Maribel grounding",
            date=dt.date(2025, 4, 2),
            source="Lessing Courier",
        ),
        make_article(
            BAKERY,
            "A bakery in Lessing has sold its millionth loaf.\n\nThe baker gave it away.",
            title="A million loaves",
            date=dt.date(2025, 4, 9),
            source="The Harbour Post",
        ),
    ]


@pytest.fixture
def articles() -> list[Article]:
    return some_articles()


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library of those articles, to be copied: that is quicker than filling one."""
    folder = tmp_path_factory.mktemp("filled") / "library"
    with Library(folder, embedder=FakeEmbedder(), create=True) as made:
        made.add(*some_articles())
    return folder


@pytest.fixture
def library(tmp_path: Path, _filled: Path):
    """A library of those articles, embedded by the fake embedder."""
    with Library(copytree(_filled, tmp_path / "library"), embedder=FakeEmbedder()) as made:
        yield made


@pytest.fixture
def saves_early(monkeypatch: pytest.MonkeyPatch):
    """Gives what makes Chroma write its graph to files after fewer additions than in earnest."""

    def set_threshold(additions: int) -> None:
        from index.vectors import _CONFIGURATION

        for name, number in (("sync_threshold", additions), ("batch_size", additions // 2)):
            monkeypatch.setitem(_CONFIGURATION["hnsw"], name, number)

    return set_threshold


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Keeps the tester's keys, endpoints and settings out of the tests."""
    for name in list(os.environ):
        if name.startswith(("DATELINE_", "OPENAI_")):
            monkeypatch.delenv(name)
    # A terminal's own size counts; tests that run side by side are told another one.
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINES", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
