"""Which articles are about a topic that is a name, rather than about what shares words with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.question.people import named
from assistant.support.names.name_forms import TITLES
from assistant.support.text.words import fold
from index.types import Article

__all__ = ["by_surname", "names_in_full", "of_the_name"]

# Words of a name that other articles may have in other names, and articles that have to hold it.
_WORDS, _HAVING = 2, 3
# Of the articles that have a name, these have to call it by one of its words, too.
_SHORT = 0.5
# Of the times that a last name has a first one, this share has to be the one of the topic.
_MOSTLY = 0.6


def of_the_name(topic: str, articles: Sequence[Article]) -> list[Article]:
    """The articles that hold a topic that is a name, such as “Silicon Valley Bank”, as a whole.

    Others only share words with it, but for those whose title has what the name is called for
    short, such as “the Masters” for “Masters Tournament”. All stay where hardly any has the name:
    it is no such name then.
    """
    words = re.findall(r"[^\W_][\w'’.&-]*", topic)
    if len(words) < _WORDS or not all(word[0].isupper() for word in words):
        return list(articles)
    name = re.compile(rf"\b{'[^a-z0-9]+'.join(map(re.escape, words))}\b", re.IGNORECASE)
    having = [article for article in articles if name.search(_whole(article))]
    if len(having) < _HAVING:
        return list(articles)
    alone = [_alone(word) for word in words]
    short = [
        word for word in alone if _share(word, [name.sub("", a.text) for a in having]) >= _SHORT
    ]
    return [
        article
        for article in articles
        if name.search(_whole(article)) or any(one.search(article.info.title) for one in short)
    ]


def by_surname(topic: str, articles: Sequence[Article]) -> str:
    """A topic with people called by their last names, as news does after the first time.

    Whoever shares it with somebody else whom the articles name keeps the first name.
    """
    for person in named(topic):
        *given, last = person.text.split()
        if person.person <= 0 or not given:
            continue
        before = re.compile(rf"\b([A-Z][a-z’'-]+) {re.escape(last)}\b")
        called = Counter(match[1] for a in articles for match in before.finditer(a.text))
        others = {word: n for word, n in called.items() if fold(word) not in TITLES}
        if others.get(given[-1], 0) >= _MOSTLY * (sum(others.values()) or 1):
            topic = topic.replace(person.text, last)
    return topic


def names_in_full(topic: str, article: Article) -> bool:
    """Whether an article names the people of a topic in full, whom it may then call by surnames."""
    return all(name.text in _whole(article) for name in named(topic) if name.person > 0)


def _whole(article: Article) -> str:
    return f"{article.info.title}. {article.text}"


def _alone(word: str) -> re.Pattern[str]:
    """A word of a name that stands in no other one: neither “Harry Styles” nor “Debbie Harry”."""
    return re.compile(
        rf"(?:^|(?<=[a-z\d,;:(—–-] )|(?<=[“\"‘]))\b{re.escape(word)}\b(?![\w-]| [A-Z])"
    )


def _share(word: re.Pattern[str], texts: Sequence[str]) -> float:
    return sum(bool(word.search(text)) for text in texts) / len(texts)
