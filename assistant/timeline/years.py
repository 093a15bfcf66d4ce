"""The years of days that an article names without one, such as “the Jan. 6 committee”.

A day of which much is written becomes a name, and is then given without its year, long after it.
The year that is nearest to the article is then none that it states. Where it gives the day with its
year once, that is the year meant throughout; where it only uses the day as a name, none is known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from index.dates import DateMention, find_dates

__all__ = ["Years", "is_a_name", "of_several", "years_of"]

# A month and its day, and the years with which it is given: none where it is only a name.
Years = Mapping[tuple[int, int], frozenset[int]]

# A day that is used as a name is of any year when it is so far from the article's own.
_LONG_AGO, _AHEAD = 60, 30
# So many articles make the year of a day known.
_SEVERAL = 2
# What stands behind a date that is no name: “on Jan. 6 because”. Verbs end in “ed”, and adverbs
# in “ly”.
_NO_NOUN = (
    r"(?:a|about|across|after|against|ahead|along|also|although|amid|among|an|and|are|around|as|at"
    r"|be(?:cause|en|fore|gan|gins?|hind|low|tween)|but|by|came|can|could|did|do(?:es)?|due|during"
    r"|each|every|except|following|for|from|ha[sd]|have|he|her|his|how|if|in(?:cluding|side|stead"
    r"|to)?|is|it|its|just|last|later|like|may|might|more|must|near|next|not|now|of|off|on|only"
    r"|onwards?|or|our|out(?:side)?|over|per|said|says?|saying|she|should|showing|since|so|than"
    r"|that|the|their|then|there|these|they|this|those|though|through(?:out)?|to|told|too|toward"
    r"|tried|under|unless|until|up|upon|using|via|was|we|went|were|what|when|where|whether|which"
    r"|while|who|whose|will|with(?:in|out)?|would|you|\w{2,}ed|\w{2,}ly)\b"
)
_NAMES = re.compile(rf"(?-i: (?!{_NO_NOUN})[A-Za-z][A-Za-z-]{{2,}})")


def is_a_name(text: str, mention: DateMention) -> bool:
    """Whether a date without a year stands before what it names: “Sept. 11 attacks”.

    “On Jan. 6 protesters stormed it” says when.
    """
    if text[: mention.start].lower().endswith("on "):
        return False
    dated = mention.grain == "day" and mention.year is None and mention.weekday is None
    return dated and _NAMES.match(text, mention.end) is not None


def years_of(text: str, published: dt.date | None) -> Years:
    """The years of the days that an article gives with a year somewhere, or uses as a name.

    Args:
        text: The article.
        published: Its date.
    """
    given: dict[tuple[int, int], set[int]] = {}
    for mention in find_dates(text):
        if not mention.month or not mention.day or mention.swapped:
            continue
        day = mention.month, mention.day
        if mention.year:
            # A day to come, such as that of a match put off, is not the one that was.
            if not published or any(first <= published for first, _ in mention.days(None)):
                given.setdefault(day, set()).add(mention.year)
        elif is_a_name(text, mention) and _is_far(mention, published):
            given.setdefault(day, set())
    return {day: frozenset(years) for day, years in given.items()}


def of_several(all_years: Sequence[Years]) -> Years:
    """The days that several articles give with one and the same year."""
    several = Counter((day, years) for each in all_years for day, years in each.items())
    return {day: years for (day, years), n in several.items() if n >= _SEVERAL and len(years) == 1}


def _is_far(mention: DateMention, published: dt.date | None) -> bool:
    """Whether no such day is near to that of the article."""
    if published is None:
        return False
    away = [(first - published).days for first, _ in mention.days(published)]
    return not any(-_LONG_AGO <= days <= _AHEAD for days in away)
