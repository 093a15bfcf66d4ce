"""Embeds many texts: calls side by side, again after failures that pass, within a ceiling."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import (
    EndpointError,
    QuotaUsedUp,
    RateLimited,
    ReplyCutOff,
    ServerFailed,
    SpendCeiling,
    TimedOut,
    Unreachable,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.embed import Embedder

__all__ = ["Ceiling", "embedded", "estimated_tokens"]

# English news has 4.4 characters a token. Scripts that have fewer show it in what the endpoint
# counts, and the estimate follows.
_CHARACTERS_PER_TOKEN = 4

_PASSING = (RateLimited, ReplyCutOff, ServerFailed, TimedOut, Unreachable)
# Seconds: the first pause after a failure, which doubles with each that follows, and the longest.
_FIRST, _LONGEST = 0.5, 30.0
# Seconds without one success after which it gives up. A limit on the tokens of a minute or an hour
# makes itself felt again and again, so as long as something comes through it goes on.
_PATIENCE_WITH_LIMITS, _PATIENCE = 600.0, 45.0


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What embedding may cost.

    Attributes:
        tokens: What an embedder's `tokens` must not pass.
        name: How the ceiling was put by who set it, such as "$0.50".
    """

    tokens: int
    name: str = ""

    def __str__(self) -> str:
        return self.name or f"{self.tokens:,} tokens"


def estimated_tokens(characters: int) -> int:
    """About how many tokens so many characters are."""
    return -(-characters // _CHARACTERS_PER_TOKEN)


def embedded(
    embedder: Embedder,
    texts: Sequence[str],
    ceiling: Ceiling | None = None,
    waiting: Callable[[float, EndpointError], None] = lambda _, __: None,
) -> Iterator[tuple[slice, NDArray[np.float32]]]:
    """Embeds texts, and gives each part as soon as it is there, in any order.

    When a call fails for good, what is under way is waited for and given first.

    Args:
        embedder: Says how many texts go into a call, and how many calls run side by side.
        texts: What to embed.
        ceiling: What embedding may cost.
        waiting: Is told before it waits, for how many seconds and why.

    Yields:
        Which of the texts, and their vectors.

    Raises:
        SpendCeiling: When the next call could pass the ceiling.
        EndpointError: When an endpoint goes on failing.
    """
    parts = range(0, len(texts), embedder.batch)
    todo = deque(slice(start, min(start + embedder.batch, len(texts))) for start in parts)
    purse = _Purse(embedder, ceiling)
    calm = _Calm(waiting)
    failure: BaseException | None = None
    with _calls(embedder) as call:
        running: dict[Future[NDArray[np.float32]], slice] = {}
        while running or (todo and failure is None):
            while todo and failure is None and len(running) < embedder.side_by_side:
                if running and calm.seconds > 0:
                    break
                part = todo.popleft()
                if not purse.has_room_for(texts[part]):
                    failure = SpendCeiling(f"embedding would pass the ceiling of {ceiling}")
                    break
                calm.pause()
                running[call(texts[part])] = part
            limit = calm.seconds if todo and len(running) < embedder.side_by_side else None
            done, _ = wait(running, limit or None, return_when=FIRST_COMPLETED)
            for future in done:
                part = running.pop(future)
                error = future.exception()
                purse.paid(texts[part], failed=error is not None)
                if error is None:
                    calm.succeeded()
                    yield part, future.result()
                elif isinstance(error, EndpointError) and calm.may_try_again(error):
                    todo.appendleft(part)
                else:
                    failure = failure or error
    if failure is not None:
        raise failure


@contextmanager
def _calls(
    embedder: Embedder,
) -> Iterator[Callable[[Sequence[str]], Future[NDArray[np.float32]]]]:
    """Starts calls: in threads, or one at a time in this one, where it can be interrupted."""
    if embedder.side_by_side == 1:
        yield lambda texts: _at_once(embedder, texts)
        return
    pool = ThreadPoolExecutor(embedder.side_by_side)
    try:
        yield lambda texts: pool.submit(embedder.embed_passages, texts)
    finally:  # whoever interrupts it does not wait for what is under way
        pool.shutdown(wait=False, cancel_futures=True)


def _at_once(embedder: Embedder, texts: Sequence[str]) -> Future[NDArray[np.float32]]:
    future: Future[NDArray[np.float32]] = Future()
    try:
        future.set_result(embedder.embed_passages(texts))
    except Exception as error:  # noqa: BLE001 - raised again by who takes the result
        future.set_exception(error)
    return future


class _Purse:
    """Whether there are tokens left for another call.

    Args:
        embedder: Counts what was paid for.
        ceiling: What that must not pass.
    """

    def __init__(self, embedder: Embedder, ceiling: Ceiling | None) -> None:
        self._embedder = embedder
        self._ceiling = ceiling
        self._before = embedder.tokens
        self._characters = 0
        self._under_way = 0

    def has_room_for(self, texts: Sequence[str]) -> bool:
        """Notes a call, if the ceiling leaves room for it."""
        if self._ceiling is None:
            return True
        wanted = self._under_way + _characters(texts)
        tokens = estimated_tokens(wanted)
        if self._characters:  # the next texts are taken to be like those before
            so_far = self._embedder.tokens - self._before
            tokens = max(tokens, -(-wanted * so_far // self._characters))
        if self._embedder.tokens + tokens > self._ceiling.tokens:
            return False
        self._under_way = wanted
        return True

    def paid(self, texts: Sequence[str], *, failed: bool) -> None:
        """Notes that a call has ended."""
        if self._ceiling is None:
            return
        self._under_way -= _characters(texts)
        if not failed:
            self._characters += _characters(texts)


def _characters(texts: Sequence[str]) -> int:
    return sum(map(len, texts))


class _Calm:
    """When to try again after a failure, and when no longer.

    Args:
        waiting: Is told before a pause.
    """

    def __init__(self, waiting: Callable[[float, EndpointError], None]) -> None:
        self._waiting = waiting
        self._succeeded = time.monotonic()
        self._not_before = 0.0
        self._failures = 0
        self._reason: EndpointError | None = None

    def succeeded(self) -> None:
        """Notes that a call came through."""
        self._succeeded = time.monotonic()
        self._failures = 0

    def may_try_again(self, error: EndpointError) -> bool:
        """Whether a failure may pass; then the next calls wait as long as they should."""
        if not isinstance(error, _PASSING) or isinstance(error, QuotaUsedUp):
            return False
        now = time.monotonic()
        pause = error.retry_after
        if pause is None:
            longest = min(_LONGEST, _FIRST * 2**self._failures)
            pause = longest * random.uniform(0.5, 1)  # noqa: S311 - so that not all come back at once
        patience = _PATIENCE_WITH_LIMITS if isinstance(error, RateLimited) else _PATIENCE
        if now + pause - self._succeeded > patience:
            return False
        self._failures += 1
        self._not_before = max(self._not_before, now + pause)
        self._reason = error
        return True

    @property
    def seconds(self) -> float:
        """Until the next call may be made."""
        return max(0.0, self._not_before - time.monotonic())

    def pause(self) -> None:
        """Waits until the next call may be made; an interruption ends it."""
        if (seconds := self.seconds) and self._reason is not None:
            self._waiting(seconds, self._reason)
            time.sleep(seconds)
