"""The command line: reads what was typed, calls the assistant, prints, and ends with a code.

Only click is imported at the top; everything else is imported by the command that needs it, so
that `dateline --help` is there at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import program
from assistant.cli_ask import ask, hint
from assistant.cli_chats import chats
from assistant.cli_doctor import doctor
from assistant.cli_eval import evaluate
from assistant.cli_index import index
from assistant.cli_shell import completion, man
from assistant.cli_show import show
from assistant.cli_timeline import timeline
from assistant.cli_verify import verify
from assistant.examples import examples_text
from assistant.options import (
    as_json,
    asking,
    collected,
    common,
    embedding,
    filters,
    models,
    names,
    version_option,
)
from assistant.program import (
    Program,
    library_with,
    opened_with,
    settings_of,
    typed,
    warn,
    write,
    write_json,
)

if TYPE_CHECKING:
    from assistant.render.layout import Style
    from index.library import Library

__all__ = ["main"]


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=f"\b\n{examples_text('')}",
)
@common
@version_option
def main() -> None:
    """Ask a collection of news articles; every sentence of an answer points at its source.

    Options may also be set as DATELINE_<OPTION> or in the configuration file; `dateline config`
    shows where that is and what is in force.
    """


@main.command()
@common
@as_json
@version_option
@click.argument(
    "references",
    metavar="ARTICLE...",
    nargs=-1,
    required=True,
    shell_complete=names("article"),
)
@click.pass_context
def remove(ctx: click.Context, references: tuple[str, ...], as_json: bool) -> None:
    """Remove articles, named by id, address, path or file name, from all searches.

    A file that holds several, or a folder, stands for all of them. What was cited of them can still
    be shown.
    """
    from assistant.jsonform import full_article_to_json  # noqa: PLC0415 - `--help` does without
    from assistant.render.articles import article_line  # noqa: PLC0415 - likewise
    from assistant.render.library import comes_back_text  # noqa: PLC0415 - likewise
    from index.files import files_there  # noqa: PLC0415 - likewise

    with library_with(ctx) as (library, _, _style):
        removed = library.remove(*references)
        if as_json:
            write_json({"removed": [full_article_to_json(info) for info in removed]})
        else:
            write("".join(f"removed {article_line(info)}" for info in removed))
        warn(comes_back_text(files_there(removed)))


@main.command()
@common
@embedding
@asking
@as_json
@version_option
@click.argument("query", nargs=-1)
@click.pass_context
def search(ctx: click.Context, query: tuple[str, ...], as_json: bool) -> None:
    """Show the passages that fit best."""
    from assistant.jsonform import search_to_json  # noqa: PLC0415 - `--help` does without
    from assistant.render.articles import hits_text  # noqa: PLC0415 - likewise
    from assistant.render.terminal import for_terminal  # noqa: PLC0415 - likewise

    text = typed(query, "search")
    with opened_with(ctx, asks=True, once=True) as opened:
        found = opened.assistant.retrieve(text)
        for warning in found.warnings:
            warn(f"note: {for_terminal(warning)}\n")
        if as_json:
            write_json(search_to_json(text, found.hits))
        elif found.hits:
            write(hits_text(found.hits, opened.style, text))
        else:
            warn("nothing was found\n")


@main.command()
@common
@models
@embedding
@asking
@as_json
@version_option
@click.option("-c", "--continue", "go_on", is_flag=True, help="Go on with the last chat.")
@click.option(
    "--resume",
    metavar="CHAT",
    shell_complete=names("chat"),
    help="Go on with a chat, by its number or title.",
)
@click.pass_context
def chat(ctx: click.Context, as_json: bool, go_on: bool, resume: str | None) -> None:
    """Ask question after question; /help lists what else can be typed.

    Chats are kept in the library; `dateline chats` lists them. With --json, every line of standard
    input is a question and gets one line of JSON, and nothing is kept.
    """
    from assistant.repl.conversation import converse, converse_in_json  # noqa: PLC0415 - heavy

    settings = settings_of(ctx)
    if as_json:
        with opened_with(ctx, model=None) as opened:
            converse_in_json(opened.assistant.chat(), sys.stdin, write)
        return
    hint(settings)
    converse(
        settings,
        lambda say: program.open_assistant(settings, create=False, model=None, say=say),
        "" if go_on and resume is None else resume,
    )


@main.command()
@common
@filters
@as_json
@version_option
@click.pass_context
def articles(ctx: click.Context, as_json: bool) -> None:
    """List the articles, newest first."""
    from assistant.jsonform import full_article_to_json  # noqa: PLC0415 - `--help` does without
    from assistant.outlets import outlets_meant  # noqa: PLC0415 - likewise
    from assistant.render.articles import article_line  # noqa: PLC0415 - likewise
    from index.types import Filters  # noqa: PLC0415 - likewise

    with library_with(ctx) as (library, settings, _):
        sources = outlets_meant(settings.source, library)
        found = library.articles(Filters(settings.since, settings.until, sources))
        if as_json:
            write_json({"articles": [full_article_to_json(info) for info in found]})
            return
        for info in found:
            sys.stdout.write(article_line(info))


@main.command()
@common
@as_json
@version_option
@click.option(
    "--plot",
    metavar="[FILE]",
    is_flag=False,
    flag_value="",
    shell_complete=names("file"),
    help="Articles over time by outlet: as text, or drawn into FILE (.png, .svg, .pdf).",
)
@click.pass_context
def status(ctx: click.Context, as_json: bool, plot: str | None) -> None:
    """Show what the library holds."""
    with library_with(ctx) as (library, _, style):
        _print_status(library, as_json=as_json)
        if plot is not None:
            _plot(library, plot, style, as_json=as_json)


def _plot(library: Library, file: str, style: Style, *, as_json: bool) -> None:
    from assistant.over_time import count_over_time  # noqa: PLC0415 - `--help` does without
    from assistant.pictures import save_over_time  # noqa: PLC0415 - likewise
    from assistant.render.over_time import over_time_text  # noqa: PLC0415 - likewise

    counted = count_over_time(library.articles())
    if file:
        save_over_time(counted, Path(file).expanduser())
        warn(f"drawn into {file}\n")
    elif not as_json:
        write("\n" + over_time_text(counted, style))


def _print_status(library: Library, *, as_json: bool, **more: dict[str, Any]) -> None:
    from assistant.jsonform import status_to_json  # noqa: PLC0415 - `--help` does without
    from assistant.render.library import status_text  # noqa: PLC0415 - likewise

    held = library.status()
    if as_json:
        write_json({**status_to_json(held), **more})
    else:
        write(status_text(held))


@main.command()
@common
@embedding
@as_json
@version_option
@click.pass_context
def repair(ctx: click.Context, as_json: bool) -> None:
    """Rebuild what is derived from the articles; nothing is embedded twice.

    With an --embedder that is not the library's, everything is embedded anew with that one. A
    damaged catalog is saved as far as it can be read; the exit code is 1 when articles are gone.
    """
    from assistant.cost import tariff_of  # noqa: PLC0415 - `--help` does without
    from assistant.progress import ProgressLine  # noqa: PLC0415 - likewise
    from assistant.salvaged import salvage_text, salvage_to_json  # noqa: PLC0415 - likewise
    from index.salvage import salvage_catalog  # noqa: PLC0415 - likewise

    salvage = salvage_catalog(Path(settings_of(ctx).library).expanduser())
    if salvage is not None:
        warn(salvage_text(salvage))
    rebind = "embedder" in collected(ctx)
    with opened_with(ctx, rebind=rebind) as opened:
        library = opened.assistant.library
        quiet = opened.settings.quiet
        line = ProgressLine(sys.stderr, live=sys.stderr.isatty(), quiet=quiet)
        try:
            # What is still to be embedded is left to `index`, which asks, where that costs money.
            paid = tariff_of(library.embedder, opened.settings)
            library.repair(embed=paid is None, listener=line)
        finally:
            line.end()
        if paid and (left := library.pending().passages):
            warn(f"{left:,} passages are still to be embedded; `index` does it, and asks first\n")
        more = {"salvage": salvage_to_json(salvage)} if salvage is not None else {}
        _print_status(opened.assistant.library, as_json=as_json, **more)
    if salvage is not None and (salvage.lost or not salvage.articles):
        ctx.exit(1)


@main.command()
@common
@models
@embedding
@asking
@as_json
@version_option
@click.argument("what", type=click.Choice(["prompts"]), required=False)
@click.pass_context
def config(ctx: click.Context, as_json: bool, what: str | None) -> None:
    """Show every option in force and where it was set, and what is known of the model.

    Keys are never shown. “config prompts” shows what models are told: each prompt with its
    version and its file.
    """
    from assistant.render.messages import (  # noqa: PLC0415 - `--help` does without
        config_text,
        prompts_text,
    )

    settings = settings_of(ctx)
    if what == "prompts":
        from assistant.jsonform import prompts_to_json  # noqa: PLC0415 - only needed here
        from assistant.templates import Prompts  # noqa: PLC0415 - likewise

        form = prompts_to_json(Prompts(settings.prompts).all())
    else:
        from assistant.chosen_model import model_facts  # noqa: PLC0415 - `--help` does without
        from assistant.settings import describe  # noqa: PLC0415 - likewise

        form = {**describe(settings), "model": model_facts(settings)}
    if as_json:
        write_json(form)
    else:
        write(prompts_text(form) if what == "prompts" else config_text(form))


main.add_command(ask)
main.add_command(chats)
main.add_command(completion)
main.add_command(doctor)
main.add_command(evaluate)
main.add_command(index)
main.add_command(man)
main.add_command(show)
main.add_command(timeline)
main.add_command(verify)
