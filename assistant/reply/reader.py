"""From the pieces of a reply to its sentences: everything that reads a reply, in a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.characters import without_unsafe
from assistant.reply.cited import CitedText, Written
from assistant.reply.links import Links
from assistant.reply.markdown import Markdown
from assistant.reply.marks import Mark, NoSources, Sources, find_markers, is_markers
from assistant.reply.reasoning import Reasoning
from assistant.reply.units import Units

__all__ = ["ReplyReader", "Restart"]


@dataclass(frozen=True, slots=True)
class Restart:
    """What was given out before was reasoning; the answer begins only now."""


@dataclass
class ReplyReader:
    """Reads a reply as it streams.

    However the pieces fall, the same sentences come out.

    Args:
        sources: What is known of the sources that the model was shown.
        texts: Their texts; addresses that they contain may be repeated.
    """

    sources: Sources = field(default_factory=NoSources)
    texts: Iterable[str] = ()
    _units: Units = field(default_factory=Units)
    _reasoning: Reasoning = field(default_factory=Reasoning)

    def __post_init__(self) -> None:
        self._known = Links.known_from(self.texts).known
        self._begin()

    def _begin(self) -> None:
        sources = self.sources
        self._links = Links(self._known)
        self._markdown = Markdown(sources.names, lambda text: is_markers(text, sources))
        self._cited = CitedText(sources)

    @property
    def removed(self) -> tuple[str, ...]:
        """The hosts of links that no source contains and that were taken out."""
        return tuple(self._links.removed)

    @property
    def listed(self) -> tuple[Mark, ...]:
        """What a list of sources at the end of the reply names."""
        return tuple(
            mark
            for line in self._markdown.listed
            for marker in find_markers(line, self.sources)
            for mark in marker.marks
        )

    @property
    def loose(self) -> tuple[Mark, ...]:
        """Citations that stand beside no sentence at all."""
        return tuple(self._cited.loose)

    @property
    def unfinished(self) -> tuple[str, str]:
        """What stands before the sentence that is being written, and its text so far."""
        return self._cited.unfinished

    @property
    def only_reasoning(self) -> bool:
        """Whether the reply is in the middle of its reasoning."""
        return self._reasoning.unclosed

    def feed(self, piece: str) -> list[Written | Restart]:
        """Takes the next piece of the reply; returns the sentences that it completes."""
        return [written for unit in self._units.feed(piece) for written in self._step(unit)]

    def finish(self) -> list[Written | Restart]:
        """What is left when the reply has ended."""
        rest = [written for unit in self._units.finish() for written in self._step(unit)]
        text = self._markdown_of(self._links.finish()) + self._markdown.finish()
        return [*rest, *self._sentences(text), *self._cited.finish()]

    def _step(self, unit: str) -> list[Written | Restart]:
        said = self._reasoning.step(unit)
        restarted: list[Written | Restart] = []
        if self._reasoning.restarted:
            self._begin()
            restarted.append(Restart())
        linked = self._links.step(without_unsafe(said)) if said else ""
        return [*restarted, *self._sentences(self._markdown_of(linked))]

    def _markdown_of(self, text: str) -> str:
        """Hands lines on one by one, which is how Markdown is read."""
        return "".join(self._markdown.step(line) for line in text.splitlines(keepends=True))

    def _sentences(self, text: str) -> list[Written]:
        return self._cited.step(text) if text else []
