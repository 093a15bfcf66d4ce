"""The commands `completion` and `man`: what a shell and a manual are told of all the others."""

from __future__ import annotations

import click

from assistant.program import write

__all__ = ["completion", "man"]


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what makes Tab complete commands, options, outlets, articles, chats and files.

    A shell reads it at its start, from its own file of settings or of completions.
    """
    from assistant.completions import script  # noqa: PLC0415 - `--help` does without

    write(script(ctx.find_root().command, shell))


@click.command()
@click.pass_context
def man(ctx: click.Context) -> None:
    """Print the manual page, made from the same text as --help."""
    import datetime as dt  # noqa: PLC0415 - `--help` does without
    from importlib.metadata import version  # noqa: PLC0415 - slow

    from assistant.manual import manual_page  # noqa: PLC0415 - `--help` does without

    program = ctx.find_root().command
    assert isinstance(program, click.Group)
    write(manual_page(program, version("dateline"), dt.datetime.now().astimezone().date()))
