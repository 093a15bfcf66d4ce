"""What words mean to the checks: their roots, words of one meaning, and their opposites."""

from __future__ import annotations

import functools
import re

from assistant.support.text.irregular import base
from assistant.support.text.words import fold, stem

__all__ = [
    "are_opposite",
    "beginning",
    "keys",
    "opposites",
    "root",
    "senses",
]

# Words that a careful writer puts for each other, one meaning a line, the label first.
_MEANINGS = """
rise rise increase climb grow jump surge gain soar higher up growth rebound uptick
fall fall decrease decline drop decline plunge slump shrink sink tumble lower down slide dip
more more greater larger bigger most
less less fewer smaller least fewest
high high higher highest record
low low lower lowest
big big large huge major biggest largest
small small little tiny smallest littlest
best best better finest good improve
worst worst worse bad poor worsen
strong strong stronger strongest strengthen
weak weak weaker weakest weaken
fast fast faster fastest quick quicker rapid
slow slow slower slowest
long long longer longest
short short shorter shortest
old old older oldest elder
young young younger youngest
early early earlier earliest
late late later latest
before before prior ahead
after after following
above above over exceed
below below under beneath
ahead ahead
behind behind
maximum maximum most
minimum minimum least
approve approve pass back endorse clear adopt ratify
reject reject refuse dismiss veto defeat decline
accept accept agree
refuse refuse reject decline
support support back favor favour endorse supporter proponent urge champion promote endorse
oppose oppose against resist opponent
win win victory triumph beat defeat
lose lose defeat loss
succeed succeed manage success successful
fail fail failure unsuccessful
open open opening reopen
close close closing shut closure
start start begin launch open commence kick resume restart founded restore
stop stop end halt finish conclude cease quit suspend pause complete interrupt halt disrupt
arrive arrive come arrival
leave leave depart exit quit departure resign withdraw pull
join join enter
buy buy purchase acquire acquisition takeover bid
sell sell sale
hire hire recruit appoint employ
fire fire sack dismiss lay laid layoff oust
arrest arrest detain jail imprison
release release free
convict convict guilty conviction
acquit acquit innocent acquittal
guilty guilty convict
innocent innocent acquit
legal legal lawful legalize
illegal illegal unlawful banned
safe safe
unsafe unsafe dangerous danger risky
alive alive survive survivor living
die die dead death kill fatal
injure injure hurt wound injury
evacuate evacuate evacuation flee displace
kill kill die dead death murder fatal
confirm confirm admit acknowledge
deny deny reject
admit admit acknowledge confess
allow allow permit let authorize enable
ban ban forbid prohibit bar block prevent outlaw stop
raise raise increase hike lift
cut cut reduce lower slash decrease scrap axe trim
scrap scrap drop lift abolish repeal axe abandon remove expunge
public public
private private
male male man boy
female female woman girl
man man male boy husband father son brother
woman woman female girl wife mother daughter sister
father father dad
mother mother mum mom
son son boy
daughter daughter girl
brother brother
sister sister
husband husband
wife wife
north north northern
south south southern
east east eastern
west west western
republican republican gop
democrat democrat democratic
import import
export export
borrow borrow
lend lend loan
praise praise hail laud applaud
criticize criticize criticise condemn denounce blast slam backlash
rich rich wealthy
poor poor
hot hot warm hotter warmer
cold cold cool colder cooler
first first
last last final
favorite favorite favourite favor
underdog underdog outsider
keep keep retain hold
return return
gain gain profit earn
loss loss lose
tighten tighten
ease ease loosen relax
attack attack assault
defend defend
add add extra additional
remove remove
include include
exclude exclude omit
majority majority
minority minority
ally ally
enemy enemy adversary
true true
false false untrue
likely likely probable
unlikely unlikely improbable
able able
unable unable
always always
never never
everyone everyone everybody all
none none nobody nothing
positive positive
negative negative
run run operate
finish finish complete conclude end
continue continue ongoing remain keep
answer answer reply respond
ignore ignore unanswered
secure secure obtain get
threat threat danger risk
rival rival competitor competition
job job post position work
worker worker employee staff
firm firm company business corporation
house house home
leak leak seep drip
trip trip journey crossing voyage
choose choose pick select elect
try try attempt seek
say say state declare
demand demand call urge require
car car vehicle
child child kid
doctor doctor physician
police police officer
army army troops soldier military
show show reveal suggest indicate
find find discover conclude determine
help help aid assist assistance
plan plan intend aim
warn warn caution alert
begin begin start
quick quick fast rapid swift
money money fund cash
fight fight battle
country country nation
law law legislation bill act
deal deal agreement pact accord
suspect suspect accuse allege allegedly alleged
escape escape flee
damage damage destroy harm
protest protest demonstrate rally
vote vote ballot
student student pupil
teacher teacher professor
movie movie film
shop shop store
storm storm hurricane cyclone
crash crash collide collision accident
fuel fuel petrol gasoline gas
illness illness disease sick
expensive expensive costly dear
cheap cheap inexpensive
resign resign quit
appoint appoint name nominate
several several various
world world global international worldwide
possible possible feasible
seem seem appear apparently seemingly
supposed supposed supposedly
break break fall
impossible impossible unfeasible
"""

_OPPOSED = """
rise/fall more/less high/low big/small best/worst strong/weak fast/slow long/short old/young
early/late before/after above/below maximum/minimum approve/reject accept/refuse support/oppose
win/lose succeed/fail open/close start/stop arrive/leave join/leave buy/sell hire/fire
arrest/release convict/acquit guilty/innocent legal/illegal safe/unsafe alive/die kill/injure
confirm/deny admit/deny allow/ban raise/cut public/private male/female man/woman father/mother
son/daughter brother/sister husband/wife north/south east/west republican/democrat
import/export borrow/lend praise/criticize rich/poor hot/cold first/last gain/loss tighten/ease
attack/defend add/remove include/exclude majority/minority ally/enemy true/false likely/unlikely
favorite/underdog keep/return able/unable always/never everyone/none positive/negative
raise/fall rise/cut cut/add hire/fire rise/lose fall/gain keep/lose
finish/continue ahead/behind possible/impossible expensive/cheap answer/ignore
"""


@functools.lru_cache(maxsize=65536)
def root(word: str) -> str:
    """The stem of a word's base form: "rose", "risen" and "rising" meet."""
    plain = fold(word).removesuffix("'s").removesuffix("'")
    return stem(base(plain))


@functools.lru_cache(maxsize=65536)
def beginning(root_: str) -> str:
    """What a root has in common with those derived from it: "inspect" and "inspection" meet.

    Short roots, and numerals, have nothing in common with any other.
    """
    if not root_.isalpha():
        return root_
    negated = root_.startswith(_NEGATING)
    cut = _DERIVED.sub("", root_)
    bare = cut[:-1] if cut[-1:] in _CHANGING else cut  # decide, decision
    found = next((form for form in (bare, cut) if len(form) >= _SHORTEST), root_)
    return root_ if negated else found


def _by_root() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _MEANINGS.strip().split("\n"):
        label, *members = line.split()
        for member in members:
            found.setdefault(root(member), set()).add(label)
    return {word: frozenset(labels) for word, labels in found.items()}


_SENSES = _by_root()
_PAIRS = [pair.split("/") for pair in _OPPOSED.split()]
_AGAINST: dict[str, frozenset[str]] = {}
for _one, _other in _PAIRS:
    _AGAINST[_one] = _AGAINST.get(_one, frozenset()) | {_other}
    _AGAINST[_other] = _AGAINST.get(_other, frozenset()) | {_one}
# Endings by which one word is made of another, and how much has to be left.
_DERIVED = re.compile(
    r"(?:ational|ation|ition|ional|ion|at|ment|ure|ur|iv|al|ity|ous|ful|ship|ism|ist|ic|abl|ibl"
    r"|th)$"
)
_CHANGING = frozenset("dstcvy")
_SHORTEST = 4
_NEGATING = ("un", "dis", "non", "anti")
_TURNING = frozenset({"un", "in", "im", "il", "ir", "non", "non-"})
# "Imprison" and "income" deny nothing.
_NOT_TURNED = frozenset(
    map(
        root,
        "prison famous side come take form vest tent port pose prove part plant land press stall"
        " cite dies value".split(),
    )
)
_NONE: frozenset[str] = frozenset()


def senses(root_: str) -> frozenset[str]:
    """The meanings that a root may have, of those that are listed."""
    return _SENSES.get(root_, _NONE)


def keys(root_: str) -> tuple[str, ...]:
    """The root and its senses, marked as such, by which words of one meaning meet."""
    return (root_, *(f"={sense}" for sense in senses(root_)))


@functools.lru_cache(maxsize=4096)
def opposites(root_: str) -> frozenset[str]:
    """The meanings that are opposed to one of a root's."""
    return _NONE.union(*(_AGAINST.get(sense, _NONE) for sense in senses(root_)))


def are_opposite(one: str, other: str) -> bool:
    """Tell roots that contradict each other, and have no meaning in common."""
    longer, shorter = sorted((one, other), key=len, reverse=True)
    turned = len(shorter) > 3 and longer.endswith(shorter) and shorter not in _NOT_TURNED
    if turned and longer[: -len(shorter)] in _TURNING:
        return True
    return bool(opposites(one) & senses(other)) and not senses(one) & senses(other)
