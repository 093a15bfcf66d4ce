"""Words in quotation marks stand in the source, word for word."""

from __future__ import annotations

import re

from assistant.support.evidence import Outcome
from assistant.support.text.words import words

__all__ = ["check_quotations", "quotations"]

# A straight or single mark opens only after a space or bracket and closes only before a
# non-letter, so that the apostrophes of "don't" and "the workers' pay" stay inside.
_QUOTED = re.compile(
    r"“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|「([^」]+)」|『([^』]+)』"
    r"|(?<![^\s(\[—–-])\"([^\"]+)\""
    r"|(?<![^\s(\[“\"—–-])[‘`](\S[^“”\"]*?)['’](?!\w)"
    r"|(?<![^\s(\[“\"—–-])'(\S[^“”\"]*?\S)'(?!\w)"
)
_CUT = re.compile(r"\[[^\]]*\]|\([^)]*\)|…|\.\s?\.\s?\.")
_SHORTEST = 2


def quotations(text: str) -> list[str]:
    """The stretches in quotation marks, without the marks, of two words or more.

    A single CJK run counts as one stretch of as many words as it has pairs of characters.
    """
    found = [next(group for group in m.groups() if group) for m in _QUOTED.finditer(text)]
    return [quote.strip() for quote in found if len(words(quote)) >= _SHORTEST]


def _as_line(text: str) -> str:
    return f" {' '.join(words(text))} "


def _stands_in(quote: str, line: str) -> bool:
    """Find the parts of a quotation, which cuts and insertions divide, in their order."""
    at = 0
    for part in _CUT.split(quote):
        wanted = _as_line(part)
        if not wanted.strip():
            continue
        at = line.find(wanted, at)
        if at < 0:
            return False
        at += len(wanted) - 1
    return True


def check_quotations(sentence: str, sources: list[str]) -> Outcome:
    """Check that every quotation is verbatim in the sources.

    Case, punctuation and the glyphs of quotation marks do not matter. A quotation that the source
    interrupts ("I think," he said, "it flies") may be joined.
    """
    stated = quotations(sentence)
    if not stated:
        return Outcome(0)
    lines = [_as_line(source) for source in sources]
    lines.append(_as_line(" ".join(sources)))
    lines += [_as_line(" ".join(quotations(source))) for source in sources]
    missing = [quote for quote in stated if not any(_stands_in(quote, line) for line in lines)]
    return Outcome(
        len(stated), tuple(f"the words “{quote}” are not in the source" for quote in missing)
    )
