"""The command `verify`, and what `show` and /open say of what changed since."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import FERRY, INQUIRY
from person import Person

from assistant import Assistant, save_answer
from assistant.cli import main
from assistant.jsonform import answer_to_json, dumps
from assistant.repl.loop import run
from assistant.repl.scope import Scope
from assistant.repl.talk import LibraryTalk
from assistant.types import Finished, SentenceReady

ROOT = Path(__file__).parent.parent
QUOTE = "Twelve passengers were taken to hospital, the coastguard said."
HEAD = f"“{QUOTE}”: [1] The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”"


@pytest.fixture
def answer(library):
    """An answer without a model, of the one quote."""
    found = Assistant(library).ask("How many passengers were taken to hospital?")
    assert [citation.quote for citation in found.citations] == [QUOTE]
    return found


@pytest.fixture
def dateline(library):
    """Runs the command on the sample library."""

    def run_(*words, stdin=None):
        env = {"DATELINE_LIBRARY": str(library.folder)}
        return CliRunner().invoke(main, words, input=stdin, env=env)

    return run_


@pytest.fixture
def correct(library, articles):
    """Has the ferry's outlet correct its article."""

    def corrected(old="Twelve", new="Fourteen"):
        library.add(replace(articles[0], text=articles[0].text.replace(old, new)))

    return corrected


def tampered(answer):
    citation = replace(answer.citations[0], quote="Thirty \x1b[31mpassengers were drowned.")
    return replace(answer, citations=(citation,))


def test_an_answer_that_holds(dateline, answer, tmp_path):
    """Code 0 and one line."""
    save_answer(answer, tmp_path / "a.json")
    done = dateline("verify", str(tmp_path / "a.json"))
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "1 answer, 1 sentence, 1 citation: everything holds\n"


def test_a_quote_that_was_tampered_with(dateline, answer):
    """Code 11, one line with sentence and article, and nothing that a terminal would act on."""
    done = dateline("verify", "-", stdin=dumps(answer_to_json(tampered(answer))))
    assert done.exit_code == 11
    assert done.stdout == (
        f"✗ {HEAD}: the quote is not what version 1 says there: [-Thirty ␛[31mpassengers-]"
        " {+Twelve passengers+} were [-drowned.-]"
        " {+taken to hospital, the coastguard said.+}\n"
        "1 answer, 1 sentence, 1 citation: 1 failure\n"
    )


def test_a_changed_article_is_a_remark(dateline, answer, correct):
    """Code 0 while the quote still stands."""
    correct("The ferry", "Corrected on Friday.\n\nThe ferry")
    done = dateline("verify", "-", stdin=dumps(answer_to_json(answer)))
    assert done.exit_code == 0
    assert done.stdout.startswith(f"⚠ {HEAD}: the article changed since: version 2 is current")
    assert done.stdout.endswith("1 citation: everything holds, 1 remark\n")


def test_a_quote_that_is_gone_fails(dateline, answer, correct):
    """Code 11 when the article no longer says it."""
    correct()
    done = dateline("verify", "-", stdin=dumps(answer_to_json(answer)))
    assert done.exit_code == 11
    assert "no longer has the quoted words: [-Twelve-] {+Fourteen+} passengers" in done.stdout


def test_many_answers(dateline, answer, tmp_path):
    """Lines of answers and several files are told apart; one that is cut stops nothing."""
    line = dumps(answer_to_json(answer), indent=None)
    batch = tmp_path / "batch.jsonl"
    batch.write_text(
        f"{line}\n{line[:200]}\n{dumps(answer_to_json(tampered(answer)), indent=None)}\n", "utf-8"
    )
    done = dateline("verify", str(batch), "-", stdin=line)
    assert done.exit_code == 11
    assert done.stdout.startswith(f"✗ {batch} line 3: {HEAD}: ")
    assert done.stdout.endswith(
        "3 answers, 3 sentences, 3 citations: 1 failure, 1 answer could not be read\n"
    )
    assert f"dateline: {batch} line 2 is not a saved answer: Invalid JSON" in done.stderr


def test_json(dateline, answer, correct):
    """Programs read the same findings."""
    correct("The ferry", "Corrected.\n\nThe ferry")
    done = dateline("verify", "--json", "-", stdin=dumps(answer_to_json(answer)))
    form = json.loads(done.stdout)
    assert (form["verified"], form["unread"]) == (True, [])
    (one,) = form["answers"]
    assert list(one) == [
        *("where", "question", "verified", "sentences", "citations", "findings"),
    ]
    (finding,) = one["findings"]
    assert (finding["kind"], finding["failed"], finding["sentence"]) == ("changed", False, QUOTE)
    assert finding["citation"] == answer_to_json(answer)["citations"][0]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format": 2}', "hits"])
def test_what_is_no_answer(dateline, text):
    """Code 1 and a sentence, not a traceback."""
    done = dateline("verify", "--json", "-", stdin=text)
    assert done.exit_code == 1
    assert json.loads(done.stdout)["verified"] is False
    assert done.stderr.startswith("dateline: standard input ")


def test_a_file_that_is_not_there(dateline):
    """A typing error is a usage error."""
    assert dateline("verify", "nowhere.json").exit_code == 2


def test_from_a_shell(library, answer, tmp_path):
    """The real command, from the answer that `ask --json` printed to the exit code."""

    def shell(*words, **how):
        command = [sys.executable, "-m", "assistant", "--library", str(library.folder), *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **how)

    file = tmp_path / "a.json"
    save_answer(answer, file)
    done = shell("verify", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    library.remove(FERRY)
    assert shell("verify", "-", input=file.read_text("utf-8")).returncode == 11


# what else tells of changes


def test_show_lists_versions(dateline, correct):
    """An article with a past says so; one without says nothing of it."""
    assert "Versions:" not in dateline("show", INQUIRY).stdout
    correct()
    shown = dateline("show", FERRY).stdout
    assert shown.startswith(
        "Versions: 1 (2025-03-05), 2 (2025-03-05, current); --version N shows one\n\nTitle: "
    )


def test_show_marks_an_older_version(dateline, correct):
    """Whoever follows an old citation sees that the article changed, and how."""
    correct()
    shown = dateline("show", FERRY, "--version", "1").stdout
    assert shown.startswith(
        "⚠ changed since: version 2 is current; gone from it: 1 sentence of this one\n"
        "- [-Twelve-] {+Fourteen+} passengers were taken to hospital, the coastguard said.\n"
        "Versions: "
    )
    assert QUOTE in shown


def test_show_an_older_version_that_lost_nothing(dateline, correct):
    """An addition takes nothing away."""
    correct("The ferry", "Corrected.\n\nThe ferry")
    shown = dateline("show", FERRY, "--version", "1").stdout
    assert shown.startswith("⚠ changed since: version 2 is current and has every sentence of this")


def test_show_a_rewritten_article(dateline, library, articles):
    """Of many changes the first few are shown and the rest counted."""
    text = " ".join(f"The {word} boat sailed." for word in "red blue old new long wide".split())
    library.add(replace(articles[0], text=text))
    library.add(articles[0])
    shown = dateline("show", FERRY, "--version", "2").stdout
    assert "gone from it: 6 sentences of this one\n- [-The red boat sailed.-]\n" in shown
    assert shown.count("\n- ") == 5
    assert "\n… and 1 more\n" in shown


def test_show_a_removed_article(dateline, library):
    """A removed article can be looked at, and is marked."""
    library.remove(FERRY)
    assert dateline("show", FERRY).stdout.startswith("⚠ removed from the library; its text is kept")
    form = json.loads(dateline("show", FERRY, "--json").stdout)
    assert (form["versions"], form["removed"]) == ([1], True)


def test_show_a_version_that_never_was(dateline):
    """The message speaks of the version, not of the article."""
    done = dateline("show", FERRY, "--version", "7")
    assert done.exit_code == 1
    assert "holds no version 7 of article" in done.stderr
    assert dateline("show", FERRY, "--version", str(10**30)).exit_code == 2


class Recorded:
    """An assistant that has one answer."""

    loaded = True

    def __init__(self, library, answer) -> None:
        self.library = library
        self.answer = answer

    def assistant(self):
        return self

    ready = assistant

    def stream(self, *_, **__):
        for sentence in self.answer.sentences:
            yield SentenceReady(sentence, "", self.answer.citations)
        yield Finished(self.answer)


def test_open_tells_what_changed(library, answer, correct):
    """In a chat too, an article that changed below an answer is marked when it is opened."""
    correct()
    talk = LibraryTalk(Recorded(library, answer), Scope())
    person = Person(["How many?", "/open 1", "/quit"])
    run(talk, person)
    text = person.out
    assert f"»{QUOTE}«" in text
    assert text.endswith(
        "⚠ the article changed since: version 2 is current and no longer has the quoted words:"
        " [-Twelve-] {+Fourteen+} passengers were taken to hospital, the coastguard said.\n"
    )
