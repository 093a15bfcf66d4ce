"""The publication date that a web page states about itself.

Programs that look for dates in pages read them off copyright lines and addresses, too, or take
sides on 03/04/2025. Here only what a page marks as its date counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
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
_DEEPEST = 20  # objects in each other; the article stands near the top


def page_date(tree: Any) -> str:
    """Return the date that a page marks as that of its publication, or "".

    Looked at, in this order, are its `meta` elements, the `datePublished` of an article in
    JSON-LD, elements with the property `datePublished`, and its `time` elements if all of them
    outside navigation and footers name one and the same day.

    Args:
        tree: The page as an lxml element.
    """
    for candidates in (_meta(tree), _linked_data(tree), _marked(tree)):
        for text in candidates:
            if parse_date(text):
                return text
    days = {parse_date(text): text for text in _times(tree)}
    return next(iter(days.values())) if len(days) == 1 and None not in days else ""


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


def _times(tree: Any) -> Iterator[str]:
    for element in tree.iter("time"):
        if not any(above.tag in _NOT_THE_ARTICLE for above in element.iterancestors()):
            yield element.get("datetime") or element.text_content()
