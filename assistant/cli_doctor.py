"""The command `doctor`: what is wrong with the set-up, and how to mend it."""

from __future__ import annotations

import sys
from typing import Any

import click

from assistant.options import as_json, common, embedding, models, version_option
from assistant.program import settings_of, style_for, write, write_json

__all__ = ["doctor"]


@click.command()
@common
@models
@embedding
@as_json
@version_option
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Check the set-up, and say how to mend what is wrong with it.

    It looks at versions, settings, weights, the library, a search, the key and the endpoint of the
    model that is named, and the terminal. The exit code is that of the first thing that is wrong.
    """
    from assistant.doctor import look  # noqa: PLC0415 - heavy
    from assistant.render.findings import finding_text  # noqa: PLC0415 - likewise

    settings = settings_of(ctx)
    found = []
    for finding in look(settings):
        found.append(finding)
        if not as_json:
            write(finding_text(finding, style_for(settings, sys.stdout)))
    failed = [finding for finding in found if finding.status == "failed"]
    if as_json:
        checks: list[dict[str, Any]] = [
            {"what": one.what, "status": one.status, "said": one.said, "fix": one.fix}
            for one in found
        ]
        write_json({"sound": not failed, "checks": checks})
    if failed:
        ctx.exit(failed[0].exit_code or 1)
