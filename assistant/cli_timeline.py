"""The command `timeline`: what the articles say of a topic, day by day."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.options import as_json, asking, common, embedding, version_option
from assistant.program import ABSTAINED, opened_with, typed, warn, write, write_json

__all__ = ["timeline"]


@click.command()
@common
@embedding
@asking
@as_json
@version_option
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write a page that needs no other file.",
)
@click.argument("topic", nargs=-1)
@click.pass_context
def timeline(ctx: click.Context, topic: tuple[str, ...], html: Path | None, as_json: bool) -> None:
    """Show what the articles say of a topic, in the order in which it happened.

    Each entry is one sentence of an article, with the day that it states, or else that of its
    article. The exit code is 10 when no article is about the topic.
    """
    from assistant.render.answers import notes_text  # noqa: PLC0415 - `--help` does without
    from assistant.render.timeline import timeline_html, timeline_text  # noqa: PLC0415 - likewise
    from assistant.timeline.saved import timeline_to_json  # noqa: PLC0415 - likewise

    text = typed(topic, "make a timeline of")
    with opened_with(ctx) as opened:
        made = opened.assistant.timeline(text)
        if html is not None:
            html.write_text(timeline_html(made), "utf-8")
        if as_json:
            write_json(timeline_to_json(made))
        elif html is None:
            write(timeline_text(made, opened.style))
        else:
            warn(f"written to {html}\n")
        warn(notes_text(made.answer, opened.style, quiet=opened.settings.quiet))
    if made.answer.abstained:
        ctx.exit(ABSTAINED)
