"""Chats that are kept: nothing of them is lost, and files of before are read."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from answers import ANSWER, EVENTS, HIT, HURT, NO_ANSWER, QUESTION

from assistant.chats.schema import CURRENT
from assistant.chats.store import ChatStore, ChatsUnusable, chats_file
from assistant.chats.values import Rating
from assistant.repl.keeping import Keeper
from assistant.repl.scope import Scope
from assistant.types import Turn
from index.errors import UsageError

ROOT = Path(__file__).parent.parent
SCOPE = Scope(
    dt.date(2025, 1, 1), None, dt.date(2025, 3, 9), ("The Harbour Post",), 5, "tiny", strict=True
)
TURN = Turn(QUESTION, ANSWER, (HIT,), (("system", "Answer."), ("user", "How many?")))
ABSTAINED = Turn(QUESTION, NO_ANSWER, (HIT,))


@pytest.fixture
def store(tmp_path):
    return ChatStore(tmp_path / "chats.sqlite3")


def say(store, chat, turn, question="How many were hurt?") -> int:
    number = store.ask(chat, question, SCOPE)
    store.answer(number, turn)
    return number


# the store


def test_a_chat_comes_back_as_it_was(store):
    """Every field of every turn, the settings, and what the answers were made from."""
    chat = store.begin(SCOPE)
    say(store, chat, TURN)
    say(store, chat, ABSTAINED)
    kept = store.load(chat)
    assert tuple(kept.turns.values()) == (TURN, ABSTAINED)
    assert kept.scope == SCOPE
    assert (kept.info.title, kept.info.questions, kept.lost) == ("How many were hurt?", 2, 0)
    assert not kept.unanswered
    store.ask(chat, "And who?", SCOPE)
    assert store.load(chat).unanswered == "And who?"
    assert abs(kept.info.used - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)


def test_only_its_owner_can_read_it(store):
    """What a reporter asks is nobody else's business."""
    store.begin(SCOPE)
    assert stat.S_IMODE(store.file.stat().st_mode) == 0o600


def test_nothing_is_made_by_looking(store):
    """Listing the chats of a library that has none leaves no file behind."""
    assert store.chats() == []
    assert list(store.ratings()) == []
    with pytest.raises(UsageError, match="there is no chat 3"):
        store.load(3)
    assert not store.file.exists()


def test_chats_are_listed_and_found(store):
    """Those used last first; by number, by words of the title, and the last one by nothing."""
    first, second, third = (store.begin(SCOPE) for _ in range(3))
    for chat, question in ((first, "Who was hurt?"), (second, "Who paid?"), (third, "When?")):
        say(store, chat, TURN, question)
    store.rename(second, "The ferry's owners")
    assert [chat.number for chat in store.chats()] == [third, second, first]
    assert store.find("OWNERS").number == second
    assert store.find(f" {first}").number == first
    assert store.find("").number == third
    with pytest.raises(UsageError, match="several chats fit “h”: 3, 2, 1"):
        store.find("h")
    with pytest.raises(UsageError, match="there is no such chat"):
        store.find("lighthouse")


def test_a_chat_without_a_question_is_no_chat(store):
    """Opening a chat and leaving it again leaves nothing to resume."""
    store.begin(SCOPE)
    assert store.chats() == []


def test_what_was_taken_back_stays_away(store):
    """An undone turn, one that another took the place of, and one that was never answered."""
    chat = store.begin(SCOPE)
    undone, replaced = say(store, chat, TURN), say(store, chat, TURN)
    store.undo(undone)
    instead = store.ask(chat, "How many?", SCOPE)
    store.answer(instead, ABSTAINED, replaced)
    store.ask(chat, "And then?", SCOPE)
    assert list(store.load(chat).turns) == [instead]


def test_a_chat_is_removed_with_all_of_it(store):
    """Neither its answers nor what was thought of them stay in the file."""
    chat = store.begin(SCOPE)
    store.rate(say(store, chat, TURN), good=True, note="a secret note")
    store.remove(chat)
    assert (store.chats(), list(store.ratings())) == ([], [])
    assert b"a secret note" not in store.file.read_bytes()
    assert b"went to hospital" not in store.file.read_bytes()


def test_feedback_is_kept_with_the_answer(store):
    """The last that was said of an answer counts."""
    chat = store.begin(SCOPE)
    number = say(store, chat, TURN)
    store.rate(number, good=True, note="")
    store.rate(number, good=False, note="it was three")
    (rating,) = store.ratings()
    assert rating == Rating(False, "it was three", rating.given, ANSWER)


def test_one_answer_that_cannot_be_read_leaves_the_others(store):
    """It is counted, so that its loss can be said."""
    chat = store.begin(SCOPE)
    broken = say(store, chat, TURN)
    say(store, chat, ABSTAINED)
    with sqlite3.connect(store.file) as connection:
        connection.execute("UPDATE turns SET answer = '{\"format\": 99}' WHERE id = ?", (broken,))
    connection.close()
    kept = store.load(chat)
    assert (list(kept.turns.values()), kept.lost) == ([ABSTAINED], 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b"not a database, but long enough to be taken for one" * 99),
        lambda file: file.mkdir(),
        lambda file: run_sql(file, f"PRAGMA user_version={CURRENT + 1}"),
        lambda file: run_sql(file, "PRAGMA user_version=1"),
    ],
)
def test_a_file_that_cannot_be_used(store, spoil):
    """It is named and left alone, whatever is wrong with it."""
    spoil(store.file)
    with pytest.raises(ChatsUnusable, match=r"chats\.sqlite3") as caught:
        store.begin(SCOPE)
    assert caught.value.help


def run_sql(file, sql) -> None:
    connection = sqlite3.connect(file)
    connection.executescript(sql)
    connection.close()


def test_a_file_of_an_older_version(tmp_path):
    """What the first version kept is there, and the file is brought up to date."""
    file = tmp_path / "chats.sqlite3"
    run_sql(file, (ROOT / "tests" / "data" / "chats-1.sql").read_text("utf-8"))
    store = ChatStore(file)
    assert [(chat.number, chat.title) for chat in store.chats()] == [(1, "The ferry")]
    kept = store.load(1)
    assert [turn.question.asked for turn in kept.turns.values()] == ["How many were hurt?"]
    assert kept.turns[1] == TURN
    assert kept.scope == dataclasses.replace(SCOPE, strict=False)
    assert next(store.ratings()).note == "quite right"
    say(store, 1, ABSTAINED)
    assert len(store.load(1).turns) == 2
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (CURRENT,)
    connection.close()


# where it is


def test_chats_lie_in_the_library(tmp_path):
    """They move with it and are found by everybody who opens it."""
    library = tmp_path / "library"
    library.mkdir()
    assert chats_file(library, tmp_path / "state") == library / "chats.sqlite3"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_library_that_cannot_be_written_to(tmp_path):
    """Then they lie with the person."""
    library = tmp_path / "library"
    library.mkdir(mode=0o500)
    assert chats_file(library, tmp_path / "state").is_relative_to(tmp_path / "state")


def test_a_library_on_a_server(tmp_path):
    """Each has a file of its own with the person."""
    files = {chats_file(f"http://host:1/{name}", tmp_path) for name in ("a", "b", "a")}
    assert len(files) == 2
    assert all(file.parent == tmp_path / "chats" for file in files)


# keeping while it happens


@pytest.fixture
def keeper(store):
    said = []
    keeper = Keeper(store, said.append)
    keeper.said = said
    return keeper


def test_sentences_are_kept_when_they_come(keeper, store):
    """What was printed is in the file before the next sentence is."""
    keeper.asked("How many were hurt?", SCOPE)
    for event in EVENTS[:2]:
        keeper.see(event)
    (turn,) = store.load(1).turns.values()
    assert turn.answer.sentences == (HURT.sentence,)
    assert turn.hits == (HIT,)
    assert "stopped before it was complete" in turn.answer.warnings[0]
    keeper.answered(TURN, instead=False)
    (turn,) = store.load(1).turns.values()
    assert turn == TURN


def test_a_question_that_found_no_answer_is_kept_too(keeper, store):
    """The list says what was asked, although there is nothing to go on from."""
    keeper.asked("How many were hurt?", SCOPE)
    assert [chat.title for chat in store.chats()] == ["How many were hurt?"]
    assert store.load(1).turns == {}


def test_retry_undo_and_reset(keeper, store):
    """The file has what the chat has."""
    for instead in (False, True, False):
        keeper.asked("How many were hurt?", SCOPE)
        keeper.answered(TURN, instead=instead)
    assert len(store.load(1).turns) == 2
    keeper.undo()
    assert len(store.load(1).turns) == 1
    assert keeper.rate(good=True, note="")
    keeper.begin()
    assert not keeper.rate(good=True, note="")
    keeper.asked("Something else?", SCOPE)
    assert [chat.number for chat in store.chats()] == [2, 1]


def test_a_chat_goes_on_in_its_file(keeper, store):
    """New turns join the old ones, which can be taken back too."""
    chat = store.begin(SCOPE)
    say(store, chat, TURN)
    keeper.go_on(store.load(chat))
    keeper.asked("And then?", SCOPE)
    keeper.answered(ABSTAINED, instead=False)
    assert list(store.load(chat).turns.values()) == [TURN, ABSTAINED]
    keeper.undo()
    assert list(store.load(chat).turns.values()) == [TURN]


def test_a_chat_that_cannot_be_kept_goes_on(tmp_path):
    """Why is said once, and not with every sentence."""
    (tmp_path / "chats.sqlite3").mkdir()
    said = []
    keeper = Keeper(ChatStore(tmp_path / "chats.sqlite3"), said.append)
    for _ in range(2):
        keeper.asked("How many were hurt?", SCOPE)
        for event in EVENTS:
            keeper.see(event)
        keeper.answered(TURN, instead=False)
    assert len(said) == 1


def test_a_kill_loses_at_most_the_sentence_being_written(tmp_path):
    """The process is gone after the first sentence; the file has it."""
    program = textwrap.dedent(
        """
        import os, signal, sys
        sys.path[:0] = ["tests"]
        from pathlib import Path
        from answers import EVENTS
        from assistant.chats.store import ChatStore
        from assistant.repl.keeping import Keeper
        from assistant.repl.scope import Scope
        keeper = Keeper(ChatStore(Path(sys.argv[1])), print)
        keeper.asked("How many were hurt?", Scope())
        for event in EVENTS[:2]:
            keeper.see(event)
        os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    file = tmp_path / "chats.sqlite3"
    done = subprocess.run([sys.executable, "-c", program, file], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    (turn,) = ChatStore(file).load(1).turns.values()
    assert turn.answer.sentences == (HURT.sentence,)


def test_two_chats_at_once(store):
    """Two terminals write to one file, and each finds its own."""
    keepers = [Keeper(ChatStore(store.file), pytest.fail) for _ in range(2)]
    for question in ("One?", "Two?"):
        for number, keeper in enumerate(keepers):
            keeper.asked(f"{question} {number}", SCOPE)
            keeper.see(EVENTS[0])
            keeper.see(HURT)
            keeper.answered(TURN, instead=False)
    assert [len(store.load(chat).turns) for chat in (1, 2)] == [2, 2]
