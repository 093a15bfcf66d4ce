"""Settings: the only reader of the environment and of the configuration file.

Flags win over `DATELINE_<OPTION>`, which wins over the file; every value remembers where it came
from. Keys are kept beside the endpoint they belong to and are never sent to another one.
"""

from __future__ import annotations

import datetime as dt
import difflib
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.keys import (
    KEY_VARIABLES,
    OPENAI,
    StoredKey,
    belongs,
    environment_keys,
    stored_keys,
)
from assistant.option_table import OPTIONS
from assistant.prices import Price, stored_prices
from assistant.terminal.abilities import Abilities
from index.address import is_server, server_address
from index.errors import NotConfigured, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.endpoint import Endpoint
    from index.web.fetch import WebOptions

__all__ = [
    "Settings",
    "config_file",
    "describe",
    "history_file",
    "load",
    "state_folder",
    "traits_file",
]

# Seconds without a word that a model on this machine is allowed where nobody says otherwise.
_LOCAL_TIMEOUT = 300.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What the assistant runs with.

    Attributes:
        library: The library's folder, or its address on a Chroma server.
        library_token: What that server lets one in by, where no key is stored for it.
        model: The model's name; empty means that answers are made of quotes.
        base_url: The OpenAI-compatible endpoint of the model.
        embedder: `local`, a model's name, or empty for what the library was made with.
        embedder_base_url: The endpoint of the embedder, the model's where none is named.
        embedder_requests: How many requests are under way at once while embedding.
        max_cost: Dollars that a run may spend on embedding.
        top_k: Passages that an answer is made from.
        prompts: A folder with prompts of the user's own, or None.
        strict: Whether what no source supports is written anew or left out.
        judge: Whether a model is asked for a second verdict on each sentence.
        timeout: Seconds without a word after which an endpoint is given up.
        deadline: Seconds that a whole reply may take.
        context_window: Tokens that the model takes; 0 where it is not known.
        max_tokens: Tokens that a reply may have; 0 leaves it to the model.
        allow_private: Whether addresses of this machine and network may be fetched.
        ignore_robots: Whether pages are fetched that robots.txt asks programs not to read.
        excerpts: Whether feeds are taken as they are, without the pages of their entries.
        contact: How the owner of a site that is fetched reaches you, or empty.
        no_stream: Whether answers are printed only once they are complete.
        width: Columns of the text on a terminal, or 0 for as many as can be read well.
        editing: `emacs` or `vi`: what keys do where lines are edited.
        quiet: Whether progress, hints and figures are left out.
        fetch: Whether the weights of the local embedder may be fetched.
        since: The earliest publication date that is used.
        until: The latest publication date that is used.
        as_of: The day that questions are asked of.
        source: Outlets; none means all.
        terminal: What a terminal may be sent.
        file: The configuration file, whether or not there is one.
        origins: Where each option's value came from, by the option's name.
        keys: The keys, those that win first.
        prices: What models cost, by name, as the file says it.
        openai_key: Whether `OPENAI_API_KEY` is set.
    """

    library: Path | str
    library_token: str = field(repr=False)
    model: str
    base_url: str
    embedder: str
    embedder_base_url: str
    embedder_requests: int
    max_cost: float | None
    top_k: int
    prompts: Path | None
    strict: bool
    judge: bool
    timeout: float
    deadline: float
    context_window: int
    max_tokens: int
    allow_private: bool
    ignore_robots: bool
    excerpts: bool
    contact: str
    no_stream: bool
    width: int
    editing: str
    quiet: bool
    fetch: bool
    since: dt.date | None
    until: dt.date | None
    as_of: dt.date | None
    source: tuple[str, ...]
    terminal: Abilities
    file: Path
    origins: Mapping[str, str]
    keys: tuple[StoredKey, ...] = field(repr=False)
    prices: Mapping[str, Price] = field(default_factory=dict)
    openai_key: bool = False

    def web(self) -> WebOptions:
        """How addresses are fetched."""
        from index.web.fetch import WebOptions  # noqa: PLC0415 - only needed when they are

        return WebOptions(
            self.allow_private, self.ignore_robots, self.contact, pages=not self.excerpts
        )

    def token_for(self, library: Path | str) -> str:
        """What may be sent to the server that a library is on; empty for a folder.

        The token of the environment belongs to the library of the settings alone.
        """
        if not is_server(library):
            return ""
        address = server_address(str(library))
        if self.library_token and str(address) == self.library:
            return self.library_token
        key = self.key_for(address.origin)
        return key.key if key else ""

    def endpoint(self) -> Endpoint:
        """Where the model is, with the key that belongs there.

        Raises:
            NotConfigured: When OpenAI is asked and no key for it is set.
        """
        return self._endpoint(self.base_url)

    def embedder_endpoint(self) -> Endpoint:
        """Where the embedder is, with the key that belongs there.

        Raises:
            NotConfigured: When OpenAI is asked and no key for it is set.
        """
        return self._endpoint(self.embedder_base_url)

    def known_endpoint(self, address: str) -> Endpoint | None:
        """An endpoint that somebody else names, when what is sent there stays among friends.

        That is on this machine, where a key is stored for it, or where the settings' own is.

        Raises:
            NotConfigured: When OpenAI is asked and no key for it is set.
        """
        from index.endpoint import Endpoint  # noqa: PLC0415 - only needed when there is one

        own = Endpoint(self.embedder_base_url).label == address
        if own or Endpoint(address).local or self.key_for(address):
            return self._endpoint(address)
        return None

    def key_for(self, base_url: str) -> StoredKey | None:
        """The key that may be sent to an endpoint, if there is one."""
        return next((key for key in self.keys if belongs(key.endpoint, base_url)), None)

    def _endpoint(self, base_url: str) -> Endpoint:
        from index.endpoint import Endpoint  # noqa: PLC0415 - only needed when a model is

        key = self.key_for(base_url)
        if key is None and belongs(OPENAI, base_url):
            raise NotConfigured(
                f"no key is set for {base_url}",
                help=f"{self._without_key(base_url)}"
                "; without a model, answers are made of quotes and need no key",
            )
        endpoint = Endpoint(
            base_url,
            key.key if key else "",
            self.timeout,
            self.deadline,
            without_key=self._without_key(base_url),
        )
        if endpoint.local and self.origins["timeout"] == "default":
            # A model of one's own may have to be loaded, and reads a prompt slowly.
            return replace(endpoint, timeout=_LOCAL_TIMEOUT)
        return endpoint

    def _without_key(self, base_url: str) -> str:
        """What to do where an endpoint wants a key and none that is set belongs to it."""
        shown = _without_password(base_url)
        stored = f"give the endpoint its key under [keys] in {self.file}"
        elsewhere = next((key for key in self.keys if key.origin in KEY_VARIABLES), None)
        if elsewhere is not None:
            variable, owner = elsewhere.origin, _without_password(elsewhere.endpoint)
            return (
                f"{variable} is set, but belongs to {owner} and is sent nowhere else:"
                f" set {KEY_VARIABLES[variable]}={shown} if it belongs here, or {stored}"
            )
        named = self.origins["base_url"].startswith("OPENAI_") and base_url == self.base_url
        if named or belongs(OPENAI, base_url):
            return f"set OPENAI_API_KEY, or {stored}"
        return f"{stored}, or set OPENAI_BASE_URL={shown} and OPENAI_API_KEY"


def config_file() -> Path:
    """Where the configuration file is looked for."""
    from platformdirs import user_config_path  # noqa: PLC0415 - `--help` does without

    return user_config_path("dateline") / "config.toml"


def traits_file() -> Path:
    """Where is kept what has been learned of models."""
    from platformdirs import user_state_path  # noqa: PLC0415 - only models need it

    return user_state_path("dateline") / "models.json"


def state_folder() -> Path:
    """Where what is kept for the person lies that belongs to no library."""
    from platformdirs import user_state_path  # noqa: PLC0415 - only chats need it

    return user_state_path("dateline")


def history_file() -> Path:
    """Where the lines typed in chats are kept."""
    return state_folder() / "history"


def load(
    flags: Mapping[str, object],
    environ: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """Reads flags, environment and file.

    Args:
        flags: Options by name as given on the command line or by a program; None and empty
            tuples count as not given.
        environ: The environment; None takes that of the process.
        file: The configuration file, which need not exist; None takes the platform's.

    Raises:
        UsageError: When the file cannot be read, or an option is unknown or has no fitting value.
    """
    environ = os.environ if environ is None else environ
    file = file or config_file()
    table = _read_file(file)
    stored = stored_keys(table.pop("keys", {}), file)
    prices = stored_prices(table.pop("prices", {}), file)
    _refuse_unknown(flags, "the settings given")
    _refuse_unknown(table, str(file))

    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for name, option in OPTIONS.items():
        flag, variable = f"--{name.replace('_', '-')}", f"DATELINE_{name.upper()}"
        if flags.get(name) not in (None, ()):
            values[name] = option.convert(flags[name], flag)
            origins[name] = flag
        elif environ.get(variable):
            values[name] = option.convert(environ[variable], variable)
            origins[name] = variable
        elif name in table:
            values[name] = option.convert(table[name], f"{name} in {file}", strict=True)
            origins[name] = str(file)
        else:
            values[name] = option.default
            origins[name] = "default"

    if origins["library"] == str(file) and isinstance(values["library"], Path):
        values["library"] = file.parent / values["library"]
    elif values["library"] is None:
        values["library"] = _default_library()
    if origins["prompts"] == str(file) and values["prompts"] is not None:
        values["prompts"] = file.parent / values["prompts"]
    home = environ.get("DATELINE_BASE_URL") or table.get("base_url") or ""
    _complete_endpoints(values, origins, environ)
    return Settings(
        **values,
        terminal=Abilities.of(environ),
        file=file,
        origins=origins,
        keys=(*stored, *environment_keys(environ, home or values["base_url"])),
        prices=prices,
        openai_key=bool(environ.get("OPENAI_API_KEY")),
    )


def _default_library() -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415 - `--help` does without

    return user_data_path("dateline") / "library"


def _read_file(file: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - `--help` does without

    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(
            f"cannot read {file}: {error.strerror}", help="make it readable, or remove it"
        ) from error
    except ValueError as error:  # what TOML and UTF-8 errors have in common
        raise UsageError(f"{file} is not valid TOML: {error}", help="correct that line") from error


def _refuse_unknown(given: Mapping[str, object], where: str) -> None:
    for name in given:
        if name not in OPTIONS:
            near = difflib.get_close_matches(name.replace("-", "_"), OPTIONS, 1)
            raise UsageError(
                f"unknown option “{name}” in {where}",
                help=f"did you mean {near[0]}?" if near else f"there are: {', '.join(OPTIONS)}",
            )


def _complete_endpoints(
    values: dict[str, Any], origins: dict[str, str], environ: Mapping[str, str]
) -> None:
    """Takes from the variables of OpenAI's own client what was not set otherwise."""
    for variable in ("OPENAI_BASE_URL", "OPENAI_API_BASE"):
        if not values["base_url"] and environ.get(variable):
            values["base_url"] = OPTIONS["base_url"].convert(environ[variable], variable)
            origins["base_url"] = variable
    values["base_url"] = values["base_url"] or OPENAI
    if not values["embedder_base_url"]:
        values["embedder_base_url"] = values["base_url"]
        origins["embedder_base_url"] = "base_url"


def describe(settings: Settings) -> dict[str, Any]:
    """Every option with its value and origin, as JSON; of keys only where they came from."""
    options = {}
    for name in OPTIONS:
        value = getattr(settings, name)
        if isinstance(value, Path | dt.date):
            value = str(value)
        if name == "library_token":
            value = "set" if value else ""
        if name.endswith("base_url"):
            value = _without_password(value)
        options[name] = {"value": value, "origin": settings.origins[name]}
    keys = {}
    for name in ("base_url", "embedder_base_url"):
        key = settings.key_for(getattr(settings, name))
        keys[name] = key.origin if key else None
    return {"file": str(settings.file), "options": options, "keys": keys}


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()
