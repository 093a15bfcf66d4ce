"""Which clause of a sentence a date stands in, and whether that is what the sentence tells.

“Trump, indicted on March 30, appeared in court on Tuesday” tells of Tuesday. What hangs on a noun,
or only adds to the main clause, may be of any other time. Where that cannot be told without knowing
the grammar, a date counts as that of something else: none is better than a wrong one.
"""

from __future__ import annotations

import re

from index.dates import DateMention

__all__ = ["SAID", "clause_before", "clauses_behind", "is_beside", "may_be_beside"]

SAID = r"\b(?:said|says|saying|told|tells|reported|reports|announced|confirmed|added|testified)\b"

# Not the comma of “70,000”.
_CLAUSE_END = re.compile(r"[;:()—]|,(?!\d)|\s[–-]\s")
# “for interrupting the House”, but not “for fighting on Tuesday”
_DOING = (
    r"(?:for|of|with|about|over) (?:\w+ly )?(?!\w*(?:morning|evening|during)\b)\w{2,}ing"
    r"(?= (?!on\b|in\b|at\b|late\b|early\b)\w+ )"
)
_ACCUSED = r"(?:charged|accused|convicted|sentenced|indicted|arrested|suspected|blamed|guilty)"
# What follows these is of another time, until a comma; “when” and “while” tell of the same time.
_ASIDE = re.compile(
    r"\b(?:who|whom|whose|which|where|that|why|after|before|since|until|till|because|if"
    r"|unless|although|though|whether|following|ahead of|than(?! [\d$£€])"
    r"|from (?:\w+ )?[\d$£€][\d.,]*|(?:down|up)(?: [\w$%.]+){0,4} from"
    r"|as (?!well|part|many|much|\d)|what(?! (?:was|is|appear|seem))|including|despite|having"
    r"|compared (?:to|with)"
    rf"|{_ACCUSED}\s+(?:\w+\s+)?{_DOING})\b",
    re.IGNORECASE,
)
_DOING_SOMETHING = re.compile(rf"\b{_DOING}", re.IGNORECASE)
_SAID_THAT = re.compile(rf"{SAID}(?:\s+(?!that\b)[\w’'.-]+){{0,6}}\s+$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:(?:late|early|the|at) )*\Z", re.IGNORECASE)
# “in Sarnhaven, New Veldra, on”: commas around a name end nothing.
_PLACE = re.compile(
    r",( [A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2}),(?= (?:(?:late|early) )?(?:on )?\Z)"
)
_IRREGULAR = (
    r"(?:held|born|built|made|found|shot|sold|led|won|taken|given|known|written|set|begun|seen)"
)
_PARTICIPLE = re.compile(
    rf"\s*(?:(?:first|originally|later|\w+ly)\s+)?(?:\w{{2,}}ed|{_IRREGULAR})\b"
)
# “Brack, three years ago the richest of them, is …”
_APPOSITION = re.compile(r"\s+(?:the|an?)\b")
# “Indicted on March 30, Trump …”
_BEGINNING = re.compile(
    rf"\W*(?:(?:First|Originally)\s+\w+ed|[A-Z]\w+ed|(?i:{_IRREGULAR}))"
    r"\s+(?:on|in|at|by|for|after|during|to|as|with|late|early)\b"
)
_FINITE = re.compile(
    r"\s*(?:(?:also|now|\w+ly)\s+)?(?:\w{2,}ed|is|are|was|were|has|have|had|will|went|came|made|took"
    r"|won|lost|left|gave|got|became|began|met|told|spoke|ran|drew|saw|plans|faces|remains)\b"
)
_PRESENT = re.compile(r"\b(?:is|are|has|have)\b")
_WITH = re.compile(r"\s*(?:and\s+)?with\b.*\w{2,}(?:ed|ing)\b", re.IGNORECASE)
# What is told of an event that has a day of its own: “his role in the attack on the port on 3 May”.
_OF_AN_EVENT = re.compile(
    r"\b(?:(?:role|part|involvement|participation|actions?|charges?|suspects?|convicted|sentenced)"
    r"\s+in|(?:charged|connection)\s+(?:with|in|to)|(?:response|relat(?:ed|ing)|connected|linked)"
    r"\s+to|investigat(?:ions?|ing)(?:\s+(?:of|into))?|(?:sentenced|jailed|convicted|responsible"
    r"|blamed|charged|indicted|arrested|tried)\s+for|(?:condemn|critici[sz]|denounc|defend|prais|recall)(?:ed|ing|s|es)"
    r"|inquiry\s+into|probe\s+(?:of|into)|about|of|from"
    r"|over|into)\s+(?:(?:the|a|an|his|her|its|their)\s+)?(?:[\w’'-]+\s+){0,3}?(?:attack|assault"
    r"|riot|insurrection|shooting|massacre|killing|murder|slaying|death|crash|raid|invasion|bombing"
    r"|explosion|robbery|breach|break-in|siege|stabbing|beating|violence|events?|actions?|storming)s?"
    r"(?:\s+(?:of|on|at|in|near|outside|by)(?:\s+(?!on\b)[\w’'.-]+){1,4}?)?\s+(?:on\s+|in\s+)?\Z",
    re.IGNORECASE,
)

# “has defended what was done on Jan. 6”: what has been done has no day of its own.
_PERFECT = re.compile(
    r"(?<!to )\b(?:has|have)\b(?! to\b)(?!.*\b(?:when|while|and)\b)", re.IGNORECASE
)


def clause_before(before: str) -> str:
    """What stands before a date in its clause."""
    return _CLAUSE_END.split(_PLACE.sub(r"\1", before))[-1]


def clauses_behind(after: str) -> list[str]:
    """What follows a date: the rest of its clause, and further ones."""
    return _CLAUSE_END.split(after)


def is_beside(before: str, mention: DateMention, after: str) -> bool:
    """Whether a date is that of a noun or an added clause, rather than of what a sentence tells.

    Args:
        before: What stands before the date.
        mention: The date.
        after: What follows it.
    """
    clause = clause_before(before)
    if _FROM.search(clause) or _hangs_on_another(clause) or _is_added(before, clause, after):
        return True
    # “died in the crash on Tuesday”: days of the week are those of the news.
    if mention.grain == "weekday":
        return False
    perfect = mention.grain == "day" and _PERFECT.search(clause)
    return bool(perfect or _OF_AN_EVENT.search(clause))


def may_be_beside(before: str) -> bool:
    """Whether another date of the sentence would rather be that of what it tells.

    “Expelled last week for interrupting the House on Monday”; without “last week” it is Monday.
    """
    return _DOING_SOMETHING.search(clause_before(before)) is not None


def _hangs_on_another(clause: str) -> bool:
    """Whether a word opens a clause within it; “said that” opens the one that tells."""
    openers = list(_ASIDE.finditer(clause))
    if not openers:
        return False
    last = openers[-1]
    return last[0].lower() != "that" or not _SAID_THAT.search(clause[: last.start()])


def _is_added(before: str, clause: str, after: str) -> bool:
    """Whether the clause of a date has no subject of its own, or is put behind “with”."""
    ahead, behind = _CLAUSE_END.split(before)[:-1], clauses_behind(after)
    if not ahead:
        return len(behind) > 1 and _BEGINNING.match(clause) is not None
    if _WITH.match(clause):
        return True
    # The main verb follows on it, and only its subject stands before; else the clause may be the
    # main one: “The mayor, 76, spoke on Tuesday, surrounded by friends”.
    follows = len(behind) > 1 and _FINITE.match(behind[1])
    # “is one of the youngest, elected in 2022”
    if _PARTICIPLE.match(clause) and _PRESENT.search(ahead[-1]) and not _ASIDE.search(ahead[-1]):
        return True
    without = _PARTICIPLE.match(clause) or _APPOSITION.match(behind[0])
    return bool(len(ahead) == 1 and without and follows)
