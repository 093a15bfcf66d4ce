"""From what a library holds and what indexing did to text for people; all of it is pure."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from assistant.render.terminal import counted, on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.types import Progress, Report, Skipped, Status, Undated

__all__ = [
    "comes_back_text",
    "embedded_text",
    "kept_text",
    "lost_text",
    "progress_text",
    "report_text",
    "round_text",
    "status_text",
]

# Files that are named of those skipped for one reason; `--json` names all.
_SKIPPED = 5
_LONGEST = 60  # characters of a date that was not understood
_STAGES = {
    "reading": ("reading", "articles"),
    "lexical": ("indexing words of", "passages"),
    "copies": ("looking for copies among", "articles"),
    "embedding": ("embedding", "passages"),
}


def status_text(status: Status) -> str:
    """What a library holds, a fact a line."""
    share = status.vectors / status.passages if status.passages else 1.0
    undated = f", {status.undated:,} of them without a date" if status.undated else ""
    copies = f", {status.copies:,} of them copies of others" if status.copies else ""
    period = f"{status.first} to {status.last}" if status.first and status.last else "none"
    facts = {
        "Library": on_one_line(status.path),
        "Articles": f"{status.articles:,}{undated}{copies}",
        "Published": period,
        "Passages": f"{status.passages:,}",
        "Words": f"{status.lexical:,} of them are searchable by words",
        "Vectors": f"{status.vectors:,} of them have vectors ({share:.0%})",
        "Embedder": on_one_line(status.embedder) or "none yet",
        "Size": f"{status.bytes / 1e6:,.1f} MB",
    }
    lines = [f"{name + ':':11}{fact}\n" for name, fact in facts.items()]
    if status.lexical < status.passages or status.vectors < status.passages:
        lines.append("`dateline index` on any path carries on where indexing stopped.\n")
    return "".join(lines)


def report_text(report: Report, cost: str = "", *, waiting: int = 0) -> str:
    """What indexing did, and what it skipped and why.

    Args:
        report: What it did.
        cost: What embedding cost, where it cost something.
        waiting: Passages that are still to be embedded, where the report comes before that.
    """
    embedded = (
        f"{counted(waiting, 'passages')} to embed"
        if waiting
        else f"{counted(report.embedded, 'passages')} embedded"
    )
    counts = (
        f"{counted(report.added, 'articles')} added, {report.changed:,} changed, "
        f"{report.unchanged:,} unchanged, {report.removed:,} removed, "
        f"{len(report.skipped):,} skipped; {embedded}"
    )
    counts += f" for {cost}\n" if cost else "\n"
    if report.ignored:
        counts += f"  ignored by pattern: {counted(report.ignored, 'files and folders')}\n"
    return counts + "".join((*_skipped_lines(report.skipped), *_undated_lines(report.undated)))


def embedded_text(report: Report, cost: str = "") -> str:
    """How many passages were embedded, after all else was said, and for how much."""
    return f"{counted(report.embedded, 'passages')} embedded{f' for {cost}' if cost else ''}\n"


def _skipped_lines(skipped: Sequence[Skipped]) -> Iterator[str]:
    """What was skipped and why; of what has the same reason only the first few are named."""
    reasons: dict[str, list[str]] = {}
    for item in skipped:
        reasons.setdefault(item.reason, []).append(item.where)
    for reason, places in reasons.items():
        for place in places[:_SKIPPED]:
            yield f"  skipped {on_one_line(place)}: {on_one_line(reason)}\n"
        if len(places) > _SKIPPED:
            yield f"  skipped {len(places) - _SKIPPED:,} more: {on_one_line(reason)}\n"


def _undated_lines(undated: Sequence[Undated]) -> Iterator[str]:
    """Which dates were not understood, the first few of them, and what would be."""
    for item in undated[:_SKIPPED]:
        yield f"  no date for {on_one_line(item.where)}: {_not_understood(item)}\n"
    if more := len(undated[_SKIPPED:]):
        yield f"  no date for {more:,} more, likewise\n"
    if undated:
        yield "  what is understood: 2025-03-27, 27 March 2025, 27.03.2025, 3/27/2025\n"


def _not_understood(item: Undated) -> str:
    return f"“{shorten(on_one_line(item.stated), _LONGEST, placeholder=' …')}” was not understood"


def kept_text(report: Report) -> str:
    """What `--sync` did not remove, file by file, or empty."""
    named = [
        f"note: {counted(number, 'articles')} of {on_one_line(file)} were kept, though no longer"
        " found, as something in it was skipped\n"
        for file, number in report.kept[:_SKIPPED]
    ]
    more = sum(number for _, number in report.kept[_SKIPPED:])
    if more:
        files = counted(len(report.kept) - _SKIPPED, "more files")
        named.append(f"note: likewise {counted(more, 'articles')} of {files}\n")
    return "".join(named)


def lost_text(places: Sequence[str], *, sync: bool) -> str:
    """That what is watched has gone away as a whole, and what then happens, or empty."""
    kept = "; nothing that was read from it is removed" if sync else ""
    return "".join(
        f"note: {on_one_line(place)} is gone or holds no file{kept}; when it is back, it is looked"
        " at again\n"
        for place in places
    )


def comes_back_text(files: Sequence[Path]) -> str:
    """That what was removed is indexed again with its folder, and what keeps it out, or empty."""
    if not files:
        return ""
    folder, name = on_one_line(str(files[0].parent)), on_one_line(files[0].name)
    others = f", and likewise for {counted(len(files) - 1, 'other files')}" if files[1:] else ""
    return (
        f"note: indexing {folder} again would bring this back; a line “/{name}” in"
        f" {folder}/.datelineignore keeps all of that file out{others}\n"
    )


def round_text(report: Report, clock: str) -> str:
    """One line on what a round of watching did."""
    numbers = {
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "skipped": len(report.skipped),
        "without a date": len(report.undated),
    }
    said = ", ".join(f"{number:,} {what}" for what, number in numbers.items() if number)
    named = [f"{on_one_line(s.where)}: {on_one_line(s.reason)}" for s in report.skipped[:_SKIPPED]]
    if more := len(report.skipped) - len(named):
        named.append(f"and {more:,} more")
    named += [f"{on_one_line(u.where)}: {_not_understood(u)}" for u in report.undated[:_SKIPPED]]
    if more := len(report.undated[_SKIPPED:]):
        named.append(f"and {more:,} more dates")
    which = f": {'; '.join(named)}" if named else ""
    return f"{clock} {said or 'embedded ' + counted(report.embedded, 'passages')}{which}\n"


def progress_text(progress: Progress, seconds: float) -> str:
    """One line on how far indexing is; `seconds` is how long this stage has taken."""
    doing, what = _STAGES[progress.stage]
    number = counted(progress.total or progress.done, what)
    done = f"{progress.done:,} of " if progress.total and progress.done else ""
    rest = [on_one_line(progress.note)] if progress.note else _pace(progress, seconds)
    return ", ".join((f"{doing} {done}{number}", *rest))


def _pace(progress: Progress, seconds: float) -> Iterator[str]:
    if seconds < 1 or not progress.done:
        return
    rate = progress.done / seconds
    yield f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s"
    if progress.total > progress.done:
        left = round((progress.total - progress.done) / rate)
        yield f"{_time(left)} left"


def _time(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes}:{seconds % 60:02}"
