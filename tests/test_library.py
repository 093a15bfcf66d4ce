"""The library: indexing, searching, and what happens when things go wrong."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import BAKERY, FERRY, INQUIRY, make_article
from test_lock import hold

from index.embed.fake import FakeEmbedder
from index.errors import (
    EmbedderMismatch,
    EmptyLibrary,
    LibraryLocked,
    NoLibrary,
    ReadError,
    UnknownArticle,
    UsageError,
    WeightsMissing,
)
from index.library import Library
from index.types import Article, ArticleInfo, Filters, Progress


def test_finds_passages_with_their_reasons(library):
    """A hit says what it scored by words and by meaning, and the rank that each gave it."""
    hit = library.search("Who chairs the inquiry into the Maribel?")[0]
    assert hit.passage.article.url == INQUIRY
    assert hit.ranks == {"lexical": 1, "vector": 1}
    assert hit.score == pytest.approx(sum(hit.parts.values()))
    article = library.article(hit.passage.article.id)
    assert article.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_filters_limit_both_halves(library):
    """Neither the lexical nor the vector half lets through what a filter excludes."""
    hits = library.search("Maribel ferry", filters=Filters(since=dt.date(2025, 4, 3)))
    assert {hit.passage.article.url for hit in hits} == {BAKERY}


def test_near_prefers_articles_of_that_day(library):
    """Of two articles that match alike, the one near the day asked about comes first."""
    for day in (dt.date(2025, 3, 5), dt.date(2025, 4, 2)):
        url = f"https://x.example/{day}"
        library.add(make_article(url, f"A regatta was held on {day}.", date=day))
    for day in (dt.date(2025, 3, 6), dt.date(2025, 4, 1)):
        nearest = library.search("regatta", near=day)[0].passage.article.date
        assert abs(nearest - day).days == 1


def test_indexing_again_does_nothing(library, articles):
    """Unchanged articles are neither stored nor embedded again."""
    report = library.add(*articles)
    assert (report.added, report.changed, report.unchanged, report.embedded) == (0, 0, 3, 0)


def test_changed_article_replaces_its_passages(library, articles):
    """After a change the old words are not found any more, the new ones are."""
    changed = Article(articles[2].info, "A bakery in Lessing has burned down.")
    assert library.add(changed).changed == 1
    assert "burned" in library.search("bakery burned")[0].passage.text
    assert not any("millionth" in hit.passage.text for hit in library.search("millionth loaf"))
    assert library.status().passages == library.status().vectors == 3


def test_folder_with_bad_files(tmp_path):
    """Bad files are named with the reason; the rest is indexed."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "good.txt").write_text("date 2025-01-02 It snowed.\n\nA lot.", "utf-8")
    (tmp_path / "news" / "bad.txt").write_bytes(b"\x00\x01\x02")
    (tmp_path / "news" / "empty.txt").write_bytes(b"")
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        report = library.add(tmp_path / "news")
        assert report.added == 1
        assert {s.where.rsplit("/", 1)[-1] for s in report.skipped} == {"bad.txt", "empty.txt"}
        assert next(library.articles()).date == dt.date(2025, 1, 2)


def test_sync_removes_what_vanished_from_there_and_nothing_else(tmp_path):
    """A deleted file's article goes; articles of other folders and single articles stay."""
    for name in ("one/a.txt", "one/b.txt", "other/c.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"date 2025-01-02 The report {file.stem} says so.", "utf-8")
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(tmp_path / "one", tmp_path / "other")
        (tmp_path / "one" / "a.txt").unlink()
        assert library.add(tmp_path / "one").removed == 0
        assert library.add(tmp_path / "one", sync=True).removed == 1
        found = {hit.passage.article.heading for hit in library.search("report says")}
        assert found == {"The report b says so.", "The report c says so."}
        assert library.status().vectors == 2


def test_a_row_that_comes_above_others_is_the_only_new_one(tmp_path):
    """Rows are told apart by what they are called, not by where they stand."""
    rows = ["Snow,2025-01-02,It snowed.", "Snow,2025-01-03,It snowed on.", ",,It thawed. Slowly."]
    file = tmp_path / "news.csv"
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        file.write_text("\n".join(["title,date,text", *rows]))
        assert library.add(file).added == 3
        rows[1] += " And on."
        file.write_text("\n".join(["title,date,text", "Hail,,It hailed.", *rows]))
        report = library.add(file, sync=True)
        assert (report.added, report.changed, report.unchanged, report.removed) == (1, 1, 2, 0)


def test_rows_that_were_called_by_their_lines_before(tmp_path):
    """Rows of a library made before are read once more; what they were then, sync takes out."""
    file = tmp_path / "news.csv"
    file.write_text("title,text\nSnow,It snowed in Lessing.\n")
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        before = ArticleInfo(title="Snow", path=f"{file}#2", opening="It snowed in Lessing.")
        library.add(Article(before, "It snowed in Lessing."))
        report = library.add(file)
        assert (report.added, report.embedded) == (1, 0)
        report = library.add(file, sync=True)
        assert (report.unchanged, report.removed) == (1, 1)
        assert len(library.search("snowed")) == 1


def test_sync_keeps_what_could_not_be_read(tmp_path):
    """A file that is broken today does not cost yesterday's article."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("It snowed in Lessing.", "utf-8")
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(tmp_path / "news")
        (tmp_path / "news" / "a.txt").write_bytes(b"\x00\x01")
        report = library.add(tmp_path / "news", sync=True)
        assert (report.removed, len(report.skipped)) == (0, 1)
        assert library.search("snowed")


def test_sync_keeps_a_member_of_an_archive_that_could_not_be_read(tmp_path):
    """A member that is broken today costs neither its own nor its neighbours' articles."""
    archive = tmp_path / "news.zip"

    def write(**members):
        with zipfile.ZipFile(archive, "w") as opened:
            for name, content in members.items():
                opened.writestr(f"{name}.txt", content)

    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        write(a="It snowed in Lessing.", b="It rained in Tarn.")
        assert library.add(archive).added == 2
        write(a=b"\x00\x01", b="It rained in Tarn.")
        assert library.add(archive, sync=True).removed == 0
        write(b="It rained in Tarn.")
        assert library.add(archive, sync=True).removed == 1
        assert [info.heading for info in library.articles()] == ["It rained in Tarn."]


def test_remove(library):
    """A removed article is found by neither half, and a wrong name removes nothing."""
    with pytest.raises(UnknownArticle):
        library.remove(BAKERY, "https://nowhere.example")
    assert library.search("loaf")[0].passage.article.url == BAKERY
    assert [info.url for info in library.remove(BAKERY)] == [BAKERY]
    assert BAKERY not in {hit.passage.article.url for hit in library.search("loaf bakery")}
    assert library.status().articles == 2
    assert library.article(BAKERY).text.startswith("A bakery")


def test_missing_path_is_an_error(library):
    """A mistyped path is not silently an empty one."""
    with pytest.raises(ReadError, match="nowhere"):
        library.add("nowhere/at/all")


def test_searchable_by_words_before_anything_is_embedded(tmp_path, articles):
    """Promise 7: questions work while vectors are still missing, and the answer says so."""
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(*articles, embed=False)
        found = library.retrieve("Maribel inquiry")
        assert found.hits[0].passage.article.url == INQUIRY
        assert "words only" in found.warnings[0]
        assert library.embed() == 3
        assert library.retrieve("Maribel inquiry").warnings == ()


def test_partly_embedded_says_how_much(library):
    """Promise 7: an answer says how much of the library has vectors."""
    library.add(make_article("https://x.example/1", "A new report."), embed=False)
    assert "75% of the passages have vectors" in library.retrieve("report").warnings[0]


def test_without_weights_words_still_work(library, monkeypatch):
    """A missing embedder costs the vectors, not the answer."""

    def missing(self, text):
        raise WeightsMissing("no weights", help="install them")

    monkeypatch.setattr(FakeEmbedder, "embed_query", missing)
    found = library.retrieve("Maribel inquiry")
    assert found.hits[0].passage.article.url == INQUIRY
    assert "install them" in found.warnings[0]


def test_progress_is_told_in_order(tmp_path, articles):
    """A listener sees reading, then the lexical index, then the search for copies, embedding."""
    told: list[Progress] = []
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(*articles, listener=told.append)
    assert list(dict.fromkeys(p.stage for p in told)) == [
        *("reading", "lexical", "copies", "embedding")
    ]
    assert (told[-1].done, told[-1].total) == (3, 3)


def test_stopped_while_embedding_carries_on(tmp_path, articles):
    """What was embedded before a stop is not embedded again."""
    seen: list[str] = []

    class Counting(FakeEmbedder):
        def embed_passages(self, texts):
            seen.extend(texts)
            return super().embed_passages(texts)

    def stop(progress):
        if progress.stage == "embedding":
            raise KeyboardInterrupt

    with Library(tmp_path / "library", embedder=Counting(), create=True) as library:
        with pytest.raises(KeyboardInterrupt):
            library.add(*articles, listener=stop)
        assert library.search("Maribel")
        library.embed()
        assert library.status().vectors == 3
        assert len(seen) == len(set(seen)) == 3


def test_what_was_added_last_is_embedded_first(tmp_path, articles):
    """It does not wait for what was left behind before, and can be found by its vector at once."""
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(*articles, embed=False)
        library.add(make_article("https://x.example/1", "A new report."), embed=False)
        assert library.embed(most=1) == 1
        assert library.search("new report")[0].ranks["vector"] == 1
        assert library.status().vectors == 1
        library.repair(embed=False)  # what is not embedded yet stands before it
        assert library.status().vectors == 1
        assert library.embed() == 3


@pytest.mark.parametrize("lost", ["lexical", "vectors"])
def test_lost_index_is_rebuilt(library, lost, articles):
    """Both indexes are derived: a lost folder is rebuilt, embedding nothing again."""
    library.close()
    shutil.rmtree(library.folder / lost)
    with Library(library.folder, embedder=FakeEmbedder()) as again:
        assert again.add(*articles).embedded == 0
        assert again.search("Maribel inquiry")[0].ranks == {"lexical": 1, "vector": 1}


def test_repair_rebuilds_damaged_indexes(library):
    """`repair` mends what other commands refuse to use."""
    library.close()
    (library.folder / "lexical" / "meta.json").write_text("{", encoding="utf-8")
    (library.folder / "vectors" / "chroma.sqlite3").write_bytes(b"no database" * 500)
    with Library(library.folder, embedder=FakeEmbedder()) as again:
        again.repair()
        assert again.search("Maribel inquiry")[0].ranks == {"lexical": 1, "vector": 1}


def test_no_library(tmp_path):
    """Asking of a library that does not exist says how to make one, and makes none."""
    with pytest.raises(NoLibrary) as caught:
        Library(tmp_path / "none")
    assert "dateline index" in caught.value.help
    assert not (tmp_path / "none").exists()


def test_folder_of_something_else_is_left_alone(tmp_path):
    """A library is never made in a folder that holds other files."""
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not a library"):
        Library(tmp_path, create=True)


def test_empty_library(tmp_path):
    """A library without articles says how to fill it."""
    with (
        Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library,
        pytest.raises(EmptyLibrary),
    ):
        library.search("anything")


def test_other_embedder_is_refused(library):
    """Vectors of two embedders are never mixed."""
    with pytest.raises(EmbedderMismatch) as caught:
        Library(library.folder, embedder=FakeEmbedder(dimension=32))
    assert "`dateline repair --embedder fake` embeds everything anew" in caught.value.help
    with pytest.raises(EmbedderMismatch, match="not with local"):
        library.expect("local")


def test_other_embedder_can_take_its_place(library, articles):
    """Everything is embedded anew with it, and going back embeds nothing."""
    other = FakeEmbedder(dimension=32)
    library.rebind(other)
    assert library.status().vectors == 0
    assert "searched by words only" in library.retrieve("Maribel").warnings[0]
    assert library.embed() == 3
    assert library.bound.dimension == 32
    assert library.search("Maribel inquiry")[0].ranks == {"lexical": 1, "vector": 1}
    library.rebind(FakeEmbedder())
    assert library.embed() == 0
    assert library.search("Maribel inquiry")[0].ranks == {"lexical": 1, "vector": 1}
    library.close()
    with pytest.raises(EmbedderMismatch):
        Library(library.folder, embedder=other)


def test_second_indexer_is_told_who_is_first(library, articles):
    """Two processes never write one library, and searching goes on meanwhile."""
    with hold(library.folder, "writing") as other:
        with pytest.raises(LibraryLocked, match=str(other.pid)):
            library.add(*articles)
        assert library.search("Maribel")
        other.kill()
        other.wait()


def test_moved_library_still_works(library, tmp_path):
    """A library's folder may be moved."""
    library.close()
    moved = library.folder.rename(tmp_path / "elsewhere")
    with Library(moved, embedder=FakeEmbedder()) as again:
        assert again.search("Maribel inquiry")[0].ranks == {"lexical": 1, "vector": 1}


def test_status_counts(library):
    """The status adds up."""
    status = library.status()
    assert (status.articles, status.passages, status.lexical, status.vectors) == (3, 3, 3, 3)
    assert (status.first, status.last) == (dt.date(2025, 3, 5), dt.date(2025, 4, 9))
    assert status.bytes > 0


def test_versions_of_an_article(library, articles):
    """Every text that was stored under an address is listed, also after a removal."""
    ferry = articles[0]
    assert [info.version for info in library.versions(FERRY)] == [1]
    library.add(replace(ferry, text=ferry.text + " Again."))
    library.remove(FERRY)
    assert [info.version for info in library.versions(ferry.info.id)] == [1, 2]
    assert library.is_removed(ferry.info.id)
    assert not library.is_removed(articles[1].info.id)
    with pytest.raises(UnknownArticle):
        library.versions("https://nowhere.example")


def test_a_version_that_is_not_there(library, articles):
    """The error tells a version that is missing from an article that is."""
    with pytest.raises(UnknownArticle, match="holds no version 2 of article"):
        library.article(FERRY, 2)
    with pytest.raises(UnknownArticle, match="holds no article"):
        library.article("nothing", 2)


def test_articles_without_address_do_not_overwrite_each_other(library):
    """Articles added with neither url nor path are told apart by what they hold."""
    info = ArticleInfo(title="A bench", source="The Meridian", date=dt.date(2024, 5, 2))
    first = Article(info, "A bench was painted green in Lessing.")
    second = Article(replace(info, source="The Herald"), first.text)
    third = Article(info, "A bench was painted blue in Lessing.")
    assert library.add(first, second, third).added == 3
    assert library.add(first, second, third).unchanged == 3
    paths = [one.path for one in library.articles() if one.title == "A bench"]
    assert len(set(paths)) == 3
    assert all(path.startswith("text:") for path in paths)


def test_an_article_is_named_by_what_is_known_of_it(library, articles, tmp_path):
    """Paths and articles name an article, too; anything else is a slip and not damage."""
    ferry = library.article(FERRY)
    assert library.article(ferry) == library.article(ferry.info) == ferry
    assert library.versions(ferry.info) == [ferry.info]
    file = tmp_path / "bench.txt"
    file.write_text("A bench was painted green in Lessing.")
    library.add(file)
    assert library.article(file).info.path == str(file)
    assert [info.path for info in library.remove(file)] == [str(file)]
    with pytest.raises(TypeError, match="and not by int"):
        library.article(7)
    with pytest.raises(sqlite3.Error, match="binding"):
        library._catalog.find(object())


def _versions(library):
    return {info.title: info.version for info in library.articles()}


@pytest.mark.parametrize("newer", ["a", "b"])
def test_of_two_files_with_one_address_the_newer_stays(tmp_path, newer):
    """Indexing a folder again that has not changed makes no version, whatever is read last."""
    (tmp_path / "news").mkdir()
    for name in "ab":
        day = 3 if name == newer else 2
        (tmp_path / "news" / f"{name}.txt").write_text(
            f"title: {name}\ndate: 2025-01-0{day}\nurl: https://x.example/1\n\nSnow {name}.",
            "utf-8",
        )
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        first = library.add(tmp_path / "news")
        assert (first.added, first.changed) == (1, 0)
        for report in (first, library.add(tmp_path / "news"), library.add(tmp_path / "news")):
            (skipped,) = report.skipped
            assert not skipped.where.endswith(f"{newer}.txt")
            assert f"{newer}.txt, which is newer" in skipped.reason
        assert (report.added, report.changed, report.unchanged) == (0, 0, 1)
        assert _versions(library) == {newer: 1}


def test_lines_with_one_id_that_are_stored_apart(tmp_path, monkeypatch):
    """A later line that is newer is stored though the first is already, and only once."""
    monkeypatch.setattr("index.library._ARTICLES_AT_ONCE", 1)
    lines = tmp_path / "news.csv"
    lines.write_text(
        "id,title,date,text\n1,Snow,2025-01-02,It snowed.\n1,Rain,2025-01-03,It rained.\n"
        "1,Hail,2025-01-03,It hailed.\n"
    )
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(lines)
        assert _versions(library) == {"Rain": 2}
        report = library.add(lines)
        assert (report.added, report.changed, report.unchanged) == (0, 0, 1)
        assert {skipped.reason for skipped in report.skipped} == {
            "the id of “Snow” is that of “Rain” in it, which is newer",
            "the id of “Hail” is that of “Rain” in it, which was read first",
        }
        assert _versions(library) == {"Rain": 2}


def test_an_older_article_alone_is_stored(tmp_path):
    """A date that is corrected to an earlier one is a change where nothing else has the id."""
    file = tmp_path / "a.txt"
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        for day, count in ((3, "added"), (2, "changed")):
            file.write_text(f"date: 2025-01-0{day}\n\nIt snowed.", "utf-8")
            assert getattr(library.add(file), count) == 1
        assert next(library.articles()).date == dt.date(2025, 1, 2)


def test_one_text_twice_is_no_clash(tmp_path):
    """A copy under one address is not skipped, and what it is called makes no versions."""
    lines = tmp_path / "news.csv"
    row = "https://x.example/1,{},It snowed.\n"
    lines.write_text("url,title,text\n" + row.format("Snow") + row.format("Snow at last"))
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        for _ in range(2):
            report = library.add(lines)
            assert (report.changed, report.skipped) == (0, ())
        assert _versions(library) == {"Snow": 1}


def test_sync_tells_what_it_kept(tmp_path):
    """Of a file with a line that cannot be read nothing is removed, and that is no secret."""
    lines = tmp_path / "news.csv"
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        lines.write_text("id,text\na,It snowed.\nb,It rained.\n")
        library.add(lines)
        lines.write_text("id,text\na,It snowed.\nc,\n")
        report = library.add(lines, sync=True)
        assert (report.removed, report.kept) == (0, ((str(lines), 1),))
        lines.write_text("id,text\na,It snowed.\n")
        report = library.add(lines, sync=True)
        assert (report.removed, report.kept) == (1, ())


def test_sync_does_not_take_a_missing_drive_for_an_empty_folder(tmp_path):
    """A folder without any file costs no articles; one that never had any is no mistake."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("It snowed in Lessing.", "utf-8")
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(news)
        (news / "a.txt").unlink()
        with pytest.raises(UsageError, match=r"1 article\)") as raised:
            library.add(news, sync=True)
        assert "remove" in raised.value.help
        assert library.status().articles == 1
        (tmp_path / "other").mkdir()
        assert library.add(tmp_path / "other", sync=True).removed == 0


@pytest.mark.parametrize(
    "way", ["../news", "link", "link/../news", "deep/../../news", "apart/../wire"]
)
def test_sync_of_a_folder_named_in_a_roundabout_way(tmp_path, monkeypatch, way):
    """Whatever names a folder, sync finds in it what was read from it before."""
    for folder in ("news", "here/deep", "else/wire", "else/kept"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "here" / "link").symlink_to("../news")
    (tmp_path / "here" / "apart").symlink_to("../else/kept")
    monkeypatch.chdir(tmp_path / "here")
    news = tmp_path / ("else/wire" if way == "apart/../wire" else "news")
    for name in ("a", "b", "c", "d"):
        (news / f"{name}.txt").write_text(f"It snowed in {name}.", "utf-8")
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        assert library.add(way, embed=False).added == 4
        assert all(Path(info.path).is_file() for info in library.articles())
        (news / "a.txt").unlink()
        (news / "b.txt").write_bytes(b"\x00\x01")
        report = library.add(way, embed=False, sync=True)
        assert (report.removed, report.unchanged, len(report.kept)) == (1, 2, 1)
        (news / "c.txt").unlink()
        assert library.remove_read_from(f"{way}/c.txt") == 1
        assert len(library.remove(Path(way) / "b.txt")) == 1
        for file in list(news.iterdir()):
            file.unlink()
        with pytest.raises(UsageError, match=r"1 article\)"):
            library.add(way, embed=False, sync=True)


def test_sync_keeps_what_is_below_a_folder_that_cannot_be_read(tmp_path, monkeypatch):
    """A folder that is out of reach costs no articles, and neither does one of an odd name."""
    for folder in ("deep", "front line reports"):
        (tmp_path / "news" / folder).mkdir(parents=True)
        (tmp_path / "news" / folder / "a.txt").write_text(f"It snowed in {folder}.", "utf-8")
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(tmp_path / "news", embed=False)
        (tmp_path / "news" / "front line reports" / "a.txt").write_bytes(b"\x00\x01")
        listed = os.listdir

        def refuse(path):
            if str(path).endswith("deep"):
                raise PermissionError(13, "Permission denied")
            return listed(path)

        monkeypatch.setattr(os, "listdir", refuse)
        report = library.add(tmp_path / "news", embed=False, sync=True)
        assert (report.removed, len(report.skipped), len(report.kept)) == (0, 2, 2)


def test_a_date_that_is_not_understood_is_no_secret(tmp_path):
    """What a file of any form states for a date, and is none, is told with the file."""
    news = tmp_path / "news"
    news.mkdir()
    files = {
        "a.csv": "id,date,text\nx,Spring 2024,It snowed.\ny,27.03.2024,It rained.\nz,,It hailed.\n",
        "b.jsonl": '{"date": "03/04/2024", "text": "It thawed."}\n',
        "c.md": "---\ndate: '2024'\n---\nIt dripped.\n",
        "d.txt": "title: Fog\ndate: 31.02.2024\n\nIt was foggy.\n",
        "e.txt": "title: Fog\n\ndate 03/04/2024 It was foggy there, too.\n",
        "f.txt": "title: Wind\ndate: 27/03/2024\n\nIt blew.\n",
        "g.txt": "date: the fruit of a palm\n\nIt is sweet.\n",
        "h.html": '<meta name="date" content="May 2024"><h1>Hail</h1><p>It hailed all day.</p>',
    }
    for name, text in files.items():
        (news / name).write_text(text, "utf-8")
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        report = library.add(news, embed=False)
        assert (report.added, report.skipped) == (10, ())
        assert {(Path(one.where).name, one.stated) for one in report.undated} == {
            ("a.csv#x", "Spring 2024"),
            ("b.jsonl#1", "03/04/2024"),
            ("c.md", "2024"),
            ("d.txt", "31.02.2024"),
            ("e.txt", "03/04/2024"),
            ("h.html", "May 2024"),
        }
        assert "date: 31.02.2024" in library.article(str(news / "d.txt")).text
        dated = {info.path.rpartition("/")[2] for info in library.articles() if info.date}
        assert dated == {"a.csv#y", "f.txt"}


def test_a_file_of_several_articles(tmp_path):
    """Its name stands for all when they are removed, and for none when one is to be shown."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        rows = f"https://x.example/{folder},Snow on {folder}.\n,Rain on {folder}.\n"
        (tmp_path / folder / "news.csv").write_text(f"url,text\n{rows}")
    (tmp_path / "two" / "more.csv").write_text("url,text\nhttps://x.example/3,Hail.\n,Sleet.\n")
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(tmp_path / "one", tmp_path / "two")
        with pytest.raises(UnknownArticle, match=r"one/news.csv holds 2 articles"):
            library.article(str(tmp_path / "one" / "news.csv"))
        with pytest.raises(UnknownArticle, match=r"more.csv holds 2 articles"):
            library.article("more.csv")
        with pytest.raises(UnknownArticle, match="in 2 folders"):
            library.remove("news.csv")
        assert library.article(f"{tmp_path}/two/more.csv#Sleet.").text == "Sleet."
        assert len(library.remove(str(tmp_path / "one" / "news.csv"))) == 2
        assert len(library.remove("more.csv")) == 2
        assert len(library.remove(str(tmp_path / "two"))) == 2
        with pytest.raises(UnknownArticle):
            library.remove("")
        assert library.status().articles == library.status().vectors == 0
