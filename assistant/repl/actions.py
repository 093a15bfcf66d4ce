"""What a line that is no question may ask for; the loop sees that it is done."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.repl.scope import Scope
from assistant.types import Citation

__all__ = [
    "Action",
    "Ask",
    "Browse",
    "Compose",
    "Copy",
    "Edit",
    "Feedback",
    "Index",
    "Indexing",
    "Leave",
    "ListModels",
    "ListSessions",
    "More",
    "Open",
    "OpenNamed",
    "Page",
    "Rename",
    "Reset",
    "Resume",
    "Save",
    "ShowTimeline",
    "Undo",
    "Use",
]


@dataclass(frozen=True, slots=True)
class Leave:
    """End the chat."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Begin a new chat."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask a question; `instead` takes the place of the last one."""

    question: str
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """Let the person change a question; with `instead`, for the new one to take its place."""

    question: str
    instead: bool


@dataclass(frozen=True, slots=True)
class Compose:
    """Have a question written in an editor."""

    begun: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Forget the last question and its answer."""


@dataclass(frozen=True, slots=True)
class Open:
    """Show the article around a citation."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class OpenNamed:
    """Show an article by its title, words of it, id, address or file."""

    name: str
    in_browser: bool = False


@dataclass(frozen=True, slots=True)
class Browse:
    """Show a citation's article where it was published."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class Page:
    """Show a text that may be long."""

    text: str


@dataclass(frozen=True, slots=True)
class More:
    """Show passages that were found for the last question beyond those it was answered from."""

    number: int


@dataclass(frozen=True, slots=True)
class ShowTimeline:
    """Show what the articles say of a topic, day by day."""

    topic: str


@dataclass(frozen=True, slots=True)
class Use:
    """Ask with other settings from now on."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class ListModels:
    """Show the models of the endpoint."""


@dataclass(frozen=True, slots=True)
class Save:
    """Write the chat to a file."""

    path: str
    over: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """Put a text where other programs can paste it."""

    text: str
    what: str


@dataclass(frozen=True, slots=True)
class ListSessions:
    """Show the chats that were kept."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with a chat that was kept."""

    which: str


@dataclass(frozen=True, slots=True)
class Rename:
    """Give the chat a title."""

    title: str


@dataclass(frozen=True, slots=True)
class Index:
    """Index files, folders and addresses while the chat goes on.

    `agreed` says that embedding them may cost something.
    """

    paths: tuple[str, ...]
    agreed: bool


@dataclass(frozen=True, slots=True)
class Indexing:
    """Say how far indexing is; with `stop`, end it."""

    stop: bool


@dataclass(frozen=True, slots=True)
class Feedback:
    """Keep what the person thinks of the last answer."""

    good: bool
    note: str


Action = (
    Leave
    | Reset
    | Ask
    | Edit
    | Compose
    | Undo
    | Open
    | OpenNamed
    | Browse
    | Page
    | More
    | ShowTimeline
    | Use
    | ListModels
    | Save
    | Copy
    | ListSessions
    | Resume
    | Rename
    | Index
    | Indexing
    | Feedback
)
