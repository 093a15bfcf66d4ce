"""Cuts plain text into sentences, each with the citations that stand in, behind or before it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.reply.markdown import LIST_MARK
from assistant.reply.marks import Mark, Marker, NoSources, Sources, find_markers, pending
from index.sentences import split_sentences
from index.types import Sentence

__all__ = ["CitedText", "Written"]

# A word of the next sentence, whole.
_WHOLE_WORD = re.compile(
    r"\w\W|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]"
)
_MAY_END = re.compile(r"[.!?…。！？｡।॥۔؟።\n]")
_LONG = 1000
# What is left of brackets around citations, of a dash before them, and of a space before an image.
_EMPTIED = re.compile(
    r"[ \t]*\(\s*[,;:]*\s*\)|[ \t]+[–—-](?=[.!?]?\Z)"
    r"|(?<=[\w”’)])[ ](?=[.,][”’\"')\]]*(?:\s(?!\.)|\Z))"
)
# A citation that the reply breaks off in.
_UNFINISHED = re.compile(r"[ \t]*[\[【(][\d.,;\s–-]*\Z")
_MANY_LINES = re.compile(r"\n{3,}")
_ENDED = re.compile(r"[.!?…。！？。]['\"”’»)\]]*\s*\Z")
_UNSPACED = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
_SOURCE = "the article"


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence of a reply without its markers.

    Attributes:
        before: White space and list marks between the sentence before and this one.
        text: The sentence.
        marks: What it cites.
    """

    before: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark and where it stood; one that leads belongs to the sentence behind it."""

    mark: Mark
    position: int
    leads: bool


@dataclass
class CitedText:
    """Cuts a text that comes in units into sentences with what they cite.

    A sentence is given out once the first word after it, and so any marker behind it, has come.

    Attributes:
        loose: Citations that stand beside no sentence at all.
    """

    sources: Sources = field(default_factory=NoSources)
    loose: list[Mark] = field(default_factory=list)
    _raw: str = ""
    _text: str = ""
    _marks: list[_Placed] = field(default_factory=list)
    _leading: bool = False
    _line: str = ""

    def step(self, unit: str) -> list[Written]:
        """The sentences that the next unit completes."""
        raw = self._raw + unit
        cut = pending(raw, self.sources, self._line)
        self._take(raw[:cut])
        self._raw = raw[cut:]
        return self._give(whole=False)

    def finish(self) -> list[Written]:
        """What is left when the text has ended."""
        self._take(_UNFINISHED.sub("", self._raw))
        self._raw = ""
        given = self._give(whole=True)
        self.loose += (placed.mark for placed in self._marks)
        return given

    @property
    def unfinished(self) -> tuple[str, str]:
        """What stands before the sentence that is being written, and its text so far."""
        text = self._text.lstrip()
        written = _tidy(self._text[: len(self._text) - len(text)], text, ())
        return written.before, written.text

    # citations

    def _take(self, raw: str) -> None:
        """Moves the markers out of the next part of the text."""
        position = 0
        for marker in find_markers(raw, self.sources, self._line):
            self._add(raw[position : marker.start])
            position = self._cite(marker, raw)
        self._add(raw[position:])

    def _add(self, text: str) -> None:
        self._text += text
        self._line = (self._line + text).rpartition("\n")[2][-200:]
        if "\n" in text:
            self._leading = False

    def _cite(self, marker: Marker, raw: str) -> int:
        """Takes out one marker; returns where the text goes on behind it."""
        end = marker.end
        at_start = not LIST_MARK.sub("", self._line.lstrip()).strip()
        if marker.noun:
            leads = at_start
            self._add(self._names(marker))
        elif at_start:
            leads = self._leading = True
            while raw[end : end + 1] in (" ", "\t", ":") and raw[end : end + 1]:
                end += 1
        else:
            leads = self._leading and bool(_ENDED.search(self._line))
            kept = self._text.rstrip(" \t\xa0")
            self._line = self._line[: len(self._line) - (len(self._text) - len(kept))]
            self._text = kept
            end = self._join(raw, end)
        self._marks += [_Placed(mark, len(self._text), leads) for mark in marker.marks]
        return end

    def _join(self, raw: str, end: int) -> int:
        """Sees to the space between what stands before and behind a marker that was taken out."""
        ahead = raw[end:].lstrip(" \t")
        if ahead[:1] == "." and self._text[-1:] in ".!?…":
            return len(raw) - len(ahead) + 1  # a full stop stands on both sides of the marker
        if ahead and (ahead[0] in "\"'" or _closes(ahead[0])):
            return len(raw) - len(ahead)
        if (
            ahead
            and len(ahead) == len(raw) - end
            and not ahead[0].isspace()
            and not _UNSPACED.match(ahead)
            and not _UNSPACED.match(self._text[-1:])
            and self._text[-1:] not in "“‘«(["
        ):
            self._add(" ")
        return end

    def _names(self, marker: Marker) -> str:
        """The outlets that a marker stands for in its sentence."""
        names = dict.fromkeys(self.sources.outlet(m.passage) or _SOURCE for m in marker.marks)
        named = " and ".join(names)
        begins = not self._line.strip() or _ENDED.search(self._line)
        return named[:1].upper() + named[1:] if begins else named

    # sentences

    def _give(self, *, whole: bool) -> list[Written]:
        if not whole and len(self._text) < _LONG and not _MAY_END.search(self._text):
            return []
        sentences = split_sentences(self._text)
        if not sentences or not (whole or self._is_whole(sentences[-1].start)):
            return []
        owned = self._owned(sentences)
        complete = sentences if whole else sentences[:-1]
        given: list[Written] = []
        end = 0
        for sentence, placed in zip(complete, owned, strict=False):
            before = self._text[end : sentence.start]
            text = self._text[sentence.start : sentence.end]
            given.append(_tidy(before, text, tuple(dict.fromkeys(p.mark for p in placed))))
            end = sentence.end
        self._text = self._text[end:]
        self._marks = [
            replace(placed, position=max(placed.position - end, 0))
            for later in owned[len(complete) :]
            for placed in later
        ]
        self.loose += (mark for written in given if not written.text for mark in written.marks)
        return [written for written in given if written.text]

    def _is_whole(self, start: int) -> bool:
        """Whether the first word from a place on has all come."""
        return _WHOLE_WORD.search(self._text + self._raw[:1], start) is not None

    def _owned(self, sentences: Sequence[Sentence]) -> list[list[_Placed]]:
        """The marks of each sentence: those in it and behind it, or leading it on its line."""
        owned: list[list[_Placed]] = [[] for _ in sentences]
        starts = [sentence.start for sentence in sentences]
        for placed in self._marks if sentences else ():
            following = bisect_left(starts, placed.position)
            inside = following and placed.position < sentences[following - 1].end
            leads = (
                placed.leads
                and not inside
                and following < len(starts)
                and "\n" not in self._text[placed.position : starts[following]]
            )
            owner = following if leads else following - 1
            owned[min(max(owner, 0), len(starts) - 1)].append(placed)
        return owned


def _closes(letter: str) -> bool:
    """Whether a letter is a mark that no space stands before."""
    return letter not in "¿¡•*" and unicodedata.category(letter) in {"Po", "Pe", "Pf"}


def _tidy(before: str, text: str, marks: tuple[Mark, ...]) -> Written:
    """A sentence without the mark of its list and the remains of its markers."""
    before, text = _MANY_LINES.sub("\n\n", before), _EMPTIED.sub("", text).strip()
    while mark := LIST_MARK.match(text):
        before, text = before + mark[0], text[mark.end() :]
    return Written(before, text, marks) if any(map(str.isalnum, text)) else Written("", "", marks)
