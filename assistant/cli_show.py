"""The command `show`: an article, one of its versions, and what became of that since."""

from __future__ import annotations

import click

from assistant.options import as_json, common, names
from assistant.program import library_with, write, write_json

__all__ = ["show"]


@click.command()
@common
@as_json
@click.option(
    "--version",
    "number",
    metavar="N",
    type=click.IntRange(1, 2**31),
    help="An earlier text of it.",
)
@click.argument("article", shell_complete=names("article"))
@click.pass_context
def show(ctx: click.Context, article: str, number: int | None, as_json: bool) -> None:
    """Show an article, named by its id, address, path or file name, or by words of its title."""
    from assistant.jsonform import article_to_json, full_article_to_json  # noqa: PLC0415 - `--help` does without
    from assistant.naming import article_named  # noqa: PLC0415 - likewise
    from assistant.render.articles import article_text, copies_text  # noqa: PLC0415 - likewise
    from assistant.render.checks import history_text  # noqa: PLC0415 - likewise
    from index.sentences import split_sentences  # noqa: PLC0415 - likewise

    with library_with(ctx) as (library, _, style):
        current = article_named(library, article)
        found = library.article(current.info.id, number)
        versions, removed = library.versions(found.info.id), library.is_removed(found.info.id)
        sentences = split_sentences(found.text)
        if as_json:
            kept = {
                "versions": [info.version for info in versions],
                "removed": removed,
                "copies": [article_to_json(info) for info in library.copies(found.info.id)],
            }
            write_json(full_article_to_json(found, sentences) | kept)
            return
        history = history_text(found, current, versions, removed=removed, style=style)
        write(f"{history}\n" if history else "")
        write(article_text(found, len(sentences), style))
        carried = copies_text(library.copies(found.info.id), style)
        write(f"\n{carried}" if carried else "")
