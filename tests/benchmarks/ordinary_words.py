"""Writes the words that news writes with a small letter, `names/ordinary_words.txt` of the checks.

    python tests/benchmarks/ordinary_words.py ARTICLES.jsonl[.gz]

Of words inside of sentences of 2022, those that stand so in four articles and more, and with a
capital at most once in five times. They may open a sentence without naming anything.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from drawn import read

FILE = Path(__file__).parents[2] / "assistant" / "support" / "names" / "ordinary_words.txt"
YEAR, ARTICLES, SMALL = 2022, 4, 0.8
INSIDE = re.compile(r"(?<=[a-z,;] )[A-Za-z][a-z]+\b(?![’'-])")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=Path)
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for article in read(parser.parse_args().articles):
        if article.info.date and article.info.date.year == YEAR:
            found = [match[0] for match in INSIDE.finditer(article.text)]
            lower = [word for word in found if word.islower()]
            small.update(lower)
            capital.update(word.lower() for word in found if not word.islower())
            articles.update(set(lower))
    words = sorted(
        word
        for word, count in small.items()
        if articles[word] >= ARTICLES and count >= SMALL * (count + capital[word])
    )
    FILE.write_text("\n".join(words) + "\n", "ascii")
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
