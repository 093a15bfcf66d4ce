"""Prompts are read, checked and filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.errors import TemplateError
from assistant.templates import Prompts, load_template, parse_template

GOOD = """---
name: greet
version: "2"
variables: [who]
---
## System

Be kind.

## User

Greet $who for $$5.
"""


def test_renders_both_messages():
    """The two parts become the two messages, with variables filled in and dollars kept."""
    system, user = parse_template(GOOD, "greet.md").render(who="Ada")
    assert (system.role, system.content) == ("system", "Be kind.")
    assert (user.role, user.content) == ("user", "Greet Ada for $5.")


def test_filled_in_text_is_not_a_template():
    """Promise 9: text of an article that looks like a variable stays text."""
    _, user = parse_template(GOOD, "greet.md").render(who="$who ${who} ## System")
    assert user.content == "Greet $who ${who} ## System for $5."


@pytest.mark.parametrize("values", [{}, {"who": "Ada", "what": "tea"}])
def test_missing_and_unknown_variables(values):
    """A prompt is never sent with a hole in it."""
    with pytest.raises(TemplateError, match=r"who|what"):
        parse_template(GOOD, "greet.md").render(**values)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("variables: [who]", "variables: [who, what]"), "different variables: what"),
        (("variables: [who]", "variables: []"), "different variables: who"),
        (("## User", "## Person"), "not a prompt"),
        (('version: "2"', "color: red"), "front matter"),
        (("name: greet", "name: ["), "front matter"),
    ],
)
def test_malformed_prompts(change, reason):
    """A mistake in a prompt's file is named before the prompt is used."""
    with pytest.raises(TemplateError, match=reason):
        parse_template(GOOD.replace(*change), "greet.md")


def test_stamp_changes_with_the_text():
    """An answer's stamp tells which wording wrote it."""
    one = parse_template(GOOD, "greet.md").stamp
    other = parse_template(GOOD.replace("kind", "brief"), "greet.md").stamp
    assert (one.name, one.version) == ("greet", "2")
    assert one.hash != other.hash


@pytest.mark.parametrize("file", sorted((Path(__file__).parent.parent / "prompts").glob("*.md")))
def test_every_prompt_loads_under_its_name(file):
    """The prompts that are shipped are well-formed."""
    assert load_template(file.stem).stamp.name == file.stem


def test_unknown_prompt():
    """A missing file is a clear error."""
    with pytest.raises(TemplateError, match="nothing"):
        load_template("nothing")


# prompts of one's own


@pytest.fixture
def own(tmp_path):
    """Writes a prompt of the user's own, changed from the shipped one, and reads all."""

    def written(name="answer", **changes):
        shipped = Path(load_template("answer").origin).read_text("utf-8")
        for old, new in changes.values():
            assert old in shipped
            shipped = shipped.replace(old, new)
        (tmp_path / f"{name}.md").write_text(shipped, "utf-8")
        return Prompts(tmp_path)

    return written


def test_a_prompt_of_ones_own(own):
    """A file in the user's folder stands in for ours; the others stay ours."""
    prompts = own(a=("## User\n", "## User\n\nAnswer in verse.\n"))
    mine, ours = prompts.load("answer"), prompts.load("judge")
    assert "verse" in mine.user
    assert (mine.shipped, ours.shipped) == (False, True)
    assert mine.stamp.hash != load_template("answer").stamp.hash
    assert [template.stamp.name for template in prompts.all()] == sorted(SHIPPED)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"a": ("$as_of", "some day"), "b": (", as_of]", "]")}, "other variables"),
        ({"a": ("name: answer", "name: reply")}, "its name is reply"),
        ({"a": ("$as_of", "$asof")}, "different variables: as_of, asof"),
        ({"a": ("$as_of", "$as_of, at 5 $")}, "begins no variable"),
    ],
)
def test_a_wrong_prompt_of_ones_own(own, changes, reason):
    """What is wrong with a prompt is said before anything is sent."""
    with pytest.raises(TemplateError, match=reason):
        own(**changes).load("answer")


def test_a_misnamed_prompt_and_a_missing_folder(own, tmp_path):
    """A file that would stand in for nothing is a mistake, and so is a folder that is not there."""
    with pytest.raises(TemplateError, match="stands in for no prompt") as caught:
        own("anwser").all()
    assert caught.value.help == "did you mean answer.md?"
    with pytest.raises(TemplateError, match="there is no folder"):
        Prompts(tmp_path / "none").all()


SHIPPED = [file.stem for file in (Path(__file__).parent.parent / "prompts").glob("*.md")]


@pytest.mark.parametrize("name", SHIPPED)
def test_what_comes_first_stays_the_same(name):
    """Providers keep the beginning of a prompt for the next: ours has no variable in it."""
    assert "$" not in load_template(name).system.replace("$$", "")


@pytest.mark.parametrize("name", SHIPPED)
def test_prompts_are_short(name):
    """Every word of a prompt is paid for with every answer."""
    assert len(load_template(name).system.split()) < 150


def test_the_example_of_form_cites_nothing_that_exists():
    """A model that repeats the example cites passage 0, which there never is."""
    system = load_template("answer").system
    assert set(re.findall(r"(\d+)\.\d+", system)) == {"0"}
    assert "NO ANSWER" in system
