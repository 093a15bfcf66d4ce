"""Where an OpenAI-compatible service is, and what its failures mean.

The official client retries by itself and honours `Retry-After`; what it gives up on, and what
breaks while a reply streams in, is turned into this project's errors here and nowhere else.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index.errors import (
    AuthenticationFailed,
    EndpointError,
    PromptTooLong,
    QuotaUsedUp,
    RateLimited,
    ReplyCutOff,
    RequestRefused,
    ServerFailed,
    TimedOut,
    Unreachable,
    UsageError,
)
from index.overflow import read_overflow

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

__all__ = ["Endpoint", "retry_after", "translate", "translating"]

EXCERPT = 200
KEY_WORTH_HIDING = 8  # shorter ones are placeholders such as "ollama", which are also plain words
OPENAI = "https://api.openai.com/v1"
_NUMBER = re.compile(r"\d{1,9}(\.\d+)?")
QUOTA_CODES = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
# Where the words of an error stand.
_WORDS = ("message", "error", "detail", "msg", "errors")
# Statuses whose words are about something else.
_NEVER_TOO_LONG = {401, 402, 403, 404}
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible service and the key that belongs to it.

    Attributes:
        base_url: The address up to and with `/v1`, without a final slash.
        key: The key, or empty where none is needed; never printed.
        timeout: Seconds without a byte after which a request is given up.
        deadline: Seconds after which a reply is given up that is not complete.
        retries: How often the client tries again after a failure that may pass.
        without_key: What to do where a key is wanted and there is none.

    Raises:
        UsageError: The address is not one, or the key cannot be sent in a header.
    """

    base_url: str = OPENAI
    key: str = field(default="", repr=False)
    timeout: float = 60.0
    deadline: float = 600.0
    retries: int = 2
    without_key: str = field(default="set OPENAI_API_KEY", compare=False)

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.base_url)
            valid = parts.scheme in {"http", "https"} and bool(parts.hostname)
            valid = valid and (parts.port is None or parts.port > 0)
        except ValueError:
            valid = False
        if not valid:
            # Not shown: what stands there may be a key that was put in the wrong place.
            raise UsageError(
                "the address of the model's endpoint is not one of http:// or https://",
                help="set OPENAI_BASE_URL to something like http://localhost:11434/v1",
            )
        if not all("!" <= character <= "~" for character in self.key):
            raise UsageError(
                f"the key for {self.label} holds a space or a character that no key has",
                help="check OPENAI_API_KEY for quotation marks, spaces and line ends",
            )
        object.__setattr__(self, "base_url", self.base_url.rstrip("/"))

    @property
    def label(self) -> str:
        """The address as messages show it: without a user, a password or a query."""
        parts = urlsplit(self.base_url)
        host = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{host}{parts.path.rstrip('/')}"

    @property
    def local(self) -> bool:
        """Whether it is on this machine."""
        return urlsplit(self.base_url).hostname in {"localhost", "127.0.0.1", "::1"}

    @property
    def at_openai(self) -> bool:
        """Whether it is OpenAI's own."""
        return urlsplit(self.base_url).hostname == urlsplit(OPENAI).hostname

    @property
    def key_to_send(self) -> str:
        """The key, or a placeholder, for the client sends nothing without one."""
        return self.key or "no-key"


@contextmanager
def translating(endpoint: Endpoint | None, *, model: str = "") -> Iterator[None]:
    """Turn what a client raises inside the block into this project's errors.

    Only calls into the client belong inside. With an endpoint, a reply of the wrong shape is also
    recognised: clients stumble over it with errors of their own language.

    Args:
        endpoint: Who is talked to, or None for a model that somebody else configured.
        model: The model's name, for the message about an unknown one.

    Raises:
        EndpointError: Whatever went wrong, from the client's own error.
    """
    try:
        yield
    except _kinds(endpoint) as error:  # only looked up, and so imported, when something is raised
        raise translate(error, endpoint, model=model) from error


def _kinds(endpoint: Endpoint | None) -> tuple[type[Exception], ...]:
    import httpx  # noqa: PLC0415 - heavy; a client has imported it by now
    import openai  # noqa: PLC0415 - heavy

    clients = (openai.OpenAIError, httpx.HTTPError, httpx.InvalidURL)
    stumbling = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
    return clients if endpoint is None else (*clients, *stumbling)


def translate(  # noqa: PLR0911 - one return a kind reads better than a table
    error: Exception, endpoint: Endpoint | None, *, model: str = ""
) -> EndpointError:
    """Say in this project's terms what a client's error means.

    Args:
        error: Raised by the openai client, by httpx, or by a client built like openai's.
        endpoint: Who was talked to, or None when that is not known.
        model: The model's name, for the message about an unknown one.

    Returns:
        An error with a message of one line; the key and the server's pages are not in it.
    """
    import httpx  # noqa: PLC0415 - heavy; a client has imported it by now
    import openai  # noqa: PLC0415 - heavy

    who = endpoint.label if endpoint else "the model's endpoint"
    reason = getattr(error, "reason", None)
    if isinstance(reason, EndpointError):  # found out by a client of ours
        return reason
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        limit = f" for {endpoint.timeout:g} s" if endpoint else " for too long"
        return TimedOut(f"{who} sent nothing{limit}", help="try again, or allow more time")
    if isinstance(error, openai.APIConnectionError):
        return _unreachable(error.__cause__ or error, endpoint, who)
    if isinstance(error, httpx.ConnectError | httpx.UnsupportedProtocol | httpx.InvalidURL):
        return _unreachable(error, endpoint, who)
    if isinstance(error, httpx.TransportError):
        return ReplyCutOff(
            f"{who} closed the connection in the middle of its reply", help="ask again"
        )
    said = _excerpt(error, endpoint)
    status = _status(error)
    overflow = None if status in _NEVER_TOO_LONG else read_overflow(_said(error), _body(error))
    if overflow or status == 413:
        return PromptTooLong(
            f"{who} takes no prompt as long as this" + _because(said),
            help="choose fewer passages with --top-k, or a model that takes more",
            window=overflow.window if overflow else None,
            tokens=overflow.tokens if overflow else None,
        )
    if status is None or status < 300:
        return _unreadable_or_reported(error, who, said)
    found = _of_status(status, error, endpoint, who=who, said=said, model=model)
    response: httpx.Response | None = getattr(error, "response", None)
    found.retry_after = retry_after(response) if response is not None else None
    return found


def _unreachable(cause: BaseException, endpoint: Endpoint | None, who: str) -> EndpointError:
    import httpx  # noqa: PLC0415 - heavy

    reason = _plain(str(cause), endpoint)
    if isinstance(cause, httpx.RemoteProtocolError) and "disconnected" not in reason:
        return Unreachable(
            f"what answers at {who} does not speak HTTP" + _because(reason),
            help="check the address and its port (OPENAI_BASE_URL)",
        )
    if isinstance(cause, httpx.RemoteProtocolError | httpx.ReadError):
        return Unreachable(f"{who} closed the connection without an answer", help="try again")
    if "certificate" in reason.lower():
        advice = "check the address, and the certificates that this machine trusts"
    elif "ssl" in reason.lower():
        advice = "check the address: what answers there may speak http:// and not https://"
    elif endpoint is not None and endpoint.local:
        advice = "is the server running? start it, e.g. with `ollama serve`"
    else:
        advice = "check the network and the address (OPENAI_BASE_URL)"
    return Unreachable(f"nothing answers at {who}" + _because(reason), help=advice)


def _unreadable_or_reported(error: Exception, who: str, said: str) -> EndpointError:
    import openai  # noqa: PLC0415 - heavy

    if isinstance(error, openai.APIError) and error.body is not None:
        code = f"{error.code} {error.type}"
        if "quota" in code or "rate_limit" in code:
            return RateLimited(
                f"{who} broke off its reply" + _because(said), help="ask again later"
            )
        return ServerFailed(f"{who} reported an error" + _because(said), help="ask again")
    return ServerFailed(
        f"{who} sent a reply that cannot be read ({type(error).__name__})",
        help="try again, and check that the address is that of an OpenAI-compatible service; "
        "it usually ends in /v1",
    )


def _of_status(  # noqa: PLR0911 - one return a kind of status reads better than a table of lambdas
    status: int,
    error: Exception,
    endpoint: Endpoint | None,
    *,
    who: str,
    said: str,
    model: str,
) -> EndpointError:
    if status == 401 and endpoint is not None and not endpoint.key:
        return AuthenticationFailed(
            f"{who} wants a key and none is set for it" + _because(said), help=endpoint.without_key
        )
    if status in {401, 403}:
        what = "refuses the key" if status == 401 else "denies access with this key"
        return AuthenticationFailed(f"{who} {what}" + _because(said), help="check OPENAI_API_KEY")
    if status == 404:
        return _not_found(endpoint, who=who, said=said, model=model)
    if status in {402, 429}:
        return _limited(error, status, who, said)
    if status in {408, 504}:
        return TimedOut(f"{who} took too long ({status})" + _because(said), help="try again")
    if status < 400:
        return _moved(error, endpoint, who)
    if status < 500:
        return RequestRefused(
            f"{who} refuses the request ({status})" + _because(said),
            help="check the model's name and what it can do",
        )
    return ServerFailed(f"{who} failed ({status})" + _because(said), help="try again in a while")


def _moved(error: Exception, endpoint: Endpoint | None, who: str) -> RequestRefused:
    """A redirect, which is not followed: question, passages and key would go elsewhere."""
    response: httpx.Response | None = getattr(error, "response", None)
    place = response.headers.get("location", "") if response is not None else ""
    place = _plain(place.partition("?")[0].rpartition("@")[2], endpoint)
    return RequestRefused(
        f"{who} sends on to another address" + _because(place),
        help="if you trust that one, set OPENAI_BASE_URL to it, up to and with /v1",
    )


def _not_found(endpoint: Endpoint | None, *, who: str, said: str, model: str) -> EndpointError:
    if model and "model" in said.lower():
        address = endpoint.label if endpoint else "…"
        return RequestRefused(
            f"{who} does not know the model {model!r}" + _because(said),
            help=f"choose another with --model; `curl {address}/models` lists them",
        )
    return RequestRefused(
        f"{who} has nothing at this address (404)" + _because(said),
        help="check OPENAI_BASE_URL; it usually ends in /v1",
    )


def _limited(error: Exception, status: int, who: str, said: str) -> EndpointError:
    if status == 402 or getattr(error, "code", None) in QUOTA_CODES:
        return QuotaUsedUp(
            f"the quota at {who} is used up" + _because(said),
            help="check the plan and the billing of the account",
        )
    response: httpx.Response | None = getattr(error, "response", None)
    wait = retry_after(response) if response is not None else None
    return RateLimited(
        f"{who} asks to slow down" + _because(said),
        help=f"try again in {wait:.0f} s" if wait and wait >= 1 else "try again in a while",
    )


def retry_after(response: httpx.Response) -> float | None:
    """Seconds that a response asks to wait, by the headers that services say it in."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - start-up does without

    milliseconds = response.headers.get("retry-after-ms", "")
    if _NUMBER.fullmatch(milliseconds):
        return float(milliseconds) / 1000
    value = response.headers.get("retry-after", "")
    if _NUMBER.fullmatch(value):
        return float(value)
    try:
        day = parsedate_to_datetime(value)
        return max(0.0, (day - dt.datetime.now(dt.UTC)).total_seconds())
    except (ValueError, TypeError):  # no date, or one without a zone
        return None


def _status(error: Exception) -> int | None:
    """The HTTP status; some services put it into an error that they send within a stream."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return status
    body = getattr(error, "body", None)
    code = str(body.get("code")) if isinstance(body, dict) else ""
    return int(code) if re.fullmatch(r"[45]\d\d", code) else None


def _excerpt(error: Exception, endpoint: Endpoint | None) -> str:
    """What the server said, as a short clean line; of a page no more than its title."""
    said = _said(error)
    if said.lstrip().startswith("<"):
        title = TITLE.search(said)
        said = title.group(1) if title else ""
    return _plain(said, endpoint)


def _said(error: Exception) -> str:
    """What the server said, in whichever of the usual forms of errors it did."""
    return _words(getattr(error, "body", None))


def _words(body: Any) -> str:
    """OpenAI's `{"message"}`, others' `{"error"}`, FastAPI's `{"detail": [{"loc", "msg"}]}`."""
    if isinstance(body, str):
        return body
    if isinstance(body, list):
        return "; ".join(filter(None, map(_words, body[:3])))
    if not isinstance(body, dict):
        return ""
    said = next((w for name in _WORDS if (w := _words(body.get(name)))), "")
    place = body.get("loc")
    if said and isinstance(place, list):
        return f"{'.'.join(str(step) for step in place if step != 'body')}: {said}"
    return said


def _body(error: Exception) -> Any:
    """The body with the codes and numbers, which may be inside of an `error`."""
    body: Any = getattr(error, "body", None)
    inside = body.get("error") if isinstance(body, dict) else None
    return inside if isinstance(inside, dict) else body


def _plain(text: str, endpoint: Endpoint | None = None) -> str:
    """One short line without control characters, without the key."""
    if endpoint is not None and len(endpoint.key) >= KEY_WORTH_HIDING:
        text = text.replace(endpoint.key, "***")
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    text = text if len(text) <= EXCERPT else text[: EXCERPT - 1].rstrip() + "…"
    return text.rstrip(".")


def _because(said: str) -> str:
    return f": {said}" if said else ""
