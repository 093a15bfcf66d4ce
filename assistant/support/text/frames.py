"""Finds in a sentence what somebody is reported to say, and who."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

__all__ = ["Frame", "frames"]

# How a statement begins without a mark before it.
_STATEMENT = (
    r"(?= (?:that|the|an?|it|he|she|they|there|this|these|some|many|most|more|[A-Z][a-z]+)\b)"
)
_VERB = re.compile(
    r"\b(?:(?P<told>told|tells|informed|assured|reminded)|(?P<denied>denied|denies|disputed"
    r"|disputes)|(?P<vouched>announced|announces|confirmed|confirms|revealed|reveals|admitted|admits"
    r"|disclosed|found|showed|shows|acknowledged)|said|says|say|saying|added|adds|claimed|claims"
    r"|claim|claiming|argued|argues|argue|arguing|warned|warns|warning|insisted|insists|noted|notes"
    r"|noting|explained|explains|alleged|alleges|allege|alleging|report(?:s|ed)?(?= that\b)"
    r"|(?<!\bit )(?<!\bIt )(?:is|are|was|were|remains?|remained) (?:sure|certain|convinced|adamant"
    r"|confident)(?= (?:that|the|there|he|she|they)\b)|(?:ha[sd]|have) no doubt(?= that\b)"
    r"|(?<=[a-z]s )(?:warn|think|predict|suggest|fear|suspect|contend|insist|estimate|maintain"
    rf"|testify|worry|assert|complain|note){_STATEMENT}|maintains(?= that\b)"
    r"|(?<!\b[Ii]t )(?:is|are|was|were) (?:saying|claiming|arguing|warning|insisting|alleging"
    rf"|predicting|suggesting|reporting){_STATEMENT}"
    r"|(?:is|are|was|were) (?:of the (?:view|opinion)|under the impression)(?= that\b)"
    r"|(?:recount(?:s|ed)|describe[sd]|recalls)(?= how\b)|(?:felt|hint(?:s|ed))(?= that\b)"
    r"|report(?:s|ed)(?= (?:on \w+day )?the (?!\w+ing\b)(?:[\w’'-]+ ){1,3}?"
    r"(?:is|are|was|were|has|had|will|sank|sunk|fell|rose|began|left|won|lost|took|broke|went)\b)"
    r"|(?<=, )reports(?= (?:the )?[A-Z])|reported(?=\.?$)"
    r"|believed|believes|believe|suggested|suggests"
    r"|(?:wrote|writes)(?! (?:an?|to|for|about|letters?)\b)|tweeted"
    r"|predicted|predicts|estimated|estimates|stressed|stated|states|stating|maintained|contended"
    r"|contends|asserted|asserts|testified|thinks|recalled|remarked|complained|joked|replied"
    r"|cautioned|lamented|conceded|emphasized|emphasised|quipped|declared|reckons"
    r"|reckoned|continued)\b(?! (?:as|against|to (?:the )?[A-Z]))"
)
_ACCORDING = re.compile(
    r"\b[Aa]ccording to |, per (?=(?:the )?[A-Z])|\b[Ii]n the (?:words|view|opinion|telling) of "
)
# "As the mayor put it," and "in her words" say it of all the rest.
_PUT = re.compile(
    r"(?:^|(?<=, ))(?:[Aa]s (?P<as>[^,;:“”\"]{2,40}?) (?:has |had |later |once )?puts? it"
    r"|[Ii]n (?P<in>his|her|their|[^,;:“”\"]{2,40}?[’']s?) (?:own )?(?:words|view|opinion|telling)"
    r"|[Tt]o hear (?P<hear>[^,;:“”\"]{2,40}?) tell it)(?=[,.]|$)"
)
# What ends the words for a speaker, going back and going on.
_BACK = re.compile(
    r".*(?:[,;:“”\"—–()]|\b(?:that|(?i:and|but|as|while|when|because|after|although|though|if|since"
    r"|so|despite|unlike|what|whom|(?:in|on|of) which)))\s+",
    re.DOTALL,
)
_TITLE = r"(?<!\bRep)(?<!\bSen)(?<!\bGov)(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\b[A-Z])"
_ON = re.compile(
    rf"[,;:“”\"—–(]|{_TITLE}\.|$| (?:that|when|as|after|while|in (?:a|an|the)|on [A-Z])\b"
)
_WHEN = (
    r"(?: (?:on|in|at|during|after|late|early|last|this|to|via|through|by|of|from|yesterday|today"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b[^,;:“”\"—]{0,60}?)?"
)
_THAT = re.compile(_WHEN + r",? that\b")
_ENDING = re.compile(_WHEN + r"\s*(?P<end>[,.;:!?”\"—–]|$)")
_LISTENER = re.compile(
    r"(?: reporters| journalists| lawmakers| members| (?:the )?[A-Z]\S*(?: [A-Z]\S*)*)"
    r"(?= (?:the|an?|he|she|it|they|there|his|her|its|their|some|many|most|no|more|\d\S*) )"
    r"|(?: [^\s,.;:“”\"]+){1,5}?(?= that\b|[,.;:“”\"]|$| (?:on|in|at|via|by) )"
)
# Who is told to do something, or only told after something, hears no statement.
_ORDER = re.compile(rf"(?: [^\s,.]+){{1,3}}?(?: to (?!the\b|an?\b)[a-z]|{_WHEN} (?:after|when) )")
_AUXILIARY = re.compile(
    r"\s*\b(?:has|have|had|also|later|then|once|previously"
    r"|(?!family|assembly|ally|July|Italy)\w+ly|has also|had also|is|are|was|were"
    r"|(?:on )?\w+day)\s*$"
)
# A name in front of a description; what no speaker begins with; and what stands before a verb
# whose subject is not a speaker.
_NAMED = re.compile(r"[A-Z]\S*(?: (?:[A-Z]\S*|of|de|van|von|the|bin|al|del|la))*")
# "Ruth Amsel, 43, head of the inquiry,", "Ruth Amsel (Labour)" and "Its chief, Ruth Amsel,": no
# clause that somebody says, but who says what follows.
_NAME = r"[A-Z]\S*(?<![,;:])(?: (?:[A-Z][^\s,]*|of|de|van|von|the|bin|al|del|la))"
_DESCRIBED = re.compile(
    rf"(?:{_NAME}*|(?:The|An?|His|Her|Its|Their|One) [\w’'-]+)"
    r"(?:, [^;:“”\"—–]+,| \([^()]+\)| [—–] [^—–]+ [—–])\s+$"
    rf"|(?:[^,;:“”\"—–]* )?[a-z][\w-]*, {_NAME}+,\s+$"
)
# “It will hold,” Ruth Amsel, who heads the inquiry, [said].
_BEHIND_QUOTE = re.compile(
    rf"[,.?!…][”\"]\s(?P<who>{_NAME}*, (?!and\b|but\b)[^;:“”\"—–]{{3,80}}),\s+$"
)
_NO_SPEAKER = re.compile(
    r"(?:that|it|there|to|in|on|at|by|of|and|or|for|with|but|via|through|from|\w+day"
    r"|(?:last|this|next|earlier) (?:year|month|week|fall|spring|summer|winter|autumn))\b"
)
_COUNTED = re.compile(r"(?:[\d,]+|\w+ty|\w+teen|two|three|four|five|six|seven|eight|nine|ten)$")
# Where what opens a sentence beside its main clause stops saying what somebody says.
_BESIDE = re.compile(r"(?i:while|although|though|as|when|after|since|if|because)\s+$")
_RELATIVE = re.compile(r"\b(?:that|which|despite|unlike)\s+$", re.IGNORECASE)
_DASHED = re.compile(r" ([—–]) [^—–]{2,60} \1\s+$")
# Where another statement ends, and what may stand before a subject: "Citing the ruling, ...".
_DIVIDES = re.compile(r"[;—–]\s|, (?:and|but|while|although|though)\s")
_OPENER = re.compile(
    r"\s*(?:\w+ing|In|On|At|After|Before|Ahead|For|By|With|Under|As|From|Still|Meanwhile|However"
    r"|Also|Separately|Earlier|Later|Last|While|When|Despite|Unlike|Shown|Told|Given|Aware|Conscious"
    r"|\w+ed (?:about|of|by|with|if|how|why|whether|on|to))\b[^,;:“”\"—–(]*,\s"
)
_APPOSED = re.compile(
    r", (?!\w+ing\b|\w+ed\b|who\b|which\b|and\b|but\b|while\b|as\b|when\b|after\b)[^,;:“”\"—–(.]+"
    r"(?=[.,]|$)"
)
# "Two posts that, according to the firm, broke its rules"
_WHICH = re.compile(r"\b(?:that|which|who|whom|where),?\s+\Z")
# Where what a subject does begins.
_DOES = re.compile(r"(?<=\w) (?:called|told|gave|made|wrote|took|met|left|\w{3,}ed)\b")
_BRACKETS = re.compile(r" \([^()]*\)")
# Nouns and adjectives too.
_ALSO_OTHER = frozenset(
    {
        *("states", "claims", "notes", "estimates", "estimated", "continued", "warning", "claim"),
        *("declared", "warned", "believe", "noted", "alleged", "stated", "argue", "recalled"),
        *("added", "adds"),
    }
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|did|does|do|should)\b"
)
_OTHER_CLAUSE = re.compile(r", (?:and|but|while|although|though) (?!that\b)|; ")
_QUOTED = re.compile(r"[“\"]([^“”\"]+)(?:[”\"]|\Z)")
# A quotation of fewer words is a way to put something, not what somebody states.
_STATED = 5
_LONGEST_SPEAKER = 16


@dataclass(frozen=True, slots=True)
class Frame:
    """What somebody says in a sentence.

    Attributes:
        who: Who says it, as written; empty for a quotation without a speaker.
        start: Where what is said begins in the sentence.
        end: Where it ends.
        reach: Where it may end too, as "and the mayor agreed" may be said or be so.
        denied: Whether it is said not to be so.
        vouched: Whether the sentence takes it for true, as "announced" and "confirmed" do.
    """

    who: str
    start: int
    end: int
    reach: int = 0
    denied: bool = False
    vouched: bool = False


@functools.lru_cache(maxsize=2048)
def frames(text: str) -> tuple[Frame, ...]:
    """What is said in a sentence, and by whom."""
    found: list[Frame] = []
    for verb in _VERB.finditer(text):
        found += _of_verb(text, verb)
    for match in _ACCORDING.finditer(text):
        found += _according(text, match)
    for match in _PUT.finditer(text):
        whole = (match.end(), len(text)) if not match.start() else (0, match.start())
        found.append(Frame(str(match[str(match.lastgroup)]), *whole))
    for match in _QUOTED.finditer(text):
        covered = any(f.start <= match.start(1) and match.end(1) <= f.end + 2 for f in found)
        if len(match[1].split()) >= _STATED and not covered:
            found.append(Frame("", *match.span(1)))
    return tuple(found)


def _of_verb(text: str, verb: re.Match[str]) -> list[Frame]:
    before = text[: verb.start()]
    first = _subject_start(before)
    who = _AUXILIARY.sub("", before[first:]).strip()
    after = verb.end()
    if verb["told"]:
        if _ORDER.match(text, after):
            return []
        listener = _LISTENER.match(text, after)
        after = listener.end() if listener else after
    if not who:
        return _inverted(text, verb, after)
    if (
        (verb["told"] and who == "All")
        or not _is_speaker(who)
        or _is_no_verb(verb[0], before, who, text[after:])
    ):
        return []
    if who.endswith(" and"):  # "opposes the plan and says"
        return _inverted(text, verb, after)
    who, first = _with_name(who, first, before)
    ending = _ENDING.match(text, after)
    said_before = before[:first].strip(' ,“”"—–')
    marked = re.search(r"[,”\"—–?!]\s*$", before[:first])
    if ending and marked and len(said_before.split()) > 2:
        frames_ = [Frame(who, 0, first)]
        if ending["end"] in {",", ":"} and len(text[ending.end() :].split()) > 2:
            frames_.append(Frame(who, ending.end(), len(text)))
        return [replace(frame, vouched=bool(verb["vouched"])) for frame in frames_]
    return _leading(text, who, verb, after, beside=bool(_BESIDE.search(before[:first])))


def _subject_start(before: str) -> int:
    """Where the words for a speaker begin that end here; "head of energy and infrastructure"."""
    boundary = _BACK.match(before)
    while boundary and re.search(r"\band\s+$", boundary[0]):
        earlier = _BACK.match(before[: boundary.end() - 4].rstrip() or " ")
        left = before[earlier.end() if earlier else 0 : boundary.end()]
        if _FINITE.search(left) or re.search(r"(?<!-)\b\w+ed\b", left):
            break
        boundary = earlier
    return boundary.end() if boundary else 0


def _leading(
    text: str, who: str, verb: re.Match[str], after: int, *, beside: bool = False
) -> list[Frame]:
    """What stands behind the verb, as far as nobody else is the subject.

    Beside a main clause ("While he said that he was well, the race went on") it is one clause.
    """
    that = _THAT.match(text, after)
    start = that.end() if that else after
    other = _OTHER_CLAUSE.search(text, start)
    end = other.start() if other and not re.search(r"[“\"]", text[start:]) else len(text)
    comma = text.find(", ", start) if beside else -1
    if comma > 0:
        return [Frame(who, start, comma, comma, bool(verb["denied"]), bool(verb["vouched"]))]
    denied = bool(verb["denied"])
    if len(text[start:end].split()) < 3 and not denied:
        return []
    return [Frame(who, start, end, len(text), denied, bool(verb["vouched"]))]


def _is_no_verb(word: str, before: str, who: str, after: str) -> bool:
    """Tell "its estimated population", "some states" and "were warned" from who says what."""
    if re.search(r"\b(?:is|are|was|were|be|been|being|has been|as|of|to|the|an?)\s+$", before):
        return True
    if word not in _ALSO_OTHER or (
        re.match(r"\s*[.]?\s*$", after) and before.removesuffix(f"{who} ").endswith(("” ", '" '))
    ):
        return False
    if word == "states" and _COUNTED.search(who):
        return True
    if word == "added" and re.search(r"\b(?:has|have|had)\s+$", before):
        return not re.match(r"\s*(?:[,:“\"]|that\b)", after)
    subject = who[0].isupper() or len(who.split()) < 4
    return not (
        subject
        and re.match(
            r"\s*(?:on [A-Z]\w+day )?(?:[,.“”\"]|$|(?:that|the|an?|he|she|it|they|there|how)\b)",
            after,
        )
    )


def _with_name(who: str, first: int, before: str) -> tuple[str, int]:
    """Take the name before "the head of the inquiry" along."""
    named = re.search(r"(?:^|[,“”\"—–]\s*)(?P<name>[A-Z][^,;:“”\"]{2,40}), $", before[:first])
    described = re.match(r"(?!(?:he|she|they|it|we)\b)(?:[a-z]|[A-Z]\S*[’']s? [a-z])", who)
    plain = named and described
    if not named or not plain or not _NAMED.fullmatch(named["name"]):
        return who, first
    return f"{named['name']}, {who}", named.start("name")


def _inverted(text: str, verb: re.Match[str], after: int) -> list[Frame]:
    """What stands before ", said Ruth Amsel", or behind "Ruth Amsel, the head of it, said"."""
    before = text[: verb.start()]
    if _RELATIVE.search(before):
        return []
    behind = _BEHIND_QUOTE.search(before)
    if behind:
        return [Frame(behind["who"], 0, behind.start("who"))]
    end = _ON.search(text, after + 1)
    stop = end.start() if end else len(text)
    who = text[after:stop].strip()
    # "They announced the nominees": what is found, shown or announced may stand there, too.
    may_follow = not verb["vouched"] or _states(before)
    plain = may_follow and who and not _FINITE.search(who) and not _NO_SPEAKER.match(who)
    dashed = _DASHED.search(before)
    divides = _DIVIDES.finditer(before, 0, dashed.start() if dashed else len(before))
    last = max((mark.end() for mark in divides), default=0)
    opener = _OPENER.match(text, last)
    begins = opener.end() if opener else last
    is_described = _DESCRIBED.match(before, begins) and not _NO_SPEAKER.match(
        before[begins:].lower()
    )
    if plain and not is_described and _is_speaker(who) and not re.search(r"\band\s+$", before):
        if len(before.split()) > 2:
            return [Frame(f"{who}{_apposition(text, stop)}", 0, verb.start())]
        if re.search(r",\s*$", before):  # "Still, says Ruth Amsel, it was safe."
            return [Frame(who, stop, len(text))]
    subject = re.compile(r"[^,;:“”\"—–(]+").match(text, begins)
    if not subject or subject.end() >= verb.start():
        return []
    whole = _AUXILIARY.sub("", text[subject.start() : verb.start()])
    who = _BRACKETS.sub("", whole).strip(" ,")
    described = re.fullmatch(r"[^,;:“”\"—–(]+, (?!wh)[^,;:“”\"—–(]+", who)
    if not described or not _is_speaker(who) or not re.search(r",\s*$", whole):
        who = subject[0].strip()
        if verb[0].endswith("ing"):  # "A spokesman called it a loss, saying"
            who = _DOES.split(who)[0]
    return _leading(text, who, verb, after)


def _states(before: str) -> bool:
    """Tell what is announced from who is: “It is over,” or "the race is off," from a subject."""
    quoted = re.search(r"[“\"]([^“”\"]+),[”\"]\s*$", before)
    if quoted:
        return not quoted.start() or len(quoted[1].split()) >= _STATED
    return bool(re.search(r",\s*$", before) and _FINITE.search(before))


def _apposition(text: str, at: int) -> str:
    """Who a speaker is, where it stands behind the name: ", the head of the inquiry"."""
    found = _APPOSED.match(text, at)
    return found[0] if found and not _FINITE.search(found[0]) else ""


def _according(text: str, match: re.Match[str]) -> list[Frame]:
    end = re.compile(rf"[,;:“”\"—–(](?!\w)|{_TITLE}\.(?!\w)|$").search(text, match.end())
    stop = end.start() if end else len(text)
    who = text[match.end() : stop].strip()
    inserted = _WHICH.search(text, 0, match.start())
    if len(text[: match.start()].split()) < 2 or (inserted and text[stop : stop + 1] == ","):
        return [Frame(who, stop, len(text))]
    # "The mayor said that it was safe, but it is not, according to the police"
    said = _VERB.search(text, 0, match.start())
    joints = _OTHER_CLAUSE.finditer(text, said.end(), match.start()) if said else ()
    begins = max((joint.end() for joint in joints), default=0)
    return [Frame(f"{who}{_apposition(text, stop)}", begins, match.start())]


def _is_speaker(who: str) -> bool:
    count = len(who.split())
    plain = not _FINITE.search(who) or re.search(r"\b(?:who|which|that)\b", who)
    return (
        0 < count <= _LONGEST_SPEAKER
        and bool(plain)
        and not re.search(
            r"^(?:I|[Ww]e|to|which|what|can|could|will|would|must|should)\b|\bnot\b|n[’']t\b|\bnever\b",
            who,
        )
    )
