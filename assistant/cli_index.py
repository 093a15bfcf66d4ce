"""The command `index`: once, from standard input, or for as long as something changes."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.options import (
    as_json,
    common,
    embedding,
    fetching,
    names,
    spending,
    version_option,
)
from assistant.program import opened_with, settings_of, warn, write, write_json
from index.errors import DatelineError, LibraryLocked, SpendCeiling, UsageError
from index.types import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.program import Opened
    from assistant.progress import ProgressLine
    from assistant.watching import Round
    from index.derive import Listener
    from index.intake import Item
    from index.types import Progress

__all__ = ["index"]

# The forms that standard input may be said to have; the names are those of their endings.
_FORMS = ("text", "md", "jsonl", "csv", "html", "eml", "mbox", "pdf", "docx", "epub", "zip")
# Seconds that a round of watching waits for another writer.
_PATIENCE = 60.0


@click.command()
@common
@embedding
@fetching
@spending
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
@click.argument(
    "paths", metavar="PATH|URL|-...", nargs=-1, required=True, shell_complete=names("file")
)
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
    with _shown(ctx) as line, opened_with(ctx, create=True, say=line.say) as opened:
        run = _Run(opened, line, sync=sync, ignore=ignore)
        report = run.once(items, yes=yes, watch=watch, as_json=as_json)
        if watch:
            _watch(run, paths, every)
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


@contextmanager
def _shown(ctx: click.Context) -> Iterator[ProgressLine]:
    """The line of progress, which is ended whatever happens."""
    from assistant.progress import ProgressLine  # noqa: PLC0415 - `--help` does without

    quiet = settings_of(ctx).quiet
    line = ProgressLine(sys.stderr, live=sys.stderr.isatty(), quiet=quiet)
    try:
        yield line
    finally:
        line.end()


class _Run:
    """One run of the command: indexes, and embeds what may be embedded.

    Args:
        opened: What it works with.
        line: Where it shows how far it is.
        sync: Whether what is gone is removed.
        ignore: Patterns of what to leave out of folders.

    Raises:
        UsageError: When there is a ceiling and the price of the embedder is not known.
    """

    def __init__(
        self, opened: Opened, line: ProgressLine, *, sync: bool, ignore: Sequence[str]
    ) -> None:
        from assistant.cost import tariff_of  # noqa: PLC0415 - `--help` does without

        self.library = opened.assistant.library
        self.sync = sync
        self.ignore = ignore
        self.quiet = opened.settings.quiet
        self._line = line
        self._web = opened.settings.web()
        self._embedder = self.library.embedder
        self._tariff = tariff_of(self._embedder, opened.settings)
        self._embeds = True

    def once(self, items: Sequence[Item], *, yes: bool, watch: bool, as_json: bool) -> Report:
        """Indexes what was named, asks about the cost, embeds, and prints what was done."""
        embedded = Report()
        report: Report | None = None
        try:
            report = self.add(items, self._line)
            if not yes:
                self._ask(watch=watch)

            def listen(progress: Progress) -> None:
                nonlocal embedded
                if progress.stage == "embedding":
                    embedded = self._embedded(progress.done)
                self._line(progress)

            self.embed(listen)
        except KeyboardInterrupt:
            self._line.end()
            warn("stopped; the same command carries on\n")
            raise
        finally:
            self._line.end()
            if report is not None:
                report = replace(report, embedded=embedded.embedded, tokens=embedded.tokens)
                self._print(report, as_json=as_json)
        return report

    def add(self, items: Sequence[Item], listener: Listener, wait: float = 0) -> Report:
        """Makes articles searchable by their words."""
        how: dict[str, Any] = {"sync": self.sync, "ignore": self.ignore, "web": self._web}
        return self.library.add(*items, embed=False, listener=listener, wait=wait, **how)

    def embed(self, listener: Listener, wait: float = 0) -> int:
        """Embeds what is left to be; nothing more once the ceiling was reached.

        Raises:
            SpendCeiling: When it is reached now.
        """
        if not self._embeds:
            return 0
        try:
            ceiling = self._tariff.ceiling if self._tariff else None
            return self.library.embed(listener=listener, ceiling=ceiling, wait=wait)
        except SpendCeiling:
            self._embeds = False
            raise

    def _embedded(self, passages: int) -> Report:
        return Report(embedded=passages, tokens=self._embedder.tokens)

    def _ask(self, *, watch: bool) -> None:
        """Says what embedding elsewhere will send, and asks before it does.

        Raises:
            UsageError: When nobody is there to ask, or the answer is no; the articles stay
                searchable by their words.
        """
        pending = self.library.pending()
        if self._tariff is None or not (pending.passages or watch):
            return
        self._line.end()
        question = self._tariff.asks(pending)
        if watch:
            question += ", and later what is new"
        if sys.stdin.isatty() and click.confirm(f"{question}. Go on?", err=True):
            return
        raise UsageError(
            question,
            help="add --yes to agree; until then the articles are searchable by their words",
        )

    def _print(self, report: Report, *, as_json: bool) -> None:
        from assistant.jsonform import report_to_json  # noqa: PLC0415 - `--help` does without
        from assistant.render.library import kept_text, report_text  # noqa: PLC0415 - likewise

        if as_json:
            write_json(report_to_json(report))
        else:
            cost = self._tariff.spent(report.tokens) if self._tariff and report.tokens else ""
            write(report_text(report, cost))
        warn(kept_text(report))


def _watch(run: _Run, paths: Sequence[str], every: float) -> None:
    """Indexes whatever changes until it is interrupted; no failure of one file ends it."""
    from assistant.watching import Round, rounds  # noqa: PLC0415 - only watching needs it

    again = [Round()]
    if not run.quiet:
        warn("watching; Ctrl-C ends it\n")
    try:
        for what in rounds(paths, run.ignore, every, lambda: again[0]):
            again[0] = _round(run, what)
    except KeyboardInterrupt:
        held = run.library.status()
        warn(f"stopped; the library holds {held.articles:,} articles\n")
        raise


def _round(run: _Run, what: Round) -> Round:
    """Indexes what has changed; returns what has to be tried again."""
    from assistant.render.library import lost_text  # noqa: PLC0415 - `--help` does without
    from assistant.watching import Round  # noqa: PLC0415 - only watching needs it

    library = run.library
    warn(lost_text(what.lost, sync=run.sync))
    there = [path for path in what.changed if "://" in path or Path(path).exists()]
    gone = what.gone if run.sync else ()
    report = Report()
    try:
        removed = library.remove_read_from(*gone, wait=_PATIENCE) if gone else 0
        # Beside its own articles a file is no source of others: nothing else is removed.
        added = run.add(there, _silent, wait=_PATIENCE)
        report = replace(added, removed=added.removed + removed)
        report = replace(report, embedded=run.embed(_silent, wait=_PATIENCE))
    except LibraryLocked as error:
        warn(f"{error.message}; trying again\n")
        return replace(what, lost=())
    except (DatelineError, OSError) as error:
        warn(f"{getattr(error, 'message', error)}\n")
    _print_round(report)
    return Round()


def _print_round(report: Report) -> None:
    from assistant.render.library import kept_text, round_text  # noqa: PLC0415 - `--help` does without

    warn(kept_text(report))
    known = Report(unchanged=report.unchanged, ignored=report.ignored, kept=report.kept)
    if report != replace(known, undated=report.undated):
        write(round_text(report, time.strftime("%H:%M:%S")))


def _silent(_: Progress) -> None:
    """Rounds of watching show what they did, not how far they are."""
