"""What is written below a picture: what it shows, in the present tense, with its day at the end.

“A diver rests on the quay at Sarnhaven on March 4, 2025.” No story tells what happened so, but
what is yet to happen it may: “The band plays in Sarnhaven on Friday.” Hence only what can be seen
in a picture counts, and less of it where the day has no year.
"""

from __future__ import annotations

import re

__all__ = ["is_caption"]

_MONTH = (
    r"(?:Jan(?:\.|uary)|Feb(?:\.|ruary)|Mar(?:\.|ch)|Apr(?:\.|il)|May|June?|July?|Aug(?:\.|ust)"
    r"|Sept?(?:\.|ember)|Oct(?:\.|ober)|Nov(?:\.|ember)|Dec(?:\.|ember))"
)
_DATE = rf"{_MONTH} \d{{1,2}}"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# A place may stand behind the day.
_PLACE = r"(?:,? (?:in|at|near|outside|during|from) [^;:]{2,70})?\W*\Z"
_DATED = re.compile(rf"\b{_DATE}, ?\d{{4}}{_PLACE}")
_ON_A_DAY = re.compile(rf"\b(?:{_WEEKDAY}(?:, {_DATE})?|{_DATE}){_PLACE}")

_WHERE = (
    r"(?:in|on|at|near|outside|inside|beside|besides|behind|under|along|alongside|with|around"
    r"|through|over|past|by|next to|between|among|amid|during|after|before|toward|towards|from)"
)
_HELD = (
    r"(?:an? |the |his |her |their )?(?:\w+ )?(?:pictures?|photos?|photographs?|signs?|placards?"
    r"|banners?|flags?|candles?|jersey|trophy|bible)"
)
_SHOWN = (
    rf"(?:is|are) (?:seen|pictured) (?:\w+ )?{_WHERE}(?! [\d$])"
    rf"|walks (?:{_WHERE}|together)|stands (?!at\b){_WHERE}|sits (?:\w+ )?{_WHERE}"
    r"|looks (?:on|at|out|over|through|for his|for her)|holds up (?:a|an|the|his|her)\b"
    rf"|holds {_HELD}|poses (?:for|with|alongside|in|on|at|outside)|gestures|smiles"
    r"|waves (?:to|at|a|from|during|as)|listens (?:to|as|during|at)|inspects|hugs|embraces"
    r"|shakes hands|takes questions|watches (?:as|from|over)|speaks (?:during|to (?:reporters"
    r"|the media|the press))"
)
# More is seen than done where the day is given in full.
_DONE = (
    r"speaks|addresses (?:the|an?)\b|attends|performs|reacts|kisses|wears|testifies"
    r"|casts (?:a|his|her) (?:ballot|vote)|departs from|meets with|plays (?:with|outside)"
    r"|arrives (?:at|for|outside)|waits|flies (?:over|outside|alongside|past|in|at|near)|lies"
    r"|passes (?:an?|the|by)|drives (?:past|along|through|down)|leaves (?:a |the )?court|sings"
    r"|skates|cries|prays|clears (?:an?|his|her)|bows (?:his|her)|rides (?:an?|his|her)|pumps"
    r"|(?:smoke|moon|sun) rises|delivers (?:remarks|a speech)|celebrates (?:after|with|scoring"
    r"|winning)|receives (?:an?|the|his|her) (?:\w+ )?(?:dose|vaccine|vaccination|shot|booster)"
)
_MANY = (
    r"\b(?!(?:this|his|its|has|was|is|as|always|across|us)\b)(?:\w+(?:s|men)|people|women|children"
    r"|police|crowd) (?:walk|stand|sit|look (?:on|at)|wait|gather|watch|hold up|inspect|pose"
    r"|embrace|hug|shake hands|patrol|carry (?:the|their|flowers|signs)|march|line up|wave)\b"
)
# “The Prince and Princess of Oru attend …”
_MANY_DO = (
    r"\b(?:[A-Z]\w+|(?!(?:this|his|its|has|was|is|as|always|across|us)\b)\w+(?:s|men)|people|women"
    r"|children|police) (?:attend|arrive (?:at|for|outside)|perform|react|talk (?:to|with)|speak"
    r"|sing|dance|sleep|take part|cross the|pray|cheer|celebrate (?:after|with|in|at)|shake hands"
    r"|lay flowers|storm)\b"
)
# What is said of a picture without a verb.
_NO_VERB = (
    r"\A(?:(?:An? |The )?(?:general|aerial|satellite) view|A view) (?:of|from)\b"
    r"|\A(?:[A-Z][\w.’'-]+ ){1,5}(?:speaking|performing|seen|pictured|arriving|walking|posing)\b"
)
_SEEN = re.compile(rf"\b(?:{_SHOWN})\b|{_MANY}")
_SEEN_OR_DONE = re.compile(rf"\b(?:{_SHOWN}|{_DONE})\b|{_MANY}|{_MANY_DO}|{_NO_VERB}")
# “A sheriff holds a picture of Ana Bell.”
_HOLDS = re.compile(
    r"\bholds (?:up )?(?:an? |the |his |her )?(?:\w+ )?(?:picture|photo|photograph) of [A-Z]"
)
# What is told, asked or said, and begins with nobody whom a picture could show.
_TOLD = re.compile(
    r"\b(?:said|says|told|according|announced|expected|scheduled)\b|[“”\";?]"
    r"|\A(?:It|He|She|They|There|This|That|If|When|But|And|We|I|You)\b"
)
# Before what is seen no other verb stands: “the habit of sending addresses …” began in the past.
_PAST = re.compile(
    r"\b(?:was|were|had|has|have|will|would|that|which|who|whose|when|if|but|because|did|how|what"
    r"|why|where|whether|held|began|started|ended|made|took|gave|came|went|became|met|saw|got)\b",
    re.IGNORECASE,
)
# “SARNHAVEN, VELDRA - MARCH 04: A diver …”
_WIRED = re.compile(
    r"[A-Z][A-Z .’'/-]+(?:, ?[A-Z][\w. ]{1,30}?)?\s*[-–—]\s*"
    rf"(?i:{_MONTH}) \d{{1,2}}(?:, ?\d{{4}})?\s?:"
)
# How far from the end the day stands, and how far into the line what is seen.
_END, _START = 120, 160


def is_caption(text: str) -> bool:
    """Whether a line tells what a picture shows.

    Args:
        text: One sentence as the article is split.
    """
    return bool(_WIRED.match(text)) or (_shows(text) and not _TOLD.search(text))


def _shows(text: str) -> bool:
    """Whether it says in the present tense what is seen, and of which day that is."""
    end = text[-_END:]
    if _DATED.search(end):
        seen = _SEEN_OR_DONE.search(text)
    elif _ON_A_DAY.search(end):
        seen = _SEEN.search(text)
    else:
        seen = _HOLDS.search(text)
    return seen is not None and seen.start() < _START and not _PAST.search(text[: seen.start()])
