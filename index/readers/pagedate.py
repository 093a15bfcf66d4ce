"""The publication date that a web page states about itself.

Programs that look for dates in pages read them off copyright lines and addresses, too, or take
sides on 03/04/2025. Here only what a page marks as its date counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from index.readers.dates import parse_date

__all__ = ["page_date"]

_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "publish_date",
    "publish-date",
    "publishdate",
    "published_date",
    "publication_date",
    "pubdate",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "date",
)
_KINDS = ("article", "posting", "report", "newsletter", "review")
_NOT_THE_ARTICLE = ("nav", "aside", "footer")
_TEASERS = ("section", "li", "a")
_DEEPEST = 20  # objects in each other; the article stands near the top


def page_date(tree: Any) -> str:
    """Return the date that a page marks as that of its publication, understood or not, or "".

    Looked at, in this order, are its `meta` elements, the `datePublished` of an article in
    JSON-LD, elements with the property `datePublished`, and the `time` elements of its article,
    or else those in front of it, if all of them name one and the same day.

    Args:
        tree: The page as an lxml element.
    """
    unread = ""
    for candidates in (_meta(tree), _linked_data(tree), _marked(tree)):
        for text in candidates:
            if parse_date(text):
                return text
            unread = unread or text.strip()
    article = _article(tree)
    texts = list(_times(article, tree)) if article is not None else []
    days = {parse_date(text): text for text in texts or _times(tree, article)}
    return next(iter(days.values())) if len(days) == 1 and None not in days else unread


def _meta(tree: Any) -> Iterator[str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute, "").strip().lower()
            found.setdefault(name, element.get("content", ""))
    return (found[name] for name in _META if name in found)


def _linked_data(tree: Any) -> Iterator[str]:
    for element in tree.iter("script"):
        if element.get("type", "").strip().lower() != "application/ld+json":
            continue
        try:
            value = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _published(value)


def _published(value: Any, depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _published(item, depth + 1)
    elif isinstance(value, dict):
        kind = str(value.get("@type", "")).lower()
        stated = value.get("datePublished")
        if isinstance(stated, str) and any(name in kind for name in _KINDS):
            yield stated
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _published(value.get(name), depth + 1)


def _marked(tree: Any) -> Iterator[str]:
    for element in tree.iter("time", "span", "div", "p", "abbr"):
        if element.get("itemprop", "").lower() == "datepublished" or (
            element.tag == "time" and element.get("pubdate") is not None
        ):
            yield element.get("datetime") or element.get("content") or element.text or ""


def _article(tree: Any) -> Any:
    """The `article` around the headline, or the only one; else the `main` around the headline."""
    headline = next(tree.iter("h1"), None)
    if headline is None:
        return _only(tree, "article")
    around = next(headline.iterancestors("article"), None)
    if around is None:
        around = _only(tree, "article", *_TEASERS)
    return next(headline.iterancestors("main"), None) if around is None else around


def _only(tree: Any, *tags: str) -> Any:
    """The only `article` that is not within foreign elements of these tags."""
    articles = [e for e in tree.iter("article") if not _is_foreign(e.iterancestors(), *tags)]
    return articles[0] if len(articles) == 1 else None


def _times(root: Any, end: Any) -> Iterator[str]:
    """The times in an element, up to another one, without those of teasers and of what is around.

    Sections within an article are its own; those of a page, or of its main part, are others'
    unless the headline stands in them.
    """
    for element in root.iter():
        if element is end:
            return
        if element.tag != "time":
            continue
        above = takewhile(lambda e: e is not root, element.iterancestors())
        if not _is_foreign(above, "article", *(() if root.tag == "article" else _TEASERS)):
            yield element.get("datetime") or element.text_content()


def _is_foreign(above: Iterable[Any], *tags: str) -> bool:
    """Whether one of some elements is of these, without the headline, or is never the article's."""
    return any(
        e.tag in _NOT_THE_ARTICLE or (e.tag in tags and next(e.iter("h1"), None) is None)
        for e in above
    )
