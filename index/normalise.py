"""One form for what articles say of themselves: titles, outlets and names; never their text."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import replace

from index.types import Article, ArticleInfo

__all__ = ["normalised"]

_SPACES = re.compile(r"\s+")
_ENDING = re.compile(r"\s+[|–—-]\s+(?P<outlet>[^|–—]{2,60})\Z")
_BY = re.compile(r"\A(?:by|von|par|por|di)\s*:?\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[;|]\s*|\s+(?:and|&|und|et)\s+|\s*,\s*(?:and\s+)?", re.IGNORECASE)
_MAIL = re.compile(r"\s*[<(]?\S+@\S+\.\w+[>)]?")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:correspondent|reporters?|editors?|staff|writers?|agency|agencies|newsroom|desk|bureau"
    r"|contributors?|columnist|producer|news|press|network|online|updated|published)\b",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)


def normalised(article: Article) -> Article:
    """The article with title, outlet and authors in one form.

    White space, left-over entities and Unicode's forms are made alike (NFC). A title loses the
    outlet's own name behind it. An outlet that is a host loses `www.` and capitals. Authors lose
    “By”, roles, outlets and addresses; several in one are parted; names in capitals get small
    letters.
    """
    info = article.info
    source = _source(info.source)
    changed = replace(
        info,
        title=_title(_line(info.title), source),
        source=source,
        authors=tuple(dict.fromkeys(_names(info, source))),
    )
    return article if changed == info else replace(article, info=changed)


def _line(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFC", html.unescape(text))).strip()


def _source(text: str) -> str:
    line = _line(text)
    return line.lower().removeprefix("www.") if _HOST.fullmatch(line) else line


def _title(title: str, source: str) -> str:
    """The title without the outlet's name behind it, which is said beside it anyway."""
    ending = _ENDING.search(title)
    if ending is None or not source or not _is_of(ending["outlet"], source):
        return title
    return _title(title[: ending.start()], source) or title


def _is_of(name: str, source: str) -> bool:
    """Whether a name is that of an outlet, which may be known by its host only."""
    plain, outlet = (re.sub(r"\W+|^the ", "", part.casefold()) for part in (name, source))
    host = re.sub(r"\W+", "", source.casefold().partition(".")[0]) if "." in source else outlet
    return bool(plain) and (plain in {outlet, host} or (len(host) > 2 and plain.startswith(host)))


def _names(info: ArticleInfo, source: str) -> list[str]:
    names: list[str] = []
    for printed in info.authors:
        parts = [_BY.sub("", part.strip(" .,-")) for part in _parted(printed)]
        said = [part for part in parts if part and not _is_of(part, source)]
        people = [part for part in said if not _ROLE.search(part)] or said
        for name in people:
            if names and _SUFFIX.fullmatch(name):
                names[-1] += f", {name}"
            elif name:
                names.append(name.title() if name.isupper() and " " in name else name)
    return names


def _parted(printed: str) -> list[str]:
    return _BETWEEN.split(_BY.sub("", _MAIL.sub("", _line(printed))))
