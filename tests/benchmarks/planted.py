"""How many planted disagreements are found, and how many are claimed where there is none.

    python tests/benchmarks/planted.py ARTICLES.jsonl[.gz] [--of N] [--development] [--show KIND]

A sentence of a real article is set against another one as if an article of another outlet had it on
the same day. Planted are the same sentence, reworded, with another number, share, age or name in
it, and one in which somebody denies it. Controls are the sentence reworded so that it stays true,
and the five sentences that stand nearest to it.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from drawn import Drawn, Names, draw, halves, read
from mutating import FACTS
from planting import PLANTED, telling_who
from rewording import reword

from assistant.support.conflicts.between import find_conflict
from assistant.support.conflicts.told import Told
from index.sentences import split_sentences

_NEAR = 5
_NUMBERS = ("number", "number in words")
_CONTROLS = ("reworded", "near")


def told(one: Drawn, text: str) -> Told:
    around = one.evidence.context.replace(one.text, text)
    return Told(text, one.article.info.date, around)


def pairs(kind: str, one: Drawn, names: Names, pick: random.Random) -> Iterator[tuple[Told, Told]]:
    """A sentence and what is set against it; nothing where that cannot be made."""
    mine = told(one, one.text)
    if kind == "near":
        text = one.article.text
        places = list(split_sentences(text))
        at = next((n for n, s in enumerate(places) if text[s.start : s.end] == one.text), 0)
        for place in places[at + 1 : at + 1 + _NEAR]:
            yield mine, told(one, text[place.start : place.end])
        return
    if kind == "denied":
        name = next(iter(names.find(one.text)), None)
        if name and not re.search(r"[“\"]|\b(?:not|no|never|said|says)\b|n[’']t\b", one.text):
            rest = one.text.rstrip(".")
            yield mine, told(one, f"The ministry denied that {rest[0].lower()}{rest[1:]}.")
        return
    if kind in PLANTED:
        planted = PLANTED[kind](one, names, pick)
        if planted:
            moved = reword("several of these", Drawn(planted.text, one.evidence, one.article), pick)
            text = moved or planted.text
            yield mine, Told(text, mine.date, planted.around.replace(planted.text, text))
        return
    changed = one.text if kind == "reworded" else FACTS[kind](one, names, pick)
    if changed and any(a.quantity.kind != "percent" for a in mine.amounts):
        moved = reword("several of these", Drawn(changed, one.evidence, one.article), pick)
        yield mine, told(one, moved or changed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--of", type=int, default=300, help="pairs of each kind")
    parser.add_argument("--tries", type=int, default=20_000, help="sentences that are looked at")
    parser.add_argument("--development", action="store_true", help="the half checks are made with")
    parser.add_argument("--kinds", default="", help="only these, separated by commas")
    parser.add_argument("--show", default="", help="print what comes out wrong of one kind")
    given = parser.parse_args()
    articles = read(given.articles)
    names = Names.of(articles)
    half = halves(articles)[0 if given.development else 1]
    drawn = list(islice(draw(half, 1), given.tries))
    print(f"{'':16}{'pairs':>7}{'claimed':>9}")
    every = (*_NUMBERS, *PLANTED, "denied", *_CONTROLS)
    for kind in filter(None, given.kinds.split(",")) if given.kinds else every:
        pick = random.Random(20250320)
        told_of = telling_who(half, pick) if kind == "who" else drawn
        made = islice((p for one in told_of for p in pairs(kind, one, names, pick)), given.of)
        total = claimed = 0
        for mine, other in made:
            found = find_conflict(mine, other)
            total += 1
            claimed += found is not None
            if kind == given.show and (found is None) == (kind not in _CONTROLS):
                print(f"- {mine.text}\n  {other.text}\n  {found}")
        print(f"{kind:16}{total:>7}{claimed / max(total, 1):>9.1%}")


if __name__ == "__main__":
    main()
