"""The chat loop: reads lines, answers them, and knows nothing of models, libraries or terminals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.render.answers import AnswerText, notes_text, stage_text
from assistant.render.articles import article_in_full, passages_text
from assistant.render.chat import (
    chats_text,
    named_text,
    resumed_text,
    scope_text,
    shown_text,
    unanswered_text,
)
from assistant.render.checks import since_text
from assistant.render.messages import error_text
from assistant.render.terminal import counted, for_terminal
from assistant.render.timeline import timeline_text
from assistant.repl.actions import (
    Action,
    Ask,
    Browse,
    Compose,
    Copy,
    Edit,
    Feedback,
    Index,
    Indexing,
    Leave,
    ListModels,
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
    Use,
)
from assistant.repl.command import Outcome, State
from assistant.repl.commands import handle
from assistant.repl.doors import LineCleared
from assistant.types import Answer, Citation, Event, Withdrawn, Writing
from index.errors import DatelineError
from index.types import VECTORS_SO_FAR

if TYPE_CHECKING:
    from assistant.chats.values import KeptChat
    from assistant.render.layout import Style
    from assistant.repl.doors import Screen, Talk
    from index.types import Hit

__all__ = ["print_answer", "run"]

# Seconds within which a second Ctrl-C leaves.
_AGAIN = 1.0
# Articles that are listed where words may mean several.
_MEANT = 15


def run(
    talk: Talk,
    screen: Screen,
    *,
    first: Action | None = None,
    stream: bool = True,
    quiet: bool = False,
    today: Callable[[], dt.date] = lambda: dt.datetime.now().astimezone().date(),
) -> None:
    """Answers line after line until the person leaves.

    Ctrl-C stops what goes on and keeps what came of it, or clears the line; a second one within a
    second leaves.

    Args:
        talk: What answers.
        screen: Where a person types and reads.
        first: What is done before the first line is read.
        stream: Whether sentences are printed as they come.
        quiet: Whether the figures after an answer are left out.
        today: The day it is.
    """
    _Loop(talk, screen, stream, quiet, today).run(first)


@dataclass
class _Loop:
    talk: Talk
    screen: Screen
    stream: bool
    quiet: bool
    today: Callable[[], dt.date]
    places: tuple[Citation, ...] = ()
    asked: str = ""
    begun: str = ""
    instead: bool = False
    left: bool = False
    stopped_at: float = field(default=float("-inf"))
    told: bool = False

    def run(self, first: Action | None) -> None:
        try:
            if first is not None:
                self._try(lambda: self._do(first))
            while not self.left:
                self._step()
        except EOFError:
            return
        except KeyboardInterrupt:
            # While one Ctrl-C was dealt with there came another.
            return

    def _step(self) -> None:
        begun, self.begun = self.begun, ""
        instead, self.instead = self.instead, False
        try:
            line = self.screen.read(begun)
        except KeyboardInterrupt as pressed:
            if self._interrupted():
                self.left = True
            elif not isinstance(pressed, LineCleared) and self.talk.stop_indexing():
                self.screen.warn("(stopped indexing; the same /index carries on)\n")
            else:
                self.screen.warn("(Ctrl-C again, or Ctrl-D, leaves.)\n")
            return
        if not line.strip():
            return
        outcome = handle(line, self._state())
        if outcome is None:
            self._try(lambda: self._ask(line, instead=instead))
        else:
            self._try(lambda: self._take(outcome))

    def _take(self, outcome: Outcome) -> None:
        self.screen.write(outcome.text)
        if outcome.action is not None:
            self._do(outcome.action)

    def _try(self, do: Callable[[], None]) -> None:
        """Does something; that it fails or is broken off does not end the chat."""
        try:
            do()
        except DatelineError as error:
            self.screen.warn(error_text(error, self._style()))
        except KeyboardInterrupt:
            self._interrupted()
            self.screen.warn("(stopped)\n")
        finally:
            self.screen.doing("")

    def _interrupted(self) -> bool:
        """Notes a Ctrl-C; whether it is the second one within a second."""
        now, before = self.screen.now(), self.stopped_at
        self.stopped_at = now
        return now - before <= _AGAIN

    def _state(self) -> State:
        turns, style = self.talk.turns, self._style()
        return State(self.talk.scope, turns, self.places, self.asked, style, self.today())

    def _style(self) -> Style:
        return replace(self.screen.style(), quotes=not self.talk.scope.model)

    # what there is to do

    def _do(self, action: Action) -> None:
        match action:
            case Leave():
                self.left = True
            case Reset():
                self.talk.reset()
                self.places = ()
            case Ask(question, instead):
                self._ask(question, instead=instead)
            case Edit(question, instead):
                self.begun, self.instead = question, instead
            case Compose(begun):
                self.begun = self.screen.compose(begun).strip()
            case Undo():
                self.talk.undo()
                turns = self.talk.turns
                self.places = _places(turns[-1].answer) if turns else ()
            case Resume(which):
                self._resume(self.talk.resume(which))
            case Use(scope):
                shown = scope_text(self.talk.use(scope), self._style())
                self.screen.write(shown)
            case _:
                self._show(action)

    def _show(self, action: Action) -> None:
        match action:
            case Open(citation):
                self._open(citation)
            case OpenNamed(name, in_browser):
                self._open_named(name, in_browser=in_browser)
            case Browse(citation):
                self.screen.browse(citation.article.url)
            case Page(text):
                self.screen.page(text)
            case More(number):
                self._more(number)
            case ShowTimeline(topic):
                self._timeline(topic)
            case ListModels():
                for name in self.talk.models():
                    self.screen.write(for_terminal(f"  {name}\n"))
            case ListSessions():
                shown = chats_text(self.talk.chats(), self._style())
                self.screen.write(shown or "No chat was kept yet.\n")
            case _:
                self._keep(action)

    def _keep(self, action: Action) -> None:
        match action:
            case Save(path, over):
                self.screen.warn(f"Saved to {for_terminal(self.talk.save(path, over=over))}.\n")
            case Rename(title):
                self.talk.rename(title)
                self.screen.warn(for_terminal(f"This chat is called “{title}”.\n"))
            case Feedback(good, note):
                kept = self.talk.rate(good=good, note=note)
                self.screen.warn("Kept for evaluation.\n" if kept else "This chat is not kept.\n")
            case Index(paths, agreed):
                self.screen.write(self.talk.index(paths, agreed=agreed))
            case Indexing(stop):
                if stop and self.talk.stop_indexing():
                    self.screen.warn("(stopped indexing; the same /index carries on)\n")
                else:
                    self.screen.write(f"{self.talk.indexing() or 'Nothing is being indexed.'}\n")
            case Copy(text, what):
                self.screen.warn(f"Copied {what} {self.screen.copy(text)}.\n")

    def _resume(self, kept: KeptChat) -> None:
        """Shows the chat that goes on, with its last answer."""
        self.places = ()
        self.screen.write(resumed_text(kept, self._style()))
        for turn in self.talk.turns[-1:]:
            self.asked = turn.question.asked
            self.screen.write(shown_text(turn.answer, self._style()))
            self.places = _places(turn.answer)
        if kept.unanswered:
            self.asked = kept.unanswered
            self.screen.write(unanswered_text(kept.unanswered, self._style()))
        self.screen.write("\n" + scope_text(self.talk.scope, self._style()))

    def _open(self, citation: Citation) -> None:
        article, since = self.talk.article(citation), self.talk.since(citation)
        style = self._style()
        text, line = article_in_full(article, citation.start, citation.end, style)
        self.screen.page(text, line)
        if since:
            self.screen.write(since_text(since, citation.quote, style))

    def _open_named(self, name: str, *, in_browser: bool) -> None:
        """Shows the article that is meant, or those that may be, each with a number to open."""
        self.screen.doing("searching")
        named = self.talk.named(name)
        self.screen.doing("")
        first = 1 + max((place.number for place in self.places), default=0)
        new = [
            Citation(first + n, info, 0, 0, "") for n, info in enumerate(named.articles[:_MEANT])
        ]
        if named.only is None:
            self.places += tuple(new)
            self.screen.write(named_text(named, first, _MEANT, self._style()))
        elif in_browser:
            self.screen.browse(named.only.url)
        else:
            self._open(new[0])

    def _more(self, number: int) -> None:
        self.screen.doing("searching")
        found = self.talk.more(number)
        first = 1 + max((place.number for place in self.places), default=0)
        new = tuple(_place(first + n, hit) for n, hit in enumerate(found.hits))
        self.places += new
        style = self._style()
        query = self.talk.turns[-1].question.text
        shown = passages_text(found.hits, style, first=first, query=query)
        self.screen.write(shown or "There are no others.\n")

    def _timeline(self, topic: str) -> None:
        self.screen.doing("searching")
        made = self.talk.timeline(topic)
        self.screen.doing("")
        self.places = _places(made.answer)
        style = self._style()
        if self.screen.page(timeline_text(made, style)):
            entries = counted(len(made.entries), "entries")
            self.screen.warn(f"{entries}; /open N shows the article around entry N\n")
        self.screen.warn(notes_text(made.answer, style, quiet=self.quiet))

    # answers

    def _ask(self, question: str, *, instead: bool) -> None:
        """Prints the answer to a question, or as much of it as comes."""
        self.asked = question
        text = AnswerText(self._style())
        self.places = ()
        try:
            print_answer(
                self.talk.ask(question, instead=instead),
                text,
                self.screen,
                stream=self.stream,
                first="" if self.talk.loaded else "opening the library",
            )
        except KeyboardInterrupt:
            self._interrupted()
            self.screen.warn("(stopped)\n")
        except DatelineError as error:
            self.screen.warn(error_text(error, self._style()))
        self.places = _places(text.answer) if text.answer else tuple(text.citations)
        if text.answer is not None:
            notes = notes_text(self._untold(text.answer), self._style(), quiet=self.quiet)
            self.screen.warn(notes)
        self.screen.write("\n")

    def _untold(self, answer: Answer) -> Answer:
        """The answer without what one chat says once: that the library is still being embedded."""
        warnings = [one for one in answer.warnings if not one.endswith(VECTORS_SO_FAR)]
        if self.told:
            return replace(answer, warnings=tuple(warnings))
        self.told = len(warnings) < len(answer.warnings)
        return answer


def _places(answer: Answer) -> tuple[Citation, ...]:
    """What of an answer can be opened: its sources or, where it has none, what came nearest."""
    return answer.citations or tuple(_place(n, hit) for n, hit in enumerate(answer.closest, 1))


def _place(number: int, hit: Hit) -> Citation:
    passage = hit.passage
    return Citation(number, passage.article, passage.start, passage.end, passage.text, hit.copies)


def print_answer(
    events: Generator[Event],
    text: AnswerText,
    screen: Screen,
    *,
    stream: bool = True,
    first: str = "",
) -> None:
    """Prints an answer as its events come, or when they have all come.

    When it is interrupted or fails, what came is printed with its sources, and the error goes on.

    Args:
        events: The answer's.
        text: What they become.
        screen: Where it is printed.
        stream: Whether sentences are printed as they come.
        first: What goes on before the first event, where that is not the search.

    Raises:
        DatelineError: What the events raise.
    """
    held: list[str] = []

    def put(piece: str) -> None:
        if stream:
            screen.write(piece)
        else:
            held.append(piece)

    screen.doing(first or stage_text(None, quotes=text.style.quotes))
    try:
        with closing(events):
            for event in events:
                text.restyle(replace(screen.style(), quotes=text.style.quotes))
                put(text.feed(event))
                if isinstance(event, Withdrawn):
                    held.clear()
                if isinstance(event, Writing) and stream:
                    screen.preview(text.preview(event))
                elif stage := stage_text(event, quotes=text.style.quotes):
                    screen.doing(stage)
    except (KeyboardInterrupt, DatelineError):
        put(text.stop())
        raise
    finally:
        screen.doing("")
        screen.write("".join(held))
