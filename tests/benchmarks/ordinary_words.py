"""Writes the words that news writes with a small letter, `names/ordinary_words.txt` of the checks.

    python tests/benchmarks/ordinary_words.py ARTICLES.jsonl[.gz]

Of words inside of sentences of 2022, those that stand so in four articles and more, and with a
capital at most once in five times, longer names like "Air Force" not counted, or once in two with
them. They may open a sentence without naming anything.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from drawn import read

FILE = Path(__file__).parents[2] / "assistant" / "support" / "names" / "ordinary_words.txt"
YEAR, ARTICLES, SMALL, SMALL_IN_ALL = 2022, 4, 0.8, 0.5
INSIDE = re.compile(r"(?<=[a-z,;] )[A-Za-z][a-z]+\b(?![’'-])")
BEFORE = re.compile(r"[A-Z][\w’'.-]*(?: (?:of|the|and|for))* $")
AFTER = re.compile(r"(?: (?:of|the|and|for))* [A-Z]")
REACH = 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=Path)
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    longer: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for article in read(parser.parse_args().articles):
        if article.info.date and article.info.date.year == YEAR:
            text = article.text
            found = list(INSIDE.finditer(text))
            lower = [match[0] for match in found if match[0].islower()]
            small.update(lower)
            for match in found:
                if not match[0].islower():
                    before = BEFORE.search(text, max(0, match.start() - REACH), match.start())
                    named = before or AFTER.match(text, match.end())
                    (longer if named else capital)[match[0].lower()] += 1
            articles.update(set(lower))
    words = sorted(
        word
        for word, count in small.items()
        if articles[word] >= ARTICLES
        and count >= SMALL * (count + capital[word])
        and count >= SMALL_IN_ALL * (count + capital[word] + longer[word])
    )
    FILE.write_text("\n".join(words) + "\n", "ascii")
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
