"""An OpenAI-compatible server on the loopback device, for tests and for trying things by hand.

It speaks chat completions (plain and streamed), embeddings and the list of models; it checks the
key, records what it is sent, answers from a script, and can be told to misbehave.

    with OpenAIServer(["Kyiv said so [1]."]) as server:
        llm = open_model("test-model", Endpoint(server.base_url, server.key))

By hand: `python tests/openai_server.py --port 8080`, then any client with that address.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import socket
import struct
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

__all__ = ["Fault", "OpenAIServer", "Request", "embed"]

# As vLLM says it.
TOO_LONG = (
    "This model's maximum context length is {} tokens. However, your request has {} input tokens."
    " Please reduce the length of the input messages."
)

Text = str | Sequence[str]
Reply = Text | Callable[[dict[str, Any]], Text]


@dataclass(frozen=True, slots=True)
class Fault:
    """How the server misbehaves; all the parts that are set apply together.

    Attributes:
        status: Answer with this status and `body` instead of a reply.
        body: OpenAI's error object as a dict, or a page as a string.
        headers: Further headers of that answer.
        times: How many requests are struck; None for all.
        before: Seconds to wait before the answer.
        between: Seconds to wait before each piece of a streamed reply.
        cut_after: Pieces after which the connection is closed in the middle of the reply.
        reset: Break the connection with a TCP reset: at `cut_after`, else before any answer.
        garbage_after: Pieces after which an event comes that is not JSON.
        error_after: Pieces after which an event with `body` as the error comes.
        finish: Whether the last piece carries a finish reason; a string replaces `stop`.
        done: Whether the stream ends with its end mark.
        empty_choices: Send chunks without choices among the others.
        reasoning: Send this as reasoning before the text.
        content_type: Replaces the content type of a reply.
        refuse: A parameter that is answered with status 400, saying `complaint`.
        vectors: Changes the list of embeddings before it is sent.
        raw: What is sent in place of an answer, head and all, with pauses in seconds between; the
            connection ends with it.
        usage: `end` counts the tokens in a chunk of their own, `all` in every chunk, `choice` in
            the chunk with the finish reason, and `none` not at all, whatever is asked for.
        cached: Tokens of the prompt that are counted as known already.
    """

    status: int = 200
    body: Mapping[str, Any] | str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    times: int | None = None
    before: float = 0.0
    between: float = 0.0
    cut_after: int | None = None
    reset: bool = False
    garbage_after: int | None = None
    error_after: int | None = None
    finish: bool | str = True
    done: bool = True
    empty_choices: bool = False
    reasoning: str = ""
    content_type: str = ""
    refuse: str = ""
    complaint: str = "Unrecognized request argument supplied: {}"
    vectors: Callable[[list[list[float]]], list[list[float]]] | None = None
    raw: Sequence[bytes | float] = ()
    usage: str = "end"
    cached: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """What the server was sent; the names of headers are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class OpenAIServer:
    """The server; use it as a context manager.

    Args:
        replies: The replies in order, each a text, its pieces, or a function of the request; when
            they are used up the server answers with status 500. A single text or function is
            given again and again.
        key: The key it wants, or empty to take any.
        models: The models it knows; with a mapping, what is said of each besides its name.
        window: Words that a prompt may have, or 0 for any number.
        cut: Whether a longer one is cut without a word, as Ollama does, and not refused.
        counted: The share of a prompt's words that it counts as tokens.
        dimension: Numbers in an embedding.
        port: Where to listen, by default anywhere free.

    Attributes:
        fault: How it misbehaves; may be set at any time.
        requests: What it was sent, oldest first.
        plain_vectors: Send embeddings as lists of numbers even when base64 is wanted.
        hung_up: Set when a client left before its reply was all sent.
    """

    def __init__(
        self,
        replies: Reply | list[Reply] = "It is so [1].",
        *,
        key: str = "test-key-0123456789",
        models: Sequence[str] | Mapping[str, Mapping[str, Any]] = ("test-model", "test-embedder"),
        window: int = 0,
        cut: bool = False,
        counted: float = 1.0,
        dimension: int = 64,
        fault: Fault | None = None,
        port: int = 0,
    ) -> None:
        self.replies = replies
        self.key = key
        self.models = models if isinstance(models, Mapping) else {name: {} for name in models}
        self.window = window
        self.cut = cut
        self.counted = counted
        self.dimension = dimension
        self.plain_vectors = False
        self.requests: list[Request] = []
        self.hung_up = threading.Event()
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.fault = fault
        self._http = _Listener(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)

    @property
    def fault(self) -> Fault | None:
        return self._fault

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        self._fault = fault
        self._strikes = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.hang_up()
        self._http.server_close()
        self._thread.join()

    def strike(self) -> Fault:
        """The fault that the next request meets."""
        with self.lock:
            fault = self._fault
            if fault is None or (fault.times is not None and self._strikes >= fault.times):
                return Fault()
            self._strikes += 1
            return fault

    def complaint(self, body: dict[str, Any]) -> object | None:
        """The error that a request is refused with, or None."""
        return None

    def next_reply(self, request: dict[str, Any]) -> list[str] | None:
        """The pieces of the next reply, or None when there is none left."""
        with self.lock:
            if not isinstance(self.replies, list):
                reply: Reply = self.replies
            elif self.replies:
                reply = self.replies.pop(0)
            else:
                return None
        text = reply(request) if callable(reply) else reply
        return re.findall(r"\s*\S+\s*$|\s*\S+", text) if isinstance(text, str) else list(text)


class _Listener(ThreadingHTTPServer):
    # Waited for when the server closes, so that no test leaves a thread or a socket behind.
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], owner: OpenAIServer) -> None:
        super().__init__(address, _Handler)
        self.owner = owner
        self.connections: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # it is gone already
                continue


class _Cut(Exception):
    """The reply ends here, and the connection with it."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def log_message(self, *arguments: object) -> None:
        """Stay silent."""

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.owner.hung_up.set()

    @property
    def owner(self) -> OpenAIServer:
        return self.server.owner

    def do_GET(self) -> None:
        self._note({})
        if self._welcome(self.owner.strike()):
            if self.path == "/v1/models":
                models = [
                    {"id": name, "object": "model", **more}
                    for name, more in self.owner.models.items()
                ]
                self._send_json(200, {"object": "list", "data": models})
            else:
                self._send_page(404, "Not Found")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._note(body)
        fault = self.owner.strike()
        try:
            if self._welcome(fault) and self._acceptable(body, fault):
                self._route(body, fault)
        except _Cut:
            self.close_connection = True
            if fault.reset:
                self._reset()

    def _route(self, body: dict[str, Any], fault: Fault) -> None:
        if self.path == "/v1/embeddings":
            self._embeddings(body, fault)
        elif self.path == "/v1/chat/completions":
            pieces = self.owner.next_reply(body)
            if pieces is None:
                self._send_error(500, "the script has no reply left")
            elif body.get("stream"):
                self._stream(body, pieces, fault)
            else:
                self._completion(body, pieces, fault)
        else:
            self._send_page(404, "Not Found")

    def _note(self, body: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.owner.lock:
            self.owner.requests.append(Request(self.command, self.path, headers, body))

    def _welcome(self, fault: Fault) -> bool:
        """Check the key, and let the faults come that need no look at the request."""
        self.owner.stopping.wait(fault.before)
        if fault.raw:
            self._send_raw(fault)
        if fault.reset and fault.cut_after is None:
            raise _Cut
        if fault.status != 200 and isinstance(fault.body, str):
            self._send_page(fault.status, fault.body, fault.headers)
        elif fault.status != 200:
            self._send_json(fault.status, {"error": fault.body}, fault.headers)
        elif self.owner.key and self.headers["Authorization"] != f"Bearer {self.owner.key}":
            said = self.headers["Authorization"]
            self._send_error(401, f"Incorrect API key provided: {said}.", "invalid_api_key")
        else:
            return True
        return False

    def _acceptable(self, body: dict[str, Any], fault: Fault) -> bool:
        if body.get("model") not in self.owner.models:
            message = f"The model `{body.get('model')}` does not exist"
            self._send_error(404, message, "model_not_found")
        elif (complaint := self.owner.complaint(body)) is not None:
            self._send_json(400, complaint)
        elif fault.refuse and fault.refuse in body:
            self._send_error(400, fault.complaint.format(fault.refuse))
        elif self.owner.window and _words(body) > self.owner.window and not self.owner.cut:
            self._send_error(400, TOO_LONG.format(self.owner.window, _words(body)))
        else:
            return True
        return False

    def _count(self, body: dict[str, Any], pieces: list[str], fault: Fault) -> dict[str, Any]:
        read = min(_words(body), self.owner.window or _words(body))
        usage: dict[str, Any] = _usage(round(read * self.owner.counted), len(pieces))
        if fault.cached:
            usage["prompt_tokens_details"] = {"cached_tokens": fault.cached}
        return usage

    def _completion(self, body: dict[str, Any], pieces: list[str], fault: Fault) -> None:
        message = {"role": "assistant", "content": "".join(pieces)}
        reason = fault.finish if isinstance(fault.finish, str) else "stop"
        choice = {"index": 0, "message": message, "finish_reason": reason}
        self._send_json(
            200,
            {
                "id": "reply-1",
                "object": "chat.completion",
                "created": 0,
                "model": body["model"],
                "choices": [choice],
                "usage": None if fault.usage == "none" else self._count(body, pieces, fault),
            },
        )

    def _stream(self, body: dict[str, Any], pieces: list[str], fault: Fault) -> None:
        self.send_response(200)
        self.send_header("Content-Type", fault.content_type or "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._event(_chunk(body, {"role": "assistant", "content": ""}))
        if fault.reasoning:
            self._event(_chunk(body, {"reasoning_content": fault.reasoning}))
        for number, piece in enumerate(pieces):
            self._mishap(number, fault)
            if fault.empty_choices:
                self._event(_chunk(body))
            counted = {"usage": self._count(body, pieces[: number + 1], fault)}
            more = counted if fault.usage == "all" else {}
            self._event({**_chunk(body, {"content": piece}), **more})
        self._mishap(len(pieces), fault)
        if fault.finish:
            reason = fault.finish if isinstance(fault.finish, str) else "stop"
            counted = {"usage": self._count(body, pieces, fault)}
            more = counted if fault.usage == "choice" else {}
            self._event({**_chunk(body, {}, reason), **more})
        if (body.get("stream_options") or {}).get("include_usage") and fault.usage == "end":
            self._event({**_chunk(body), "usage": self._count(body, pieces, fault)})
        if fault.done:
            self._write_chunk(b"data: [DONE]\n\n")
        self._write_chunk(b"")

    def _mishap(self, number: int, fault: Fault) -> None:
        """What befalls the stream before piece `number`."""
        self.owner.stopping.wait(fault.between)
        if number == fault.cut_after:
            raise _Cut
        if number == fault.garbage_after:
            self._write_chunk(b'data: {"choices": [{"delta": \n\n')
        if number == fault.error_after:
            self._event({"error": fault.body})

    def _embeddings(self, body: dict[str, Any], fault: Fault) -> None:
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        vectors = [embed(text, self.owner.dimension) for text in texts]
        if fault.vectors is not None:
            vectors = fault.vectors(vectors)
        as_base64 = body.get("encoding_format") == "base64" and not self.owner.plain_vectors
        data = [
            {"object": "embedding", "index": i, "embedding": _base64(v) if as_base64 else v}
            for i, v in enumerate(vectors)
        ]
        words = sum(len(text.split()) for text in texts)
        usage = {"prompt_tokens": words, "total_tokens": words}
        self._send_json(
            200, {"object": "list", "model": body["model"], "data": data, "usage": usage}
        )

    def _send_error(self, status: int, message: str, code: str | None = None) -> None:
        error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
        self._send_json(status, {"error": error})

    def _send_json(self, status: int, value: object, headers: Mapping[str, str] = {}) -> None:
        self._send(status, "application/json", json.dumps(value), headers)

    def _send_page(self, status: int, text: str, headers: Mapping[str, str] = {}) -> None:
        self._send(status, "text/html; charset=utf-8", text, headers)

    def _send(self, status: int, kind: str, text: str, headers: Mapping[str, str]) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _event(self, value: object) -> None:
        self._write_chunk(f"data: {json.dumps(value)}\n\n".encode())

    def _write_chunk(self, content: bytes) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(content), content))

    def _send_raw(self, fault: Fault) -> None:
        for part in fault.raw:
            if isinstance(part, bytes):
                self.wfile.write(part)
            else:
                self.owner.stopping.wait(part)
        raise _Cut

    def _reset(self) -> None:
        """Close so that the other side gets a reset rather than an orderly end."""
        self.server.connections.discard(self.connection)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())


def embed(text: str, dimension: int) -> list[float]:
    """A vector of hashed words: the same for the same text, near for texts that share words."""
    vector = [0.0] * dimension
    for word in re.findall(r"\w+", text.lower()):
        number = zlib.crc32(word.encode())
        vector[number % dimension] += 1.0 if number >> 31 else -1.0
    if not any(vector):
        vector[0] = 1.0
    return vector


def _base64(vector: list[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()


def _chunk(
    body: dict[str, Any], delta: dict[str, Any] | None = None, reason: str | None = None
) -> dict[str, Any]:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": reason}]
    return {
        "id": "reply-1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": body["model"],
        "choices": choices,
    }


def _words(body: dict[str, Any]) -> int:
    return sum(len(str(message["content"]).split()) for message in body["messages"])


def _usage(prompt: int, completion: int) -> dict[str, int]:
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
    }


def _echo(request: dict[str, Any]) -> str:
    return f"You said: {request['messages'][-1]['content'][:200]}"


def main() -> None:
    """Serve until interrupted; replies repeat the last message."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--reply", default="", help="a fixed reply")
    parser.add_argument("--key", default="", help="the key to want; by default any is taken")
    parser.add_argument("--model", action="append", help="a model to know; may be repeated")
    options = parser.parse_args()
    with OpenAIServer(
        options.reply or _echo,
        key=options.key,
        models=options.model or ("test-model", "test-embedder"),
        port=options.port,
    ) as server:
        print(server.base_url, *server.models, flush=True)  # noqa: T201 - what the command is for
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
