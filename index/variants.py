"""Other ways to write what a query says: acronyms, spellings, numbers in words or digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["variants", "wordings"]

# One line for each thing that goes by several names. Names in capitals stand for the thing only
# when they are written so: “WHO” is no question word, and “US” is not “us”.
_NAMES = """
US, U.S., United States, USA
UK, U.K., United Kingdom, Britain
EU, European Union
UN, U.N., United Nations
UAE, United Arab Emirates
WHO, World Health Organization, World Health Organisation
IMF, International Monetary Fund
ECB, European Central Bank
IAEA, International Atomic Energy Agency
ICC, International Criminal Court
WTO, World Trade Organization, World Trade Organisation
FDA, Food and Drug Administration
CDC, Centers for Disease Control
EPA, Environmental Protection Agency
FBI, Federal Bureau of Investigation
CIA, Central Intelligence Agency
DOJ, Department of Justice, Justice Department
SEC, Securities and Exchange Commission
FTC, Federal Trade Commission
FAA, Federal Aviation Administration
NTSB, National Transportation Safety Board
IRS, Internal Revenue Service
NHS, National Health Service
SNP, Scottish National Party
GOP, Republican Party
NRA, National Rifle Association
SCOTUS, Supreme Court
FLOTUS, first lady
MLB, Major League Baseball
ISS, International Space Station
AI, artificial intelligence
GDP, gross domestic product
EV, electric vehicle
EVs, electric vehicles
CEO, chief executive
PM, prime minister
MP, member of parliament
MPs, members of parliament
TV, television
Covid, Covid-19, coronavirus
Kyiv, Kiev
Zelenskyy, Zelensky, Zelenskiy
Turkey, Türkiye
Burma, Myanmar
percent, per cent
"""

_ONES = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = [
    *zip(_ONES.split(), range(2, 21), strict=True),
    *zip(_TENS.split(), range(30, 100, 10), strict=True),
]

# “Who replaced Bell?” is told in these ways, too.
_SUCCESSION = ("replaced", "replacement", "succeeded", "successor", "took over", "takes over")
_SUCCEEDS = re.compile(
    r"\bwho(?:m|se)?\b.*\b(replac(?:e[sd]?|ing|ement)|succe(?:eds?|eded|eding|ssor)"
    r"|(?:take[sn]?|took|taking)\sover)\b",
    re.IGNORECASE,
)

# British and American endings. What they make of other words stands in no article, and finds
# nothing.
_SPELLINGS = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("ours", "ors"),
    ("oured", "ored"),
    ("ouring", "oring"),
    ("tre", "ter"),
    ("tres", "ters"),
    ("ence", "ense"),
    ("ogue", "og"),
    ("amme", "am"),
    ("ammes", "ams"),
    ("lling", "ling"),
    ("lled", "led"),
)

# A shorter word is left alone: “our” and “or” are two words.
_SHORTEST = 5

_GROUPS = [line.split(", ") for line in _NAMES.strip().split("\n")]
_GROUPS += [[word, str(number)] for word, number in _NUMBERS]
_OTHERS = {name: [one for one in group if one != name] for group in _GROUPS for name in group}
# Every POTUS is a president, but not every president is one.
_OTHERS["POTUS"] = ["president"]
_NAME = re.compile(
    "|".join(
        rf"(?<!\w){re.escape(name) if name.isupper() else f'(?i:{re.escape(name)})'}(?!\w)"
        for name in sorted(_OTHERS, key=len, reverse=True)
    )
)
_BY_FOLDED = {name if name.isupper() else name.lower(): others for name, others in _OTHERS.items()}


def variants(text: str) -> Iterator[str]:
    """Other names, spellings and numbers for what a text says, each once.

    Args:
        text: A query in plain words.
    """
    yield from dict.fromkeys(other for _, other in wordings(text))


def wordings(text: str) -> Iterator[tuple[str, str]]:
    """What a text says that has other names, spellings or numbers, with each of these.

    Args:
        text: A query in plain words.
    """
    for match in _NAME.finditer(text):
        name = match[0]
        for other in _BY_FOLDED.get(name) or _BY_FOLDED[name.lower()]:
            yield name, other
    if succeeds := _SUCCEEDS.search(text):
        for other in _SUCCESSION:
            yield succeeds[1], other
    for word in re.findall(rf"[a-z]{{{_SHORTEST},}}", text.lower()):
        for other in _spelled_otherwise(word):
            yield word, other


def _spelled_otherwise(word: str) -> Iterator[str]:
    for british, american in _SPELLINGS:
        for ending, other in ((british, american), (american, british)):
            if word.endswith(ending):
                yield word.removesuffix(ending) + other
