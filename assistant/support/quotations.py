"""Words in quotation marks stand in the source, word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SMALL = frozenset("a an and at by for from in of on or the to with".split())


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


def _is_title(quote: str) -> bool:
    """Whether all its words but small ones begin with capitals."""
    found = _WORD.findall(quote)
    return (
        bool(found)
        and found[0][0].isupper()
        and all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in found)
    )


def _is_named(title: str, lines: Sequence[str]) -> bool:
    """Whether a line has the title, written in one word ("@MorningShow") as well."""
    joined = f" {''.join(words(title))} "
    return any(_stands_in(title, line) or joined in line for line in lines)


def check_quotations(
    sentence: str, sources: Sequence[str], contexts: Sequence[str] = ()
) -> Outcome:
    """Check that every quotation is verbatim in the sources.

    Case, punctuation and the glyphs of quotation marks do not matter. A quotation that the source
    interrupts ("I think," he said, "it flies") may be joined. The title of a song or show is a
    name, which may stand in the context, as names may.

    Args:
        sentence: The sentence of the answer.
        sources: The cited texts.
        contexts: Text around them.
    """
    stated = quotations(sentence)
    if not stated:
        return Outcome(0)
    lines = [_as_line(source) for source in sources]
    lines.append(_as_line(" ".join(sources)))
    lines += [_as_line(" ".join(quotations(source))) for source in sources]
    around = [_as_line(context) for context in contexts]
    missing = [
        quote
        for quote in stated
        if not any(_stands_in(quote, line) for line in lines)
        and not (_is_title(quote) and _is_named(quote, [*lines, *around]))
    ]
    return Outcome(
        len(stated), tuple(f"the words “{quote}” are not in the source" for quote in missing)
    )
