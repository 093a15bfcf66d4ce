"""Tells people from other things that have names, by small signs: titles, given names, verbs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.support.names.check import find_names
from assistant.support.names.name_forms import COUNTRIES
from assistant.support.text.words import fold, word_set
from index.dates import find_dates

__all__ = ["Named", "named"]

Gender = Literal["", "he", "she"]

# Common given names of people in the news; they only tip the balance.
_MEN = word_set(
    """
    aaron abdul adam ahmed alan albert alejandro alex alexander alexei ali andre andrew andriy
    angus anthony antonio anwar arthur barack ben benjamin benny bernard bill bob boris brad brian
    bruce bryan carl carlos charles charlie chris christian christopher colin craig daniel dave
    david dennis derek dmitry dmytro dominic don donald douglas ed edward elon emmanuel eric ernest
    fernando francis francois frank fred gareth gary gavin george gerald gordon graham greg hakeem
    hans harold harry hassan henry herbert hugh ian ibrahim igor imran isaac ivan jack jacob jair
    james jamie jan jason jay jean jeff jeffrey jens jeremy jerome jim jimmy joao joe john
    jonathan jose joseph josh juan justin karim karl keir keith ken kenneth kevin klaus kofi kyle
    lars lawrence leo leonardo liam lionel lloyd louis luis luke marco marcus mario mark martin
    matt matthew max michael miguel mike mitch mohamed mohammed mustafa narendra nathan neil
    nicholas nick nigel oleksandr oliver olaf omar oscar owen pablo patrick paul pedro peter phil
    philip pierre prince ralph ramzan rashid ray recep ricardo richard rishi rob robert roberto
    roger roman ron ronald rory roy rupert ryan salman sam samuel scott sean sebastian sergei
    sergey simon stefan stephen steve steven stuart ted terry thomas tim toby tom tomas tony
    tyler vadim valery victor viktor vincent vladimir volodymyr walter wayne will william wolfgang
    xavier yusuf
    """
)
_WOMEN = word_set(
    """
    abigail alexandra alice alison amanda amara amber amelia amy andrea angela angelina anita ann
    anna annalena anne annie ashley barbara beatrice beth beyonce brittney camilla carla carmen
    carol caroline cassidy catherine charlotte chloe christina christine claire claudia cynthia
    dana deborah debra diana diane dina donna dorothy elena eleanor elizabeth ella ellen emily
    emma erin esther eva evelyn fatima fiona florence frances gabriela georgia gina giorgia
    gloria grace greta gwen hanna hannah hanne heather heidi helen hillary holly ilse ines ingrid
    irene isabel ivana jacinda jane janet jennifer jessica jill joan joanna julia julie kamala
    karen karine kate katherine kathy katie kelly ketanji kim kristin laura lauren leah leonie
    leyla linda lisa liz louise lucy lynn madeleine magda malala mara margaret maria marie marina
    marjorie martha mary maya megan meghan melania melissa mette michelle miriam monica nadia nancy
    naomi natalia natalie nichelle nicola nicole nina nora olena olga olivia pamela patricia paula
    penny priti rachel rebecca rita rosa rose ruth sabrina sally samantha sandra sanna sara sarah
    serena sharon sheila shirley sinead sofia sonia sophie stella stephanie susan suzanne sylvia
    tamara tanya tara taylor teresa theresa tina tracy ursula valentina vanessa vera veronica
    victoria wendy wilma yulia yvonne zoe
    """
)
_TITLES = re.compile(
    r"\b(?P<title>Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Judge|Justice|Captain|President|Chancellor|Mayor"
    r"|Senator|Sen|Rep|Governor|Gov|Gen|General|Minister|Secretary|Pope|King|Queen|Prince|Princess"
    r"|Sir|Dame|Lord|Lady|Duke|Duchess|Councillor|Sheriff|Ambassador|Bishop|Archbishop|Rev|Col"
    r"|Colonel|director|spokesman|spokeswoman|chief executive|coach|actor|actress|singer"
    r"|[Pp]resident|[Mm]inister|[Mm]ayor|[Cc]aptain|[Ss]enator|[Jj]udge|lawyer|author|engineer"
    r"|passenger|researcher|billionaire|comedian|rapper|footballer)\.?\s+(?:of\s+\w+\s+)?$"
)
_HERS = re.compile(r"Mrs|Ms|Miss|Queen|Princess|Dame|Lady|Duchess|actress|spokeswoman")
_HIS = re.compile(r"Mr$|King|Prince$|Sir|Lord|Duke|Pope|spokesman")
_SPEAKING = re.compile(
    r"\s*,?\s*(?:say|says|said|tell|told|claim|claims|claimed|argue|argued|think|thinks|thought"
    r"|want|wants|wanted|deny|denies|denied|announce|announced|promise|promised|write|wrote|ask"
    r"|asked|admit|admitted|call|called|resign|resigned|apologi[sz]ed?|added|warned?|who)\b"
)
_AGED = re.compile(r"\s*,\s*(?:aged\s+)?\d\d\s*,")
# “Its keeper, Abel Moss, …”
_HERS_IS = re.compile(
    r"\b(?:[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|whose)\s+(?:[a-z-]+\s+){0,2}[a-z-]+,\s+$"
)
_PLACED = re.compile(r"\b(?:in|at|from|near|to|into|across|around|off|outside)\s+(?:the\s+)?$")
_THE = re.compile(r"\b(?:the|an?)\s+$", re.IGNORECASE)
# Of the Oscars and Tonys one is a prize: “her Oscar win”, “an Emmy nomination”.
_PRIZE = re.compile(
    r"[-\s]+(?:[Aa]wards?|win|wins|winners?|winning|nomin\w+|night|ceremony|race|season|history"
    r"|snubs?|buzz|voters?|telecast|gold)\b"
)
_NO_PERSON = word_set(
    """
    academy agency airlines airport alliance army association authority award awards ballet band
    bank bay board
    book bridge brothers bureau canal capital castle cathedral channel church city club coast
    college commission committee companies company congress corp corporation council country county
    court cup daily department district dynamics energy entertainment festival films foundation
    fund games gazette goverment government group guardian hall harbour herald hospital house hotel
    inc industries institute international island islands journal lake league library line lines
    ltd marathon meridian ministry motors mountain museum nation nations network news north
    office open organisation organization palace park parliament party peak pictures plc police
    port post press prize productions province records river road school sea senate services
    show society south square state states station street studios systems telegraph
    theatre times tower town treasury tribune union united university valley ventures village
    virus war west world east zoo
    """
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text.

    Attributes:
        text: The name, without a title.
        start: Where it begins.
        person: How much speaks for a person; below 0 it is something else.
        gender: What a person of that name is mostly called.
    """

    text: str
    start: int
    person: int
    gender: Gender = ""


def named(text: str) -> list[Named]:
    """The names of a text, each with what it seems to be, in order."""
    # “Today” within a name, as in the name of a newspaper, is no date.
    dates = [
        (mention.start, mention.end)
        for mention in find_dates(text)
        if mention.grain != "relative" or mention.text[0].islower()
    ]
    found: list[Named] = []
    for name in find_names(text, dates):
        start = name.start
        for part in re.split(r"(\s+(?:and|&)\s+)", text[name.start : name.end]):
            plain = re.sub(r"[’']s?$", "", part.strip())
            if plain and not re.fullmatch(r"and|&", plain):
                found.append(_judged(plain, text, start))
            start += len(part)
    return found


def _judged(name: str, text: str, start: int) -> Named:
    before, after = text[:start], text[start + len(name) :]
    words = [fold(word) for word in re.findall(r"[^\W_]+", name)]
    score, gender = 0, _gender(words[0]) if words else ""
    title = _TITLES.search(before)
    if title:
        score += 3
        gender = "she" if _HERS.match(title["title"]) else gender
        gender = "he" if _HIS.match(title["title"]) else gender
    score += 3 * bool(gender and not title) + 2 * bool(_SPEAKING.match(after))
    score += 2 * bool(_AGED.match(after)) + 2 * bool(_HERS_IS.search(before))
    score -= 4 * any(word in _NO_PERSON for word in words)
    score -= 4 * (" ".join(words) in COUNTRIES) + 4 * bool(_PRIZE.match(after))
    score -= 2 * bool(_PLACED.search(before)) + 3 * bool(_THE.search(before))
    score -= 2 * (name.isupper() and len(name) > 1)
    return Named(name, start, score, gender)


def _gender(given: str) -> Gender:
    if given in _MEN:
        return "he"
    return "she" if given in _WOMEN else ""
