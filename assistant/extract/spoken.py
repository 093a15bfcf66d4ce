"""What somebody said: who asks for it wants that person's words, not those of others about it."""

from __future__ import annotations

import re
from difflib import get_close_matches

from assistant.support.names.name_forms import TITLES
from assistant.support.text.frames import frames
from assistant.support.text.words import STOPWORDS, bare

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
    r"|(?:,[^,]{3,60},|,)?(?:\s[a-z][\w’'-]*){0,4}?\s(?:said|says|told|tells|wrote|writes|thinks)\b"
)
_AND = re.compile(r"\sand\s(?:the\s)?")
# What hangs on whoever speaks: “a letter of Reith's to Lund says”.
_HANGS_ON = re.compile(r"\s(?:of|to|for|on|from|about|against|dated|with|in|at)\s")
_OBJECT = re.compile(
    r"\b(?:to|of|on|for|from|about|against|by|with|at)\s(?:the\s)?(?:[A-Z][\w.’'-]*\s)*$"
)
_WORD = re.compile(r"\w[\w’'-]*")
# How alike two words are of which one may be the other, misspelt.
_MISSPELT = 0.8


def asked_speaker(question: str) -> tuple[str, ...]:
    """Whose words a question asks for, as it names them; none where it asks for something else."""
    found = _ASKED.search(question)
    who = " ".join(found["who"].split()) if found else ""
    return () if not who or who.lower() in _NOBODY else tuple(_AND.split(who))


def speaks(text: str, who: str) -> bool:
    """Whether a text gives words of somebody, or tells what they did in words.

    Args:
        text: A sentence or more.
        who: A name or an office. The speaker has its last word, and no other first name.
    """
    speakers = (part for frame in frames(text) for part in frame.who.split(","))
    return any(_has(_HANGS_ON.split(part)[0], who) for part in speakers) or any(
        _DOES.match(text, word.end())
        and not _OBJECT.search(text[: word.start()])
        and _has(text[: word.end()], who, last=True)
        for word in _WORD.finditer(text)
    )


def _has(text: str, who: str, *, last: bool = False) -> bool:
    """Whether a text names somebody, perhaps misspelt, at its end or anywhere."""
    own = [bare(word) for word in who.split()]
    given = set(own[:-1]) - TITLES - STOPWORDS
    words = _WORD.findall(text)
    places = range(len(words) - 1, len(words)) if last else range(len(words))
    for at in places:
        if not get_close_matches(own[-1], [bare(words[at])], 1, _MISSPELT):
            continue
        first = words[at - 1] if at else ""
        other = first[:1].isupper() and bare(first) not in {*own, *TITLES, *STOPWORDS}
        if not given or not other:
            return True
    return False
