"""The chat loop, as whole transcripts: what is typed, what is printed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

from answers import (
    ANSWER,
    CITED,
    DIED,
    EVENTS,
    HIT,
    HURT,
    INFO,
    NO_ANSWER,
    QUESTION,
    TEXT,
    TIMELINE,
)
from person import Person

from assistant.chats.values import ChatInfo, KeptChat
from assistant.naming import Named
from assistant.repl.actions import Resume
from assistant.repl.doors import LineCleared
from assistant.repl.loop import run
from assistant.repl.scope import Scope
from assistant.timeline import Timeline
from assistant.types import Finished, Turn, Writing
from index.errors import RateLimited, UnknownArticle, UsageError
from index.types import Article, Retrieval

CTRL_C = KeyboardInterrupt()
DAY = dt.date(2025, 3, 9)
CHAT = ChatInfo(7, "Who was hurt?", dt.datetime(2025, 3, 9, 12, 30, tzinfo=dt.UTC), 2)

SENTENCES = "Twelve passengers went to hospital. [1] Two people died. [1][2]\n"
MARK = "  ⚠ partly supported: the source says nobody, not two\n"
FIRST_SOURCE = (
    "[1] The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
    "    > Twelve passengers were taken to hospital, the coastguard said.\n"
)
SOURCES = FIRST_SOURCE + (
    "[2] no date, “What the harbour master saw”, version 2\n"
    "    > The ferry Maribel ran aground off Corran Point on Tuesday.\n"
)
WARNINGS = (
    "note: understood as: How many were hurt? (Maribel)\n"
    "note: the model cited [9.9], which it was not shown\n"
)
NOTES = f"{WARNINGS}(test-model, 812 + 34 tokens, $0.0003, 1.2 s)\n"
ARTICLE = (
    "Title:   Ferry runs aground off Corran Point\n"
    "Date:    2025-03-05\n"
    "Outlet:  The Harbour Post\n"
    "Address: https://harbour.example/ferry\n\n"
    "The ferry Maribel ran aground off Corran Point on Tuesday.\n\n"
    "»Twelve passengers were taken to hospital, the coastguard said.« Nobody died.\n"
)


class Talk(Person):
    """A person with a script, and answers with another; it is both doors of the loop."""

    loaded = True

    def __init__(self, lines, answers=(), *, seconds=(), model="test-model", **how) -> None:
        super().__init__(lines, seconds)
        self.answers = iter(answers)
        self.asked: list[str] = []
        self.closed = 0
        self.turns: tuple[Turn, ...] = ()
        self.scope = Scope(model=model)
        self.did: list[object] = []
        self.busy = False
        run(self, self, today=lambda: dt.date(2025, 3, 9), **how)

    def ask(self, question: str, *, instead: bool = False) -> Iterator:
        self.asked.append(question)
        before = self.turns[:-1] if instead else self.turns
        try:
            for event in next(self.answers):
                if isinstance(event, BaseException):
                    raise event
                if isinstance(event, Finished):
                    asked = dataclasses.replace(QUESTION, asked=question)
                    self.turns = (*before, Turn(asked, event.answer, (HIT,)))
                yield event
        finally:
            self.closed += 1

    def undo(self) -> None:
        self.turns = self.turns[:-1]

    def reset(self) -> None:
        self.turns = ()

    def use(self, scope: Scope) -> Scope:
        if "nowhere" in scope.sources:
            raise UsageError("no article is from “nowhere”")
        self.scope = scope
        return scope

    def article(self, citation) -> Article:
        if citation.article != INFO:
            raise UnknownArticle("there is no such article", help="index it again")
        return Article(INFO, TEXT)

    def named(self, name: str) -> Named:
        other = dataclasses.replace(INFO, url="https://a.example", title="Ferry inquiry opens")
        return {
            "Ferry runs": Named((INFO,)),
            "ferry": Named((other, INFO)),
            "boats": Named((INFO,), by_title=False),
        }[name]

    def since(self, _) -> None:
        return None

    def models(self) -> list[str]:
        return ["large", "small"]

    def more(self, number: int) -> Retrieval:
        return Retrieval((HIT,) * min(number, 1))

    def timeline(self, topic: str) -> Timeline:
        self.did.append(topic)
        return TIMELINE

    def save(self, path: str, *, over: bool) -> str:
        self.did.append((path, over))
        return path

    def chats(self) -> list[ChatInfo]:
        return [CHAT]

    def resume(self, which: str) -> KeptChat:
        if which == "lost":
            raise UsageError("there is no such chat")
        turns = {4: Turn(QUESTION, ANSWER, (HIT,))}
        unanswered = "Who died?" if which == "killed" else ""
        kept = KeptChat(CHAT, Scope(as_of=DAY), turns, lost=1, unanswered=unanswered)
        self.scope = dataclasses.replace(kept.scope, model="test-model")
        self.turns = tuple(kept.turns.values())
        return kept

    def rename(self, title: str) -> None:
        self.did.append(title)

    def rate(self, *, good: bool, note: str) -> bool:
        self.did.append((good, note))
        return True

    def index(self, paths, *, agreed: bool) -> str:
        self.did.append((tuple(paths), agreed))
        self.busy = True
        return "Indexing; questions can be asked meanwhile.\n"

    def indexing(self) -> str:
        return "reading 3 articles" if self.busy else ""

    def stop_indexing(self) -> bool:
        was, self.busy = self.busy, False
        return was


# questions and answers


def test_a_question_and_its_sources():
    """A whole chat: an answer, its sources again, the article around one, and good-bye."""
    talk = Talk(["How many were hurt?", "/sources", "/open 1", "/quit"], [EVENTS])
    assert talk.both == (
        f"> How many were hurt?\n{SENTENCES}{MARK}\n{SOURCES}{NOTES}\n"
        f"> /sources\n{SOURCES}> /open 1\n{ARTICLE}> /quit\n"
    )
    assert talk.asked == ["How many were hurt?"]


def test_answers_and_notes_go_different_ways():
    """Answers can be piped: warnings and figures are not among them."""
    talk = Talk(["How many?"], [EVENTS])
    assert talk.out == f"{SENTENCES}{MARK}\n{SOURCES}\n"
    assert talk.err == NOTES


def test_quiet_leaves_only_warnings():
    """With --quiet there are no figures."""
    talk = Talk(["How many?"], [EVENTS], quiet=True)
    assert talk.err == WARNINGS


def test_what_goes_on_is_told():
    """Searching, reading, the sentence as far as it has come, and the end of it."""
    Talk(["How many?"], [EVENTS])
    events = [EVENTS[0], Writing("", "Twelve pass"), *EVENTS[1:]]
    assert Talk(["How many?"], [events]).went_on == [
        *("searching", "reading 1 passage", "“Twelve pass”", "writing", "writing", "", ""),
    ]


def test_quotes_say_that_they_are_quotes():
    """Without a model that is said above what is quoted, and no quote is repeated below."""
    talk = Talk(["How many?"], [[HURT, Finished(ANSWER)]], model="")
    assert talk.out.startswith("Quoted from the articles (no model):\n\n> Twelve passengers")
    assert talk.out.endswith("off Corran Point”\n\n")


def test_an_error_does_not_end_the_chat():
    """What came before the error is kept, the error explained, and the next question works."""
    error = RateLimited("it asks to slow down", help="wait")
    talk = Talk(["How many?", "Again?"], [[HURT, error], EVENTS])
    assert talk.both.startswith(
        f"> How many?\nTwelve passengers went to hospital. [1]\n\n{FIRST_SOURCE}"
        "dateline: it asks to slow down; wait\n\n> Again?\n" + SENTENCES
    )


def test_an_incomplete_answer_is_printed_once():
    """When the answer so far is handed over before the error, its sources come once."""
    error = RateLimited("it asks to slow down")
    talk = Talk(["How many?"], [[*EVENTS, error]])
    assert talk.out.count("[2] no date") == 1
    assert talk.err == f"dateline: it asks to slow down\n{NOTES}"


def test_an_abstention():
    """The chat says what came nearest, and that can be opened by its number."""
    talk = Talk(["How many?", "/open 1", "/sources"], [[Finished(NO_ANSWER)]])
    assert talk.out.startswith("The articles do not answer this.\n\nThe closest passages:\n1. The")
    assert "»The ferry Maribel" in talk.out
    assert talk.out.endswith("There are no sources yet.\n")


def test_without_streaming_an_answer_comes_whole():
    """--no-stream prints once, and still keeps what came before Ctrl-C."""
    writes: list[str] = []

    class Whole(Talk):
        def write(self, text):
            super().write(text)
            if text.strip():
                writes.append(text)

    Whole(["How many?", "And?"], [EVENTS, [HURT, DIED, CTRL_C]], stream=False)
    assert writes[0] == f"{SENTENCES}{MARK}\n{SOURCES}"
    assert writes[1] == f"{SENTENCES}{MARK}\n{SOURCES}"


def test_empty_lines_and_the_end():
    """Nothing is asked for empty lines; the end of input ends the chat."""
    assert Talk(["", "   "]).asked == []


# Ctrl-C


def test_ctrl_c_stops_an_answer_and_keeps_what_came():
    """The first Ctrl-C ends the answer, not the chat; its source can still be opened."""
    talk = Talk(["How many?", "/open 1", "And then?"], [[HURT, CTRL_C], EVENTS])
    assert talk.both.startswith(
        f"> How many?\nTwelve passengers went to hospital. [1]\n\n{FIRST_SOURCE}(stopped)\n\n"
        f"> /open 1\n{ARTICLE}> And then?\n{SENTENCES}"
    )
    assert talk.closed == 2


def test_ctrl_c_before_anything_came():
    """Stopping early leaves no empty list of sources behind."""
    talk = Talk(["How many?", "/sources"], [[CTRL_C]])
    assert talk.both == "> How many?\n(stopped)\n\n> /sources\nThere are no sources yet.\n"


def test_a_second_ctrl_c_within_a_second_leaves():
    """Wherever the first one was: in an answer or at the prompt."""
    talk = Talk([CTRL_C, CTRL_C, "never read"], seconds=(5.0, 5.9))
    assert talk.err == "(Ctrl-C again, or Ctrl-D, leaves.)\n"
    assert next(talk.script) == "never read"
    talk = Talk(["How many?", CTRL_C, "never read"], [[CTRL_C]], seconds=(5.0, 5.9))
    assert talk.err == "(stopped)\n"
    assert next(talk.script) == "never read"


def test_a_second_ctrl_c_after_a_while_does_not():
    """Each of two that have nothing to do with each other only clears the line."""
    talk = Talk([CTRL_C, CTRL_C, "How many?"], [EVENTS], seconds=(5.0, 6.5))
    assert talk.err.count("leaves") == 2
    assert talk.asked == ["How many?"]


def test_ctrl_c_while_the_first_is_dealt_with_leaves():
    """Whoever presses twice at once is out, even while sources are printed."""

    class Impatient(Talk):
        def warn(self, text):
            if "stopped" in text:
                raise CTRL_C
            super().warn(text)

    assert next(Impatient(["How many?", "never read"], [[CTRL_C]]).script) == "never read"


# commands that do something


def test_a_timeline_can_be_opened_from():
    """Its entries are the sources that /open takes."""
    talk = Talk(["/timeline", "/timeline the ferry", "/open 1"])
    assert "takes a topic" in talk.out
    assert talk.did == ["the ferry"]
    assert "4 March 2025\n  [1] Twelve passengers" in talk.out
    assert ARTICLE in talk.out


def test_retry_takes_the_place_of_the_last_answer():
    """Afterwards there is one turn, as if it had been asked once."""
    talk = Talk(["How many?", "/retry"], [EVENTS, EVENTS])
    assert talk.asked == ["How many?", "How many?"]
    assert len(talk.turns) == 1


def test_retry_after_a_failure_asks_what_failed():
    """The answer before it stays."""
    error = RateLimited("it asks to slow down")
    talk = Talk(["How many?", "And then?", "/retry"], [EVENTS, [error], EVENTS])
    assert talk.asked == ["How many?", "And then?", "And then?"]
    assert [turn.question.asked for turn in talk.turns] == ["How many?", "And then?"]


def test_edit_lets_the_question_be_changed():
    """The question stands in the line again, and the new one takes its place."""
    talk = Talk(["How many?", "/edit", "How many exactly?"], [EVENTS, EVENTS])
    assert talk.began == ["How many?"]
    assert [turn.question.asked for turn in talk.turns] == ["How many exactly?"]


def test_an_editor_begins_a_question():
    """What comes out of the editor stands in the line; nothing is sent before Enter."""
    talk = Talk(["/editor How many", "How many hurt?"], [EVENTS])
    assert talk.began == ["How many hurt?"]
    assert talk.asked == ["How many hurt?"]


def test_undo_forgets_the_last_turn():
    """The sources of the one before can be opened again."""
    answers = [EVENTS, [Finished(NO_ANSWER)]]
    talk = Talk(["How many?", "And then?", "/undo", "/open 2"], answers)
    assert "Forgotten: And then?\n" in talk.out
    assert [turn.question.asked for turn in talk.turns] == ["How many?"]
    assert "index it again" in talk.err


def test_reset_forgets_questions_and_sources():
    """After /reset a follow-up has nothing to follow."""
    talk = Talk(["How many?", "/reset", "/sources"], [EVENTS])
    assert talk.turns == ()
    assert talk.out.endswith("A new chat begins.\nThere are no sources yet.\n")


def test_settings_are_changed_and_shown():
    """Each change is confirmed by all that is in force; what fails changes nothing."""
    talk = Talk(["/as-of 2025-03-04", "/source nowhere", "/top-k 3"])
    assert talk.out == (
        "as of 2025-03-04; 8 passages; answers by test-model\n"
        "as of 2025-03-04; 3 passages; answers by test-model\n"
    )
    assert talk.err == "dateline: no article is from “nowhere”\n"
    assert talk.scope == Scope(as_of=dt.date(2025, 3, 4), top_k=3, model="test-model")


def test_models_are_listed():
    """/model alone says who answers, and who could."""
    talk = Talk(["/model"])
    assert (
        talk.out == "all dates, all outlets; 8 passages; answers by test-model\n  large\n  small\n"
    )


def test_more_passages_are_numbered_on():
    """They can be opened like sources."""
    talk = Talk(["How many?", "/more 2", "/open 3"], [EVENTS])
    assert "\n3. The Harbour Post, 5 March 2025" in talk.out
    assert "»The ferry Maribel" in talk.out


def test_opening_and_copying():
    """A source in the browser, an article by its title, and the answer to the clipboard."""
    lines = ["How many?", "/open 1 --browser", "/open Ferry runs", "/copy", "/copy 2"]
    talk = Talk(lines, [EVENTS])
    assert talk.browsed == "https://harbour.example/ferry"
    assert "Title:   Ferry runs aground" in talk.out
    assert "Copied the answer with pbcopy.\nCopied source 2 with pbcopy.\n" in talk.err
    assert talk.copied.startswith("[2] no date, “What the harbour master saw”")


def test_articles_by_words():
    """Where several may be meant, each has a number that goes on from those that are known."""
    talk = Talk(["How many?", "/open ferry", "/open 4", "/open boats", "/open 5"], [EVENTS])
    assert (
        "Several titles have these words:\n"
        "3. The Harbour Post, 5 March 2025, “Ferry inquiry opens”\n"
        "4. The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”\n"
        "> /open 4\nTitle:   Ferry runs aground"
    ) in talk.both
    assert "No title has all of these words. Their text is nearest:\n5. The Harb" in talk.out
    assert talk.out.count("Title:   Ferry runs aground") == 2
    talk = Talk(["/open Ferry runs --browser"])
    assert talk.browsed == "https://harbour.example/ferry"


def test_a_source_that_is_gone():
    """An article that can no longer be read is an error like any other."""
    talk = Talk(["How many?", "/open 2", "/help"], [EVENTS])
    assert "dateline: there is no such article; index it again\n" in talk.err
    assert "/reset" in talk.out


def test_the_answer_is_in_the_transcript_as_it_is_in_the_value():
    """What is printed has the sentences of the answer, in their order."""
    talk = Talk(["How many?"], [EVENTS])
    places = [talk.out.index(sentence.text) for sentence in ANSWER.sentences]
    assert places == sorted(places)
    assert CITED.quote in talk.out


# chats that are kept, indexing


def test_a_chat_goes_on():
    """Its title, its last question and answer, and its settings are shown; its sources open."""
    talk = Talk(["/open 1", "And then?"], [EVENTS], first=Resume(""))
    assert talk.both == (
        "“Who was hurt?” goes on: 1 answer; 1 answer cannot be read\n\n> How many were hurt?\n"
        f"{SENTENCES}{MARK}\n{SOURCES}\n"
        "as of 2025-03-09; 8 passages; answers by test-model\n"
        f"> /open 1\n{ARTICLE}> And then?\n{SENTENCES}{MARK}\n{SOURCES}{NOTES}\n"
    )
    assert len(talk.turns) == 2


def test_a_chat_whose_last_question_has_no_answer():
    """After a kill the question is there, too, and /retry asks it."""
    talk = Talk(["/retry"], [EVENTS], first=Resume("killed"))
    assert "\n\n> Who died?\n(no answer was kept; /retry asks again)\n\nas of" in talk.out
    assert talk.asked == ["Who died?"]
    assert len(talk.turns) == 2


def test_a_chat_that_is_not_there():
    """It is said, and a new chat begins."""
    talk = Talk(["How many?"], [EVENTS], first=Resume("lost"))
    assert talk.err.startswith("dateline: there is no such chat\n")
    assert talk.asked == ["How many?"]


def test_chats_are_listed_saved_and_renamed():
    """Each with what names it."""
    lines = ["/sessions", "How many?", "/save a b.md", "/save! a.html", "/rename  The  ferry"]
    talk = Talk(lines, [EVENTS])
    assert "   7  2025-03-09 " in talk.out
    assert "    2 questions  Who was hurt?\n" in talk.out
    assert talk.did == [("a b.md", False), ("a.html", True), "The ferry"]
    assert "Saved to a b.md.\n" in talk.err
    assert "This chat is called “The ferry”.\n" in talk.err


def test_feedback():
    """What the person thinks is kept with the answer."""
    talk = Talk(["/feedback good", "How many?", "/feedback bad it was three"], [EVENTS])
    assert talk.out.startswith("There is no answer yet.\n")
    assert talk.did == [(False, "it was three")]
    assert talk.err.endswith("Kept for evaluation.\n")


def test_indexing_goes_on_beside_the_chat():
    """How far it is can be asked, and Ctrl-C on an empty line ends it and not the chat."""
    lines = ["/index 'a b' c.txt --yes", "/index", "How many?", CTRL_C, "/index", "/index stop"]
    talk = Talk(lines, [EVENTS], seconds=(5.0,))
    assert talk.did == [(("a b", "c.txt"), True)]
    assert talk.out.startswith("Indexing; questions can be asked meanwhile.\nreading 3 articles\n")
    assert talk.err.endswith("(stopped indexing; the same /index carries on)\n")
    assert talk.out.endswith("Nothing is being indexed.\n" * 2)


def test_clearing_a_line_does_not_end_indexing():
    """Ctrl-C on a line with words is about these words."""
    talk = Talk(["/index a.txt", LineCleared(), "/index"], seconds=(5.0,))
    assert talk.busy
    assert talk.out.endswith("reading 3 articles\n")
