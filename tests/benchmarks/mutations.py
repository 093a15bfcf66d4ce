"""How many false sentences the verdicts catch, and how many true ones they suspect.

    python tests/benchmarks/mutations.py ARTICLES.jsonl[.gz] [--of N] [--development] [--show KIND]

A sentence of a real article is changed in one place so that it is false, and checked against the
sentence as it stood (and, with `--around`, its neighbours). Caught is what does not come out as
supported. The same sentences unchanged, and reworded so that they stay true, have to come out as
supported; so do fair paraphrases by other writers, while those with something wrong, or with a
clause of their own, must not. The checks are made with one half of the articles (`--development`)
and reported on the other.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from drawn import Drawn, Names, draw, halves, read
from glued import added, joined, joined_paraphrases, onto_paraphrases
from mutating import FACTS
from mutating_claims import CLAIMS
from mutating_places import PLACES
from paraphrased import paraphrased, statements
from rewording import REWORDINGS, reword

from assistant.likeness import Likeness
from assistant.support import check
from index.embed.local import LocalEmbedder

LOCAL = LocalEmbedder()
Made = Callable[[Drawn, random.Random], str | None]


def measure(
    table: dict[str, Iterable[tuple[Drawn, str]]], title: str, *, true: bool, show: str = ""
) -> None:
    """Prints, for each way to make a sentence, how many do not come out as supported."""
    print(f"{title:30}{'sentences':>10}{'suspected':>11}")
    for kind, pairs in table.items():
        if show and show != kind:
            continue
        suspected = total = 0
        for one, made in pairs:
            likeness = Likeness(LOCAL)
            day = one.evidence.date
            verdict = check(made, [one.evidence], as_of=day, likeness=likeness, doubts=likeness)
            total += 1
            suspected += verdict.status != "supported"
            if show and true == (verdict.status != "supported"):
                print(f"- {one.text}\n  {made}\n  {'; '.join(verdict.reasons)}")
        print(f"{kind:30}{total:>10}{suspected / max(total, 1):>11.1%}")
    print()


def sentences(make: Made, drawn: Sequence[Drawn]) -> Iterator[tuple[Drawn, str]]:
    """Sentences that can be made so, one an article."""
    pick = random.Random(20250320)
    seen = set()
    for one in drawn:
        made = None if one.article.info.id in seen else make(one, pick)
        if made is not None:
            seen.add(one.article.info.id)
            yield one, made


def milliseconds(drawn: Sequence[Drawn]) -> float:
    began = time.perf_counter()
    for one in drawn:
        likeness = Likeness(LOCAL)
        day = one.evidence.date
        check(one.text, [one.evidence], as_of=day, likeness=likeness, doubts=likeness)
    return (time.perf_counter() - began) / len(drawn) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--of", type=int, default=300, help="sentences of each kind")
    parser.add_argument("--tries", type=int, default=20_000, help="sentences that are looked at")
    parser.add_argument("--development", action="store_true", help="the half checks are made with")
    parser.add_argument("--around", type=int, default=0, help="neighbours that are cited too")
    parser.add_argument("--show", default="", help="print what comes out wrong of one kind")
    given = parser.parse_args()
    articles = read(given.articles)
    names = Names.of(articles)
    half = halves(articles)[0 if given.development else 1]
    drawn = list(islice(draw(half, 1, given.around), given.tries))
    false: dict[str, Made] = {
        kind: lambda one, pick, make=make: make(one, names, pick)
        for kind, make in (FACTS | CLAIMS | PLACES).items()
    }
    false |= added(half)
    true_: dict[str, Made] = {"unchanged": lambda one, _: one.text}
    true_ |= {
        kind: lambda one, pick, kind=kind: reword(kind, one, pick)
        for kind in (*REWORDINGS, "several of these")
    }
    written = paraphrased(articles, development=given.development, around=given.around)
    for title, table, true in (("changed", false, False), ("true", true_, True)):
        made = {k: islice(sentences(make, drawn), given.of) for k, make in table.items()}
        if true:
            made["clauses joined"] = islice(joined(drawn, partial(reword, "synonyms")), given.of)
        measure(made, title, true=true, show=given.show)
    fair = [one for kind, pairs in written.items() if kind.startswith("fair") for one in pairs]
    written["clause added to fair"] = list(onto_paraphrases(fair))
    written["fair joined"] = list(joined_paraphrases(fair))
    freely, wrongly = statements(articles, development=given.development)
    measure(
        {kind: pairs for kind, pairs in written.items() if kind.startswith("fair")} | freely,
        "paraphrased fairly",
        true=True,
        show=given.show,
    )
    measure(
        {kind: pairs for kind, pairs in written.items() if not kind.startswith("fair")} | wrongly,
        "paraphrased falsely",
        true=False,
        show=given.show,
    )
    if not given.show:
        print(f"a verdict takes {milliseconds(drawn[:500]):.1f} ms")


if __name__ == "__main__":
    main()
