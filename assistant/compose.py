"""From the pieces of a model's reply to a cited and checked answer.

It does no input or output, so that one composition serves callers that wait and callers that await.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.align import Aligner
from assistant.checking import NOT_SHOWN, Checked, check_sentence, is_shown
from assistant.citations import CitationList
from assistant.joining import NO_ANSWER, joined
from assistant.likeness import Likeness
from assistant.repair import Faulty, mended
from assistant.reply.cited import Written
from assistant.reply.marks import Mark
from assistant.reply.reader import ReplyReader, Restart
from assistant.shown import Shown
from assistant.types import Answer, AnswerSentence, Question, SentenceReady, Withdrawn, Writing
from index.types import Hit

if TYPE_CHECKING:
    from index.embed import Embedder

__all__ = ["Composition"]


# What the prompt asks for where nothing answers, and what models write instead of it.
_REFUSAL = re.compile(
    r"\W*no answer\b"
    r"|.*\b(?:passages?|articles?|sources?|texts?|context|information)\b"
    r".*\b(?:not|no|cannot|nothing)\b"
    r"|.*\b(?:cannot|can ?not|unable to|not|no)\b"
    r".*\b(?:answer|information|mention(?:ed)?|passages?|articles?)\b",
    re.IGNORECASE | re.DOTALL,
)
_NO_ANSWER = re.compile(r"\W*no answer\W*", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…。！？।؟۔][\"'”’»)\]]*\Z")
# A repeated instruction of fewer words could be anybody's sentence.
_TELLING = 4


# Shown sentences that a model gets for mending one that they do not support.
_NEAR = 3


@dataclass
class Composition:
    """An answer in the making.

    Args:
        question: What was asked.
        hits: What was found for it, in the order shown to the model.
        shown: The same as numbered sentences.
        embedder: Compares sentences with their sources; None compares words.
        instructions: What the model was told, of which it must not make an answer.
        strict: Whether a sentence that is not supported, and what comes behind it, is held back
            until it is mended or dropped.
    """

    question: Question
    hits: tuple[Hit, ...]
    shown: Shown
    embedder: Embedder | None = None
    instructions: str = ""
    strict: bool = False
    _reader: ReplyReader = field(init=False)
    _aligner: Aligner = field(init=False)
    _citations: CitationList = field(init=False)
    _echoes: frozenset[str] = field(init=False)
    _ready: list[SentenceReady] = field(default_factory=list)
    _held: list[Checked] = field(default_factory=list)
    _dropped: list[AnswerSentence] = field(default_factory=list)
    _refusals: list[Written] = field(default_factory=list)
    _unknown: dict[str, None] = field(default_factory=dict)
    _notes: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._reader = self._new_reader()
        self._aligner = Aligner(self.shown, Likeness(self.embedder))
        self._echoes = _sentences_of(self.instructions)
        self._citations = CitationList.of(self.hits)

    def _new_reader(self) -> ReplyReader:
        return ReplyReader(self.shown, (*self.shown.texts(), self.question.asked))

    def feed(self, piece: str) -> list[SentenceReady | Withdrawn]:
        """Takes the next piece of the reply; returns the sentences that it completes."""
        return self._take(self._reader.feed(piece))

    @property
    def writing(self) -> Writing | None:
        """The sentence that is being written, if any of it has come and may be seen unchecked."""
        before, text = self._reader.unfinished
        if not text or self.strict:
            return None
        return Writing(before if self._ready else before.lstrip(), text)

    def finish(
        self, warnings: Iterable[str] = (), *, cut: bool = False
    ) -> tuple[list[SentenceReady | Withdrawn], Answer]:
        """The sentences still to come when the reply has ended, and the whole answer.

        A reply whose only content is that the passages do not answer becomes an abstention.

        Args:
            warnings: What the reader must know besides.
            cut: Whether the reply stops in the middle. A sentence without an end may say the
                opposite of what it would have said, so it becomes a note.
        """
        rest = [*self.end(cut=cut), *self.mend("")]
        return rest, self.answer(warnings)

    def end(self, *, cut: bool = False) -> list[SentenceReady | Withdrawn]:
        """The sentences still to come when the reply has ended, but for those held back."""
        written = self._reader.finish()
        last = written[-1] if written else None
        if cut and isinstance(last, Written) and not _ENDED.search(last.text):
            written.pop()
            self._note(f"the reply stops in the middle of a sentence, left out here: “{last.text}”")
        rest = self._take(written)
        if not self._begun and self._reader.loose:
            rest += self._check_all(self._quotes(self._reader.loose))
        if self._begun and self._refusals:
            rest += self._take_refusals()
        return rest

    @property
    def faulty(self) -> tuple[Faulty, ...]:
        """The sentences held back that no source supports, with the shown sentences near them."""
        return tuple(
            Faulty(
                checked.written.text,
                checked.verdict,
                tuple(
                    dict.fromkeys(
                        (
                            *checked.cited,
                            *checked.aligned,
                            *self._aligner.nearest(checked.written.text, _NEAR),
                        )
                    )
                ),
            )
            for checked in self._held
            if checked.verdict.status != "supported"
        )

    def mend(self, reply: str) -> list[SentenceReady]:
        """Gives out the sentences held back, those at fault as a model wrote them anew.

        What is still not supported is dropped.

        Args:
            reply: What the model made of the prompt `repair`; empty drops all that is at fault.
        """
        held, self._held = self._held, []
        better = mended(reply, sum(checked.verdict.status != "supported" for checked in held))
        ready: list[SentenceReady] = []
        number = 0
        for checked in held:
            if checked.verdict.status == "supported":
                ready.append(self._emit(checked))
                continue
            number += 1
            anew = self._check_anew(checked, better.get(number, ""))
            ready += map(self._emit, anew)
            if anew:
                self._note(f"written anew, since no source supported it: “{checked.written.text}”")
            else:
                self._drop(checked)
        return ready

    def answer(self, warnings: Iterable[str] = ()) -> Answer:
        """The whole answer, once everything has been given out."""
        abstained = not self._ready
        return Answer(
            question=self.question,
            mode="model",
            text=NO_ANSWER if abstained else joined(self._ready),
            abstained=abstained,
            sentences=tuple(ready.sentence for ready in self._ready),
            citations=tuple(self._citations.citations),
            closest=self.hits[:3] if abstained else (),
            warnings=(*warnings, *self._warnings()),
            dropped=tuple(self._dropped),
        )

    @property
    def _begun(self) -> bool:
        return bool(self._ready or self._held)

    def _warnings(self) -> list[str]:
        others = (*self._reader.loose, *self._reader.listed)
        unknown = self._unknown | {
            str(mark): None for mark in others if not is_shown(mark, self.shown)
        }
        warnings = [f"the model cited {mark}{NOT_SHOWN}" for mark in unknown]
        aligned = sum(bool(ready.sentence.aligned) for ready in self._ready)
        if aligned:
            warnings.append(
                f"sources marked ~ were found for {_counted(aligned)} by Dateline; the model named"
                " none, or only a passage"
            )
        removed = self._reader.removed
        if removed:
            warnings.append(
                f"links that no source contains were removed from the reply: {', '.join(removed)}"
            )
        if self._reader.only_reasoning and not self._ready:
            warnings.append("the model's reply ended in the middle of its reasoning")
        return [*warnings, *self._notes]

    def _note(self, note: str) -> None:
        self._notes.setdefault(note)

    # sentences

    def _take(self, written: Iterable[Written | Restart]) -> list[SentenceReady | Withdrawn]:
        """Checks sentences; a refusal without citations waits to see whether it stays alone."""
        ready: list[SentenceReady | Withdrawn] = []
        for sentence in written:
            if isinstance(sentence, Restart):
                ready += self._restart()
            elif _plain(sentence.text) in self._echoes:
                self._note("the model repeated a part of its instructions, which was left out")
            elif not sentence.marks and not self._begun and _REFUSAL.match(sentence.text):
                self._refusals.append(sentence)
            elif self._begun and _NO_ANSWER.fullmatch(sentence.text):
                self._leave_out(sentence)
            else:
                ready += self._take_refusals()
                ready += self._check_all([sentence])
        return ready

    def _leave_out(self, sentence: Written) -> None:
        """Reports what a sentence cites that does not exist, though no reader sees it cited."""
        invented = (mark for mark in sentence.marks if not is_shown(mark, self.shown))
        self._unknown |= dict.fromkeys(map(str, invented))

    def _restart(self) -> list[Withdrawn]:
        """Takes back everything that came, which was only the model's reasoning."""
        withdrawn = [Withdrawn(len(self._ready))] if self._ready else []
        self._citations = CitationList.of(self.hits)
        for kept in (self._ready, self._held, self._refusals, self._unknown, self._notes):
            kept.clear()
        return withdrawn

    def _take_refusals(self) -> list[SentenceReady]:
        held, self._refusals = self._refusals, []
        return self._check_all(one for one in held if not _NO_ANSWER.fullmatch(one.text))

    def _quotes(self, marks: Iterable[Mark]) -> list[Written]:
        """What a reply says that consists of nothing but citations: the sentences themselves."""
        return [
            Written("\n", " ".join(source.text.split()), (mark,))
            for mark in dict.fromkeys(marks)
            if mark.first
            for source in self.shown.runs(mark.passage, mark.first, mark.last)
        ]

    def _check_all(self, written: Iterable[Written]) -> list[SentenceReady]:
        """Checks sentences and gives them out, unless they are held back."""
        ready = []
        for sentence in written:
            checked = self._check(sentence)
            self._unknown |= dict.fromkeys(checked.unknown)
            if self._held or (self.strict and checked.verdict.status != "supported"):
                self._held.append(checked)
            else:
                ready.append(self._emit(checked))
        return ready

    def _check(self, written: Written) -> Checked:
        return check_sentence(written, self.shown, self._aligner, self.question.as_of)

    def _check_anew(self, faulty: Checked, text: str) -> list[Checked]:
        """The sentences that stand in for one at fault, if every one of them is supported."""
        reader = self._new_reader()
        read = (*reader.feed(text), *reader.finish())
        written = [one for one in read if isinstance(one, Written)]
        if written:
            written[0] = Written(faulty.written.before, written[0].text, written[0].marks)
        anew = [self._check(one) for one in written if not _NO_ANSWER.fullmatch(one.text)]
        return anew if all(one.verdict.status == "supported" for one in anew) else []

    def _drop(self, checked: Checked) -> None:
        text, reasons = checked.written.text, "; ".join(checked.verdict.reasons)
        self._dropped.append(AnswerSentence(text, (), checked.verdict))
        self._note(f"left out, since no source supports it: “{text}” ({reasons})")

    def _emit(self, checked: Checked) -> SentenceReady:
        """Numbers what a sentence cites, and gives it out."""
        known = len(self._citations.citations)
        numbers = dict.fromkeys(map(self._citations.number, checked.cited))
        ours = dict.fromkeys(map(self._citations.number, checked.aligned))
        before = checked.written.before
        ready = SentenceReady(
            AnswerSentence(
                checked.written.text,
                tuple(numbers | ours),
                checked.verdict,
                tuple(number for number in ours if number not in numbers),
            ),
            before if self._ready else before.lstrip(),
            tuple(self._citations.citations[known:]),
        )
        self._ready.append(ready)
        return ready


def _counted(number: int) -> str:
    return "one sentence" if number == 1 else f"{number} sentences"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _sentences_of(instructions: str) -> frozenset[str]:
    """The sentences of a text as the reader of replies would give them out."""
    reader = ReplyReader()
    read = (*reader.feed(instructions), *reader.finish())
    plain = (_plain(one.text) for one in read if isinstance(one, Written))
    return frozenset(words for words in plain if words.count(" ") >= _TELLING - 1)
