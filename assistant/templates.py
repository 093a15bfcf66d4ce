"""Prompts: the only reader of the folder `prompts/`.

A prompt is a Markdown file with front matter (name, version, variables) and two parts, headed
`## System` and `## User`. It is filled in with `string.Template`, once: what is filled in is never
looked at again, so text of an article cannot become part of the template.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template as StringTemplate

from assistant.errors import TemplateError
from assistant.models import Message
from assistant.types import PromptStamp

__all__ = ["Template", "load_template"]

_FILE = re.compile(
    r"\A---\n(?P<front>.*?)\n---\n+## System\n+(?P<system>.*?)\n+## User\n+(?P<user>.*)\Z",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt with its variables not yet filled in."""

    stamp: PromptStamp
    variables: frozenset[str]
    system: str
    user: str

    def render(self, **values: str) -> tuple[Message, ...]:
        """The two messages with every variable filled in.

        Raises:
            TemplateError: When a variable is missing or unknown.
        """
        if set(values) != self.variables:
            wrong = ", ".join(sorted(set(values) ^ self.variables))
            raise TemplateError(f"the prompt {self.stamp.name} and its caller differ in: {wrong}")
        return (
            Message("system", StringTemplate(self.system).substitute(values)),
            Message("user", StringTemplate(self.user).substitute(values)),
        )


def _folder() -> Path:
    """Where the prompts are: inside the package when installed, beside it in a checkout."""
    here = Path(__file__).parent
    inside = here / "prompts"
    return inside if inside.is_dir() else here.parent / "prompts"


@cache
def load_template(name: str) -> Template:
    """Reads and checks a prompt.

    Raises:
        TemplateError: When the file is missing or malformed, or when the variables that it
            declares are not those that it uses.
    """
    file = _folder() / f"{name}.md"
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise TemplateError(f"cannot read the prompt {file}: {error.strerror}") from error
    return parse_template(text, str(file))


def parse_template(text: str, where: str) -> Template:
    """A template from the text of its file; `where` names it in errors.

    Raises:
        TemplateError: As `load_template`.
    """
    import yaml  # noqa: PLC0415 - only answering with a model needs it
    from pydantic import BaseModel, ConfigDict, ValidationError  # noqa: PLC0415 - likewise

    class Front(BaseModel):
        model_config = ConfigDict(extra="forbid")
        name: str
        version: str
        variables: list[str]

    match = _FILE.match(text)
    if match is None:
        raise TemplateError(
            f"{where} is not a prompt",
            help="it needs front matter between --- lines, then ## System and ## User",
        )
    try:
        front = Front.model_validate(yaml.safe_load(match["front"]))
    except (yaml.YAMLError, ValidationError) as error:
        raise TemplateError(f"the front matter of {where} is wrong: {error}") from error
    system, user = match["system"], match["user"].rstrip("\n")
    used = {name for part in (system, user) for name in StringTemplate(part).get_identifiers()}
    if used != set(front.variables):
        wrong = ", ".join(sorted(used ^ set(front.variables)))
        raise TemplateError(f"{where} declares and uses different variables: {wrong}")
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    stamp = PromptStamp(front.name, front.version, digest)
    return Template(stamp, frozenset(front.variables), system, user)
