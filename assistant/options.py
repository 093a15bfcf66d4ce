"""The options of the command line, and how they are collected wherever they stand.

`dateline --library X ask …` and `dateline ask --library X …` mean the same; what stands later wins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

__all__ = [
    "as_json",
    "asking",
    "collected",
    "common",
    "embedding",
    "fetching",
    "filters",
    "models",
    "names",
    "spending",
    "version_option",
]


def collected(context: click.Context) -> dict[str, Any]:
    """The options given so far, by name."""
    options: dict[str, Any] = context.ensure_object(dict)
    return options


def _collect(context: click.Context, parameter: click.Parameter, value: object) -> None:
    if value is not None and value != () and parameter.name is not None:
        collected(context)[parameter.name] = value


def names(what: str) -> Callable[..., list[CompletionItem[str]]]:
    """What a shell completes an option or argument with; see `assistant.completions.offered`."""

    def offer(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        from assistant.completions import offered  # noqa: PLC0415 - `--help` does without

        return offered(what, collected(context), typed)

    return offer


def _option(*spelled: str, **rest: Any) -> Callable[..., Any]:
    """An option that is collected instead of being handed to the command."""
    return click.option(*spelled, expose_value=False, callback=_collect, **rest)


def _switch(name: str, text: str) -> Callable[..., Any]:
    return _option(name, is_flag=True, default=None, help=text)


def _stack(*options: Callable[..., Any]) -> Callable[..., Any]:
    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


common = _stack(
    _option(
        "--library",
        metavar="DIR|URL",
        shell_complete=names("dir"),
        help="The library: a folder, or a name on a server.",
    ),
    _switch("--quiet", "Leave out progress, hints and figures."),
    _switch("--debug", "Show where an error came from."),
)

embedding = _stack(
    _option("--embedder", metavar="NAME", help="“local”, or a model's name at the endpoint."),
    _option("--embedder-base-url", metavar="URL", help="The endpoint of the embedder."),
)

spending = _stack(
    _option("--max-cost", metavar="DOLLARS", help="Stop before embedding costs more than this."),
)

fetching = _stack(
    _switch("--allow-private", "Fetch from this machine and network, too."),
    _switch("--ignore-robots", "Fetch what robots.txt asks programs not to."),
    _switch("--excerpts", "Take feeds as they are; fetch no pages for them."),
)

models = _stack(
    _option(
        "--model",
        metavar="NAME",
        shell_complete=names("model"),
        help="Who writes answers; without one they are quotes.",
    ),
    _option("--base-url", metavar="URL", help="The OpenAI-compatible endpoint of the model."),
    _switch("--strict", "Leave out what no source supports, after one try to mend it."),
    _switch("--judge", "Ask the model for a second verdict on each sentence."),
    _option(
        "--prompts",
        metavar="DIR",
        shell_complete=names("dir"),
        help="A folder with prompts of your own.",
    ),
    _option("--timeout", metavar="SECONDS", help="How long to wait for the endpoint's next word."),
    _option("--deadline", metavar="SECONDS", help="How long a whole reply may take."),
    _option("--context-window", metavar="TOKENS", help="How much the model takes."),
    _option("--max-tokens", metavar="TOKENS", help="How long a reply may be."),
    _switch("--no-stream", "Print the answer once it is complete."),
)

filters = _stack(
    _option("--since", metavar="DAY", help="Only articles published on this day or later."),
    _option("--until", metavar="DAY", help="Only articles published on this day or earlier."),
    _option(
        "--source",
        metavar="NAME",
        multiple=True,
        shell_complete=names("outlet"),
        help="Only this outlet; can be repeated.",
    ),
)

asking = _stack(
    filters,
    _option("--as-of", metavar="DAY", help="Ask as of this day: nothing later is used."),
    _option("--top-k", metavar="N", help="How many passages to find."),
)

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _version(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from importlib.metadata import version  # noqa: PLC0415 - slow

        click.echo(f"dateline {version('dateline')}")
        context.exit()


version_option = click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Print the version.",
)
