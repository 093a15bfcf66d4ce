"""Turns the Markdown that models write into plain lines, and drops what is no part of an answer.

Emphasis, headings, fences and rules lose their marks; a row of a table becomes a line that names
its columns; labels such as “Answer:” go, and so does a list of sources at the end, which repeats
what the citations say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["LIST_MARK", "Markdown"]

LIST_MARK = re.compile(r"(?:[-*+•●▪◦‣–—]|\(?\d{1,2}[.)]|>+)(?:[ \t]+|\Z)")
"""What begins an item of a list, or a quotation."""

_FENCE = re.compile(r"\s*(?:```|~~~)")
_RULE = re.compile(r"\s*([-*_=])(?:\s*\1){2,}\s*")
_HEADING = re.compile(r"\s*#{1,6}(?=\s)")
_SEPARATOR = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|?)+\s*")
_CELL = re.compile(r"(?<!\\)\|")
_WORD = re.compile(r"[^\W\d_]+")
_DECORATION = "*_#> \t`"
# What models put before an answer.
_LABELS = frozenset(
    {"answer", "final answer", "response", "reply", "assistant", "a", "antwort", "respuesta"}
    | {"réponse", "risposta", "ответ", "答案", "回答", "答"}
)
# What begins a list of sources.
_SOURCES = frozenset(
    {"source", "sources", "reference", "references", "citation", "citations", "sources cited"}
    | {"works cited", "bibliography", "footnotes", "notes", "quelle", "quellen", "fuentes"}
    | {"références", "fonti", "источники", "来源", "参考", "资料来源", "المصادر"}
)
_LABEL = re.compile(r"[^\S\n]*(?:[#>]+[^\S\n]*)?[*_]*(?P<label>[^\W\d_]+(?: [^\W\d_]+)?)[*_]*")
_COLON = re.compile(r"[*_]*[^\S\n]*[:：][*_]*")
# A line of a list of sources: it begins with the number of one.
_NUMBERED = re.compile(
    r"\s*(?:[-*+•>]\s+)?[*_]*[\[(【\^{]?\^?\s*\d{1,3}(?:\.\d{1,3})?\s*[\])】\^}.:]"
)
_FOOTNOTE = re.compile(r"\s*\[\^[\d.]+\]:")
# Of the words of such a line without a number, this share at least names articles.
_NAMING = 0.6


@dataclass
class Markdown:
    """Passes on the plain text of a reply.

    Args:
        names: Tells whether a word stands in the outlets, titles and dates of the sources.
        numbers: Tells whether a text is nothing but citations.

    Attributes:
        listed: The lines of a list of sources, which were not passed on.
    """

    names: Callable[[str], bool] = lambda _: False
    numbers: Callable[[str], bool] = lambda _: False
    listed: list[str] = field(default_factory=list)
    _line: str = ""
    _passing: bool = False
    _heading: bool = False
    _sources: bool = False
    _row: str = ""
    _columns: list[str] | None = None

    def step(self, unit: str) -> str:
        """What can be passed on after the next unit."""
        self._line += unit
        return self._advance(whole=unit.endswith("\n"))

    def finish(self) -> str:
        """What is left when the reply has ended."""
        rest = self._advance(whole=True)
        return rest + self._end_row()

    def _advance(self, *, whole: bool) -> str:
        """Looks at the line so far, which is `whole` when its end has come."""
        if self._passing:
            return self._pass_on(whole=whole)
        if not self._line.strip() and not whole:
            return ""
        lead = self._end_row() if self._ends_table() else ""
        if not whole and self._needs_whole():
            return lead
        if whole:
            dropped = self._drop_whole()
            if dropped is not None:
                self._line = ""
                return lead + dropped
        return lead + self._begin(whole=whole)

    def _ends_table(self) -> bool:
        return bool(self._row or self._columns) and not self._line.lstrip().startswith("|")

    def _needs_whole(self) -> bool:
        """Whether the line can only be judged once its end has come."""
        line = self._line.lstrip()
        label = _LABEL.match(line)
        if self._sources or line.startswith(("|", "```", "~~~", "[^")) or _RULE.fullmatch(line):
            return True
        if label is None:
            return line.strip(_DECORATION) == "" and not LIST_MARK.match(line)
        said, alone = label["label"].lower(), not line[label.end() :].strip()
        if said in _SOURCES:
            return alone or bool(_COLON.match(line, label.end()))
        return alone and any(known.startswith(f"{said} ") for known in _LABELS | _SOURCES)

    def _drop_whole(self) -> str | None:
        """What becomes of a whole line that is no text; None for one that is."""
        line = self._line.strip()
        if _FENCE.match(line) or _RULE.fullmatch(line):
            return ""
        if line.startswith("|"):
            return self._table(line)
        source = self._source(line)
        if source is None:
            return None
        self.listed += [source] if source else []
        return "\n\n"

    def _source(self, line: str) -> str | None:
        """What a line of a list of sources says, heading and blank lines nothing; else None."""
        if _FOOTNOTE.match(line):
            return line
        label = _LABEL.match(line)
        if label and label["label"].lower() in _SOURCES:
            colon = _COLON.match(line, label.end())
            rest = line[colon.end() if colon else label.end() :].strip(_DECORATION)
            heads = not rest and (colon or line != label[0] or self._line.endswith("\n"))
            if heads or (colon and self._is_source(rest)):
                self._sources = True
                return rest
        self._sources = self._sources and (not line or self._is_source(line))
        return line if self._sources else None

    def _is_source(self, line: str) -> bool:
        if _NUMBERED.match(line) or self.numbers(line):
            return True
        words = _WORD.findall(line)
        return bool(words) and sum(map(self.names, words)) >= _NAMING * len(words)

    def _begin(self, *, whole: bool) -> str:
        """Passes on the beginning of a line of text, without its marks."""
        heading = _HEADING.match(self._line)
        if heading:
            self._line = self._line[heading.end() :].lstrip(" \t")
            self._heading = True
        label = _LABEL.match(self._line)
        if label and label["label"].lower() in _LABELS:
            colon = _COLON.match(self._line, label.end())
            if colon:
                self._line = self._line[colon.end() :].lstrip(" \t")
                if not self._line.strip() and not whole:
                    return ""
        self._passing = True
        return self._pass_on(whole=whole)

    def _pass_on(self, *, whole: bool) -> str:
        text, self._line = _plain(self._line), ""
        if whole:
            # A heading is no part of the sentence below it.
            text = f"{text.rstrip(' #')}\n" if self._heading else text
            self._passing = self._heading = False
        return text

    # tables

    def _table(self, line: str) -> str:
        """Takes a row; the first waits to see whether it names the columns."""
        if _SEPARATOR.fullmatch(line):
            if self._columns is None:
                self._columns, self._row = _cells(self._row), ""
            return ""
        if self._columns is None:
            before, self._row = self._end_row(), line
            return before
        return self._as_line(line, self._columns)

    def _end_row(self) -> str:
        row, self._row, self._columns = self._row, "", None
        return self._as_line(row, []) if row else ""

    def _as_line(self, row: str, columns: list[str]) -> str:
        parts: list[str] = []
        for place, cell in enumerate(_cells(row)):
            column = columns[place] if place < len(columns) else ""
            if not cell:
                continue
            if self.numbers(cell) and parts:
                parts[-1] += f" {cell}"
            else:
                parts.append(f"{column}: {cell}" if column else cell)
        return f"- {'; '.join(parts)}\n" if parts else ""


def _cells(row: str) -> list[str]:
    inside = row.strip().removeprefix("|").removesuffix("|")
    return [_plain(cell).strip() for cell in _CELL.split(inside)]


_EMPHASIS = re.compile(
    r"\*\*+|`+|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)"
    r"|(?<![\w*\\])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w\\])_(?=\w)|(?<=[\w.,;:!?”’\"')\]])_(?!\w)"
)


def _plain(text: str) -> str:
    return _EMPHASIS.sub("", text)
