"""What can be typed in a chat besides questions.

A command is a function of the words behind it and of what the chat knows. What it returns says what
is printed and what has to be done; nothing is done here.
"""

from __future__ import annotations

import difflib
import re
import shlex
from dataclasses import replace

from assistant.render.answers import sources_text
from assistant.render.chat import why_text
from assistant.render.layout import fitted, indented
from assistant.render.terminal import for_terminal
from assistant.repl import adjusting
from assistant.repl.actions import (
    Ask,
    Browse,
    Compose,
    Copy,
    Edit,
    Feedback,
    Index,
    Indexing,
    Leave,
    ListSessions,
    More,
    Open,
    OpenNamed,
    Page,
    Rename,
    Reset,
    Resume,
    Save,
    ShowTimeline,
    Undo,
)
from assistant.repl.command import Command, Outcome, State
from index.errors import UsageError

__all__ = ["COMMANDS", "HELP", "handle"]

_NO_ANSWER = "There is no answer yet.\n"
_NO_QUESTION = "There is no question yet.\n"
_NO_SOURCES = "There are no sources yet.\n"
# Passages that /more shows where no number is given, and at the most.
_MORE, _MOST = 5, 50
# Columns that what a command is for takes beside its name; where there are fewer it stands below.
_READABLE = 30


# What is said to a person, and what people type who look for a way on or out.
_POLITE = re.compile(
    r"(?:(?:ok(?:ay)?|great|cool|good|many|no|yes|hello|hi|hey|thanks?|thank you|very much|a lot"
    r"|there|bye|goodbye|help|more)\b[\s,.!?]*)+",
    re.IGNORECASE,
)
_NOTHING_ASKED = "Ask what the articles tell; /help lists the commands, /quit leaves.\n"


def handle(line: str, state: State) -> Outcome | None:
    """What a line asks of the chat itself; None when it is a question."""
    name, _, rest = line.strip().partition(" ")
    name, rest = name.lower(), rest.strip()
    if name in {"quit", "exit"} and not rest:
        return Outcome(action=Leave())
    if _POLITE.fullmatch(line.strip()):
        return Outcome(_NOTHING_ASKED)
    if not name.startswith("/"):
        return None
    command = _BY_NAME.get(name)
    try:
        outcome = command.run(rest, state) if command else _unknown(name)
    except UsageError as error:
        help_ = f"; {error.help}" if error.help else ""
        outcome = Outcome(for_terminal(f"{error.message[:1].upper()}{error.message[1:]}{help_}.\n"))
    if outcome.text.count("\n") != 1:
        return outcome
    return replace(outcome, text=fitted(outcome.text, state.style.width))


def _unknown(name: str) -> Outcome:
    near = difflib.get_close_matches(name, _BY_NAME, 1)
    hint = f"did you mean {near[0]}?" if near else "/help lists what there is."
    return Outcome(f"There is no command {for_terminal(name)}; {hint}\n")


# reading


def _sources(_: str, state: State) -> Outcome:
    if not state.turns:
        return Outcome(_NO_SOURCES)
    return Outcome(sources_text(state.turns[-1].answer.citations, state.style) or _NO_SOURCES)


def _open(rest: str, state: State) -> Outcome:
    words = rest.split()
    in_browser = "--browser" in words
    name = " ".join(word for word in words if word != "--browser")
    number = name.strip("[]")
    chosen = [place for place in state.places if str(place.number) == number]
    if chosen:
        return Outcome(action=Browse(chosen[0]) if in_browser else Open(chosen[0]))
    if name and not number.isdecimal():
        return Outcome(action=OpenNamed(name, in_browser))
    if not state.places:
        return Outcome(_NO_SOURCES)
    numbers = ", ".join(str(place.number) for place in state.places)
    return Outcome(f"/open takes a number ({numbers}), or words of a title.\n")


def _more(rest: str, state: State) -> Outcome:
    if not state.turns:
        return Outcome(_NO_ANSWER)
    return Outcome(action=More(adjusting.number("/more", rest, _MOST) if rest else _MORE))


def _timeline(rest: str, state: State) -> Outcome:
    topic = rest or (state.turns[-1].question.text if state.turns else "")
    if not topic:
        return Outcome("/timeline takes a topic, or is about the last question.\n")
    return Outcome(action=ShowTimeline(topic))


def _why(_: str, state: State) -> Outcome:
    if not state.turns:
        return Outcome(_NO_ANSWER)
    return Outcome(action=Page(why_text(state.turns[-1], state.style)))


def _copy(rest: str, state: State) -> Outcome:
    if not state.turns:
        return Outcome(_NO_ANSWER)
    if not rest:
        answer = state.turns[-1].answer
        sources = sources_text(answer.citations)
        text = f"{answer.text}\n\n{sources}" if sources else f"{answer.text}\n"
        return Outcome(action=Copy(text, "the answer"))
    chosen = [place for place in state.places if str(place.number) == rest.strip("[]")]
    if not chosen:
        return Outcome("/copy takes the number of a source, or nothing for the whole answer.\n")
    return Outcome(action=Copy(sources_text(chosen), f"source {chosen[0].number}"))


def _save(rest: str, state: State) -> Outcome:
    return _save_to(rest, state, over=False)


def _save_over(rest: str, state: State) -> Outcome:
    return _save_to(rest, state, over=True)


def _save_to(path: str, state: State, *, over: bool) -> Outcome:
    if not state.turns:
        return Outcome(_NO_ANSWER)
    if not path:
        return Outcome("/save takes a file whose name ends in .md, .html, .json or .jsonl.\n")
    return Outcome(action=Save(path, over))


def _feedback(rest: str, state: State) -> Outcome:
    word, _, note = rest.partition(" ")
    if word not in {"good", "bad"}:
        return Outcome("/feedback takes “good” or “bad”, and whatever you want to say of it.\n")
    if not state.turns:
        return Outcome(_NO_ANSWER)
    return Outcome(action=Feedback(word == "good", note.strip()))


# chats that are kept


def _sessions(_: str, __: State) -> Outcome:
    return Outcome(action=ListSessions())


def _resume(rest: str, _: State) -> Outcome:
    return Outcome(action=Resume(rest) if rest else ListSessions())


def _rename(rest: str, _: State) -> Outcome:
    if not rest:
        return Outcome("/rename takes the title of this chat.\n")
    return Outcome(action=Rename(" ".join(rest.split())))


# indexing


def _index(rest: str, _: State) -> Outcome:
    if rest == "stop":
        return Outcome(action=Indexing(stop=True))
    try:
        paths = shlex.split(rest)
    except ValueError as error:
        raise UsageError("a quotation mark is not closed") from error
    agreed = "--yes" in paths
    paths = [path for path in paths if path != "--yes"]
    unknown = [path for path in paths if path.startswith("-")]
    if unknown:
        raise UsageError(f"/index knows no {unknown[0]}", help="`dateline index --help` does")
    return Outcome(action=Index(tuple(paths), agreed) if paths else Indexing(stop=False))


# asking again


def _retry(_: str, state: State) -> Outcome:
    if not state.asked:
        return Outcome(_NO_QUESTION)
    return Outcome(action=Ask(state.asked, instead=_answered(state)))


def _edit(_: str, state: State) -> Outcome:
    if not state.asked:
        return Outcome(_NO_QUESTION)
    return Outcome(action=Edit(state.asked, instead=_answered(state)))


def _answered(state: State) -> bool:
    """Whether the last question got an answer, or a part of one."""
    return bool(state.turns) and state.turns[-1].question.asked == state.asked


def _undo(_: str, state: State) -> Outcome:
    if not state.turns:
        return Outcome(_NO_QUESTION)
    asked = " ".join(state.turns[-1].question.asked.split())
    return Outcome(for_terminal(f"Forgotten: {asked}\n"), Undo())


# the rest


def _help(_: str, state: State) -> Outcome:
    wide = 2 + max(len(command.usage) for command in COMMANDS)
    width = state.style.width
    lines = [indented(HELP, width, "", "")]
    for command in COMMANDS:
        if width and width < wide + _READABLE:
            lines += (f"  {command.usage}", indented(command.what, width, "    ", "    "))
        else:
            first = f"  {command.usage:{wide}}"
            lines.append(indented(command.what, width, first, " " * (wide + 2)))
    return Outcome("\n".join(lines) + "\n")


def _reset(_: str, __: State) -> Outcome:
    return Outcome("A new chat begins.\n", Reset())


def _editor(rest: str, __: State) -> Outcome:
    return Outcome(action=Compose(rest))


def _quit(_: str, __: State) -> Outcome:
    return Outcome(action=Leave())


HELP = (
    "A line is a question; it may refer to the ones before. Alt-Enter, or a backslash at the end,"
    " begins a new line. Ctrl-R searches what was typed. Ctrl-C stops an answer."
)
COMMANDS = (
    Command("/help", "what can be typed", _help),
    Command("/sources", "the sources of the last answer again", _sources),
    Command("/open N", "the article around source N; words find others; --browser", _open),
    Command("/why", "how the last answer came about", _why),
    Command("/more [N]", "further passages that were found", _more),
    Command("/timeline TOPIC", "what the articles say of it, day by day", _timeline),
    Command("/copy [N]", "the last answer, or source N, to the clipboard", _copy),
    Command("/retry", "ask the last question again", _retry),
    Command("/edit", "change the last question and ask it again", _edit),
    Command("/undo", "forget the last question and its answer", _undo),
    Command("/editor", "write a question in $EDITOR", _editor),
    Command("/since DAY", "only articles of this day or later; off", adjusting.since),
    Command("/until DAY", "only articles of this day or earlier; off", adjusting.until),
    Command("/as-of DAY", "ask as of this day: nothing later is used; off", adjusting.as_of),
    Command("/source NAME", "only these outlets, divided by commas; off", adjusting.source),
    Command("/model NAME", "who writes answers; off for quotes only", adjusting.model),
    Command(
        "/strict", "leave out what no source supports of what a model writes; off", adjusting.strict
    ),
    Command("/top-k N", "how many passages an answer is made from", adjusting.top_k),
    Command("/save FILE", "the chat as .md, .html, .json or .jsonl; /save! writes over", _save),
    Command("/sessions", "the chats that were kept", _sessions),
    Command("/resume N", "go on with one of them, by number or words of its title", _resume),
    Command("/rename TITLE", "give this chat a title", _rename),
    Command("/index PATH", "index files, folders, addresses while chatting; stop", _index),
    Command("/feedback good|bad", "what you think of the last answer, with words", _feedback),
    Command("/reset", "begin a new chat; the one so far is kept", _reset),
    Command("/quit", "leave; so do /exit and Ctrl-D", _quit),
)
_BY_NAME = {command.name: command for command in COMMANDS} | {
    "/exit": Command("/exit", "leave", _quit),
    "/new": Command("/new", "begin a new chat", _reset),
    "/save!": Command("/save! FILE", "save over a file", _save_over),
}
