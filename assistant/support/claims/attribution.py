"""Who says what: what somebody said does not become a fact, nor what somebody else said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.support.names.check import find_names
from assistant.support.names.name_forms import COUNTRIES, TITLES, related
from assistant.support.text.alignment import Alignment, alike
from assistant.support.text.frames import Frame, frames
from assistant.support.text.reading import Reading
from assistant.support.text.words import STOPWORDS, bare, fold, words

__all__ = ["check_attribution"]

# Anything that shows that a sentence reports: one that has it is not taken to state a fact.
_REPORTS = re.compile(
    r"\b(?:calculat\w+|said|says?|saying|told|tells?|tell|according|accord\w*|reportedly|alleg\w*|accus\w+"
    r"|claim\w*|statements?|announc\w+|confirm\w*|admit\w*|report\w*|reveal\w*|descri\w+|calls?"
    r"|called|calling|quot\w+|cit(?:ed|es|ing)|blam\w+|prais\w+|critici\w+|condemn\w*|urg\w+|ask\w*"
    r"|promis\w+|vow\w*|pledg\w+|hop(?:e|es|ed|ing)|wants?|wanted|shows?|showed|shown|found|finds?"
    r"|expect\w*|mention\w*|indicat\w+|opinion|accounts?|version|views?|viewed|feels?|felt|fear\w*"
    r"|sees?|saw|consider\w*|testi\w+|plead\w*|charg\w+|suspect\w*|seem\w*|appear\w*|think\w*"
    r"|thought|interview\w*|speaking|spoke\w*|acknowledg\w+|point\w+ out|agree\w*|signal\w*"
    r"|recommend\w*|advis\w+|discuss\w*|question\w*|worr\w+|concern\w*|dubbed|labell?ed|comment\w*"
    r"|remark\w*|argu\w+|warn\w*|insist\w*|not(?:es|ed|ing)|expla\w+|believ\w+|suggest\w*|wrot\w+"
    r"|writ\w+|tweet\w*|predict\w*|estimat\w*|stress\w*|stat(?:ed|ing)|maint\w+|conten\w+"
    r"|assert\w*|recall\w*|deni\w+|deny\w*|disput\w+|reject\w*|dismiss\w*|declar\w+|conced\w+"
    r"|caution\w*|emphasi\w+|forecast\w*|project\w*|rated?|judg\w+|ruled?|deem\w*|propos\w+|plans?"
    r"|planned|may|might|could|likely|possibl\w+|supposed\w*|apparent\w*|words|reckon\w*|afraid"
    r"|puts? (?:\w+ ){1,10}at|complain\w*|boast\w*|lament\w*|regret\w*|jok(?:es|ed|ing)|mock\w*"
    r"|assur\w+|posted|learn(?:s|ed|t)|footage|shout\w*|cr(?:ies|ied)|alarm\w*"
    r"|liken\w*|voic(?:es|ed|ing)|affirm\w*|regard(?:s|ed)|link(?:s|ed)"
    r"|puts? (?:\w+ ){0,10}down to|g[ai]v\w+ (?:\w+ ){1,10}as|doubt\w*|guess\w*|dread\w*|wish\w*"
    r"|assum\w+|experience|telling|reckoning|calculations?|tests|research|stud(?:y|ies)|eyes|mind)\b",
    re.IGNORECASE,
)
# One speaks of oneself.
_I = re.compile(r"\W*(?:(?:And|But|So|Now|Well)\b,? )?(?:I|[Ww]e)\b(?:[’']\w+)?")
# "To Ida Lund of the board, the plan is a mistake."
_VIEW = re.compile(r"(?:To|For) [A-Z][^,]+, ")
# A quotation does too, but for a title or label ("Made in USA").
_QUOTES = re.compile(r'"(?=[^A-Z]|(?:[^ "]+ ){4})')
# Who speaks for somebody, or is of the family, is not that person.
_OF_SOMEBODY = re.compile(
    r"[’']s? (?:\w+ )?(?:family|widow|wife|husband|parents?|mother|father|sons?|daughters?|brother"
    r"|sister|lawyers?|attorneys?|opponents?|critics|rivals?)$"
)
# Figures, filings and laws state what is so, as people and those who collect figures only say it.
_DATA = re.compile(
    r"\b(?:(?:data|figures|statistics|filings?|census|records|accounts|index|observations|readings"
    r"|updates?|information|tally|count)"
    r"(?:\W*$|\s(?:[a-z]+ed )?(?:from|with|by|of|for|on|[A-Z]\w+day)\b)"
    r"|(?:constitution|statute|treaty|inflation report|price index|community survey)\W*$"
    r"|[A-Z]\w+\.(?:com|us|org|gov)$)",
    re.IGNORECASE,
)
# What a speaker says of itself.
_OF_ITSELF = re.compile(r"[^,;:“”\"]{0,20}?\b(?:it|he|she|they|its|his|her|their)\b")
_OF_BODY = re.compile(r"[^;:“”\"]{0,60}?\b(?:it|they|its|their)\b")
_AS_SUBJECT = re.compile(r"\W*(?:that\s)?(?:it|he|she|they|its)\b")
# Who is called by what it is: "the company", of which a sentence then has the name.
_BODY = re.compile(
    r"(?:[Tt]he|[Ii]ts|[Tt]heir) (?:[A-Z]?[\w’'-]+ ){0,4}?(?:company|firm|network|automaker"
    r"|carmaker|maker|retailer|airline|chain|agency|group|team|club|school|college|university"
    r"|district|city|bank|lottery|seller|studio|publisher|union|league|museum|zoo|party|brand|giant"
    r"|operator|platform|band|label|charity|church|hospital|organi[sz]ers)\b[^,;:]{0,60}"
)
# One that is told only by a party and a state may have any name.
_MEMBER = re.compile(
    r"the (?:\S+ ){0,3}(?:Democrat|Republican|lawmaker|senator|congress\w*)", re.IGNORECASE
)
# So many of them say it: "over 40% of the students", in what somebody found.
_SOME = re.compile(
    r"(?:\w+ ){0,2}\d|(?:[a-z]+ ){0,2}(?:half|most|many|a third|a quarter|two-thirds)\b"
    r"|(?:[a-z]+ ){0,2}[a-z]+ in (?:ten|five|four|three)\b",
    re.IGNORECASE,
)
# Who speaks for those that they are introduced with.
_OFFICE = re.compile(
    r"\b(?:spokes\w+|secretary|minister|chief|chair\w*|director|president|ceo|officer|executive"
    r"|manager|commissioner|head|boss|coach)$",
    re.IGNORECASE,
)
# Speakers that have no other name.
_PERSONAL = frozenset({"he", "she"})
# The words of an answer that its subject is looked for in.
_SUBJECT = 5
# Of the answer's content words that a source sentence has, as many stand in what is reported.
_WITHIN = 0.75
# Of the answer's content words, as many as a source sentence needs to be taken for its source.
_ALIKE = 0.5
_AS_GOOD = 0.8
# More is wanted where nobody is named: at half of the words as many fair statements fall as others.
_STATED = 0.54
# A name of so many letters may be the initials of a part of a longer one.
_ACRONYM = 3
# A speaker of another sentence says it when so much of what is said is there.
_ELSEWHERE = 0.3


def check_attribution(found: Sequence[Alignment], near: Sequence[str] = ()) -> tuple[str, ...]:
    """Check that what somebody said stays something that they said, and is not given to others.

    Args:
        found: The sentence aligned with each sentence of the source.
        near: What stands near the source, which may tell whom a speaker speaks for.
    """
    sources = alike(found, _ALIKE, _AS_GOOD)
    if not sources:
        return ()
    answer = sources[0].answer
    spoken = frames(answer.text)
    wrong = []
    facts = [_made_fact(alignment, spoken) for alignment in sources]
    if all(facts):
        return (facts[0],)
    for frame in spoken:
        reasons = [_other_speaker(frame, alignment, near) for alignment in sources]
        if reasons[0] and all(reasons) and not any(_says_elsewhere(frame, a) for a in found):
            wrong.append(reasons[0])
    return tuple(dict.fromkeys(wrong))


def _made_fact(alignment: Alignment, spoken: Sequence[Frame]) -> str:
    """Why a sentence that reports nothing states what the source only reports, or nothing."""
    if alignment.share < _STATED:
        return ""
    held = list(alignment.pairs.values())
    for frame in frames(alignment.source.text):
        inside = sum(_within(alignment.source, place, frame) for place in held)
        perhaps = sum(
            frame.start <= alignment.source.tokens[place].start < max(frame.end, frame.reach)
            for place in held
        )
        within = perhaps >= _WITHIN * len(held) and 2 * inside >= perhaps
        if frame.vouched or inside < 2 or not within or _reports(alignment, frame):
            continue
        if not frame.who and _tells_of_speaker(alignment, frame):
            continue
        if _DATA.search(frame.who) or _is_told(alignment, frame) or _has_part(alignment, frame):
            continue
        if any(_is_of(alignment, frame, other) for other in spoken if not other.vouched):
            continue
        if _is_announced(alignment, frame):
            continue
        if frame.denied:
            return f"the source says that {_called(frame.who)} denied it"
        if frame.who:
            return f"the source attributes this to {_called(frame.who)}"
        return "the source has this in quotation marks, as what somebody says"
    return ""


def _is_of(alignment: Alignment, frame: Frame, spoken: Frame) -> bool:
    """Whether the answer has somebody say it: whoever that is, or one whose words are relayed."""
    who = {word for word in words(spoken.who) if word in _PERSONAL or _tells(word)}
    tokens = alignment.answer.tokens
    mine = [
        _within(alignment.answer, at, spoken)
        for at in alignment.pairs
        if tokens[at].word not in who
    ]
    return sum(mine) >= _WITHIN * len(mine) or any(
        not who.isdisjoint(words(other.who))
        for other in frames(alignment.source.text)
        if other.start < frame.end and frame.start < other.end
    )


def _is_announced(alignment: Alignment, frame: Frame) -> bool:
    """Whether the answer is of one who announced it: "Halvex announced it was closing, it said"."""
    held = list(alignment.pairs.values())
    opening = _opening(alignment)
    return any(
        inner.vouched
        and frame.start < inner.start < frame.end
        and sum(_within(alignment.source, at, inner) for at in held) >= _WITHIN * (len(held) - 1)
        and _OF_ITSELF.match(alignment.source.text, inner.start)
        and not _names(inner.who).isdisjoint(_names(opening))
        for inner in frames(alignment.source.text)
    )


def _opening(alignment: Alignment) -> str:
    """The words of the answer that its subject is looked for in."""
    answer = alignment.answer
    return answer.text[: answer.tokens[min(_SUBJECT, len(answer.tokens)) - 1].end]


def _is_told(alignment: Alignment, frame: Frame) -> bool:
    """Whether the answer is about the speaker: "Discord plans" for "Discord said it plans"."""
    opening = _opening(alignment)
    said = alignment.source.text[frame.start : frame.end]
    if _names_itself(frame.who, said) and opening.casefold().startswith(frame.who.casefold()):
        return True  # "The agency" did what the Transport Agency did, the agency said
    told = {bare(word) for name in find_names(f"by {opening}") for word in name.words}
    if _BODY.fullmatch(frame.who) and told and _is_its_name(told, said):
        return True
    if not _OF_ITSELF.match(said):
        return False
    if not find_names(opening) and _AS_SUBJECT.match(said):  # "the firm", "the actor"
        return True
    own = {bare(word) for name in find_names(f"by {frame.who}") for word in name.words}
    other = {bare(word) for word in words(said)}
    return bool((own & told) - other) or _are_initials(frozenset(told - other), frame.who)


def _is_its_name(told: set[str], said: str) -> bool:
    """Whether the names that an answer begins with may be of "the company", which tells of itself.

    "The company said it will close" and "Halvex will close, the company said" do.
    """
    subject = find_names(said)[:1]
    if subject and not said[: subject[0].start].strip(' “"'):
        return {bare(word) for word in subject[0].words} <= told
    return bool(_OF_BODY.match(said)) and told.isdisjoint(bare(word) for word in words(said))


def _names_itself(who: str, said: str) -> bool:
    """Whether a speaker without a name tells of the one whose name has its noun in it."""
    noun = who.rsplit(maxsplit=1)[-1] if re.fullmatch(r"[Tt]he [a-z]+", who) else ""
    return bool(noun) and bool(re.search(rf"\b[A-Z]\w+ {noun.capitalize()}\b", said))


def _tells_of_speaker(alignment: Alignment, frame: Frame) -> bool:
    """Whether a quotation is told of who says it: "the team was glad" for "We were glad"."""
    source = alignment.source
    opening = _I.match(source.text, frame.start)
    said = (
        at
        for at, token in enumerate(source.tokens)
        if opening and token.content and token.start >= opening.end()
    )
    mine = alignment.back.get(next(said, -1))
    return mine is not None and mine <= _SUBJECT + 1


def _has_part(alignment: Alignment, frame: Frame) -> bool:
    """Whether the answer has the speaker do something: "Ruiz likens it to", "who Ruiz thinks".

    What is the speaker's may be so or not: "the firm's device is safe".
    """
    said = set(words(alignment.source.text[frame.start : frame.end]))
    name = frame.who.partition(",")[0]  # not "Melitopol" for its mayor
    called = name if find_names(f"by {name}") else frame.who
    who = [word for word in words(called) if word in _PERSONAL or _tells(word)]
    answer = alignment.answer.text.casefold()
    return any(
        re.search(rf"\b{re.escape(word)}\b(?![’'])", answer) for word in who if word not in said
    )


def _tells(word: str) -> bool:
    return word not in STOPWORDS and word not in TITLES


def _reports(alignment: Alignment, frame: Frame) -> bool:
    """Whether the answer has a word for reporting that is not itself part of what is reported."""
    answer = alignment.answer.text
    said = alignment.source.text[frame.start : max(frame.end, frame.reach)].casefold()
    quotes = _QUOTES.search(re.sub("[“”]", '"', answer)) and not re.search('[“”"]', said)
    return bool(quotes or _VIEW.match(answer)) or any(
        not re.search(rf"\b{m[0]}\b", said) for m in _REPORTS.finditer(answer.casefold())
    )


def _says_elsewhere(spoken: Frame, alignment: Alignment) -> bool:
    """Whether the one who is named says some of it in a sentence that has less of the rest."""
    answer, source = alignment.answer, alignment.source
    mine = [
        at
        for at, token in enumerate(answer.tokens)
        if token.content and _within(answer, at, spoken)
    ]
    held = [alignment.pairs[at] for at in mine if at in alignment.pairs]
    names = _names(spoken.who)
    return any(
        sum(_within(source, place, frame) for place in held) >= max(2, _ELSEWHERE * len(mine))
        for frame in frames(source.text)
        if _names(frame.who) and _may_be(names, spoken.who, frame.who)
    )


def _other_speaker(spoken: Frame, alignment: Alignment, near: Sequence[str]) -> str:
    """Why a speaker is not the one whom the source has say it, or nothing."""
    answer, source = alignment.answer, alignment.source
    mine = [
        at
        for at, token in enumerate(answer.tokens)
        if token.content and _within(answer, at, spoken)
    ]
    told = frames(source.text)
    speaking = {word for frame in told for word in words(frame.who)}
    mine = [at for at in mine if answer.tokens[at].word not in speaking]
    held = [alignment.pairs[at] for at in mine if at in alignment.pairs]
    names = _names(spoken.who, opens=answer.text.startswith(spoken.who))
    if _SOME.match(spoken.who) or not names or len(held) < max(2, _ALIKE * len(mine)):
        return ""
    speakers = [
        frame.who
        for frame in told
        if sum(_within(source, place, frame) for place in held) >= _WITHIN * len(held)
    ]
    if not speakers or any(
        _may_be(names, spoken.who, who) or _speaks_for(who, names, near) for who in speakers
    ):
        return ""
    return f"the source attributes this to {_called(speakers[0])}, not to {_called(spoken.who)}"


def _may_be(names: frozenset[str], called: str, who: str) -> bool:
    """Whether a speaker of the source may be who the answer names; one without a name may."""
    others = _names(who)
    if not others or (_MEMBER.fullmatch(who) and not called.casefold().startswith("the ")):
        return True
    # Ida Lund, the state's attorney, is not somebody's attorney, as "Ida Lund's attorney" is.
    for part in who.split(", "):
        if names & {bare(word) for word in part.split()}:
            return not (_OF_SOMEBODY.search(part) and not _OF_SOMEBODY.search(called))
    if _are_initials(names, who) or _are_initials(others, called):
        return True
    if _shares_noun(called, names, who, others):
        return True
    mine = {part for name in names for part in related(name)}
    return bool(mine & {part for name in others for part in related(name)})


def _speaks_for(who: str, names: frozenset[str], near: Sequence[str]) -> bool:
    """Whether a speaker is introduced nearby as one of what is named: "Halvex chief Ida Lund"."""
    called = sorted(_names(who))
    if not called:
        return False
    introduced = re.compile(
        rf"(?P<as>[^,.;:“”\"]{{3,60}}?) (?:[A-Z]\S+ )?(?i:{'|'.join(called)})\b"
    )
    return any(
        _OFFICE.search(found["as"]) and names <= {bare(word) for word in words(found["as"])}
        for text in near
        for found in introduced.finditer(text)
    )


def _are_initials(names: frozenset[str], who: str) -> bool:
    """Whether a name is what a speaker of several capitalised words may be called for short."""
    first = [word[0] for word in who.split() if word[0].isalpha() and word != "The"]
    capitals = "".join(sign for sign in first if sign.isupper()).casefold()
    return len(capitals) > 1 and any(
        name in {capitals, "".join(first).casefold()}
        or (len(name) >= _ACRONYM and name in capitals)
        for name in names
    )


def _shares_noun(called: str, names: frozenset[str], who: str, others: frozenset[str]) -> bool:
    """Whether what one is called stands in the other's name: "the statistics bureau"."""
    mine, theirs = (
        {bare(word) for word in words(text)} - STOPWORDS - TITLES for text in (called, who)
    )
    one_country = not (_countries(names) and _countries(others))
    return one_country and bool((mine - names) & others or (theirs - others) & names)


def _countries(names: frozenset[str]) -> frozenset[str]:
    return frozenset(key for name in names for key in related(name) if key.startswith("="))


def _names(who: str, *, opens: bool = False) -> frozenset[str]:
    """The words of the names in a speaker's description, folded; one that opens has a capital."""
    found = find_names(who if opens else f"by {who}")
    named = {bare(word) for name in found for word in name.words}
    return frozenset(
        named | {key.removeprefix("=") for p, key in COUNTRIES.items() if p in fold(who)}
    )


def _within(reading: Reading, at: int, frame: Frame) -> bool:
    return frame.start <= reading.tokens[at].start < frame.end


def _called(who: str) -> str:
    plain = who.strip(' ,.“”"')
    objects = {"he": "him", "she": "her", "they": "them", "it": "it", "i": "the speaker"}
    article = re.match(r"(?:The|A|An|His|Her|Their|Its|Some|Many|Two|Both)\b", plain)
    return (
        objects.get(plain.lower(), plain[0].lower() + plain[1:] if article else plain) or "somebody"
    )
