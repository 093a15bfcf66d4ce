"""Timelines: what is chosen, how it is printed, kept and checked again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re

import pytest
from answers import CITED, DAY, HIT, INFO, QUESTION, TIMELINE
from browser import shown
from click.testing import CliRunner
from conftest import make_article

from assistant import Assistant, Timeline, load_timeline, program, save_timeline
from assistant.cli import main
from assistant.render.layout import Style
from assistant.render.timeline import days_text, timeline_html, timeline_text
from assistant.timeline.choose import choose
from assistant.timeline.naming import by_surname, names_in_full, of_the_name
from assistant.timeline.saved import parse_timeline, timeline_to_json
from index.embed.fake import FakeEmbedder
from index.errors import ReadError, UsageError

TOPIC = "the grounding of the ferry Maribel"


@pytest.fixture
def assistant(library):
    return Assistant(library)


@pytest.fixture
def dateline(library, monkeypatch):
    """Runs the command on the sample library."""

    def open_assistant(settings, **how):
        return Assistant.open(settings=settings, embedder=FakeEmbedder(), **how)

    monkeypatch.setattr(program, "open_assistant", open_assistant)
    env = {"DATELINE_LIBRARY": str(library.folder)}
    return lambda *words: CliRunner().invoke(main, words, env=env)


# what is chosen


def test_entries_are_sentences_in_order(assistant):
    """Each one is cut from its article, with the day it states or else that of the article."""
    made = assistant.timeline(TOPIC)
    assert [(e.first.isoformat(), e.dated_by, e.citation.quote) for e in made.entries] == [
        ("2025-03-04", "sentence", "The ferry Maribel ran aground off Corran Point on Tuesday."),
        (
            "2025-04-02",
            "article",
            "An inquiry into the grounding of the Maribel opened in Lessing.",
        ),
    ]
    for entry in made.entries:
        text = assistant.library.article(entry.citation.article.id).text
        assert text[entry.citation.start : entry.citation.end] == entry.citation.quote
    assert [s.text for s in made.answer.sentences] == [e.citation.quote for e in made.entries]
    assert not made.answer.abstained


def test_no_article_is_about_it(assistant):
    """Then nothing is said, and what came nearest is there."""
    made = assistant.timeline("the election in Marrow Hills")
    assert made.entries == ()
    assert made.answer.abstained
    assert made.answer.closest


def test_limits_are_those_of_what_happened(assistant):
    """An article of the time may tell of a day before it; that is left out as well."""
    assert [e.first.month for e in assistant.timeline(TOPIC, since="2025-03-05").entries] == [4]
    assert [e.first.month for e in assistant.timeline(TOPIC, until="2025-03-31").entries] == [3]
    assert [e.first.month for e in assistant.timeline(TOPIC, as_of="2025-03-06").entries] == [3]
    entries = assistant.timeline(TOPIC, sources=["Lessing Courier"]).entries
    assert {e.citation.article.source for e in entries} == {"Lessing Courier"}


def test_a_time_in_the_topic(assistant):
    """What happened at another time is left out, and nothing has to repeat the words."""
    made = assistant.timeline(f"{TOPIC} in April 2025", as_of="2025-06-01")
    assert [(e.first.month, e.first.day) for e in made.entries] == [(4, 2)]


def test_a_day_that_is_a_name_in_the_topic(assistant):
    """“The Jan. 6 attack” is what is looked for, not what happened on that day of this year."""
    text = (
        "Three men led the Jan. 6 raid on the port of Ostrel.\n\nThe raid on Ostrel cost millions."
    )
    assistant.library.add(report(9, dt.date(2023, 4, 6), text, "The raid on Ostrel"))
    made = assistant.timeline("the Jan. 6 raid on Ostrel", as_of="2023-05-01")
    assert made.entries
    assert made.answer.question.time is None


def test_an_empty_topic(assistant):
    """There has to be something to look for."""
    with pytest.raises(UsageError):
        assistant.timeline(" ?")


async def _made(assistant) -> Timeline:
    return await assistant.atimeline(TOPIC)


def test_for_callers_that_await(assistant):
    """It is the same."""
    import asyncio

    assert asyncio.run(_made(assistant)).entries == assistant.timeline(TOPIC).entries


def report(number: int, date: dt.date | None, text: str, title: str = "The ferry Maribel"):
    return make_article(f"https://x.example/{number}", text, title=title, date=date, source="X")


def test_the_same_of_the_same_day_stands_once():
    """Two outlets' reports are one entry; another day, or something else, is another one."""
    monday = dt.date(2025, 3, 3)
    texts = (
        (monday, "The ferry Maribel ran aground off Corran Point on Monday."),
        (monday, "The ferry Maribel ran aground off Corran Point on Monday, officials said."),
        (monday, "The owner of the ferry Maribel put on buses for everybody on Monday."),
        (monday + dt.timedelta(9), "The ferry Maribel ran aground off Corran Point on Wednesday."),
    )
    articles = [report(n, date, text) for n, (date, text) in enumerate(texts)]
    told, left_out, undated = choose("ferry Maribel", articles, FakeEmbedder())
    assert [t.dating.first.day for t in told] == [3, 3, 12]
    assert {tuple(t.same) for t in told} == {(), (1,)} or {tuple(t.same) for t in told} == {
        (),
        (0,),
    }
    assert (left_out, undated) == (0, 0)


def test_what_only_shares_words_with_a_name_is_left_out():
    """“Silicon Valley” is no bank; where hardly any article has the name, it is no name."""
    bank = [make_article(f"https://x.example/{n}", "Silicon Valley\nBank fell.") for n in range(3)]
    valley = make_article("https://x.example/valley", "A bank lent to Silicon Valley.")
    assert of_the_name("Silicon Valley Bank", [valley, *bank]) == bank
    for topic, articles in (("silicon valley bank", bank), ("Silicon Valley Bank", bank[1:])):
        assert of_the_name(topic, [valley, *articles]) == [valley, *articles]


def test_what_a_name_is_called_for_short_is_the_name():
    """“The Regatta” is the Oru Regatta in a title, but nobody's “Regatta Club” is."""
    having = [
        report(n, None, "The Oru Regatta began. They say the Regatta is a joy.", "Sails")
        for n in range(3)
    ]
    short = report(4, None, "Ana Bell won it in the rain.", "Ana Bell wins the Regatta at last")
    club = report(5, None, "Its roof leaks.", "The Regatta Club wants a roof")
    assert of_the_name("Oru Regatta", [*having, short, club]) == [*having, short]


def test_news_calls_people_by_their_last_names():
    """A rare first name does not outweigh the last one, unless somebody else has that, too."""
    said = "Anna Lund was elected on 4 March. Anna Lund was glad. Mayor Lund spoke to Tarn."
    mayor = report(1, dt.date(2025, 3, 6), said, "The mayor of Tarn")
    other = report(2, dt.date(2025, 3, 7), "Omar Lund scored. Omar Lund ran.", "A goal")
    assert by_surname("Anna Lund elected", [mayor]) == "Lund elected"
    assert by_surname("Anna Lund elected", [mayor, other]) == "Anna Lund elected"
    assert by_surname("Silicon Valley Bank", [mayor]) == "Silicon Valley Bank"
    assert [names_in_full("Anna Lund", one) for one in (mayor, other)] == [True, False]


def test_what_several_report_comes_before_what_one_adds():
    """Of a day of which much is told, the main thing stays, wherever it stands in its article."""
    monday = dt.date(2025, 3, 3)
    raised = "On Monday two cranes raised the hull of the ferry Maribel out of the mud for good."
    asides = (
        "Gulls in their hundreds circled above the ferry Maribel on Monday, crying for bread.",
        "Boys from Lessing sold paper flags showing the ferry Maribel on Monday for two coins.",
        "A choir of old sailors sang hymns to the ferry Maribel on Monday, out of tune.",
        "Cold rain soaked everybody who had come to see the ferry Maribel on Monday.",
        "Painters set up easels near the ferry Maribel on Monday, quarrelling over shade.",
    )
    lead = "The ferry Maribel lay at the quay of Lessing at dawn."
    articles = [
        report(n, monday, f"{lead} {aside}{f' {raised}' if n < 3 else ''}")
        for n, aside in enumerate(asides)
    ]
    told, left_out, _ = choose("ferry Maribel", articles, None)
    assert raised in {t.text for t in told}
    assert (len(told), left_out > 0) == (4, True)


def test_a_chronicle_gives_more_days():
    """An article gives more than four entries where it alone tells of the days."""
    days = ("3", "5", "8", "9", "11", "13")
    text = " ".join(f"The ferry Maribel was surveyed on March {day}, at noon." for day in days)
    told, left_out, _ = choose("ferry Maribel", [report(1, dt.date(2025, 3, 20), text)], None)
    assert [str(t.dating.first.day) for t in told] == list(days)
    assert left_out == 0


def test_a_day_of_which_others_know_the_year():
    """What an article puts on “Jan. 6” is left out where that is no day of the year before."""
    stormed = "The crew of the ferry Maribel was stormed by gulls on Jan. 6, 2021."
    rang = "The owner of the ferry Maribel rang the captain on Jan. 6 from his bath."
    april = dt.date(2023, 4, 6)
    articles = [report(n, april, stormed) for n in (1, 2)] + [report(3, april, rang)]
    told, *_ = choose("ferry Maribel", articles, None)
    assert {t.dating.first for t in told} == {dt.date(2021, 1, 6)}
    assert len(choose("ferry Maribel", articles[1:], None)[0]) == 2


def test_an_article_that_names_it_often_is_about_it():
    """What it begins with is told, though that holds only a part of the topic."""
    first = "Halvex now has the ferry Maribel and will run her in spring."
    often = " The sale of the ferry Maribel was dear." * 3
    others = [report(n, dt.date(2025, 3, 9), "The fair was long.", "Fairs") for n in (2, 3)]
    article = report(
        1,
        dt.date(2025, 3, 7),
        f"{first} They took a day to think about all of it. {often}",
        "Halvex",
    )
    told, *_ = choose("sale of the Maribel", [article, *others], None)
    assert first in {t.text for t in told}


def test_what_is_no_statement_is_left_out():
    """Headings, questions, captions and what a newsroom says of its own pages tell nothing."""
    text = (
        "Sign up for the newsletter on the ferry Maribel today.\n\n"
        "More on the ferry Maribel and others\n\n"
        "What became of the ferry Maribel on Tuesday?\n\n"
        "The ferry Maribel was raised on Tuesday by two cranes.\n\n"
        "The captain of the ferry Maribel arrives at court in Lessing on 28 February 2025."
    )
    told, *_ = choose("ferry Maribel", [report(1, dt.date(2025, 3, 5), text)], None)
    assert [t.text for t in told] == ["The ferry Maribel was raised on Tuesday by two cranes."]


PICTURED = (
    "A child looks at the ferry Maribel off Corran Point on Thursday.",
    "The ferry Maribel at the quay of Lessing, reached on March 6, 2025.",
)


@pytest.mark.parametrize("text", PICTURED)
def test_what_stands_below_a_picture_is_left_out(text):
    """The present tense with a day that is past, or the year that it is, tells of a picture."""
    first = "The ferry Maribel was towed to Lessing."
    told, *_ = choose("ferry Maribel", [report(1, dt.date(2025, 3, 7), f"{first} {text}")], None)
    assert [each.text for each in told] == [first]


TOLD_IN_THE_PAST = (
    "The sale of the ferry Maribel on Tuesday was a surprise that is not likely to stand.",
    "The plan to raise the ferry Maribel passed the council on March 4, 2025.",
)


@pytest.mark.parametrize("text", TOLD_IN_THE_PAST)
def test_what_is_told_in_the_past_is_no_caption(text):
    """A year that is given, or a word such as “stand”, does not make a caption of a report."""
    first = "The ferry Maribel was towed to Lessing."
    told, *_ = choose("ferry Maribel", [report(1, dt.date(2025, 3, 7), f"{first} {text}")], None)
    assert text in {each.text for each in told}


def test_a_plan_is_told_until_its_day_is_past():
    """What might have come is no event once later articles know what came."""
    plan = "The ferry Maribel is expected to be towed to Lessing on Sunday."
    early = report(1, dt.date(2025, 3, 7), f"The ferry Maribel was leaking oil. {plan}")
    late = report(2, dt.date(2025, 3, 12), "The ferry Maribel was sold to a shipyard.")
    assert plan in {each.text for each in choose("ferry Maribel", [early], None)[0]}
    assert plan not in {each.text for each in choose("ferry Maribel", [early, late], None)[0]}


def test_what_only_sets_a_scene_gives_way():
    """An article that begins with something else is told by the next sentence of the topic."""
    scene = "Apples, pears, plums, cherries: everything costs less again."
    said = "The ferry Maribel was towed to Lessing by two tugs."
    articles = [
        report(1, dt.date(2025, 3, 7), f"{scene} {said}"),
        report(2, dt.date(2025, 3, 5), "The ferry Maribel ran aground off Corran Point."),
    ]
    told, *_ = choose("ferry Maribel", articles, FakeEmbedder())
    assert scene not in {each.text for each in told}
    assert said in {each.text for each in told}


def test_what_has_no_date_is_counted():
    """It cannot be put in order, and the reader is told."""
    text = "The ferry Maribel ran aground off Corran Point.\n\nIt is said to have been fog."
    told, _, undated = choose("ferry Maribel", [report(1, None, text)], None)
    assert (told, undated) == ([], 1)


# how it is printed


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2025, 3, 4), (2025, 3, 4), "4 March 2025"),
        ((2025, 2, 1), (2025, 2, 28), "February 2025"),
        ((2025, 1, 1), (2025, 12, 31), "2025"),
        ((1990, 1, 1), (1999, 12, 31), "1990 to 1999"),
        ((2025, 3, 3), (2025, 3, 9), "3 March 2025 to 9 March 2025"),
    ],
)
def test_days_in_words(first, last, words):
    """A whole month or year is called by its name."""
    assert days_text(dt.date(*first), dt.date(*last)) == words


TEXT_OF_IT = (
    "4 March 2025\n"
    "  [1] Twelve passengers were taken to hospital, the coastguard said.\n"
    "      The Harbour Post, 5 March 2025, “Ferry runs aground off Corran Point”; dated by the"
    " sentence, “Tuesday”\n"
    "      told too by: Lessing Courier\n"
)


def test_as_text():
    """A day, its sentences, where each is from, and what dates it."""
    assert timeline_text(TIMELINE) == TEXT_OF_IT
    narrow = timeline_text(TIMELINE, Style(40))
    assert max(map(len, narrow.splitlines())) <= 40
    assert narrow.split() == TEXT_OF_IT.split()


def test_what_was_still_to_come():
    """An announcement is marked as one."""
    day = INFO.date + dt.timedelta(3)
    entry = dataclasses.replace(TIMELINE.entries[0], first=day, last=day)
    made = dataclasses.replace(TIMELINE, entries=(entry,))
    assert "“Tuesday”, then still to come" in timeline_text(made)


def test_nothing_as_text_and_page():
    """That no article is about it is said, with the closest passages."""
    answer = dataclasses.replace(
        TIMELINE.answer, sentences=(), citations=(), closest=(HIT,), abstained=True
    )
    none = Timeline(answer, ())
    assert timeline_text(none).startswith("No article is about this.\n\nThe closest passages:\n1. ")
    assert "No article is about this." in timeline_html(none)


HOSTILE = '<script>document.title="owned"</script> & \x1b]0;t\x07"\'عربي 新闻'


def hostile() -> Timeline:
    info = dataclasses.replace(INFO, title=HOSTILE, source=HOSTILE, url="javascript:alert(1)")
    citation = dataclasses.replace(CITED, article=info, quote=HOSTILE, copies=(info,))
    entry = dataclasses.replace(
        TIMELINE.entries[0], words=HOSTILE, citation=citation, also=(HOSTILE,)
    )
    question = dataclasses.replace(QUESTION, asked=HOSTILE)
    return Timeline(
        dataclasses.replace(TIMELINE.answer, question=question, warnings=(HOSTILE,)), (entry,)
    )


def test_as_a_page(tmp_path):
    """It needs nothing else, links to the articles, and hostile text stays text, in a browser."""
    page = timeline_html(TIMELINE)
    assert re.findall(r'(?:href|src)="([^"]*)"', page) == [INFO.url]
    assert '<time datetime="2025-03-04">4 March 2025</time>' in page
    assert "prefers-color-scheme: dark" in page
    assert "<script" not in timeline_html(hostile())
    assert "\x1b" not in timeline_html(hostile()) + timeline_text(hostile())
    assert "javascript:" not in timeline_html(hostile())
    seen = shown(timeline_html(hostile()), tmp_path)
    assert "<title>&lt;script&gt;" in seen  # a script would have changed it
    assert "عربي 新闻" in seen


# how it is kept and checked


def test_saved_and_loaded(assistant, tmp_path):
    """A file gives an equal timeline back."""
    for number, made in enumerate((TIMELINE, assistant.timeline(TOPIC))):
        save_timeline(made, tmp_path / f"{number}.json")
        assert load_timeline(tmp_path / f"{number}.json") == made


@pytest.mark.parametrize(
    "change",
    [
        {"entries": 3},
        {"entries": []},
        {"entries": [{**timeline_to_json(TIMELINE)["entries"][0], "first": "soon"}]},
        {"entries": [{**timeline_to_json(TIMELINE)["entries"][0], "citation": 2}]},
        {"format": 99},
    ],
)
def test_what_is_no_timeline(change):
    """A file that was damaged is refused."""
    with pytest.raises(ReadError):
        parse_timeline(json.dumps({**timeline_to_json(TIMELINE), **change}))


def test_checked_again(assistant, articles):
    """It holds; a day that was changed in it does not, nor does what the article lost since."""
    made = assistant.timeline(TOPIC)
    assert assistant.verify(made).findings == ()
    entry = dataclasses.replace(made.entries[0], first=DAY - dt.timedelta(7))
    changed = dataclasses.replace(made, entries=(entry, *made.entries[1:]))
    (finding,) = assistant.verify(changed).findings
    assert finding.message == "the sentence says 2025-03-04 to 2025-03-04, not 2025-02-25"
    text = articles[0].text.replace("ran aground", "ran ashore")
    assistant.library.add(dataclasses.replace(articles[0], text=text))
    assert [f.kind for f in assistant.verify(made).findings if f.failed] == ["gone"]


def test_a_day_is_checked_with_the_year_that_its_article_gives(assistant):
    """The year that another sentence gives counts when the timeline is checked again, too."""
    text = "The barge Ostrel sank on Jan. 6, 2021.\n\nThe captain of the Ostrel fled on Jan. 6."
    assistant.library.add(report(9, dt.date(2023, 4, 6), text, "The barge Ostrel"))
    made = assistant.timeline("the barge Ostrel")
    assert {e.first for e in made.entries} == {dt.date(2021, 1, 6)}
    assert assistant.verify(made).findings == ()


# the command


def test_the_command(dateline, tmp_path):
    """Text, JSON that `verify` takes, and a page."""
    done = dateline("timeline", TOPIC, "--quiet")
    assert done.exit_code == 0
    assert done.stdout.startswith("4 March 2025\n  [1] The ferry Maribel ran aground")
    page = tmp_path / "page.html"
    done = dateline("timeline", TOPIC, "--json", "--html", str(page))
    form = json.loads(done.stdout)
    assert [entry["first"] for entry in form["entries"]] == ["2025-03-04", "2025-04-02"]
    assert "ran aground" in page.read_text("utf-8")
    (tmp_path / "made.json").write_text(done.stdout, "utf-8")
    done = dateline("verify", str(tmp_path / "made.json"))
    assert (done.exit_code, "everything holds" in done.stdout) == (0, True)
    form["entries"][0]["first"] = "2025-03-03"
    (tmp_path / "forged.json").write_text(json.dumps(form), "utf-8")
    assert dateline("verify", str(tmp_path / "forged.json")).exit_code == 11


def test_the_command_abstains(dateline):
    """Nothing about it: exit code 10."""
    done = dateline("timeline", "the election in Marrow Hills")
    assert done.exit_code == 10
    assert "No article is about this." in done.stdout


def test_the_command_without_a_topic(dateline):
    """It is a usage error, and so is a page that cannot be written."""
    assert dateline("timeline", " ").exit_code == 2
    assert dateline("timeline", TOPIC, "--html", "/nowhere/page.html").exit_code == 1
