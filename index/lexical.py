"""The lexical index: BM25 over title and body, in tantivy.

It stores numbers of passages, not their text; the catalog has that. Reading is safe from any
number of processes while one writes.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.disk import disk_full, is_full, is_writable
from index.errors import StoreDamaged
from index.panics import RustPanic, panics_as_errors
from index.rows import as_number
from index.types import Filters, Passage
from index.variants import variants

if TYPE_CHECKING:
    import tantivy

__all__ = ["PHRASE_WEIGHT", "LexicalIndex", "query_words", "stems"]

# A title's words count half: on 502 news questions of 2022, weights 0.3, 0.5 and 1 gave an article
# MRR@10 of 0.63, 0.66 and 0.68, and a passage MRR@10 of 0.68, 0.68 and 0.66.
TITLE_WEIGHT = 0.5

# Two words of the query that follow each other in a passage too count this much of their BM25 as a
# phrase; on those questions that brings words alone from 0.681 to 0.687, and 0.4 no more. Phrases
# with gaps, and of names and numbers only, do no better.
PHRASE_WEIGHT = 0.2

# Other names, spellings and numbers for what the query says count this much of their BM25. On
# those questions, which are worded like their articles, that moves 4 of 502, two up and two down;
# it is there for readers who write “UK” or “colour” where the articles do not.
VARIANT_WEIGHT = 0.3

_WRITER_BYTES = 128_000_000
_ANALYZER = "news"
# Characters of its messages that are passed on.
_SHORT = 160

# Words that say how something is asked, not what about.
_STOP_WORDS = frozenset(
    """a about after all also am an and any are as at be been before being but by can could did do
    does doing for from had has have having he her hers him his how i if in into is it its me my
    of on or our ours she should so than that the their theirs them then there these they this
    those to us was we were what when where which who whom whose why will with would you your s t
    tell according following one recent recently week""".split()
)

# Chinese and Japanese, which put no spaces between words, are indexed by pairs of characters.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def query_words(text: str) -> list[str]:
    """The words of a query that say what it is about, in order, or all of them if none does."""
    words = [word for part in _split(text) if (word := part.strip("'’"))]
    return [word for word in words if word not in _STOP_WORDS] or words


def _split(text: str) -> list[str]:
    return "".join(c if c.isalnum() or c in "'’" else " " for c in text.lower()).split()


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    import tantivy  # noqa: PLC0415 - only searching and indexing need it

    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def stems(text: str) -> list[str]:
    """The stems of all words of a text, in order, as the lexical index sees them."""
    return list(_analyzer().analyze(_spaced(text)))


def _spaced(text: str) -> str:
    """The text with Chinese and Japanese as pairs of characters; any other text as it is."""
    return text if text.isascii() else _UNSPACED.sub(_pairs, text)


def _pairs(match: re.Match[str]) -> str:
    run = match[0]
    return f" {' '.join(map(''.join, pairwise(run))) if len(run) > 1 else run} "


class LexicalIndex:
    """The tantivy folder of a library; it is made at the first change.

    Raises:
        StoreDamaged: From every method, when the folder cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: object = None
        self._lock = threading.Lock()

    @property
    def exists(self) -> bool:
        return (self._folder / "meta.json").exists()

    @cached_property
    def _schema(self) -> tantivy.Schema:
        import tantivy  # noqa: PLC0415 - see above

        return (
            tantivy.SchemaBuilder()
            .add_unsigned_field("number", stored=True, indexed=False, fast=True)
            .add_text_field("id", tokenizer_name="raw", index_option="basic")
            .add_text_field("title", tokenizer_name=_ANALYZER, index_option="position")
            .add_text_field("body", tokenizer_name=_ANALYZER, index_option="position")
            .add_integer_field("date", indexed=True, fast=True)
            .add_text_field("source", tokenizer_name="raw", index_option="basic")
            .build()
        )

    @cached_property
    def _index(self) -> tantivy.Index:
        import tantivy  # noqa: PLC0415 - see above

        folder = self._folder
        if self.exists and not is_writable(folder, *folder.glob(".*.lock")):
            folder = self._view()
        folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        index.register_tokenizer(_ANALYZER, _analyzer())
        index.config_reader("manual")
        return index

    def _view(self) -> Path:
        """A folder of links to the files: even to read, tantivy wants to lock a file of its own."""
        view = Path(tempfile.mkdtemp(prefix="dateline-"))
        weakref.finalize(self, shutil.rmtree, view, ignore_errors=True)
        for file in self._folder.absolute().iterdir():
            if file.suffix == ".lock":
                continue
            try:
                (view / file.name).symlink_to(file)
            except OSError:  # not every Windows user may make links
                shutil.copyfile(file, view / file.name)
        return view

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            with panics_as_errors():
                yield
        except (ValueError, OSError, RustPanic) as error:
            self._forget()
            if is_full(error):
                raise disk_full() from error
            raise StoreDamaged(
                f"the lexical index {self._folder} cannot be used: {_shortly(error)}",
                help="`dateline repair` rebuilds it from the catalog",
            ) from error

    def _forget(self) -> None:
        """Lets go of what is open; it may be of files that are no longer there."""
        self.__dict__.pop("_index", None)
        self._seen = None

    def clear(self) -> None:
        """Removes the folder, damaged or not, or what stands in its place."""
        self._forget()
        if self._folder.is_dir():
            shutil.rmtree(self._folder, ignore_errors=True)
        else:
            self._folder.unlink(missing_ok=True)

    def count(self) -> int:
        """How many passages it holds."""
        if not self.exists:
            return 0
        with self._translating():
            self._refresh()
            return int(self._index.searcher().num_docs)

    def apply(self, gone: Sequence[str], held: Iterable[tuple[int, Passage]]) -> None:
        """Removes passages by id and adds others, replacing those it has; one commit."""
        import tantivy  # noqa: PLC0415 - see above

        if not self.exists:
            self._forget()
        with self._translating():
            writer: Any = self._index.writer(_WRITER_BYTES, 1)
            for identity in gone:
                writer.delete_documents_by_term("id", identity)
            for number, passage in held:
                writer.delete_documents_by_term("id", passage.id)
                info = passage.article
                document = tantivy.Document()
                document.add_unsigned("number", number)
                document.add_text("id", passage.id)
                document.add_text("title", _spaced(info.title))
                document.add_text("body", _spaced(passage.text))
                document.add_integer("date", as_number(info.date))
                document.add_text("source", info.source.lower())
                writer.add_document(document)
            writer.commit()
            writer.wait_merging_threads()

    def _refresh(self) -> None:
        """Takes up what another process (or this one) has committed since the last search."""
        stat = (self._folder / "meta.json").stat()
        seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        with self._lock:
            if seen != self._seen:
                if self._seen is not None and not is_writable(self._folder):
                    self._forget()  # a view has links to what was there
                self._index.reload()
                self._seen = seen

    def search(
        self, text: str, limit: int, filters: Filters, *, phrases: float = PHRASE_WEIGHT
    ) -> list[tuple[int, float]]:
        """The passages that hold words of `text`, best first, with their BM25 scores.

        Args:
            text: A query in plain words; it has no syntax.
            limit: How many at the most.
            filters: What the articles must match.
            phrases: How much words count that follow each other in both; 0 for plain BM25.
        """
        if not self.exists:
            return []
        query = self._query(text, filters, phrases)
        if query is None:
            return []
        with self._translating():
            self._refresh()
            searcher: Any = self._index.searcher()
            found = searcher.search(query, limit, count=False).hits
            addresses = [address for _, address in found]
            numbers = searcher.fast_field_values("number", addresses)
        return [(int(n), float(score)) for n, (score, _) in zip(numbers, found, strict=True)]

    def _query(self, text: str, filters: Filters, phrases: float) -> tantivy.Query | None:
        from tantivy import Occur, Query  # noqa: PLC0415 - see above

        terms = dict.fromkeys(term for word in query_words(text) for term in stems(word))
        if not terms:
            return None
        words = []
        for term in terms:
            words.append((Occur.Should, Query.term_query(self._schema, "body", term)))
            title = Query.term_query(self._schema, "title", term)
            words.append((Occur.Should, Query.boost_query(title, TITLE_WEIGHT)))
        for pair in _neighbours(text, terms) if phrases else ():
            phrase = Query.phrase_query(self._schema, "body", list(pair))
            words.append((Occur.Should, Query.boost_query(phrase, phrases)))
        others = [stems(other) for other in variants(text)] if phrases else []
        words += [
            (Occur.Should, Query.boost_query(self._in_a_row(other), VARIANT_WEIGHT))
            for other in others
            if max(map(len, other), default=0) > 1  # single letters stand everywhere, and take long
        ]
        clauses = [(Occur.Must, Query.boolean_query(words))]
        clauses += [(Occur.Must, Query.const_score_query(q, 0.0)) for q in self._filters(filters)]
        return Query.boolean_query(clauses)

    def _in_a_row(self, terms: list[str]) -> tantivy.Query:
        from tantivy import Query  # noqa: PLC0415 - see above

        if len(terms) == 1:
            return Query.term_query(self._schema, "body", terms[0])
        return Query.phrase_query(self._schema, "body", [*terms])

    def _filters(self, filters: Filters) -> Iterable[tantivy.Query]:
        from tantivy import FieldType, Query  # noqa: PLC0415 - see above

        if filters.since or filters.until:
            lower = as_number(filters.since) or 1
            upper = as_number(filters.until) or 99_999_999
            yield Query.range_query(self._schema, "date", FieldType.Integer, lower, upper)
        if filters.sources:
            sources = [source.lower() for source in filters.sources]
            yield Query.term_set_query(self._schema, "source", sources)


def _neighbours(text: str, telling: Collection[str]) -> list[tuple[str, str]]:
    """The pairs of telling stems that follow each other in a text, each once."""
    pairs = pairwise(stems(text))
    return [p for p in dict.fromkeys(pairs) if p[0] != p[1] and {*p} <= {*telling}]


def _shortly(error: Exception) -> str:
    """The first line of what tantivy says, which may quote a whole file."""
    first = str(error).partition("\n")[0]
    return first if len(first) < _SHORT else f"{first[:_SHORT]}…"
