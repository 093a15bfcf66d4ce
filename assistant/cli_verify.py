"""The command `verify`: saved answers, checked again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assistant.options import as_json, common
from assistant.program import library_with, warn, write, write_json
from index.errors import ReadError

__all__ = ["verify"]

_FAILED = 11
_UNREAD = 1


@click.command()
@common
@as_json
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
)
@click.pass_context
def verify(ctx: click.Context, files: tuple[str, ...], as_json: bool) -> None:
    """Check answers that `ask --json` printed, or timelines, against the library as it is now.

    A FILE holds one answer, or one a line; “-” is standard input. The exit code is 11 when
    anything failed: a quote that is not in the cited version, an article that is unknown, removed
    or no longer says it, a verdict that claims too much. An article that changed around its quote
    is only remarked.
    """
    from assistant.jsonform import verification_to_json  # noqa: PLC0415 - `--help` does without
    from assistant.render.checks import findings_text, summary_text  # noqa: PLC0415 - likewise
    from assistant.render.messages import error_text  # noqa: PLC0415 - likewise
    from assistant.saved import split_answers  # noqa: PLC0415 - likewise
    from assistant.timeline.saved import verify_saved  # noqa: PLC0415 - likewise
    from assistant.verify import Verification  # noqa: PLC0415 - likewise

    checked: dict[str, Verification] = {}
    unread: dict[str, ReadError] = {}
    with library_with(ctx) as (library, _, style):
        for file in files:
            name = "standard input" if file == "-" else file
            data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            answers = list(split_answers(data, name))
            for text, where in answers:
                try:
                    checked[where] = verify_saved(text, where, library)
                except ReadError as error:
                    unread[where] = error
                    warn(error_text(error))
                    continue
                if not as_json:
                    several = len(files) > 1 or len(answers) > 1
                    write(findings_text(checked[where], where if several else "", style))
    failed = not all(one.verified for one in checked.values())
    if as_json:
        write_json(
            {
                "verified": not failed and not unread,
                "answers": [verification_to_json(*one) for one in checked.items()],
                "unread": [{"where": w, "reason": e.message} for w, e in unread.items()],
            }
        )
    else:
        write(summary_text(list(checked.values()), len(unread)))
    if failed or unread:
        ctx.exit(_FAILED if failed else _UNREAD)
