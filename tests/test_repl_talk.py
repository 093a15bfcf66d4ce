"""What a chat makes of the settings that are typed, with a real library."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.repl.opening import Opening
from assistant.repl.scope import Scope
from assistant.repl.talk import LibraryTalk
from index.errors import UsageError


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
