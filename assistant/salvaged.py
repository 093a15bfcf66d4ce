"""How `repair` says what it could save of a damaged catalog, and what is gone."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from assistant.render.terminal import for_terminal
from index.rows import as_date
from index.salvage import Lost, Salvage

__all__ = ["salvage_text", "salvage_to_json"]


def salvage_text(salvage: Salvage) -> str:
    """What was saved, what is gone by name, and what to do about it."""
    kept = f"; the damaged one is kept as {salvage.kept_as}" if salvage.kept_as else ""
    saved = (
        f"{salvage.articles} articles in {salvage.versions} versions and"
        f" {salvage.embeddings} embeddings"
    )
    lines = [f"the catalog was damaged: {saved} were saved in a new one{kept}"]
    if salvage.kept_as is None:
        lines = ["the catalog was gone: a new one was begun"]
    if salvage.to_embed:
        lines.append(f"the embeddings of {salvage.to_embed} passages are gone")
    if salvage.lost:
        lines.append(f"{len(salvage.lost)} articles have to be indexed again:")
        lines += [f"  {_line(lost)}" for lost in salvage.lost]
    elif not salvage.articles:
        lines.append("nothing could be saved: index again what was in the library")
    if salvage.lost_versions:
        lines.append(f"{salvage.lost_versions} versions of articles are gone")
    return "".join(f"{for_terminal(line)}\n" for line in lines)


def _line(lost: Lost) -> str:
    date = _date(lost)
    known = (lost.title, lost.url, lost.path, lost.source, date or "")
    named = " · ".join(part for part in known if part)
    kept = f" (version {lost.kept} is kept)" if lost.kept else ""
    nameless = "" if lost.title or lost.url or lost.path else f"article {lost.id}"
    return " · ".join(part for part in (nameless, named) if part) + kept


def _date(lost: Lost) -> str | None:
    """As in ISO 8601; what a damaged store says need not be a day."""
    with suppress(ValueError):
        date = as_date(lost.date)
        return date.isoformat() if date else None
    return None


def salvage_to_json(salvage: Salvage) -> dict[str, Any]:
    """The same for programs."""
    return {
        "kept_as": str(salvage.kept_as) if salvage.kept_as else None,
        "articles": salvage.articles,
        "versions": salvage.versions,
        "embeddings": salvage.embeddings,
        "to_embed": salvage.to_embed,
        "lost_versions": salvage.lost_versions,
        "lost": [
            {"id": lost.id, "title": lost.title, "url": lost.url, "path": lost.path,
                "source": lost.source,
                "date": _date(lost),
             "kept": lost.kept}
            for lost in salvage.lost
        ],
    }  # fmt: skip
