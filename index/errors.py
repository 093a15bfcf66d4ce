"""Everything that can go wrong below the assistant, as one tree.

DatelineError                  every error of this project; carries `help` and `exit_code`
├── UsageError                 what was asked for makes no sense
├── ReadError                  a file or line is not a readable article
├── LibraryError               the library as a whole
│   ├── NoLibrary              there is none at this address
│   ├── EmptyLibrary           it holds no article
│   ├── UnknownArticle         it does not hold this article
│   ├── LibraryLocked          another process is writing to it
│   ├── LibraryReadOnly        nothing may be written to its folder
│   ├── DiskFull               there is no room for what has to be written
│   ├── LibraryDamaged         a part of it cannot be read
│   │   └── StoreDamaged       a part that is derived, and can be rebuilt from the rest
│   └── EmbedderMismatch       it was embedded with another embedder
├── SpendCeiling               embedding would cost more than was allowed
├── NotConfigured              something has to be set first
│   └── WeightsMissing         the weights of the local embedder are nowhere to be found
└── EndpointError              a model's endpoint
    ├── AuthenticationFailed   it refuses the key
    ├── Unreachable            nothing answers there
    ├── RateLimited            it asks to slow down
    │   └── QuotaUsedUp        it gives nothing more until somebody pays
    ├── TimedOut               it took too long
    ├── RequestRefused         it refuses the request
    │   └── PromptTooLong      since the model does not take so much at once
    ├── ServerFailed           it failed, or sent what it should not
    └── ReplyCutOff            its reply stopped in the middle
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "AuthenticationFailed",
    "DatelineError",
    "DiskFull",
    "EmbedderMismatch",
    "EmptyLibrary",
    "EndpointError",
    "LibraryDamaged",
    "LibraryError",
    "LibraryLocked",
    "LibraryReadOnly",
    "NoLibrary",
    "NotConfigured",
    "PromptTooLong",
    "QuotaUsedUp",
    "RateLimited",
    "ReadError",
    "ReplyCutOff",
    "RequestRefused",
    "ServerFailed",
    "SpendCeiling",
    "StoreDamaged",
    "TimedOut",
    "UnknownArticle",
    "Unreachable",
    "UsageError",
    "WeightsMissing",
]


class DatelineError(Exception):
    """An error with a sentence that says what is wrong and one that says what to do.

    Args:
        message: What is wrong, one sentence without a final full stop.
        help: What to do about it, or empty when nothing can be done.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, help: str = "") -> None:  # noqa: A002 - the word users see
        super().__init__(message)
        self.message = message
        self.help = help


class UsageError(DatelineError):
    exit_code = 2


class ReadError(DatelineError):
    pass


class LibraryError(DatelineError):
    pass


class NoLibrary(LibraryError):
    exit_code = 3


class EmptyLibrary(LibraryError):
    exit_code = 3


class UnknownArticle(LibraryError):
    pass


class LibraryLocked(LibraryError):
    exit_code = 9


class LibraryReadOnly(LibraryError):
    exit_code = 9


class DiskFull(LibraryError):
    pass


class LibraryDamaged(LibraryError):
    exit_code = 9


class StoreDamaged(LibraryDamaged):
    pass


class EmbedderMismatch(LibraryError):
    exit_code = 3


class SpendCeiling(DatelineError):
    pass


class NotConfigured(DatelineError):
    exit_code = 3


class WeightsMissing(NotConfigured):
    pass


class EndpointError(DatelineError):
    """What went wrong at an endpoint.

    Args:
        message: As of every error.
        help: Likewise.
        retry_after: Seconds after which the endpoint wants to be asked again, where it said so.
    """

    exit_code = 8

    def __init__(
        self,
        message: str,
        *,
        help: str = "",  # noqa: A002 - see above
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, help=help)
        self.retry_after = retry_after


class AuthenticationFailed(EndpointError):
    exit_code = 4


class Unreachable(EndpointError):
    exit_code = 5


class RateLimited(EndpointError):
    exit_code = 6


class QuotaUsedUp(RateLimited):
    pass


class TimedOut(EndpointError):
    exit_code = 7


class RequestRefused(EndpointError):
    exit_code = 1


class PromptTooLong(RequestRefused):
    """The model does not take so much at once.

    Args:
        message: As of every error.
        help: Likewise.
        window: Tokens that the model takes, where the endpoint says so.
        tokens: Tokens that it counted, likewise.
    """

    def __init__(
        self,
        message: str,
        *,
        help: str = "",  # noqa: A002 - see above
        window: int | None = None,
        tokens: int | None = None,
    ) -> None:
        super().__init__(message, help=help)
        self.window = window
        self.tokens = tokens


class ServerFailed(EndpointError):
    exit_code = 8


class ReplyCutOff(EndpointError):
    exit_code = 8
