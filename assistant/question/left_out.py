"""Questions that leave out what they are about, with no word that points back to it.

“What did the Herald say?” asks for what it said of the matter; “How many were hurt?”, “Who is the
suspect?” and “How many people were in the theatre?” ask for more of what was talked of before.
"""

from __future__ import annotations

import re

from assistant.question.people import named
from assistant.support.text.words import word_set
from index.lexical import stems

__all__ = ["leaves_out"]

_HELP = r"(?:did|does|do|has|have|had|will|would|is|was|are|were|can|could|should)"
# “How did the police react?”: to what, the question before tells.
_REACTION = re.compile(
    rf"\W*(?:what|how|why)\s+{_HELP}\s+(?:the\s+|an?\s+)?(?:[\w.’'-]+\s+){{1,4}}?(?:say(?:ing)?|said"
    r"|react(?:ed)?|respond(?:ed)?|reply|replied|comment(?:ed)?|object(?:ed)?|argue|doing|do|done"
    r"|write|written|find|found|plan(?:ned)?|decide|propose|demand|promise)\W*\Z",
    re.IGNORECASE,
)
# “How many are in Poland?”
_COUNTED = re.compile(
    r"\W*how\s+many\s+(?:more\s+|others?\s+)?(?:are|were|is|was|have|has|had|did|do|will)\b",
    re.IGNORECASE,
)
# “Who is the suspect?”, “How long was the speech?”, “Is there a vaccine?”
_UNTOLD = re.compile(
    r"\W*(?:(?:who|what|where|when|how\s+\w+)\s+(?:is|was|are|were)\s+the\s+(?:[a-z-]+\s+)?[a-z-]+"
    r"|(?:is|are|was|were)\s+there\s+(?:an?|any|some)\s+[a-z-]+(?:\s+[a-z-]+)?|who\s+[a-z]+)\W*\Z",
    re.IGNORECASE,
)
# Asks for more of something that happened.
_PAST = re.compile(
    r"\W*(?:who|where|which\s+[\w-]+|how\s+(?:many|much|old|long|far|badly|often)(?:\s+[\w-]+){0,3})"
    r"\s+(?:did|was|were|had|[a-z]+ed|shot|won|led|made|took|gave|found|lost|sent|told|paid)\b",
    re.IGNORECASE,
)
_THE = re.compile(r"\bthe\s+(?:[a-z-]+\s+)?([a-z-]{4,})", re.IGNORECASE)
# Nouns with “the” that everybody has a first one of.
_KNOWN = word_set(
    """
    world country nation internet economy news government president weather public people army
    """
)
# So many words may be its own where it asks for more of something.
_FEW = 2


def leaves_out(text: str, own: list[str], before: str) -> bool:
    """Whether a question that points at nothing needs the one before it all the same.

    Args:
        text: A question without its opening and times.
        own: Its telling words.
        before: The question before it.
    """
    if _REACTION.match(text) or _COUNTED.match(text):
        return True
    if named(text):
        return False
    asked = set(stems(before))
    again = (m[1].lower() for m in _THE.finditer(text))
    if any(noun not in _KNOWN and asked.issuperset(stems(noun)) for noun in again):
        return True
    return bool(_UNTOLD.match(text)) or (len(own) <= _FEW and bool(_PAST.match(text)))
