"""The words, signs and units that numbers are written with."""

from __future__ import annotations

__all__ = [
    "ATTACHED",
    "CARDINALS",
    "CURRENCIES",
    "DOLLARS",
    "MEASURES",
    "MONEY_WORDS",
    "ORDINALS",
    "PARTS",
    "PREFIXES",
    "SCALES",
    "SIGNS",
    "VAGUE",
]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NTHS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
CARDINALS: dict[str, float] = {word: n for n, word in enumerate(_ONES.split())}
CARDINALS |= {word: 10 * n for n, word in enumerate(_TENS.split(), 2)}
SCALES: dict[str, float] = {
    "dozen": 12,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "billion": 1e9,
    "billions": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    # the same words in languages that share the digits
    "millionen": 1e6,
    "millones": 1e6,
    "milliarde": 1e9,
    "milliarden": 1e9,
    "milliard": 1e9,
    "milliards": 1e9,
}
ATTACHED = frozenset("kmb")  # a scale only when nothing divides it from the digits
ORDINALS = {word: n for n, word in enumerate(_NTHS.split(), 1)}
ORDINALS |= {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6}
PARTS |= {"seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
VAGUE = {"dozens": (20, 200), "scores": (20, 200), "hundreds": (100, 2e3), "thousands": (1e3, 1e6)}
VAGUE |= {"tens of thousands": (1e4, 2e5), "hundreds of thousands": (1e5, 2e6)}
VAGUE |= {"tens of millions": (1e7, 2e8), "hundreds of millions": (1e8, 2e9)}
VAGUE |= {"millions": (1e6, 1e9), "billions": (1e9, 1e12), "trillions": (1e12, 1e15)}

CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "rouble"}
MONEY_WORDS = {
    "dollar": "dollar",
    "usd": "dollar",
    "buck": "dollar",
    "euro": "euro",
    "eur": "euro",
    "pound": "pound",
    "sterling": "pound",
    "gbp": "pound",
    "quid": "pound",
    "yen": "yen",
    "yuan": "yuan",
    "rupee": "rupee",
    "rouble": "rouble",
    "ruble": "rouble",
    "franc": "franc",
    "peso": "peso",
    "cent": "cent",
    "penny": "penny",
    "pence": "penny",
}
PREFIXES = {"us": "dollar", "usd": "dollar", "eur": "euro", "gbp": "pound"}
DOLLARS = {"a": "Australian dollar", "c": "Canadian dollar", "hk": "Hong Kong dollar"}
DOLLARS |= {"nz": "New Zealand dollar", "ca": "Canadian dollar", "au": "Australian dollar"}

MEASURES = {
    alias: names.split()[0]
    for names in (
        "kilometre kilometer km kilometres kilometers kms",
        "metre meter metres meters",
        "centimetre centimeter cm centimetres centimeters",
        "millimetre millimeter mm millimetres millimeters",
        "mile miles mi",
        "foot feet ft",
        "inch inches",
        "yard yards",
        "acre acres",
        "hectare hectares",
        "kilogram kg kilo kilos kilograms kgs",
        "gram grams",
        "ton tons tonne tonnes",
        "ounce ounces oz",
        "pound pounds lb lbs",
        "litre liter litres liters",
        "gallon gallons",
        "barrel barrels",
        "second seconds secs",
        "minute minutes mins min",
        "hour hours hrs hr",
        "day days",
        "week weeks",
        "month months",
        "year years yr yrs",
        "decade decades",
        "century centuries",
        "millennium millennia",
        "degree degrees °c °f c f celsius fahrenheit",
        "mph",
        "kph",
        "megawatt megawatts mw",
        "gigawatt gigawatts gw",
    )
    for alias in names.split()
}
