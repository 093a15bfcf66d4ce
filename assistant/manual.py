"""The manual page, made from what `--help` and /help say, in the language of man(7)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import click

from assistant.examples import EXAMPLES
from assistant.repl.commands import COMMANDS, HELP

__all__ = ["EXIT_CODES", "manual_page"]

EXIT_CODES = (
    (0, "answered"),
    (1, "something failed, or was skipped"),
    (2, "usage: what was typed makes no sense"),
    (3, "not configured: no library, no key, no weights"),
    (4, "the endpoint refuses the key"),
    (5, "nothing answers at the endpoint, or the library's server"),
    (6, "the endpoint asks to slow down"),
    (7, "the endpoint took too long"),
    (8, "the model's server failed"),
    (9, "the library is damaged, locked or read-only"),
    (10, "the articles do not answer"),
    (11, "an answer that was checked again does not hold"),
    (130, "stopped by Ctrl-C"),
)
_ENVIRONMENT = (
    ("DATELINE_<OPTION>", "Any option: DATELINE_LIBRARY, DATELINE_MODEL, DATELINE_AS_OF …"),
    ("OPENAI_API_KEY", "The key for OpenAI's endpoint, or for that of OPENAI_BASE_URL."),
    ("OPENAI_BASE_URL", "The endpoint of models."),
    ("NO_COLOR", "No colours."),
    ("PAGER", "What shows long texts; less otherwise."),
    ("VISUAL, EDITOR", "What /editor starts."),
)

# Letters that older readers of man(7) take for bytes of their own.
_OTHER = re.compile(r"[^\x00-\x7f]")


def manual_page(program: click.Group, version: str, day: dt.date) -> str:
    """The manual page.

    Args:
        program: The group of all commands.
        version: The version of the program.
        day: What stands at its foot as its date.
    """
    return "\n".join(_lines(program, version, day)) + "\n"


def _lines(program: click.Group, version: str, day: dt.date) -> Iterator[str]:
    context = click.Context(program, info_name="dateline", **program.context_settings)
    first, *rest = _paragraphs(program)
    yield f'.TH DATELINE 1 "{day}" "dateline {version}"'
    yield ".SH NAME"
    yield f"dateline \\- {_roff(first[:1].lower() + first[1:].rstrip('.'))}"
    yield ".SH SYNOPSIS"
    yield "\\fBdateline\\fR [\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]"
    yield ".SH DESCRIPTION"
    for paragraph in rest:
        yield from (".PP", _roff(paragraph))
    yield from _examples("")
    yield ".SH OPTIONS"
    yield ".PP"
    yield "These, and those of a command, may stand before it or behind it."
    common = _options(program, context)
    yield from _listed(common)
    yield ".SH COMMANDS"
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        if command is not None:
            yield from _command(name, command, context, known=[option for option, _ in common])
    yield ".SH IN A CHAT"
    yield from (".PP", _roff(HELP))
    yield from _listed([(command.usage, f"{command.what}.") for command in COMMANDS])
    yield ".SH ENVIRONMENT"
    yield from _listed(_ENVIRONMENT)
    yield ".SH EXIT STATUS"
    yield from _listed([(str(code), f"{what}.") for code, what in EXIT_CODES])


def _command(
    name: str, command: click.Command, above: click.Context, known: Sequence[str]
) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=above)
    arguments = [
        parameter.make_metavar(context)
        for parameter in command.params
        if isinstance(parameter, click.Argument)
    ]
    yield f".SS dateline {_roff(' '.join([name, '[OPTIONS]', *arguments]))}"
    for paragraph in _paragraphs(command):
        yield from (".PP", _roff(paragraph))
    yield from _listed([one for one in _options(command, context) if one[0] not in known])
    yield from _examples(name)


def _paragraphs(command: click.Command) -> list[str]:
    help_ = re.sub(r"\n[ \t]+", "\n", command.help or "")
    return [" ".join(part.split()) for part in help_.split("\n\n")]


def _options(command: click.Command, context: click.Context) -> list[tuple[str, str]]:
    options = (one for one in command.get_params(context) if isinstance(one, click.Option))
    return list(filter(None, (option.get_help_record(context) for option in options)))


def _listed(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    for name, what in rows:
        yield from (".TP", f"\\fB{_roff(name)}\\fR", _roff(what))


def _examples(command: str) -> Iterator[str]:
    rows = EXAMPLES.get(command, ())
    if not rows:
        return
    yield ".PP"
    yield "Examples:"
    for what, line in rows:
        yield from ([".PP", _roff(f"{what[:1].upper()}{what[1:]}:")] if what else [])
        yield from (".RS 4", ".EX", _roff(line), ".EE", ".RE")


def _roff(text: str) -> str:
    """Text as roff reads it: its own signs escaped, no line taken for a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    text = _OTHER.sub(lambda letter: f"\\[u{ord(letter[0]):04X}]", text)
    return f"\\&{text}" if text.startswith(".") else text
