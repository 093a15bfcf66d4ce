"""The catalog keeps articles, versions, passages and embeddings."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace

import numpy as np
import pytest
from conftest import BAKERY, FERRY, make_article, new_catalog

from index import schema
from index.catalog import Catalog
from index.errors import LibraryDamaged, UnknownArticle
from index.rows import as_date, as_number
from index.types import Article, ArticleInfo, Filters


@pytest.fixture
def catalog(tmp_path, articles):
    made = new_catalog(tmp_path / "catalog.sqlite3")
    made.put(articles)
    yield made
    made.close()


def test_article_comes_back_as_it_was_put(catalog, articles):
    """Nothing that a reader found is lost or altered by storing it."""
    assert [catalog.article(a.info.id) for a in articles] == articles


def test_same_article_again_changes_nothing(catalog, articles):
    """Indexing again costs no new version."""
    assert catalog.put(articles) == {"unchanged": 3}
    assert catalog.article(articles[0].info.id).info.version == 1


def test_changed_article_gets_a_version_and_keeps_the_old(catalog, articles):
    """An old citation can still be shown after the article changed."""
    changed = Article(articles[0].info, articles[0].text.replace("Twelve", "Eleven"))
    assert catalog.put([changed]) == {"changed": 1}
    identity = changed.info.id
    assert catalog.article(identity).text == changed.text
    assert catalog.article(identity, version=1).text == articles[0].text
    gone, held = catalog.backlog.behind("lexical", 100)
    assert gone == []  # the first version was never in the index
    assert all(
        p.article.version == 2 for p in catalog.passages(held).values() if p.article.url == FERRY
    )


def test_changed_title_alone_is_a_change(catalog, articles):
    """A corrected headline or date is not overlooked because the text is the same."""
    retitled = Article(replace(articles[0].info, title="Ferry aground"), articles[0].text)
    assert catalog.put([retitled]) == {"changed": 1}


def test_passages_are_cut_from_the_stored_text(catalog, articles):
    """Promise 1: a passage's text is the article's text at its offsets."""
    _, numbers = catalog.backlog.behind("lexical", 100)
    passages = catalog.passages(numbers).values()
    assert {p.article.url for p in passages} == {a.info.url for a in articles}
    for passage in passages:
        text = catalog.article(passage.article.id).text
        assert text[passage.start : passage.end] == passage.text


def test_offsets_count_code_points_beyond_the_first_plane(tmp_path):
    """SQLite and Python count characters alike, emoji and combining marks included."""
    text = "🚢 Café déjà vu — e\u0301t\u0301. " + "Ein Satz über die Fähre. " * 80 + "終わりです。"
    with_emoji = make_article("https://x.example/1", text.strip())
    catalog = new_catalog(tmp_path / "c.sqlite3")
    catalog.put([with_emoji])
    _, numbers = catalog.backlog.behind("lexical", 10)
    for passage in catalog.passages(numbers).values():
        assert passage.text == with_emoji.text[passage.start : passage.end]
    catalog.close()


def test_find_by_id_prefix_url_and_path(tmp_path):
    """A person can name an article by whatever they have of it."""
    article = Article(ArticleInfo(path="/news/2025/ferry.txt"), "The ferry left.")
    catalog = new_catalog(tmp_path / "c.sqlite3")
    catalog.put([article])
    for reference in (article.info.id, article.info.id[:6], "/news/2025/ferry.txt", "ferry.txt"):
        assert catalog.find(reference) == article
    with pytest.raises(UnknownArticle, match="no article"):
        catalog.find("ferryXtxt")
    catalog.close()


def test_find_names_the_choices_when_several_fit(tmp_path):
    """An ambiguous name is not resolved by chance."""
    two = [Article(ArticleInfo(path=f"/{d}/ferry.txt"), "It left.") for d in "ab"]
    catalog = new_catalog(tmp_path / "c.sqlite3")
    catalog.put(two)
    with pytest.raises(UnknownArticle) as caught:
        catalog.find("ferry.txt")
    assert all(article.info.id in caught.value.help for article in two)
    catalog.close()


def test_filters_by_date_and_source(catalog):
    """Bounds are inclusive; outlets are compared without regard to case."""

    def urls(**filters):
        return {info.url for info in catalog.articles(Filters(**filters))}

    assert urls(since=dt.date(2025, 3, 5), until=dt.date(2025, 3, 5)) == {FERRY}
    assert urls(sources=("the harbour post",)) == {FERRY, BAKERY}
    assert urls(since=dt.date(2025, 4, 3), sources=("The Harbour Post",)) == {BAKERY}


def test_outlets_whose_names_have_other_letters(catalog):
    """SQLite has no small letters but those of ASCII; such outlets are found all the same."""
    catalog.put([make_article("https://a.example/1", "Un pain.", source="Échos du Port")])
    assert catalog.has_outlet("Échos du port")
    assert not catalog.has_outlet("Lessing")
    assert catalog.articles_by_outlet() == {
        "The Harbour Post": 2,
        "Lessing Courier": 1,
        "Échos du Port": 1,
    }


def test_undated_article_passes_only_without_bounds(tmp_path):
    """An article of unknown date is never shown as being from a period."""
    catalog = new_catalog(tmp_path / "c.sqlite3")
    catalog.put([make_article("https://x.example/1", "No date here.")])
    assert len(list(catalog.articles(Filters()))) == 1
    assert not list(catalog.articles(Filters(since=dt.date(1900, 1, 1))))
    assert not list(catalog.articles(Filters(until=dt.date(2900, 1, 1))))
    assert catalog.undated() == 1
    catalog.close()


def test_dates_survive_as_numbers():
    """Dates are compared as integers, never as text."""
    day = dt.date(2025, 3, 20)
    assert as_number(day) == 20250320
    assert as_date(as_number(day)) == day
    assert as_date(as_number(None)) is None


def test_embeddings_are_found_by_text(catalog):
    """A vector is kept per embedder and text, so that nothing is embedded twice."""
    texts = catalog.embeddings.missing("one", 100).texts
    vectors = np.eye(len(texts), 8, dtype=np.float32)
    catalog.embeddings.put("one", list(texts), vectors)
    assert not catalog.embeddings.missing("one", 100).texts
    assert catalog.embeddings.missing("another", 100).texts == texts
    _, numbers = catalog.backlog.behind("vector", 100)
    kept = catalog.embeddings.of("one", numbers)
    assert sorted(v.argmax() for v in kept.values()) == list(range(len(texts)))
    assert catalog.embeddings.of("another", numbers) == {}


def test_failed_batch_leaves_nothing_behind(catalog, articles):
    """A batch is stored whole or not at all."""

    def broken():
        yield make_article("https://x.example/1", "This one is fine.")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalog.put(broken())
    assert len(list(catalog.articles(Filters()))) == len(articles)


def test_a_file_that_is_no_catalog_is_refused(tmp_path):
    """A damaged catalog is a clear error, not a traceback from SQLite."""
    file = tmp_path / "catalog.sqlite3"
    file.write_bytes(b"not a database at all, but longer than a header of SQLite is" * 20)
    with pytest.raises(LibraryDamaged, match="cannot be used"):
        Catalog(file)


def test_a_newer_schema_is_refused(tmp_path):
    """An old Dateline does not write into a newer library."""
    file = tmp_path / "catalog.sqlite3"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(LibraryDamaged, match="schema 99"):
        Catalog(file, create=True)


def test_an_older_schema_is_upgraded_and_kept(tmp_path, articles):
    """An upgrade keeps a checked copy of what was there before, and all articles."""
    file = tmp_path / "catalog.sqlite3"
    connection = sqlite3.connect(file)
    connection.executescript(schema._FIRST + ";PRAGMA user_version=1")
    connection.close()
    old = Catalog(file)
    assert old.database.schema == 1
    old.database.upgrade()
    old.put(articles)
    assert len(list(old.articles(Filters()))) == 3
    old.close()
    assert Catalog(file).database.schema == schema.CURRENT
    kept = sqlite3.connect(tmp_path / "catalog.schema1.sqlite3")
    assert kept.execute("PRAGMA user_version").fetchone() == (1,)
    kept.close()


def test_removed_article_is_gone_but_can_be_cited(catalog, articles):
    """A removal takes an article out of lists and searches; its versions stay."""
    identity = articles[0].info.id
    assert catalog.remove([identity, identity]) == 1
    assert identity not in {info.id for info in catalog.articles(Filters())}
    assert catalog.article(identity, version=1).text == articles[0].text


def test_removed_article_comes_back_without_a_new_version(catalog, articles):
    """Putting it back embeds and stores nothing again."""
    catalog.remove([articles[0].info.id])
    assert catalog.put([articles[0]]) == {"added": 1}
    assert catalog.article(articles[0].info.id).info.version == 1
    assert catalog.counts()["passages"] == 3


def test_moved_file_is_no_change(tmp_path):
    """An article that its url identifies may lie in another file without being another version."""
    catalog = new_catalog(tmp_path / "c.sqlite3")
    for path in ("/a.jsonl", "/b.jsonl"):
        changes = catalog.put([make_article("https://x.example/1", "It snowed.", path=path)])
    assert changes == {"unchanged": 1}
    assert list(catalog.read_from("/b.jsonl").values()) == ["/b.jsonl"]
    assert catalog.read_from("/a.jsonl") == {}
    catalog.close()
