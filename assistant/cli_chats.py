"""The command `chats`: the chats that were kept, one of them, and what was thought of answers."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assistant.options import as_json, common, names
from assistant.program import settings_of, style_for, warn, write, write_json
from index.errors import UsageError

__all__ = ["chats"]


@click.command()
@common
@as_json
@click.option(
    "--save",
    metavar="FILE",
    shell_complete=names("file"),
    help="Write CHAT to a file that ends in .md, .html, .json or .jsonl.",
)
@click.option("--remove", is_flag=True, help="Remove CHAT with all that was said.")
@click.option("--feedback", is_flag=True, help="Show what was thought of answers instead.")
@click.argument("chat", required=False, shell_complete=names("chat"))
@click.pass_context
def chats(
    ctx: click.Context,
    chat: str | None,
    *,
    as_json: bool,
    save: str | None,
    remove: bool,
    feedback: bool,
) -> None:
    """List the chats that were kept, or show CHAT, named by its number or words of its title.

    Chats are kept with the library, or in a file of one's own where the library is on a server.
    """
    from assistant.chats.saving import chat_json, save_chat  # noqa: PLC0415 - `--help` does without
    from assistant.chats.store import ChatStore, chats_file  # noqa: PLC0415 - likewise
    from assistant.jsonform import chat_to_json, rating_to_json  # noqa: PLC0415 - likewise
    from assistant.render.as_markdown import chat_markdown  # noqa: PLC0415 - likewise
    from assistant.render.chat import chats_text, rating_text, transcript_text  # noqa: PLC0415 - likewise
    from assistant.settings import state_folder  # noqa: PLC0415 - likewise

    settings = settings_of(ctx)
    store = ChatStore(chats_file(settings.library, state_folder()))
    style = style_for(settings, sys.stdout)
    if (save or remove) and not chat:
        raise UsageError("no chat is named", help="`dateline chats` lists them with their numbers")
    if feedback:
        ratings = list(store.ratings())
        if as_json:
            write_json({"feedback": [rating_to_json(rating) for rating in ratings]})
        else:
            write("".join(rating_text(rating, style) for rating in ratings))
        return
    if not chat:
        found = store.chats()
        if as_json:
            write_json({"chats": [chat_to_json(one) for one in found]})
        else:
            write(chats_text(found, style))
            warn("" if found or settings.quiet else "no chat was kept yet\n")
        return
    info = store.find(chat)
    kept = store.load(info.number)
    turns = tuple(kept.turns.values())
    if save:
        save_chat(Path(save).expanduser(), info.title, turns)
    elif as_json:
        write(chat_json(info.title, turns))
    elif not remove:
        write(transcript_text(turns, style) if style.width else chat_markdown(info.title, turns))
    if remove:
        store.remove(info.number)
        warn(f"removed chat {info.number}\n")
