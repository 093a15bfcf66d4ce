"""What every command needs: settings, an open assistant, ways to print, and an end with a code."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

import click

from assistant.examples import examples_text
from assistant.options import collected
from index.errors import DatelineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.app import Assistant
    from assistant.render.layout import Style
    from assistant.settings import Settings
    from index.library import Library

__all__ = [
    "ABSTAINED",
    "Opened",
    "Program",
    "library_with",
    "open_assistant",
    "opened_with",
    "settings_of",
    "style_for",
    "typed",
    "warn",
    "write",
    "write_json",
]

# Exit codes: nothing answers; Ctrl-C.
ABSTAINED = 10
_INTERRUPTED = 130
# Longer lines are hard to read, however wide the terminal is.
_WIDEST = 100


def open_assistant(settings: Settings, **how: Any) -> Assistant:
    """The assistant that commands work with; `how` as in `Assistant.open`."""
    from assistant.app import Assistant  # noqa: PLC0415 - heavy

    def say(what: str) -> None:
        if not settings.quiet:
            warn(f"{what}\n")

    return Assistant.open(settings=settings, **{"say": say, **how})


class Program(click.Group):
    """The group of all commands; what they raise becomes a message and an exit code."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Adds a command, whose help gets its examples."""
        cmd.epilog = _kept(examples_text(name or cmd.name or ""))
        super().add_command(cmd, name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the commands, each with the whole of its first sentence."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, _summary(command)) for name, command in commands if command is not None]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Runs a command line; what was mistyped is said on one line, with what would be right."""
        try:
            result = click.Group.main(self, *args, standalone_mode=False, **extra)  # type: ignore[call-overload]
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()  # which is the help
            sys.exit(error.exit_code)
        except click.ClickException as error:
            if not standalone_mode:
                raise
            _fail_usage(error)
            sys.exit(error.exit_code)
        except click.Abort:
            if not standalone_mode:
                raise
            sys.exit(_INTERRUPTED)
        if standalone_mode:
            try:
                sys.stdout.flush()  # not when Python ends, where nobody hears of a closed pipe
            except BrokenPipeError:
                _let_go_of_output()
            sys.exit(result if isinstance(result, int) else 0)
        return result

    def invoke(self, ctx: click.Context) -> Any:
        collected(ctx)  # so that what commands collect is found here when they fail
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except DatelineError as error:
            _fail(ctx, error)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            _let_go_of_output()
            raise
        except OSError as error:
            _fail(ctx, DatelineError(str(error)))
            ctx.exit(1)
        except KeyboardInterrupt:
            ctx.exit(_INTERRUPTED)


def _let_go_of_output() -> None:
    """Sends what is still to be printed nowhere, or Python complains of it when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _kept(text: str) -> str:
    """Text whose lines click leaves as they are."""
    return f"\b\n{text}" if text else ""


def _summary(command: click.Command) -> str:
    """The first sentence of a command's help."""
    first = (command.help or "").partition("\n\n")[0]
    return " ".join(first.split()).partition(". ")[0].rstrip(".")


def _fail_usage(error: click.ClickException) -> None:
    """What click has to say, in this program's words."""
    message = error.format_message().rstrip(".")
    message, _, hint = message.partition(". Did you mean ")
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "dateline"
    help_ = f"`{command} --help` lists what there is"
    if hint:
        help_ = f"did you mean {hint.rstrip('?')}?"
    from assistant.render.messages import error_text  # noqa: PLC0415 - `--help` does without

    warn(error_text(UsageError(message[:1].lower() + message[1:], help=help_)))


def _fail(context: click.Context, error: DatelineError) -> None:
    from assistant.render.messages import error_text  # noqa: PLC0415 - `--help` does without

    if collected(context).get("debug"):
        import traceback  # noqa: PLC0415 - only errors need it

        traceback.print_exc(file=sys.stderr)
    warn(error_text(error))


def write(text: str) -> None:
    """Prints what was asked for, at once."""
    if text:
        sys.stdout.write(text)
        sys.stdout.flush()


def warn(text: str) -> None:
    """Prints what is not part of an answer."""
    if text:
        sys.stderr.write(text)
        sys.stderr.flush()


def write_json(form: dict[str, Any]) -> None:
    """Prints one JSON object."""
    from assistant.jsonform import dumps  # noqa: PLC0415 - `--help` does without

    write(dumps(form) + "\n")


def settings_of(context: click.Context) -> Settings:
    """The settings with the options that were typed."""
    from assistant.settings import load  # noqa: PLC0415 - `--help` does without

    flags = {name: value for name, value in collected(context).items() if name != "debug"}
    return load(flags)


def style_for(settings: Settings, stream: TextIO, *, quotes: bool = False) -> Style:
    """Wrapped and coloured on a terminal, plain lines elsewhere."""
    from assistant.render.layout import Style  # noqa: PLC0415 - `--help` does without

    if not stream.isatty():
        return Style(quotes=quotes)
    import shutil  # noqa: PLC0415 - only terminals need it

    # The last column stays empty: what stands there moves the cursor in ways that differ.
    width = min(shutil.get_terminal_size().columns - 1, settings.width or _WIDEST)
    terminal = settings.terminal
    return Style(width, terminal.depth, quotes, terminal.links)


@dataclass(frozen=True, slots=True)
class Opened:
    """An assistant and how to print for the command that opened it."""

    assistant: Assistant
    settings: Settings
    style: Style


@contextmanager
def opened_with(
    context: click.Context, *, asks: bool = False, once: bool = False, **how: Any
) -> Iterator[Opened]:
    """The assistant that the options describe, without a model unless `how` says otherwise.

    Of a command that asks at once, the vectors are loaded while the rest of the program still is.

    Args:
        context: Of the command.
        asks: Whether it asks at once.
        once: Whether it asks once and no more.
        how: As in `Assistant.open`.
    """
    settings = settings_of(context)
    if asks:
        how["library"] = _begun(settings, once=once)
    with open_assistant(settings, **{"create": False, "model": "", **how}) as assistant:
        style = style_for(settings, sys.stdout, quotes=not assistant.model_name)
        yield Opened(assistant, settings, style)


def _begun(settings: Settings, *, once: bool) -> Library:
    """The library, whose vectors are being loaded in the background, where they are to be."""
    import numpy as np  # noqa: F401, PLC0415 - both threads need it at once

    from index.library import Library  # noqa: PLC0415 - `--help` does without

    token = settings.token_for(settings.library)
    library = Library(settings.library, create=False, token=token, once=once)

    def load() -> None:
        with suppress(DatelineError):  # the search meets it too, and says it
            library.warm_up_vectors()

    threading.Thread(target=load, daemon=True).start()
    return library


@contextmanager
def library_with(context: click.Context) -> Iterator[tuple[Library, Settings, Style]]:
    """The library for commands that only look: they need no model, no embedder and no key."""
    from index.library import Library  # noqa: PLC0415 - `--help` does without

    settings = settings_of(context)
    with Library(settings.library, token=settings.token_for(settings.library)) as library:
        yield library, settings, style_for(settings, sys.stdout)


def typed(words: tuple[str, ...], command: str) -> str:
    """The words given, or standard input.

    Raises:
        UsageError: When there are none and somebody sits at the terminal.
    """
    if words and words != ("-",):
        return " ".join(words)
    if not words and sys.stdin.isatty():
        raise UsageError(
            f"there is nothing to {command}", help=f'write it behind: dateline {command} "…"'
        )
    return sys.stdin.read()
