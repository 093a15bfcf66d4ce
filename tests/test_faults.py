"""A hundred ways in which an endpoint can fail, and what becomes of the answer.

Each ends in an error with its exit code or in an answer; sentences that came before are kept.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import zlib
from dataclasses import dataclass

import pytest
from openai_server import Fault, OpenAIServer

from assistant import Assistant, Finished, SentenceReady
from assistant.models import Model, open_model
from index.embed.fake import FakeEmbedder
from index.endpoint import Endpoint
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
)
from index.library import Library

QUESTION = "Who was hurt on the Maribel?"
FIRST, SECOND = "Nobody died at Zürich. ", "The ferry is blue."
WHOLE = ["Nobody died at Zürich.", "The ferry is blue."]
PART = ["Nobody died at Zürich."]

OPENAI = {"error": {"message": "out of luck", "type": "x", "param": None, "code": None}}
BODIES = {
    "openai": json.dumps(OPENAI),
    "fastapi": json.dumps({"detail": [{"loc": ["body", "n"], "msg": "out of luck"}]}),
    "detail": json.dumps({"detail": "out of luck"}),
    "string": json.dumps({"error": "out of luck"}),
    "vllm": json.dumps({"object": "error", "message": "out of luck", "code": 40303}),
    "plain": "out of luck",
    "html": "<html><head><title>out of luck</title></head><body>nginx/1.25</body></html>",
    "list": json.dumps([OPENAI]),
}
STATUSES = {
    **dict.fromkeys((400, 405, 406, 409, 410, 415, 418, 422, 423, 424, 431, 451), RequestRefused),
    **dict.fromkeys((401, 403), AuthenticationFailed),
    404: RequestRefused,
    402: QuotaUsedUp,
    429: RateLimited,
    **dict.fromkeys((408, 504), TimedOut),
    413: PromptTooLong,
    **dict.fromkeys((500, 501, 502, 503, 507, 520, 522, 529, 599), ServerFailed),
}


def response(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An answer that ends with the connection."""
    lines = [f"HTTP/1.1 {status}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def stream(*events: object, end: str = "\n") -> bytes:
    """Events as they are sent; texts become pieces of the reply, bytes stay as they are."""
    sent = b""
    for event in events:
        form = chunk(event) if isinstance(event, str) else event
        if isinstance(form, bytes):
            sent += form
        else:
            sent += f"data: {json.dumps(form, ensure_ascii=False)}{end}{end}".encode()
    return sent


def chunk(text: str | None = None, reason: str | None = None, **delta: object) -> dict:
    """One chunk of a reply."""
    choice = {"index": 0, "delta": {"content": text, **delta}, "finish_reason": reason}
    return {"id": "1", "object": "chat.completion.chunk", "model": "m", "choices": [choice]}


SSE = "Content-Type: text/event-stream"
DONE = b"data: [DONE]\n\n"
STOP = chunk(reason="stop")
GOOD = stream(FIRST, SECOND, STOP, DONE)
CHUNKED = "Transfer-Encoding: chunked"


def chunked(*parts: bytes) -> bytes:
    """Parts as HTTP chunks, without the last one."""
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts)


def completion(content: object, reason: str = "stop") -> bytes:
    """A whole reply in one piece."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": reason}
    return json.dumps({"object": "chat.completion", "choices": [choice]}).encode()


def bomb() -> bytes:
    """A gigabyte of nothing, in a megabyte."""
    packer = zlib.compressobj(wbits=31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(1024)) + packer.flush()


@dataclass(frozen=True)
class Case:
    """A fault and its outcome: an error or none, and the sentences that came."""

    name: str
    raw: tuple[bytes | float, ...]
    error: type[EndpointError] | None = None
    sentences: tuple[str, ...] = ()
    says: str = ""


def fails(name, error, *raw, says=""):
    return Case(name, raw, error, says=says)


def breaks(name, error, *raw, says=""):
    """An error after one sentence."""
    return Case(name, raw, error, tuple(PART), says)


def works(name, *raw, says=""):
    return Case(name, raw, None, tuple(WHOLE), says)


CASES = [
    # before there is a response
    fails("hangs up at once", Unreachable, b"", says="without an answer"),
    fails("half a status line", Unreachable, b"HTTP/1.1 20"),
    fails("half a head", Unreachable, b"HTTP/1.1 200 OK\r\nContent-Ty"),
    fails(
        "another protocol", Unreachable, b"SSH-2.0-OpenSSH_9.6\r\n\r\n", says="does not speak HTTP"
    ),
    fails("a TLS alert", Unreachable, b"\x15\x03\x03\x00\x02\x02\x46"),
    fails("nothing", TimedOut, 0.6, says="sent nothing"),
    fails("half a head and nothing", TimedOut, b"HTTP/1.1 200 OK\r\n", 0.6),
    fails("a head without end", Unreachable, b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 40_000),
    fails("a length that is none", Unreachable, response(GOOD, SSE, "Content-Length: -5")),
    # a head, and then
    fails("no body", ServerFailed, response(b"", SSE)),
    fails("no body by its length", ServerFailed, response(b"", SSE, "Content-Length: 0")),
    fails("no content", ServerFailed, response(b"", status="204 No Content")),
    fails("silence after the head", TimedOut, response(b"", SSE), 0.6),
    fails("chunks without any", ReplyCutOff, response(b"", SSE, CHUNKED)),
    fails("a chunk size that is none", ReplyCutOff, response(b"xyz\r\nabc", SSE, CHUNKED)),
    fails("half an event", ReplyCutOff, response(chunked(b'data: {"id'), SSE, CHUNKED)),
    fails("half an event, and the end", ServerFailed, response(b'data: {"id": "1', SSE)),
    # cut streams
    breaks(
        "cut between events", ReplyCutOff, response(chunked(stream(FIRST, "The ")), SSE, CHUNKED)
    ),
    breaks(
        "cut within an event",
        ReplyCutOff,
        response(chunked(stream(FIRST, "The "), stream("ferry")[:30]), SSE, CHUNKED),
    ),
    breaks("an end without being complete", ReplyCutOff, response(stream(FIRST, "The "), SSE)),
    breaks(
        "shorter than its length",
        ReplyCutOff,
        response(stream(FIRST, "The "), SSE, "Content-Length: 9999"),
    ),
    breaks("silence in the middle", TimedOut, response(stream(FIRST, "The "), SSE), 0.6),
    breaks(
        "a chunk size that is none, later",
        ReplyCutOff,
        response(chunked(stream(FIRST, "The ")) + b"zz\r\n", SSE, CHUNKED),
    ),
    # what is in the events
    fails("JSON that is broken", ServerFailed, response(stream(b"data: {,}\n\n"), SSE)),
    breaks("JSON that breaks", ServerFailed, response(stream(FIRST, "It ", b"data: {,}\n\n"), SSE)),
    fails("a number", ServerFailed, response(stream(3), SSE)),
    fails("a word", ServerFailed, response(b'data: "word"\n\n', SSE)),
    fails("a list", ServerFailed, response(stream([]), SSE)),
    fails("null", ServerFailed, response(stream(None), SSE)),
    fails("an empty object", ServerFailed, response(stream({}), SSE)),
    fails("a bottomless list", ServerFailed, response(b"data: " + b"[" * 99_999 + b"\n\n", SSE)),
    fails("letters of another alphabet", ServerFailed, response(b"data: \xff\xfe\n\n", SSE)),
    breaks("broken letters", ServerFailed, response(stream(FIRST, "A ", b"data: \xc3\n\n"), SSE)),
    fails(
        "no choices",
        ServerFailed,
        response(stream({"choices": []}, DONE), SSE),
        says="without text",
    ),
    fails("choices that are null", ServerFailed, response(stream({"choices": None}), SSE)),
    fails("content that is null", ServerFailed, response(stream(chunk(None), STOP, DONE), SSE)),
    fails("content that is empty", ServerFailed, response(stream("", STOP, DONE), SSE)),
    fails("content that is a number", ServerFailed, response(stream(chunk(3)), SSE)),
    fails("only the end", ServerFailed, response(DONE, SSE)),
    fails(
        "a tool instead of an answer",
        ServerFailed,
        response(stream(chunk(reason="tool_calls"), DONE), SSE),
        says="tool_calls",
    ),
    fails(
        "nothing but reasoning",
        ServerFailed,
        response(stream(chunk(reasoning_content="Hm"), chunk(reason="length"), DONE), SSE),
        says="reasoning",
    ),
    fails(
        "a filter before a word",
        ServerFailed,
        response(stream(chunk(reason="content_filter"), DONE), SSE),
        says="filter",
    ),
    works(
        "choices that are empty at times",
        response(stream({"choices": []}, FIRST, {"choices": []}, SECOND, STOP, DONE), SSE),
    ),
    works("content that is null at times", response(stream(FIRST, chunk(None), SECOND, STOP), SSE)),
    works(
        "a delta that is null",
        response(stream(FIRST, {"choices": [{"index": 0, "delta": None}]}, SECOND, STOP), SSE),
    ),
    works("no end mark", response(stream(FIRST, SECOND, STOP), SSE)),
    works("no finish reason", response(stream(FIRST, SECOND, DONE), SSE)),
    works("an end mark without a line end", response(stream(FIRST, SECOND, b"data: [DONE]"), SSE)),
    works("something behind the end", response(GOOD + stream("More."), SSE)),
    works("two ends", response(GOOD + DONE, SSE)),
    works(
        "a length limit",
        response(stream(FIRST, SECOND, chunk(reason="length"), DONE), SSE),
        says="length limit",
    ),
    works(
        "a filter at the end",
        response(stream(FIRST, SECOND, chunk(reason="content_filter"), DONE), SSE),
        says="filter",
    ),
    works(
        "reasoning before the answer",
        response(stream(chunk(reasoning_content="Hm."), FIRST, SECOND, STOP), SSE),
    ),
    works(
        "reasoning by its other name",
        response(stream(chunk(reasoning="Hm."), FIRST, SECOND, STOP), SSE),
    ),
    works(
        "usage that makes no sense",
        response(stream(FIRST, SECOND, {**STOP, "usage": {"prompt_tokens": "many"}}), SSE),
    ),
    # errors where a reply should be
    fails("an error at once", ServerFailed, response(stream(OPENAI), SSE), says="out of luck"),
    fails("an error as text", ServerFailed, response(stream({"error": "out of luck"}), SSE)),
    breaks(
        "an error later",
        ServerFailed,
        response(stream(FIRST, "It ", OPENAI), SSE),
        says="out of luck",
    ),
    breaks(
        "a rate limit later",
        RateLimited,
        response(stream(FIRST, "It ", {"error": {"message": "slow", "code": 429}}), SSE),
    ),
    breaks(
        "a quota later",
        RateLimited,
        response(stream(FIRST, "It ", {"error": {"type": "insufficient_quota"}}), SSE),
    ),
    fails(
        "a prompt that is too long, in the stream",
        PromptTooLong,
        response(stream({"error": {"code": 400, "message": "exceeds the context size"}}), SSE),
    ),
    fails(
        "an error with status 200",
        ServerFailed,
        response(json.dumps(OPENAI).encode(), "Content-Type: application/json"),
        says="out of luck",
    ),
    fails(
        "a prompt that is too long, with status 200",
        PromptTooLong,
        response(
            b'{"error": {"code": 400, "type": "exceed_context_size_error", "message": "long"}}',
            "Content-Type: application/json",
        ),
    ),
    fails(
        "a page with status 200",
        ServerFailed,
        response(b"<html>Welcome</html>", "Content-Type: text/html; charset=utf-8"),
        says="text/html instead of a reply",
    ),
    fails(
        "JSON of something else",
        ServerFailed,
        response(b'{"status": "ok"}', "Content-Type: application/json"),
    ),
    fails(
        "a whole reply without text",
        ServerFailed,
        response(completion(None), "Content-Type: application/json"),
    ),
    works(
        "a whole reply where a stream was asked for",
        response(completion(FIRST + SECOND), "Content-Type: application/json"),
    ),
    # how the stream is written
    works("CRLF", response(stream(FIRST, SECOND, STOP, end="\r\n"), SSE)),
    works("CR", response(stream(FIRST, SECOND, STOP, end="\r"), SSE)),
    works("comments", response(b": hello\n\n" + GOOD.replace(b"data", b": wait\ndata"), SSE)),
    works("no space behind the colon", response(GOOD.replace(b"data: ", b"data:"), SSE)),
    works("names of events", response(GOOD.replace(b"data", b"event: x\nid: 7\ndata"), SSE)),
    works("fields nobody knows", response(GOOD.replace(b"data", b"what: 7\nretry: 3\ndata"), SSE)),
    works("JSON over two lines", response(GOOD.replace(b', "model"', b',\ndata:  "model"'), SSE)),
    works("more line ends than needed", response(GOOD.replace(b"\n\n", b"\n\n\n\n"), SSE)),
    works("a byte order mark", response(b"\xef\xbb\xbf: hello\n\n" + GOOD, SSE)),
    works("another content type", response(GOOD, "Content-Type: application/octet-stream")),
    works("no content type", response(GOOD)),
    works("a content type with parameters", response(GOOD, f"{SSE}; charset=utf-8")),
    # how the bytes come
    works("letters cut in two", response(b"", SSE), *(bytes([byte]) for byte in GOOD)),
    works(
        "chunks as they like", response(chunked(GOOD[:33], GOOD[33:34], GOOD[34:]), SSE, CHUNKED)
    ),
    works("no last chunk", response(chunked(GOOD), SSE, CHUNKED)),
    works(
        "chunks with extensions and trailers",
        response(b"%x;x=y\r\n%b\r\n0\r\nX: y\r\n\r\n" % (len(GOOD), GOOD), SSE, CHUNKED),
    ),
    works("HTTP/1.0", response(GOOD, SSE).replace(b"HTTP/1.1", b"HTTP/1.0", 1)),
    works("early hints", b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + response(GOOD, SSE)),
    works("a slow beginning", 0.1, response(GOOD, SSE)),
    works("packed with gzip", response(gzip.compress(GOOD), SSE, "Content-Encoding: gzip")),
    works("packed with deflate", response(zlib.compress(GOOD), SSE, "Content-Encoding: deflate")),
    works("packed as it is", response(GOOD, SSE, "Content-Encoding: identity")),
    fails("packed as nobody asked", ServerFailed, response(GOOD, SSE, "Content-Encoding: br")),
    fails("packed, so it says", ServerFailed, response(GOOD, SSE, "Content-Encoding: gzip")),
    fails(
        "a bomb", ServerFailed, response(bomb(), SSE, "Content-Encoding: gzip"), says="more than"
    ),
    # too much
    fails("a line without end", ServerFailed, response(b"data: " + bytes(1 << 23), SSE)),
    fails("a page without end", ServerFailed, response(b"x\n" * (1 << 21), "Content-Type: a/b")),
    fails("a body without end", ServerFailed, response(b"x" * (1 << 23), status="500 No")),
    fails("waiting without end", TimedOut, response(b"", SSE), *(b": wait\n\n", 0.05) * 40),
    breaks("a drip", TimedOut, response(stream(FIRST, "The "), SSE), *(b"d", 0.05) * 40),
    # elsewhere
    *(
        fails(
            f"redirect {status}",
            RequestRefused,
            response(b"", "Location: https://user@evil.example/v1?key=1", status=f"{status} Moved"),
            says="evil.example/v1",
        )
        for status in (301, 302, 303, 307, 308)
    ),
    fails("a redirect to nowhere", RequestRefused, response(b"", status="307 Moved")),
    fails("several choices", RequestRefused, response(b"", status="300 Multiple")),
]


@pytest.fixture(scope="module")
def server():
    with OpenAIServer(key="") as running:
        yield running


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """One library for all: it is only asked."""
    from conftest import make_article

    place = tmp_path_factory.mktemp("faults") / "library"
    with Library(place, embedder=FakeEmbedder(), create=True) as made:
        made.add(make_article("https://harbour.example/1", "The ferry Maribel ran aground."))
        yield made


def outcome(library, base_url, *, awaited=False, patience=20.0):
    """Asks; returns the error, or None, and the answer that came last, or None.

    Only where silence is what is tested the patience is short: a busy machine is silent, too.
    """
    endpoint = Endpoint(base_url, timeout=patience, deadline=3 * patience, retries=0)
    model = Model("test-model", lambda: open_model("test-model", endpoint), endpoint)
    model.learn(looked_up=True)
    assistant = Assistant(library, model)
    events = []

    def collect():
        for event in assistant.stream(QUESTION):
            events.append(event)  # noqa: PERF402 - what came before an error has to stay

    async def acollect():
        async for event in assistant.astream(QUESTION):
            events.append(event)  # noqa: PERF401 - likewise

    error = None
    try:
        asyncio.run(acollect()) if awaited else collect()
    except EndpointError as caught:
        error = caught
    finished = [event.answer for event in events if isinstance(event, Finished)]
    ready = [event.sentence for event in events if isinstance(event, SentenceReady)]
    if finished:
        assert finished[0].sentences == tuple(ready)
    else:
        assert not ready
    return error, finished[0] if finished else None


def check_error(error, kind, says=""):
    assert type(error) is kind
    assert error.exit_code == kind.exit_code
    assert says in error.message
    assert error.message.isprintable()
    assert len(error.message) < 400
    assert not {"<", "nginx"} & set(error.message.split())


@pytest.mark.parametrize("awaited", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_fault(server, library, case, awaited):
    """A clear error or an answer, and what came before is kept."""
    server.fault = Fault(raw=case.raw)
    patience = 0.4 if case.error is TimedOut else 20.0
    error, answer = outcome(library, server.base_url, awaited=awaited, patience=patience)
    if case.error is None:
        assert error is None
        assert case.says in " ".join(answer.warnings)
    else:
        check_error(error, case.error, case.says)
        if case.sentences:
            assert any("incomplete" in warning for warning in answer.warnings)
    said = [sentence.text for sentence in answer.sentences] if answer else []
    assert said[: len(case.sentences)] == list(case.sentences)
    assert bool(said) == bool(case.sentences)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("status", STATUSES)
def test_status(server, library, status, body):
    """Every status has its exit code, and the server's own words are passed on, not its pages."""
    kind = (
        "text/html" if body == "html" else "text/plain" if body == "plain" else "application/json"
    )
    raw = response(BODIES[body].encode(), f"Content-Type: {kind}", status=f"{status} No")
    server.fault = Fault(raw=(raw,))
    error, answer = outcome(library, server.base_url, awaited=status % 2 == 0)
    words = "" if status == 404 and body == "html" else "out of luck"
    check_error(error, STATUSES[status], words)
    assert answer is None


def test_reset(server, library):
    """A connection that is torn down is told from one that is closed, and kept apart from it."""
    server.fault = Fault(reset=True)
    error, answer = outcome(library, server.base_url)
    check_error(error, Unreachable)
    assert answer is None


def test_nobody_there(library, monkeypatch):
    """A port where nothing listens, a name that nothing has, and http where https was meant."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        error, _ = outcome(library, f"http://127.0.0.1:{free.getsockname()[1]}/v1")
    check_error(error, Unreachable, "nothing answers")

    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error, _ = outcome(library, "http://no.such.host.example/v1")
    check_error(error, Unreachable, "not known")


def test_https_to_a_server_of_http(server, library):
    """The commonest slip in an address is told."""
    error, _ = outcome(library, server.base_url.replace("http:", "https:"))
    check_error(error, Unreachable)
    assert "http://" in error.help
