"""Rewordings that leave a sentence true, as a careful writer makes them."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable

from drawn import Drawn

__all__ = ["REWORDINGS", "reword"]

Rewording = Callable[[str, Drawn, random.Random], str | None]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NAME = r"[A-Z][\w’'-]*[a-z]"
_SAID = r"(?:said|says|added|argued|warned|noted|explained|announced|claimed)"
_SYNONYMS = dict(
    pair.split("=")
    for pair in (
        "about=roughly;began=started;started=began;large=big;big=large;purchase=buy;"
        "bought=purchased;buy=purchase;help=assist;helped=assisted;tried to=sought to;"
        "shows=indicates;showed=indicated;near=close to;children=kids;got=received;"
        "received=got;ended=concluded;killed=left dead;however=though;many=a lot of;"
        "film=movie;movie=film;doctors=physicians;attorney=lawyer;lawyer=attorney;"
        "lawmakers=legislators;officials=authorities;authorities=officials;employees=workers;"
        "workers=employees;company=firm;firm=company;quickly=fast;previously=earlier;"
        "nearly=almost;almost=nearly;because=since;including=among them;"
        "recent=latest;major=big;important=significant;significant=important;entire=whole;"
        "whole=entire;often=frequently;home=house;area=region;region=area;attempt=effort;"
        "effort=attempt;crash=accident;allow=let;allows=lets;ask=request;asked=requested;"
        "continue=go on;continued=went on;show=reveal;revealed=disclosed;disclosed=revealed;"
        "car=vehicle;gas=gasoline;couple=pair;in addition to=besides;in order to=to;"
        "approximately=about;around=about;"
        "over the past=during the last;"
        "currently=at present;immediately=at once;obtained=got;required=needed;needed=required;"
        "discovered=found;found=discovered;created=made;built=constructed;constructed=built;"
        "elected=chosen;chose=picked;picked=chose;resigned=stepped down;stepped down=resigned;"
        "died=passed away;hurt=injured;injured=hurt;wounded=injured;talks=negotiations;"
        "negotiations=talks;meeting=session;agreement=deal;deal=agreement;law=legislation;"
        "bill=draft law;probe=investigation;investigation=probe;inquiry=investigation;"
        "election=vote;price=cost;prices=costs;rise=increase;increase=rise;rose=went up;"
        "increased=rose;fell=dropped;dropped=fell;declined=fell;decrease=fall"
    ).split(";")
)
_REPLACED = sorted(_SYNONYMS, key=len, reverse=True)


def _first(text: str) -> str:
    return text[0].upper() + text[1:]


def _lower(text: str) -> str:
    """A sentence put inside of another; a name keeps its capital."""
    first = text.split(" ", maxsplit=1)[0]
    small = (
        first.lower()
        in (
            "the a an this that these those it they he she there in on at for its their his her"
            " some many most more all no one two three four five six seven eight nine ten"
        ).split()
    )
    return text[0].lower() + text[1:] if small else text


def _in_words(value: int) -> str | None:
    if value < 20:
        return _ONES[value]
    if value < 100:
        ten, one = divmod(value, 10)
        return _TENS[ten - 2] + (f"-{_ONES[one]}" if one else "")
    return None


def numerals(text: str, _: Drawn, pick: random.Random) -> str | None:
    """Digits for words and words for digits, percent signs, scales, thousands."""
    words = {word: str(value) for value in range(2, 100) if (word := _in_words(value))}

    def spelled(match: re.Match[str]) -> str:
        return _in_words(int(match[0])) or match[0]

    forms: list[tuple[str, Callable[[re.Match[str]], str]]] = [
        (r"(?<= )\d{1,2}(?= [a-z]{3,}s\b)(?! percent)", spelled),
        (
            rf"(?<![\w-])(?:{'|'.join(sorted(words, key=len, reverse=True))})(?= [a-z]{{3,}}s\b)",
            lambda m: words[m[0]],
        ),
        (r"(?<=\d)%", lambda _: " percent"),
        (r"(?<=\d) percent\b(?! point)", lambda _: "%"),
        (r"\$(\d[\d.]*) (million|billion)\b", lambda m: f"{m[1]} {m[2]} dollars"),
        (
            r"\$(\d[\d.]*) (million|billion)\b",
            lambda m: f"${m[1]}{'m' if m[2][0] == 'm' else 'bn'}",
        ),
        (r"(?<![\d$€£,.])(\d),(\d{3})\b(?!,)", lambda m: m[1] + m[2]),
        (
            r"(?<![\d$€£,.])([1-9]\d{0,2}) million\b(?= [a-z])",
            lambda m: f"{int(m[1]):,},000,000",
        ),
    ]
    return _apply(text, forms, pick)


def rounded(text: str, _: Drawn, pick: random.Random) -> str | None:
    """Rounds: "about 1,500" for 1,523, "more than 60" for 61."""

    def round_(match: re.Match[str]) -> str:
        value = int(match[0].replace(",", ""))
        step = 10 ** (len(str(value)) - 1)
        near = round(value / (step / 10 if value >= 1000 else step / 2)) * (
            step / 10 if value >= 1000 else step / 2
        )
        if near == value or abs(near - value) > 0.06 * value:
            return match[0]
        word = pick.choice(["about", "nearly" if near > value else "more than"])
        return f"{word} {near:,.0f}"

    return _apply(
        text,
        [
            (
                (
                    r"(?<=[a-z] )(?<!than )(?<!about )(?<!over )(?<!to )"
                    r"[1-9]\d{0,2}(?:,\d{3})?(?= [a-z]{3,}s\b)"
                ),
                round_,
            )
        ],
        pick,
    )


def dates(text: str, drawn: Drawn, pick: random.Random) -> str | None:
    """Writes "5 March" for "March 5", and the date for the day of the week."""
    published = drawn.evidence.date

    def dated(match: re.Match[str]) -> str:
        if published is None or re.search(r"\b(?:will|next|every|each|last)\b", text):
            return match[0]
        back = (published.weekday() - _DAYS.index(match[1])) % 7
        day = published - dt.timedelta(days=back)
        return f"on {_MONTHS[day.month - 1]} {day.day}"

    months = "|".join(_MONTHS)
    return _apply(
        text,
        [
            (rf"\b({months}) (\d{{1,2}})\b(?!,? \d{{4}})(?![\d:-])", lambda m: f"{m[2]} {m[1]}"),
            (rf"\b({months}) (\d{{1,2}}), (\d{{4}})\b,?", lambda m: f"{m[2]} {m[1]} {m[3]}"),
            (
                rf"\b({months}) (\d{{1,2}})\b(?!,? \d{{4}})(?![\d:-])",
                lambda m: f"{m[1][:3]}. {m[2]}",
            ),
            (rf"\bon ({'|'.join(_DAYS)})\b(?! [A-Z])(?!,)(?! (?:night|evening|morning))", dated),
        ],
        pick,
    )


def _apply(
    text: str, forms: list[tuple[str, Callable[[re.Match[str]], str]]], pick: random.Random
) -> str | None:
    """One form that fits, once."""
    for pattern, new in pick.sample(forms, len(forms)):
        matches = list(re.finditer(pattern, text))
        if matches:
            match = pick.choice(matches)
            changed = text[: match.start()] + new(match) + text[match.end() :]
            if changed != text:
                return changed
    return None


def saying(text: str, _: Drawn, pick: random.Random) -> str | None:
    """The speaker moved to the other end, or "according to" for "said"."""
    lead = re.fullmatch(
        rf"(?P<who>[A-Z][^,“”\"]{{2,50}}?) {_SAID} (?:that )?(?P<what>[^“”\"]+)\.", text
    )
    tail = re.fullmatch(rf"(?P<what>[^“”\"]+), (?P<who>[^,“”\"]{{2,50}}?) {_SAID}\.", text)
    match = lead or tail
    if not match or len(match["what"].split()) < 4 or re.search(r"\b(?:he|she)\b", match["who"]):
        return None
    if lead and (
        match["what"].startswith(("to ", "he ", "she ", "they ", "it ", "in ", "on "))
        or re.search(r", \w+$| and$|,", match["who"])
    ):
        return None
    who, what = match["who"], match["what"]
    return pick.choice(
        [
            f"According to {_lower(who)}, {_lower(what)}.",
            f"{_first(what)}, {_lower(who)} said.",
            f"{_first(who)} said that {_lower(what)}.",
            f"{_first(what)}, according to {_lower(who)}.",
            f"{_first(who)} stated that {_lower(what)}.",
        ]
    )


def synonyms(text: str, _: Drawn, pick: random.Random) -> str | None:
    """One to three words replaced by others of the same meaning."""
    found = [
        match
        for match in re.finditer(rf"\b(?:{'|'.join(_REPLACED)})\b", text)
        if not re.search(r"[“\"]", text[: match.start()])
    ]
    if not found:
        return None
    for match in sorted(pick.sample(found, min(len(found), 3)), key=lambda m: -m.start()):
        text = text[: match.start()] + _SYNONYMS[match[0]] + text[match.end() :]
    return text


def contractions(text: str, _: Drawn, pick: random.Random) -> str | None:
    """Writes "did not" for "didn't" and the other way round."""
    verbs = "is are was were has have had did does do would could should"
    return _apply(
        text,
        [
            (rf"\b({verbs.replace(' ', '|')})n[’']t\b", lambda m: f"{m[1]} not"),
            (rf"\b({verbs.replace(' ', '|')}) not\b", lambda m: f"{m[1]}n't"),
            (r"\bwon[’']t\b", lambda _: "will not"),
            (r"\b(?:can[’']t|cannot)\b", lambda _: "can not"),
            (
                r"\b(it|he|she|that)[’']s (?=(?:a|an|the|not|been|very|going)\b)",
                lambda m: f"{m[1]} {'has' if m.string[m.end() :].startswith('been') else 'is'} ",
            ),
            (r"\b(they|we)[’']re\b", lambda m: f"{m[1]} are"),
        ],
        pick,
    )


def moved_front(text: str, _: Drawn, __: random.Random) -> str | None:
    """What stands in front of the sentence moves to its end."""
    match = re.fullmatch(
        r"(?P<front>(?:On|In|At|During|Since|By) [^,“”\"]{3,40}), (?P<rest>[^“”\":;?]+)\.", text
    )
    if not match or "," in match["rest"]:
        return None
    return f"{_first(match['rest'])} {match['front'][0].lower()}{match['front'][1:]}."


def moved_clause(text: str, _: Drawn, __: random.Random) -> str | None:
    """Writes "B, although A" for "Although A, B" and the other way round."""
    joint = "although|though|while|when|if|after|before|because|as|since|until|unless"
    match = re.fullmatch(
        rf"(?P<how>{joint.title()}) (?P<one>[^,“”\"]+), (?P<other>[^,“”\";]+)\.", text
    )
    if match and len(match["one"].split()) > 2 and len(match["other"].split()) > 2:
        return f"{_first(match['other'])} {match['how'].lower()} {match['one']}."
    match = re.fullmatch(
        r"(?P<other>[^,“”\";]+?),? (?P<how>although|because|when|while|after|before) "
        r"(?P<one>(?:he|she|it|they|the|a|his) [^,“”\"]+)\.",
        text,
    )
    if match and not re.search(r"\b(?:that|who|which|said|says|told)\b", match["other"]):
        return f"{_first(match['how'])} {match['one']}, {_lower(match['other'])}."
    return None


def aside_dropped(text: str, _: Drawn, __: random.Random) -> str | None:
    """A clause between commas, dashes or brackets left out."""
    for form in (
        r", (?:who|which|whose|where)\b[^,“”\"]{8,80},(?= [a-z])",
        r" \([^()]{3,60}\)",
        r" [—–] [^—–“”\"]{6,80} [—–](?= [a-z])",
        r",? (?:however|also|meanwhile|too|of course|in fact|for example),?(?= )",
    ):
        match = re.search(form, text)
        if match and len(text) - len(match[0]) > 40:
            return text[: match.start()] + text[match.end() :]
    return None


def half_kept(text: str, _: Drawn, pick: random.Random) -> str | None:
    """One of two sentences that are joined by "and" or "but"."""
    match = re.fullmatch(
        r"(?P<one>[^“”\";:?]{30,}?), (?:and|but) "
        rf"(?P<other>(?:the |The |{_NAME} )[^“”\";:?,]{{25,}})\.",
        text,
    )
    verb = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|\w{2,}ed|said)\b")
    if not match or not verb.search(match["other"]) or "," in match["one"]:
        return None
    return f"{_first(pick.choice([match['one'], match['other']]))}."


def names_cut(text: str, _: Drawn, pick: random.Random) -> str | None:
    """The surname alone, with or without its title."""
    titles = (
        "President|Prime Minister|Sen\\.|Rep\\.|Gov\\.|Secretary|Mr\\.|Dr\\.|Judge|Justice|King"
    )
    return _apply(
        text,
        [
            (rf"\b(?:{titles}) {_NAME} ({_NAME})\b", lambda m: m[1]),
            (rf"\b((?:{titles})) {_NAME} ({_NAME})\b", lambda m: f"{m[1]} {m[2]}"),
            (r"\bDonald Trump\b|\bformer President Trump\b", lambda _: "Trump"),
            (r"\bJoe Biden\b|\bPresident Biden\b", lambda _: "Biden"),
            (r"\bVladimir Putin\b", lambda _: "Putin"),
            (
                (
                    r"(?:\A|(?<=[a-z,] )(?<!the )(?<!The )(?<!and ))"
                    rf"[A-Z][a-z]+ ({_NAME}), (?:an?|the|who)\b"
                ),
                lambda m: m[0].split(" ", 1)[1],
            ),
        ],
        pick,
    )


def names_varied(text: str, _: Drawn, pick: random.Random) -> str | None:
    """Short for long names of states and bodies, and the other way round."""
    return _apply(
        text,
        [
            (r"\bUnited States(?! \w+ of)\b", lambda _: "U.S."),
            (r"(?<=[tT]he )U\.S\.(?! [A-Z])(?= [a-z])", lambda _: "US"),
            (r"\bEuropean Union\b", lambda _: "EU"),
            (r"\bEU\b", lambda _: "European Union"),
            (r"\bUnited Nations\b", lambda _: "UN"),
            (r"\bUnited Kingdom\b|\bU\.K\.", lambda _: "UK"),
            (r"\bUK\b", lambda _: "United Kingdom"),
            (r"\bRussian President\b", lambda _: "Russia’s president"),
            (r"\bUkrainian President\b", lambda _: "Ukraine’s president"),
            (r"\bChinese officials\b", lambda _: "China’s officials"),
            (r"\b(\w+[a-z])'s\b", lambda m: f"{m[1]}’s"),
        ],
        pick,
    )


def voice(text: str, _: Drawn, __: random.Random) -> str | None:
    """Active for passive and passive for active, where subject and object are plain."""
    which = "[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir"
    thing = rf"(?:(?:{which}) (?:[a-z-]+ ){{0,2}}[a-z]+|(?:{_NAME}(?: {_NAME}){{0,2}}))"
    passive = re.fullmatch(
        rf"(?P<object>{thing}) (?P<be>was|were) (?P<verb>\w+ed) by (?P<subject>{thing})"
        r"(?P<rest>(?: (?:in|on|after|during|at|for|last|when|to|with) [^“”\"]+)?)\.",
        text,
    )
    if passive:
        subject, thing_done = passive["subject"], _lower(passive["object"])
        return f"{_first(subject)} {passive['verb']} {thing_done}{passive['rest']}."
    active = re.fullmatch(
        rf"(?P<subject>{thing}) (?P<verb>killed|approved|announced|launched|signed|rejected"
        r"|reached|joined|filed|received|visited|hosted|defeated|destroyed|damaged|replaced|followed|created"
        r"|produced|purchased|acquired|settled|blocked|adopted|supported|opposed|confirmed|described|discovered"
        r"|directed|hired|fired|recalled|rescued|injured|removed|delayed|canceled|cancelled|reviewed|suspended"
        r"|released|accused|passed|called|introduced|published|ordered|named|opened|attacked|arrested|won"
        rf"|charged|backed|banned|raised|designed) (?P<object>{thing})"
        r"(?P<rest>(?: (?:in|on|after|during|at|last|when) (?!which)[^“”\"]+)?)\.",
        text,
    )
    if (
        active
        and active["verb"] != "won"
        and active["object"] not in _DAYS
        and active["subject"] not in {"He", "She", "They", "It"}
    ):
        be = "were" if re.search(r"[^s]s$", active["object"]) else "was"
        return (
            f"{_first(active['object'])} {be} {active['verb']} by"
            f" {_lower(active['subject'])}{active['rest']}."
        )
    return None


REWORDINGS: dict[str, Rewording] = {
    "numerals": numerals,
    "rounded": rounded,
    "dates": dates,
    "speaker moved": saying,
    "synonyms": synonyms,
    "contractions": contractions,
    "front moved": moved_front,
    "clauses moved": moved_clause,
    "aside dropped": aside_dropped,
    "half kept": half_kept,
    "surname alone": names_cut,
    "names varied": names_varied,
    "voice": voice,
}


def reword(kind: str, drawn: Drawn, pick: random.Random) -> str | None:
    """A rewording of one kind, or `several of these`, or None where it does not fit."""
    chosen = (
        [REWORDINGS[kind]]
        if kind in REWORDINGS
        else pick.sample(list(REWORDINGS.values()), len(REWORDINGS))
    )
    text, done = drawn.text, 0
    for rewording in chosen:
        made = rewording(text, drawn, pick)
        if made and made != text and _quoted(made) == _quoted(text):
            text, done = made, done + 1
        if done == 3:
            break
    return text if done >= min(2, len(chosen)) else None


def _quoted(text: str) -> list[str]:
    """What stands in quotation marks, which no careful writer changes."""
    return re.findall(r"[“\"]([^“”\"]*)(?:[”\"]|$)", text.replace("’", "'"))
