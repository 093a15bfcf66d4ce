"""Copies of one report are one source, whatever was done to them; other reports are not copies."""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import replace

import pytest
from conftest import make_article, new_catalog
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.app import Assistant
from assistant.jsonform import answer_to_json
from assistant.render.answers import sources_text
from assistant.saved import parse_answer
from index.copies import Copies, clusters
from index.embed.fake import FakeEmbedder
from index.library import Library
from index.types import Article, ArticleInfo, Filters

DAY = dt.date(2025, 3, 5)
WORDS = (
    "harbour council ferry inquiry coastguard passengers engine night storm report crew island "
    "repair money company minister morning village school bridge fire doctor witness captain "
    "weather radio signal light tide rock hull water rescue boat helicopter hospital family"
).split()


def story(seed, sentences=30):
    """A text of its own: sentences of words in an order that no other seed has."""
    pick = random.Random(seed)
    return [
        " ".join(pick.choice(WORDS) for _ in range(12)).capitalize() + f" {pick.randint(2, 99)}."
        for _ in range(sentences)
    ]


def article(name, sentences, *, source="", title="Ferry aground", date=DAY):
    text = "\n\n".join(sentences)
    return make_article(f"https://{name}.example/1", text, title=title, date=date, source=source)


def found_by(tmp_path, *articles):
    """The clusters of a catalog with these articles, as sets of the names of their servers."""
    catalog = new_catalog(tmp_path / "c.sqlite3")
    catalog.put(articles)
    copies = Copies(catalog)
    copies.catch_up(lambda _: None)
    return catalog, copies


def answering(copies, articles):
    found = copies.of([a.info.id for a in articles])
    return {
        name_of(a.info): name_of(found[a.info.id].answering) for a in articles if a.info.id in found
    }


def name_of(info):
    return info.url.removeprefix("https://").partition(".")[0]


def changed_words(sentences, share, seed=1):
    pick = random.Random(seed)
    return [
        " ".join("altered" if pick.random() < share else word for word in sentence.split())
        for sentence in sentences
    ]


@pytest.mark.parametrize(
    "edit",
    [
        lambda s: s,
        lambda s: s[:18],
        lambda s: s[:8] + s[14:],
        lambda s: ["The agency reported this first.", *s, *story(7, 4)],
        lambda s: changed_words(s, 0.1),
        lambda s: s[10:] + s[:10],
    ],
    ids=["same", "cut", "gap", "added", "words", "order"],
)
def test_edited_copy_of_another_outlet_is_found(tmp_path, edit):
    """A wire story stays one report when desks cut it, add to it and give it another headline."""
    wire = article("wire", story(1), source="Wire")
    desk = article("desk", edit(story(1)), source="Desk", title="Rescue at night")
    other = article("other", story(2), source="Other")
    catalog, copies = found_by(tmp_path, wire, desk, other)
    names = set(answering(copies, [wire, desk, other]))
    assert names == {"wire", "desk"}
    catalog.close()


def test_later_date_weekly_column_and_background_are_no_copies(tmp_path):
    """A template, a follow-up that repeats its background, and a page months later stay apart."""
    first = article("a", story(1), source="Post", title="Quiz of the week: 10 - 16 June")
    week = article("b", story(1), source="Post", title="Quiz of the week: 17 - 23 June")
    follow = article("c", story(1, 10) + story(3, 25), source="Post", title="Ferry aground")
    later = article("d", story(1), source="Desk", date=dt.date(2025, 9, 1))
    headline = article("e", story(1), source="Post", title="Minister resigns over school")
    catalog, copies = found_by(tmp_path, first, week, follow, later, headline)
    assert answering(copies, [first, week, follow, later, headline]) == {}
    catalog.close()


def test_texts_too_short_to_compare_are_no_copies(tmp_path):
    """Two captions, or two pages that could not be read, are not one report."""
    one, other = (article(n, ["Subscribe to read this."], source=n) for n in ("one", "two"))
    catalog, copies = found_by(tmp_path, one, other)
    assert answering(copies, [one, other]) == {}
    catalog.close()


def test_earliest_and_then_fullest_answers(tmp_path):
    """Which copy answers is the first that was published, of one day the one that says most."""
    early = article("early", story(1)[:20], source="A", date=dt.date(2025, 3, 4))
    short = article("short", story(1)[:20], source="B")
    full = article("full", story(1), source="C")
    undated = article("undated", [*story(1), "More."], source="D", date=None)
    catalog, copies = found_by(tmp_path, early, short, full, undated)
    assert set(answering(copies, [early, short, full, undated]).values()) == {"early"}
    catalog.remove([early.info.id])
    assert set(answering(copies, [short, full, undated]).values()) == {"full"}
    catalog.close()


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(7)), st.integers(1, 6))
def test_clusters_do_not_depend_on_the_order_of_indexing(tmp_path_factory, order, batch):
    """The same articles make the same clusters, in whatever order and portions they come."""
    texts = [
        story(1),
        story(1)[:20],
        changed_words(story(1), 0.08),
        story(2),
        story(2)[5:],
        story(3),
        story(1, 12) + story(2, 12),
    ]
    articles = [article(f"n{i}", text, source=f"S{i}") for i, text in enumerate(texts)]
    straight = new_catalog(tmp_path_factory.mktemp("a") / "c.sqlite3")
    straight.put(articles)
    expected = Copies(straight)
    expected.catch_up(lambda _: None)
    catalog = new_catalog(tmp_path_factory.mktemp("b") / "c.sqlite3")
    copies = Copies(catalog)
    for start in range(0, len(order), batch):
        catalog.put(articles[i] for i in order[start : start + batch])
        copies.catch_up(lambda _: None)
    assert answering(copies, articles) == answering(expected, articles)
    assert {answering(copies, articles)[n] for n in ("n0", "n1")} in ({"n0"}, {"n2"})
    straight.close()
    catalog.close()


def test_stop_between_batches_is_made_up(tmp_path, monkeypatch):
    """What was not compared when indexing stopped is compared the next time."""
    monkeypatch.setattr("index.copies._AT_ONCE", 1)
    articles = [article(n, story(1), source=n) for n in ("one", "two", "three")]
    catalog = new_catalog(tmp_path / "c.sqlite3")
    catalog.put(articles)
    copies = Copies(catalog)

    def stop(progress):
        if progress.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copies.catch_up(stop)
    copies.catch_up(lambda _: None)
    assert len(answering(copies, articles)) == 3
    catalog.close()


def test_changed_article_leaves_its_cluster(tmp_path):
    """A copy that became another story is no copy any more; as it was, it is one again."""
    one, two = article("one", story(1), source="A"), article("two", story(1), source="B")
    catalog, copies = found_by(tmp_path, one, two)
    for sentences, expected in ((story(5), {}), (story(1), {"one": "one", "two": "one"})):
        catalog.put([article("two", sentences, source="B")])
        copies.catch_up(lambda _: None)
        names = answering(copies, [one, two])
        assert set(names) == set(expected)
    catalog.close()


def test_unchanged_articles_are_not_compared_again(tmp_path):
    """Indexing again costs no comparison."""
    one, two = article("one", story(1), source="A"), article("two", story(1), source="B")
    catalog, copies = found_by(tmp_path, one, two)
    catalog.put([one, two])
    told = []
    copies.catch_up(told.append)
    assert told == []
    catalog.close()


def test_chain_of_edits_is_no_cluster():
    """What is like the next but not like the first does not hide behind the first."""
    infos = {n: (ArticleInfo(url=n, date=DAY.replace(day=i + 1)), 10) for i, n in enumerate("abc")}
    found = clusters(infos, {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}})
    assert found == {"a": "a", "b": "a"}


@pytest.fixture
def wired(tmp_path):
    """A report in three outlets, one of which adds a paragraph, and another report."""
    first = "The ferry Maribel ran aground off Corran Point with twelve passengers on board."
    extra = "A baker from Lessing said she had warned the council about the rocks in January."
    articles = [
        article("wire", [first, *story(1)], source="Wire", date=dt.date(2025, 3, 4)),
        article("desk", [first, *story(1)], source="Desk", title="Ferry drama"),
        article("paper", [*story(1), extra], source="Paper", title="Night on the rocks"),
        article("other", ["The ferry Anna sailed for Corran on time.", *story(9)], source="Other"),
    ]
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(*articles)
        yield library


def test_copies_are_one_hit_that_names_them(wired):
    """The same words are found once; who else carries them is named."""
    hits = wired.search("Maribel ran aground off Corran Point passengers")
    assert name_of(hits[0].passage.article) == "wire"
    assert [name_of(info) for info in hits[0].copies] == ["desk", "paper"]
    assert not any(name_of(hit.passage.article) == "desk" for hit in hits)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_what_only_one_copy_says_is_found(wired):
    """A paragraph that one desk added is not lost behind the wire."""
    hits = wired.search("baker from Lessing warned the council about the rocks")
    assert "warned the council" in hits[0].passage.text
    assert name_of(hits[0].passage.article) == "paper"


def test_filters_come_before_folding(wired):
    """Whoever asks for one outlet gets that outlet's copy, and no copy is later than the bound."""
    query = "Maribel ran aground"
    hits = wired.search(query, filters=Filters(sources=("desk",)))
    assert {name_of(hit.passage.article) for hit in hits} == {"desk"}
    hits = wired.search(query, filters=Filters(until=dt.date(2025, 3, 4)))
    assert name_of(hits[0].passage.article) == "wire"
    assert hits[0].copies == ()


def test_answer_names_copies_as_copies(wired):
    """An answer cites one article and says who else carries it, in text and in JSON."""
    with Assistant(wired) as assistant:
        answer = assistant.ask("Which ferry ran aground off Corran Point?", as_of="2025-04-01")
        (citation,) = (c for c in answer.citations if "Maribel" in c.quote)
        assert [name_of(info) for info in citation.copies] == ["desk", "paper"]
        assert "also carried by: Desk" in sources_text(answer.citations)
        form = answer_to_json(answer)
        assert [c["source"] for c in form["citations"][0]["copies"]] == ["Desk", "Paper"]
        assert parse_answer(json.dumps(form)) == answer


def test_status_and_article_tell_of_copies(wired):
    """What is a copy is counted, and an article names its copies."""
    assert wired.status().copies == 2
    wire = wired.article("https://wire.example/1").info
    assert {name_of(info) for info in wired.copies(wire.id)} == {"desk", "paper"}
    wired.remove("https://desk.example/1")
    assert {name_of(info) for info in wired.copies(wire.id)} == {"paper"}
    other = wired.article("https://other.example/1").info
    assert wired.copies(other.id) == ()


def test_date_that_is_corrected_parts_copies(wired):
    """A new version with a date of another month is compared anew."""
    paper = wired.article("https://paper.example/1")
    wired.add(Article(replace(paper.info, date=dt.date(2025, 8, 1)), paper.text))
    assert wired.status().copies == 1
