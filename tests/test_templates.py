"""Prompts are read, checked and filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import TemplateError
from assistant.templates import load_template, parse_template

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
