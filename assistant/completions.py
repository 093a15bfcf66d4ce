"""What a shell offers when Tab is pressed: outlets, articles, chats and models, besides files.

It is asked at every Tab and has to be quick: no network is used, and what is wrong with the
settings or the library is no reason to say a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    add_completion_class,
    get_completion_class,
)

from index.errors import DatelineError

if TYPE_CHECKING:
    from assistant.settings import Settings

__all__ = ["SHELLS", "offered", "script"]

SHELLS = ("bash", "zsh", "fish")

# Articles that are offered; more are of no use in a list.
_SHOWN = 200

Item = CompletionItem[str]


# Words with spaces: bash quotes those of what it takes for the names of files, and knows how to in
# the middle of a quotation, too.
_PLAIN = "COMPREPLY+=($value)"
_QUOTED = """[[ $value == *[[:space:]]* ]] && compopt -o filenames
            COMPREPLY+=("$value")"""


class _Bash(BashComplete):
    source_template = BashComplete.source_template.replace(_PLAIN, _QUOTED)


def script(program: Any, shell: str) -> str:
    """What a shell has to read so that it completes the command.

    Args:
        program: The group of all commands.
        shell: One of `SHELLS`.
    """
    add_completion_class(_Bash)
    made = get_completion_class(shell)
    assert made is not None
    one = made(program, {}, "dateline", "_DATELINE_COMPLETE")
    # Not `source()`, which starts bash to see how old it is.
    return one.source_template % one.source_vars()


def offered(what: str, flags: dict[str, Any], typed: str) -> list[Item]:
    """What is offered where something can be typed.

    Args:
        what: A kind of name: `article`, `chat`, `model`, `outlet`; or `dir` or `file`, which the
            shell completes itself.
        flags: The options that stand before.
        typed: How it begins.
    """
    if what in {"dir", "file"}:
        return [CompletionItem(typed, type=what)]
    from assistant.settings import load  # noqa: PLC0415 - files do without

    with suppress(DatelineError):
        settings = load({name: flags[name] for name in ("library", "model") if name in flags})
        return list(_beginning(_NAMES[what](settings, typed), typed))
    return []


def _beginning(found: Iterable[tuple[str, str]], typed: str) -> Iterator[Item]:
    lower = typed.lower()
    for text, note in found:
        if text.lower().startswith(lower):
            yield CompletionItem(text, help=" ".join(note.split()) or None)


def _outlets(settings: Settings, _: str) -> Iterator[tuple[str, str]]:
    from index.glance import glance_outlets  # noqa: PLC0415 - each reads only what it needs

    for name, texts in glance_outlets(Path(settings.library).expanduser()):
        yield name, f"{texts:,} articles"


def _articles(settings: Settings, typed: str) -> Iterable[tuple[str, str]]:
    from index.glance import glance_articles  # noqa: PLC0415 - likewise

    return glance_articles(Path(settings.library).expanduser(), typed.lower(), _SHOWN)


def _chats(settings: Settings, _: str) -> Iterator[tuple[str, str]]:
    from assistant.chats.store import ChatStore, chats_file  # noqa: PLC0415 - likewise
    from assistant.settings import state_folder  # noqa: PLC0415 - likewise

    for chat in ChatStore(chats_file(settings.library, state_folder())).chats():
        yield str(chat.number), chat.title


def _models(settings: Settings, _: str) -> Iterator[tuple[str, str]]:
    from assistant.prices import PRICED  # noqa: PLC0415 - likewise

    for name in dict.fromkeys((settings.model, *settings.prices, *PRICED)):
        yield name, ""


_NAMES: dict[str, Callable[[Settings, str], Iterable[tuple[str, str]]]] = {
    "article": _articles,
    "chat": _chats,
    "model": _models,
    "outlet": _outlets,
}
