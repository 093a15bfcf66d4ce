"""What somebody said: who asks for it wants that person's words, not those of others about it."""

from __future__ import annotations

import re
from difflib import get_close_matches

from assistant.support.text.frames import frames
from assistant.support.text.words import bare

__all__ = ["asked_speaker", "speaks"]

_ASKED = re.compile(
    r"\b(?:what|how)\s(?:did|does|has|had|do|is|was|are)\s(?P<who>(?:[\w.’'-]+\s){1,5}?)"
    r"(?:(?:just|also|ever|recently|been)\s)?"
    r"(?:say(?:ing)?|said|tell|told|think|claim(?:ed)?|argue[sd]?|promised?|vow(?:ed)?"
    r"|respond(?:ed)?|repl(?:y|ied)|react(?:ed)?|announced?|warn(?:ed)?|comment(?:ed)?"
    r"|accused?|criticized?|criticised?|demand(?:ed)?|urged?|justif(?:y|ied)|explain(?:ed)?"
    r"|describe[sd]?|den(?:y|ied))\b",
    re.IGNORECASE,
)
# “What did they say about it” asks for nobody by name.
_NOBODY = frozenset("he she they it you we i people experts anyone everyone others who".split())
# What somebody does in words where no statement follows: “Reith rejected calls to step down”.
_DOES = re.compile(
    r"(?![’']s)(?:,[^,]{3,60},)?(?:\s[\w’'-]+){0,4}?\s"
    r"(?:call|reject|refus|vow|pledg|promis|urg|demand|accus|prais|criti|condemn|apologi|ask|tweet"
    r"|post|dismiss|defend|blam|slam|den|express|regret|thank|respond|repl|declin|back|oppos|warn"
    r"|describ|believ|want|announc|insist|argu|claim)(?:e[sd]?|s|es|ed|ing|y|ie[sd]|[sz]e[sd]|ci[sz]e[sd])\b"
    r"|.{0,60}\s(?:said|says|told|tells|wrote|writes|thinks|thought)\b"
)
_WORD = re.compile(r"\w[\w’'-]*")
# How alike two words are of which one may be the other, misspelt.
_MISSPELT = 0.8


def asked_speaker(question: str) -> str:
    """Whose words a question asks for, as it names them; empty where it asks for something else."""
    found = _ASKED.search(question)
    who = " ".join(found["who"].split()) if found else ""
    return "" if who.lower() in _NOBODY else who


def speaks(text: str, who: str) -> bool:
    """Whether a text gives words of somebody, or tells what they did in words.

    Args:
        text: A sentence or more.
        who: Names or offices, of one of which the speaker has to have the last word.
    """
    named = [bare(each.rsplit(maxsplit=1)[-1]) for each in re.split(r"\sand\s", who)]
    speakers = [word for frame in frames(text) for word in _WORD.findall(frame.who)]
    speakers += [word[0] for word in _WORD.finditer(text) if _DOES.match(text, word.end())]
    known = {bare(word) for word in speakers}
    return any(get_close_matches(each, known, 1, _MISSPELT) for each in named)
