"""From an address to articles: a page is one, a feed has many."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, urlencode, urlsplit

from index.errors import ReadError
from index.fetched import Fetched, State
from index.readers.dates import parse_date
from index.readers.forms import Form, form_of, read_form
from index.types import Article, ArticleInfo, Skipped
from index.web.feed import Entry, Feed, is_feed, read_feed
from index.web.fetch import Fetcher, Page, WebOptions

__all__ = ["Web", "without_tracking"]

_FORMS = {
    "text/html": Form.WEB_PAGE,
    "application/xhtml+xml": Form.WEB_PAGE,
    "text/plain": Form.TEXT,
    "text/markdown": Form.MARKDOWN,
    "text/csv": Form.TABLE,
    "application/pdf": Form.PDF,
    "application/epub+zip": Form.EPUB,
    "application/zip": Form.ZIP,
    "application/jsonl": Form.JSON_LINES,
    "application/x-ndjson": Form.JSON_LINES,
    "message/rfc822": Form.MAIL,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Form.DOCX,
}
_UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream"})
# Parameters by which outlets count where readers come from; the article is the same without.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|mc_[ce]id|igshid|cmpid|at_\w+|ns_\w+")
# A feed's entry with fewer characters is taken for an excerpt, whatever the feed calls it.
_EXCERPT = 500


class Web:
    """Reads addresses, each only when it has changed.

    Args:
        fetched: How pages were when they were read before.
        options: How to fetch.

    Attributes:
        unchanged: How many articles had not changed and were not read again.
        states: What has to be noted once the articles that were read are stored.
    """

    def __init__(self, fetched: Fetched, options: WebOptions | None = None) -> None:
        self.unchanged = 0
        self.states: list[State] = []
        self._fetched = fetched
        self._options = options or WebOptions()
        self._fetcher = Fetcher(self._options)

    def close(self) -> None:
        """Closes all connections."""
        self._fetcher.close()

    def read(self, address: str) -> Iterator[Article | Skipped]:
        """Yields the articles at an address, and why entries of a feed were skipped.

        Raises:
            ReadError: When the address itself cannot be read.
        """
        page = self._fetch(address)
        if page is None:
            return
        if is_feed(page.content_type, page.body):
            feed = read_feed(page.body, page.address, page.content_type, page.charset)
            failed = False
            for entry in feed.entries:
                for found in self._entry(feed, entry):
                    failed |= isinstance(found, Skipped)
                    yield found
            if failed:  # so that the next time its entries are looked at again
                self.states = [state for state in self.states if state.address != address]
            return
        yield from _articles(page)

    def _fetch(self, address: str) -> Page | None:
        """The page, or None when it has not changed."""
        known = self._fetched.state(address)
        page = self._fetcher.fetch(address, etag=known.etag, modified=known.modified)
        if page.status == 304:
            self.unchanged += 1
            return None
        if page.etag or page.modified:
            self.states.append(State(address, page.etag, page.modified))
        return page

    def _entry(self, feed: Feed, entry: Entry) -> Iterator[Article | Skipped]:
        key = f"entry {entry.link}"
        if entry.stamp and self._fetched.state(key).modified == entry.stamp:
            self.unchanged += 1
            return
        try:
            for found in self._read_entry(entry):
                yield _with_what_the_feed_says(found, feed, entry)
        except ReadError as error:
            yield Skipped(entry.link, error.message)
            return
        self.states.append(State(key, "", entry.stamp))

    def _read_entry(self, entry: Entry) -> Iterator[Article | Skipped]:
        whole = entry.whole and len(entry.html) >= _EXCERPT
        if whole or not self._options.pages:
            # A page of its own, as a reader's program would show it.
            html = f"<html><body><article>{entry.html}</article></body></html>"
            page = Page(entry.link, 200, "text/html", "utf-8", html.encode())
            yield from _articles(page, piece=True)
            return
        found = self._fetch(entry.link)
        if found is not None:
            yield from _articles(found)


def _articles(page: Page, *, piece: bool = False) -> Iterator[Article | Skipped]:
    name = PurePosixPath(urlsplit(page.address).path).name
    form = _FORMS.get(page.content_type)
    if form is None and page.content_type in _UNSAID:
        form = form_of(name) if "." in name else Form.WEB_PAGE
    if form is None:
        raise ReadError(f"not a kind of content that Dateline reads ({page.content_type})")
    address = without_tracking(page.address)
    if piece:
        yield _piece(page, address)
        return
    for found in read_form(form, io.BytesIO(_as_utf8(page, form)), where=address, address=address):
        yield _placed(found, address, page) if isinstance(found, Article) else found


def _piece(page: Page, address: str) -> Article:
    from index.readers.build import build_article  # noqa: PLC0415 - only feeds need it
    from index.readers.webpage import page_text  # noqa: PLC0415 - a parser

    title, text = page_text(page.body.decode())
    return build_article(text, path=address, title=title, url=address)


def _placed(article: Article, address: str, page: Page) -> Article:
    """The article under the address it is known by.

    A page may name its address, but only one of its own host: else a page could take the place
    of another outlet's article.
    """
    stated = article.info.url
    if "#" in article.info.path:  # one of several in a file
        return article
    own = stated and _host(stated) == _host(page.address)
    url = without_tracking(stated) if own else address
    source = article.info.source or _host(page.address)
    return replace(article, info=replace(article.info, url=url, path=address, source=source))


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def without_tracking(address: str) -> str:
    """The address without what counts visitors, and without the place in the page."""
    parts = urlsplit(address)
    kept = parse_qsl(parts.query, keep_blank_values=True)
    query = parts.query
    if any(_TRACKING.fullmatch(name.lower()) for name, _ in kept):
        query = urlencode([(n, v) for n, v in kept if not _TRACKING.fullmatch(n.lower())])
    return parts._replace(query=query, fragment="").geturl()


def _as_utf8(page: Page, form: Form) -> bytes:
    """The content in UTF-8 where the server states another encoding, which counts before all."""
    if form not in {Form.WEB_PAGE, Form.TEXT, Form.MARKDOWN, Form.TABLE} or not page.charset:
        return page.body
    try:
        return page.body.decode(page.charset).encode()
    except (LookupError, UnicodeDecodeError):
        return page.body  # the page may know better


def _with_what_the_feed_says(
    found: Article | Skipped, feed: Feed, entry: Entry
) -> Article | Skipped:
    """An article whose page leaves out title, date, author or outlet has them from the feed."""
    if isinstance(found, Skipped):
        return found
    info: ArticleInfo = found.info
    source = info.source if info.source and info.source != _host(entry.link) else feed.title
    told = replace(
        info,
        title=info.title or entry.title,
        date=info.date or parse_date(entry.date),
        source=source or info.source,
        authors=info.authors or entry.authors,
    )
    return replace(found, info=told, unread_date=found.unread_date or entry.date)
