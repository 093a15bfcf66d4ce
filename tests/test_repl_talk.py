"""What a chat makes of the settings that are typed, with a real library."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.naming import with_title
from assistant.repl.opening import Opening
from assistant.repl.scope import Scope
from assistant.repl.talk import LibraryTalk
from index.errors import UnknownArticle, UsageError
from index.types import ArticleInfo


@pytest.fixture
def talk(library):
    """A chat that keeps nothing."""
    return LibraryTalk(Opening(lambda: Assistant(library), lambda _: None), Scope())


@pytest.mark.parametrize("typed", ["the harbour post", "Harbour Post", "harbour", "HarbourPost"])
def test_outlets_by_short_names(talk, typed):
    """A name as people say it, or a part that only one outlet has; its own spelling is shown."""
    assert talk.use(Scope(sources=(typed,))).sources == ("The Harbour Post",)


@pytest.mark.parametrize(
    ("typed", "help_"),
    [
        ("Lesing Courier", "did you mean Lessing Courier?"),
        ("The Meridian", "there are The Harbour Post, Lessing Courier"),
        ("o", "did you mean The Harbour Post?"),
    ],
)
def test_outlets_that_are_not_there(talk, typed, help_):
    """What is meant is guessed, or what there is, is named; nothing is changed."""
    with pytest.raises(UsageError, match=f"no article is from “{typed}”") as caught:
        talk.use(Scope(sources=(typed,)))
    assert caught.value.help == help_
    assert talk.scope == Scope()


def test_articles_by_words(talk):
    """Words of a title find it, whatever their order; else what the text says, within limits."""
    assert talk.named("aground ferry").only.title == "Ferry runs aground off Corran Point"
    assert talk.named("“Ferry runs aground off Corran Point”").only
    near = talk.named("passengers taken to hospital")
    assert not near.by_title
    assert near.articles[0].title == "Ferry runs aground off Corran Point"
    talk.use(Scope(sources=("Lessing Courier",)))
    assert {info.source for info in talk.named("ferry hospital").articles} == {"Lessing Courier"}
    with pytest.raises(UnknownArticle):
        talk.named("https://nowhere.example/")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sao paulo", ["Flood in São Paulo"]),
        ("flood", ["Flood in São Paulo", "After the flood"]),
        ("floo after", ["After the flood", "After the floods"]),
        ("floods", ["After the floods"]),
        ("fl", []),
        ("…", []),
    ],
)
def test_words_of_titles(typed, found):
    """Without case and accents; whole words first, and beginnings of words where none are there."""
    titles = ["Flood in São Paulo", "After the flood", "After the floods"]
    articles = [ArticleInfo(title=title) for title in titles]
    assert [info.title for info in with_title(typed, articles)] == found
