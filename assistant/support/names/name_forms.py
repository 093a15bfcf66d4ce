"""The forms a name takes: peoples and their countries, acronyms, spellings, possessives."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from assistant.support.text.words import fold, word_set

__all__ = [
    "COUNTRIES",
    "SEATS",
    "SIDES",
    "TITLES",
    "forms",
    "in_capitals",
    "may_be_one",
    "origins",
    "related",
]

TITLES = word_set(
    """
    admiral ambassador archbishop bishop brigadier capt captain cardinal ceo chairman
    chairwoman chancellor chief cllr col colonel commander commissioner congressman
    congresswoman constable councillor dame deputy det director doctor dr duchess duke
    emperor executive father first foreign former gen general gov governor head hon insp
    inspector interior jr judge junior justice king lady leader lieutenant lord lt madam maj
    major mayor minister miss mp mps mr mrs ms mx officer party pc pm pope premier president
    presidents prime prince princess prof professor queen rep representative rev reverend
    saint secretary sen senator senators senior sergeant sgt sheriff sir speaker sr st state vice
    """
)

# One line for each group of names that stand for each other; the first is only a label.
_FAMILIES = """
pennsylvania pa penn
california calif ca
florida fla
georgia ga
illinois ill
kansas kan
kentucky ky
massachusetts mass
michigan mich michigander michiganders
minnesota minn
montana mont
nebraska neb
nevada nev
oklahoma okla
oregon ore
tennessee tenn
texas tex texan texans
vermont vt
virginia va
washington wash dc d.c
wisconsin wis
wyoming wyo
alabama ala
arizona ariz
arkansas ark
colorado colo
connecticut conn
delaware del
nc n.c north_carolina
nd n.d north_dakota
nh n.h new_hampshire
nj n.j new_jersey
nm n.m new_mexico
ny n.y new_york new_yorker new_yorkers
ri r.i rhode_island
sc s.c south_carolina
sd s.d south_dakota
wva w.va west_virginia
us u.s usa america american americans united_states
uk u.k britain british briton britons united_kingdom great_britain
eu e.u european_union
un u.n united_nations
uae emirati emiratis united_arab_emirates emirates
china chinese
france french frenchman
germany german germans
spain spanish spaniard spaniards
netherlands dutch holland
greece greek greeks
turkey turkish turk turks turkiye
poland polish pole poles
denmark danish dane danes
sweden swedish swede swedes
finland finnish finn finns
norway norwegian norwegians
switzerland swiss
ireland irish
wales welsh
scotland scottish scots scot
england english
thailand thai thais
philippines philippine filipino filipinos filipina
cyprus cypriot cypriots
peru peruvian peruvians
portugal portuguese
czech czechs czechia
congo congolese drc
lebanon lebanese
india indian indians
iran iranian iranians
iraq iraqi iraqis
israel israeli israelis
saudi saudis saudi_arabia
niger nigerien nigeriens
nigeria nigerian nigerians
mali malian malians
cuba cuban cubans
chad chadian chadians
oman omani omanis
togo togolese
laos laotian laotians
kenya kenyan kenyans
libya libyan libyans
syria syrian syrians
yemen yemeni yemenis
qatar qatari qataris
kuwait kuwaiti kuwaitis
pakistan pakistani pakistanis
afghanistan afghan afghans
kazakhstan kazakh kazakhs
uzbekistan uzbek uzbeks
belgium belgian belgians
hungary hungarian hungarians
croatia croatian croat croats
serbia serbian serb serbs
europe european europeans
mexico mexican mexicans
argentina argentine argentinian argentines
myanmar burma burmese
kyiv kiev
et est edt eastern
covid covid19 coronavirus
democrat democrats democratic
republican republicans gop
conservative conservatives tory tories
congress congressional congressman congressmen congresswoman congresswomen
senate senator senators
oscar oscars academy_awards
fed federal_reserve
cdc centers_for_disease
isis isil islamic_state
avenue ave
boulevard blvd
mississippi miss
italy italian italians
russia russian russians
salvadoran salvadorans el_salvador
puerto_rico puerto_rican puerto_ricans
los_angeles angeleno angelenos
vegas las_vegas
philly philadelphia
cornwall cornish
g7 group_of_seven
g20 group_of_20
christian christians christianity
islam islamic muslim muslims
jew jews jewish
olympic olympics olympian olympians
dmz demilitarized_zone demilitarised_zone
vw volkswagen
"""
# A capital or a seat of power that stands for its country, as "Moscow denied it" does.
SEATS = {
    "washington": "us",
    "moscow": "russia",
    "kremlin": "russia",
    "kyiv": "ukraine",
    "beijing": "china",
    "london": "uk",
    "paris": "france",
    "berlin": "germany",
    "brussels": "eu",
    "tokyo": "japan",
    "seoul": "south korea",
    "pyongyang": "north korea",
    "tehran": "iran",
    "jerusalem": "israel",
    "delhi": "india",
    "ankara": "turkey",
    "rome": "italy",
    "madrid": "spain",
    "warsaw": "poland",
    "canberra": "australia",
    "ottawa": "canada",
    "riyadh": "saudi",
    "cairo": "egypt",
    "kabul": "afghanistan",
    "damascus": "syria",
    "baghdad": "iraq",
    "new delhi": "india",
    "islamabad": "pakistan",
    "dublin": "ireland",
    "lisbon": "portugal",
    "athens": "greece",
    "vienna": "austria",
    "budapest": "hungary",
    "prague": "czechia",
    "bucharest": "romania",
    "belgrade": "serbia",
    "minsk": "belarus",
    "vilnius": "lithuania",
    "riga": "latvia",
    "tallinn": "estonia",
    "helsinki": "finland",
    "stockholm": "sweden",
    "oslo": "norway",
    "copenhagen": "denmark",
    "the hague": "netherlands",
    "taipei": "taiwan",
    "hanoi": "vietnam",
    "manila": "philippines",
    "jakarta": "indonesia",
    "bangkok": "thailand",
    "doha": "qatar",
    "beirut": "lebanon",
    "amman": "jordan",
    "kigali": "rwanda",
    "nairobi": "kenya",
    "addis ababa": "ethiopia",
    "pretoria": "south africa",
    "havana": "cuba",
    "caracas": "venezuela",
}
_FORMS: dict[str, str] = {}
COUNTRIES: dict[str, str] = {}
for _line in _FAMILIES.split("\n"):
    for _name in _line.split():
        if "_" in _name:
            COUNTRIES[_name.replace("_", " ")] = f"={_line.split()[0]}"
        else:
            _FORMS[_name.replace(".", "")] = f"={_line.split()[0]}"

# "Ukrainian" less "ian" is "Ukraine" less "e": a people and a place that meet at one stem belong
# together, while two places (Victor, Victoria) do not. Stems have to be this long, for Porter is
# not from a port.
_PEOPLES = ("ians", "ian", "ans", "an", "ns", "n", "ese", "is", "i", "ers", "er", "ish")
_PLACES = ("", "a", "ia", "e", "y", "s", "o", "as")
_SHORTEST = 5
# These endings make nothing else of a place: "Utahns", while Porter is not from a port.
_PLAIN, _SHORTEST_PLAIN = frozenset({"ians", "ian", "ans", "an", "ns", "n"}), 4
_COMPASS = re.compile(r"(?:north|south|mid)?(?:east|west|north|south)")
_COUNTRYMAN = re.compile(r"(\w+[sc]h)(?:wo)?m[ae]n")
SIDES = frozenset({"northern", "southern", "eastern", "western"})
# In a name of more letters, one doubled or not is a way to spell it.
_LONG = 6


def in_capitals(name: str) -> bool:
    """Tell an acronym such as NATO, U.S. or G7, whose case matters."""
    letters = [c for c in name if c.isalpha()]
    return len(name) > 1 and bool(letters) and all(c.isupper() for c in letters)


@functools.lru_cache(maxsize=65536)
def forms(name: str) -> frozenset[str]:
    """The keys under which a single word of a name is found; two that share one are the same.

    Args:
        name: One word, with any possessive, full stops or accents.
    """
    plain = fold(name).replace(".", "").removesuffix("'s").removesuffix("s'").removesuffix("'")
    keys = {plain}
    family = _FORMS.get(plain)
    if family and plain not in SIDES:
        return frozenset({plain, family})
    keys |= {family} if family else set()
    keys.add(re.sub(r"(?:yy|iy|ij|ii|y)$", "y", plain))  # Zelenskyy, Zelensky, Zelenskiy
    if plain.endswith("s") and len(plain) > 3:
        keys.add(plain.removesuffix("s"))  # the Obamas
    if plain.endswith(("ses", "xes", "zes", "ches", "shes")) and len(plain) > _SHORTEST:
        keys.add(plain.removesuffix("es"))  # the Joneses
    if plain.endswith(("ern", "erner", "erners")) and _COMPASS.match(plain):
        keys.add(re.sub(r"erners?$|ern$", "", plain))  # Western, the West
    if man := _COUNTRYMAN.fullmatch(plain):
        keys |= forms(man[1])  # a Dutchman
    if plain.endswith("ies") and len(plain) > _SHORTEST:
        keys.add(f"{plain.removesuffix('ies')}y")  # the Rockies
    if len(plain) > _LONG:
        keys.add(re.sub(r"^ye", "e", plain))  # Yevgeny, Evgeny
        keys.add(re.sub(r"(.)\1", r"\1", plain))  # Cassablanca
    if "-" in plain or any(c.isdigit() for c in plain):
        bare = re.sub(r"[-\d]+$", "", plain)
        if len(bare) > 3:
            keys.add(bare)  # Covid-19
    return frozenset(keys)


@functools.lru_cache(maxsize=65536)
def origins(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of a word taken as a people, and taken as a place."""
    plain = fold(name).replace(".", "").removesuffix("'s").removesuffix("'")
    return _cut(plain, _PEOPLES, _PLAIN), _cut(plain, _PLACES, frozenset(_PLACES))


def may_be_one(one: Sequence[str], other: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether two names may be of one person or place.

    Args:
        one: Its words, folded.
        other: Those of the other.
        texts: Where they may stand together: "Roger Dow".
    """
    mine, theirs = (
        frozenset().union({COUNTRIES.get(" ".join(name), "")}, *map(related, name)) - {""}
        for name in (one, other)
    )
    if mine & theirs:
        return True
    if {"".join(word[0] for word in one), "".join(word[0] for word in other)} & {*one, *other}:
        return True
    together = [f"{a} {b}" for a, b in ((one[-1], other[0]), (other[-1], one[0]))]
    return any(both in fold(text) for text in texts for both in together)


def related(name: str) -> frozenset[str]:
    """The forms of a name, of its people or place, and of the country that a capital stands for."""
    people, place = origins(name)
    seat = SEATS.get(name, "").rpartition(" ")[2]  # South Korea and "Korean"
    country = forms(seat) | origins(seat)[1] if seat else frozenset()
    return forms(name) | people | place | country


def _cut(word: str, endings: tuple[str, ...], plain: frozenset[str]) -> frozenset[str]:
    return frozenset(
        word.removesuffix(ending)
        for ending in endings
        if word.endswith(ending)
        and len(word) - len(ending) >= (_SHORTEST_PLAIN if ending in plain else _SHORTEST)
    )
