"""Scores of both retrievers become one order, and every part of it is told."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import INQUIRY, make_article
from hypothesis import given
from hypothesis import strategies as st

from index import exact
from index import retrieve as retrieving
from index.dates import DatePreference, Period
from index.embed.fake import FakeEmbedder
from index.library import Library
from index.retrieve import Weights, fuse
from index.types import Filters

WEIGHTS = Weights(vector=0.5, date=0.3, half_life=10)
DAY = dt.date(2025, 3, 20)


def test_each_part_is_relative_to_the_best():
    """Scores of different kinds are made comparable before they are added."""
    scored = dict(fuse({1: 8.0, 2: 4.0}, {1: 0.3, 2: 0.6}, {1: 0, 2: 0}, None, WEIGHTS))
    assert scored[1] == pytest.approx({"lexical": 1.0, "vector": 0.25})
    assert scored[2] == pytest.approx({"lexical": 0.5, "vector": 0.5})


def test_date_part_halves_with_its_half_life():
    """Before or after the day makes no difference; an undated article gets nothing."""
    dates = {1: 20250320, 2: 20250330, 3: 20250310, 4: 0}
    scored = dict(fuse(dict.fromkeys(dates, 1.0), {}, dates, DAY, WEIGHTS))
    assert [scored[n]["date"] for n in dates] == pytest.approx([0.3, 0.15, 0.15, 0.0])


def test_first_passage_gets_a_lead():
    """Of passages alike, the one that opens its article comes first, and the part is told."""
    (first, parts), (second, others) = fuse(
        {1: 5.0, 2: 5.0}, {}, {1: 0, 2: 0}, None, WEIGHTS, leads={2}
    )
    assert (first, second) == (2, 1)
    assert parts["lead"] == WEIGHTS.lead
    assert "lead" not in others


def test_what_became_of_a_day_is_of_that_day(tmp_path):
    """An article that names the day asked about counts as if it were of it, a month later, too."""
    day = dt.date(2024, 10, 7)
    told = {
        dt.date(2024, 10, 8): "The quake shook the harbour of Lessing and the old town.",
        dt.date(2024, 11, 20): "The quake of Oct. 7 shook the harbour of Lessing and the old town.",
        dt.date(2024, 11, 21): "The quake of Oct. 9 shook the harbour of Lessing and the old town.",
    }
    near = DatePreference(Period(day, day + dt.timedelta(days=3)), strength=1.5)
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(
            *(make_article(f"https://x.example/{on}", text, date=on) for on, text in told.items())
        )
        hits = library.search("How strong was the quake?", near=near)
    dates = {hit.passage.article.date: hit.parts["date"] for hit in hits}
    first, named, other = (dates[on] for on in told)
    assert first == named > other


def test_passages_that_point_back_get_the_sentence_before(tmp_path):
    """A passage that begins with “He” is understood only with what stands before it."""
    filler = "The harbour was calm that day and nothing moved on the quays. " * 14
    text = f"{filler}Judge Omar Reith came late.\n\nHe mentioned zebras. {filler}".strip()
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(make_article("https://x.example", text))
        [hit, *_] = library.search("zebras")
        article = library.article(hit.passage.article.id)
    assert hit.passage.ordinal == 1
    assert hit.passage.text.startswith("Judge Omar Reith came late.\n\nHe mentioned zebras.")
    assert article.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_articles_to_pass_over(library):
    """What is passed over is not found, and what is found is scored as if it were not there."""
    [ferry, *_] = library.search("ferry Maribel")
    [best, *rest] = library.retrieve("ferry Maribel", without=[ferry.passage.article.id]).hits
    assert ferry.passage.article not in {hit.passage.article for hit in [best, *rest]}
    assert best.parts["lexical"] == 1


def test_found_by_one_retriever_only():
    """A passage that only one half found still counts."""
    order = [n for n, _ in fuse({1: 5.0}, {2: 0.9}, {1: 0, 2: 0}, None, WEIGHTS)]
    assert order == [1, 2]


@given(
    st.dictionaries(st.integers(1, 30), st.floats(0.1, 40)),
    st.dictionaries(st.integers(1, 30), st.floats(-1, 1)),
    st.one_of(st.none(), st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1))),
)
def test_every_candidate_once_in_order(words, similar, near):
    """Nothing is lost or doubled, and the sum of the parts decides."""
    dates = dict.fromkeys({*words, *similar}, 20250101)
    scored = fuse(words, similar, dates, near, WEIGHTS)
    totals = [sum(parts.values()) for _, parts in scored]
    assert sorted(n for n, _ in scored) == sorted(dates)
    assert totals == sorted(totals, reverse=True)
    assert all(value >= 0 for _, parts in scored for value in parts.values())


def test_narrow_filter_still_finds_by_meaning(library):
    """When a filter leaves few of the nearest passages, the vector store is asked with it."""
    found = library.search("Corran Lines", filters=Filters(sources=("Lessing Courier",)))
    assert [hit.passage.article.url for hit in found] == [INQUIRY]
    assert "vector" in found[0].ranks


def test_who_asks_once_does_not_wait_for_the_vector_store(library, monkeypatch):
    """One question is compared with the embeddings themselves, and finds the same."""
    found = library.search("Corran Lines")
    with Library(library.place, embedder=FakeEmbedder(), once=True) as once:
        monkeypatch.setattr(once._vectors, "search", None)
        once.warm_up_vectors()
        hits = once.search("Corran Lines")
    assert [hit.passage for hit in hits] == [hit.passage for hit in found]
    assert [hit.score for hit in hits] == pytest.approx([hit.score for hit in found], abs=0.002)


def test_a_large_library_is_not_scanned(library, monkeypatch):
    """Where comparing with everything would take longer, the vector store is loaded."""
    monkeypatch.setattr(exact, "_SOON", 10)
    with Library(library.place, embedder=FakeEmbedder(), once=True) as once:
        monkeypatch.setattr(retrieving, "nearest_by_scan", None)
        assert once.search("Corran Lines") == library.search("Corran Lines")


def test_the_days_asked_about_are_searched_by_themselves(tmp_path, monkeypatch):
    """Articles of a month long ago are found by both halves, however much newer ones say of it."""
    monkeypatch.setattr(retrieving, "_POOL", 2)
    old = make_article(
        "https://old.example",
        "Ferry Road was closed by the town, to nobody's great surprise.",
        date=dt.date(2021, 8, 10),
    )
    new = [
        make_article(
            f"https://new.example/{n}",
            f"The council closed Ferry Road in August, for the {n}th time.",
            date=dt.date(2024, 8, 10),
        )
        for n in range(4, 9)
    ]
    august = DatePreference(Period(dt.date(2021, 8, 1), dt.date(2021, 8, 31)))
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(old, *new)
        for near in (None, august):
            hits = library.search("council closed Ferry Road in August", near=near)
            found = {hit.passage.article.url: set(hit.ranks) for hit in hits}
            assert found.get(old.info.url, set()) == ({"lexical", "vector"} if near else set())
