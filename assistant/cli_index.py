"""The command `index`: once, from standard input, or for as long as something changes."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.options import as_json, common, embedding, fetching, version_option
from assistant.program import opened_with, warn, write, write_json
from index.errors import DatelineError, LibraryLocked, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.program import Opened
    from assistant.watching import Round
    from index.endpoint import Endpoint
    from index.intake import Item
    from index.types import Progress, Report

__all__ = ["index"]

# The forms that standard input may be said to have; the names are those of their endings.
_FORMS = ("text", "md", "jsonl", "csv", "html", "eml", "mbox", "pdf", "docx", "epub", "zip")
# Seconds that a round of watching waits for another writer.
_PATIENCE = 60.0


@click.command()
@common
@embedding
@fetching
@as_json
@version_option
@click.option("--sync", is_flag=True, help="Remove articles that are no longer at PATH.")
@click.option("--yes", is_flag=True, help="Embed at an endpoint without asking about the cost.")
@click.option("--ignore", metavar="PATTERN", multiple=True, help="Leave out, as in a .gitignore.")
@click.option("--form", type=click.Choice(_FORMS), help="What standard input is.")
@click.option("--name", metavar="NAME", default="", help="What standard input is known by.")
@click.option("--watch", is_flag=True, help="Go on, and index whatever changes.")
@click.option(
    "--every",
    metavar="MINUTES",
    type=click.FloatRange(min=0, min_open=True),
    default=15.0,
    help="How often to look at addresses while watching (15).",
)
@click.argument("paths", metavar="PATH|URL|-...", nargs=-1, required=True)
@click.pass_context
def index(
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    as_json: bool,
    sync: bool,
    yes: bool,
    ignore: tuple[str, ...],
    form: str | None,
    name: str,
    watch: bool,
    every: float,
) -> None:
    """Index files, folders, web pages and feeds; what has not changed is passed over.

    “-” is standard input. Files named .datelineignore say what to leave out of their folders. The
    exit code is 1 when something was skipped.
    """
    if watch and "-" in paths:
        raise UsageError("standard input cannot be watched", help="name files, folders, addresses")
    items = _items(paths, form, name)
    with opened_with(ctx, create=True) as opened:
        how = {"sync": sync, "web": opened.settings.web(), "ignore": ignore}
        report = _once(opened, items, yes=yes, as_json=as_json, **how)
        if watch:
            _watch(opened, paths, every, sync=sync, ignore=ignore)
    if report.skipped:
        ctx.exit(1)


def _items(paths: Sequence[str], form: str | None, name: str) -> list[Item]:
    """The paths, with what comes from standard input in the place of `-`."""
    if "-" not in paths:
        if form or name:
            raise UsageError(
                "--form and --name are for standard input", help="name it “-”, and pipe into it"
            )
        return list(paths)
    from index.readers.stream import FORMS, Stream  # noqa: PLC0415 - `--help` does without

    if sys.stdin.isatty():
        raise UsageError("nothing is piped in", help="cat story.txt | dateline index -")
    stream = Stream.of(sys.stdin.buffer, name, FORMS[form] if form else None)
    return [stream if path == "-" else path for path in paths]


def _once(opened: Opened, items: Sequence[Item], *, yes: bool, as_json: bool, **how: Any) -> Report:
    library = opened.assistant.library
    line, listener = _progress(opened)
    report: Report | None = None
    try:
        report = library.add(*items, embed=False, listener=listener, **how)
        if not yes:
            line()
            _ask_about_cost(opened)
        report = replace(report, embedded=library.embed(listener=listener))
    except KeyboardInterrupt:
        line()
        warn("stopped; the same command carries on\n")
        raise
    finally:
        line()
        if report is not None:
            _print_report(report, as_json=as_json)
    return report


def _progress(opened: Opened) -> tuple[Callable[[], None], Callable[[Progress], None]]:
    """What ends the line of progress, and what shows it."""
    from assistant.progress import ProgressLine  # noqa: PLC0415 - `--help` does without

    line = ProgressLine(sys.stderr, live=sys.stderr.isatty())
    return line.end, (lambda _: None) if opened.settings.quiet else line


def _print_report(report: Report, *, as_json: bool) -> None:
    from assistant.jsonform import report_to_json  # noqa: PLC0415 - `--help` does without
    from assistant.render.library import report_text  # noqa: PLC0415 - likewise

    if as_json:
        write_json(report_to_json(report))
    else:
        write(report_text(report))


def _ask_about_cost(opened: Opened) -> None:
    """Says what embedding at an endpoint on another machine will send, and asks before it does.

    Raises:
        UsageError: When nobody is there to ask, or the answer is no; the articles stay searchable
            by their words.
    """
    from assistant.cost import estimate  # noqa: PLC0415 - `--help` does without

    library = opened.assistant.library
    endpoint: Endpoint | None = getattr(library.embedder, "endpoint", None)
    pending = library.pending()
    if endpoint is None or endpoint.local or not pending.passages:
        return
    name = library.embedder.name
    question = f"embedding with {name} at {endpoint.label} will send {estimate(pending, name)}"
    if sys.stdin.isatty() and click.confirm(f"{question}. Go on?", err=True):
        return
    raise UsageError(
        question,
        help="add --yes to agree; until then the articles are searchable by their words",
    )


def _watch(
    opened: Opened, paths: Sequence[str], every: float, *, sync: bool, ignore: Sequence[str]
) -> None:
    """Indexes whatever changes until it is interrupted; no failure of one file ends it."""
    from assistant.watching import Round, rounds  # noqa: PLC0415 - only watching needs it

    again = [Round()]
    if not opened.settings.quiet:
        warn("watching; Ctrl-C ends it\n")
    try:
        for what in rounds(paths, ignore, every, lambda: again[0]):
            again[0] = _round(opened, what, sync=sync, ignore=ignore)
    except KeyboardInterrupt:
        held = opened.assistant.library.status()
        warn(f"stopped; the library holds {held.articles:,} articles\n")
        raise


def _round(opened: Opened, what: Round, *, sync: bool, ignore: Sequence[str]) -> Round:
    """Indexes what has changed; returns what has to be tried again."""
    from assistant.render.library import round_text  # noqa: PLC0415 - `--help` does without
    from assistant.watching import Round  # noqa: PLC0415 - only watching needs it

    library = opened.assistant.library
    there = tuple(path for path in what.changed if "://" in path or Path(path).exists())
    try:
        removed = library.remove_read_from(*what.gone, wait=_PATIENCE) if sync and what.gone else 0
        # Beside its own articles a file is no source of others: nothing else is removed.
        how: dict[str, Any] = {"sync": sync, "ignore": ignore, "web": opened.settings.web()}
        report = library.add(*there, wait=_PATIENCE, **how)
    except LibraryLocked as error:
        warn(f"{error.message}; trying again\n")
        return what
    except (DatelineError, OSError) as error:
        warn(f"{getattr(error, 'message', error)}\n")
        return Round()
    report = replace(report, removed=report.removed + removed)
    if report != type(report)(unchanged=report.unchanged, ignored=report.ignored):
        write(round_text(report, time.strftime("%H:%M:%S")))
    return Round()
