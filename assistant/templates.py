"""Prompts: the only reader of the folder `prompts/`.

A prompt is a Markdown file with front matter (name, version, variables) and two parts, headed
`## System` and `## User`. It is filled in with `string.Template`, once: what is filled in is never
looked at again, so text of an article cannot become part of the template.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template as StringTemplate

from assistant.errors import TemplateError
from assistant.models import Message
from assistant.types import PromptStamp

__all__ = ["Prompts", "Template", "load_template", "parse_template"]

_FILE = re.compile(
    r"\A---\n(?P<front>.*?)\n---\n+## System\n+(?P<system>.*?)\n+## User\n+(?P<user>.*)\Z",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt with its variables not yet filled in.

    Attributes:
        origin: The file that it was read from.
    """

    stamp: PromptStamp
    variables: frozenset[str]
    system: str
    user: str
    origin: str = ""

    @property
    def shipped(self) -> bool:
        """Whether it is ours, not the user's."""
        return Path(self.origin).parent == _shipped()

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


@dataclass(frozen=True, slots=True)
class Prompts:
    """Where prompts are read from.

    Attributes:
        folder: A folder of the user's, whose files stand in for those of the same name.
    """

    folder: Path | None = None

    def load(self, name: str) -> Template:
        """Reads and checks a prompt.

        Raises:
            TemplateError: When a file is missing or malformed, when the variables that it declares
                are not those that it uses, or when the user's has others than ours.
        """
        ours = load_template(name)
        own = self.folder / f"{name}.md" if self.folder else None
        if own is None or not own.exists():
            return ours
        template = _read(own)
        if template.stamp.name != name:
            raise TemplateError(f"{own} says that its name is {template.stamp.name}, not {name}")
        if template.variables != ours.variables:
            needed = ", ".join(sorted(ours.variables))
            raise TemplateError(
                f"{own} has other variables than the prompt that it stands in for",
                help=f"it has to use each of these and no other: {needed}",
            )
        return template

    def all(self) -> tuple[Template, ...]:
        """Every prompt as it is in use, by name.

        Raises:
            TemplateError: As `load`; also when the user's folder cannot be read or has a file that
                stands in for nothing.
        """
        names = sorted(file.stem for file in _shipped().glob("*.md"))
        if self.folder is not None:
            if not self.folder.is_dir():
                raise TemplateError(
                    f"there is no folder {self.folder} to read prompts from",
                    help="make it, or correct --prompts; `dateline config` shows where it is set",
                )
            for file in sorted(self.folder.glob("*.md")):
                if file.stem not in names and file.stem.lower() != "readme":
                    near = difflib.get_close_matches(file.stem, names, 1)
                    raise TemplateError(
                        f"{file} stands in for no prompt",
                        help=f"did you mean {near[0]}.md?" if near else _there_are(names),
                    )
        return tuple(self.load(name) for name in names)


def _there_are(names: list[str]) -> str:
    return f"there are {', '.join(f'{name}.md' for name in names)}"


def _shipped() -> Path:
    """Where our prompts are: inside the package when installed, beside it in a checkout."""
    here = Path(__file__).parent
    inside = here / "prompts"
    return inside if inside.is_dir() else here.parent / "prompts"


@cache
def load_template(name: str) -> Template:
    """Reads and checks a prompt of ours.

    Raises:
        TemplateError: When the file is missing or malformed, or when the variables that it
            declares are not those that it uses.
    """
    return _read(_shipped() / f"{name}.md")


def _read(file: Path) -> Template:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TemplateError(f"cannot read the prompt {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise TemplateError(f"the prompt {file} is not text in UTF-8") from error
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
        version: str | int
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
    parts = (StringTemplate(system), StringTemplate(user))
    if not all(part.is_valid() for part in parts):
        raise TemplateError(
            f"{where} has a $ that begins no variable", help="write $$ for a dollar sign"
        )
    used = {name for part in parts for name in part.get_identifiers()}
    if used != set(front.variables):
        wrong = ", ".join(sorted(used ^ set(front.variables)))
        raise TemplateError(f"{where} declares and uses different variables: {wrong}")
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    stamp = PromptStamp(front.name, str(front.version), digest)
    return Template(stamp, frozenset(front.variables), system, user, where)
