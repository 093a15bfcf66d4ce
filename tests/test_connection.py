"""What stands between this project and a Chroma server that is not as it should be."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from index.address import server_address
from index.connection import Connection
from index.errors import AuthenticationFailed, ServerFailed, TimedOut, Unreachable
from index.server import Server


class Strange(BaseHTTPRequestHandler):
    """Answers every request with the status that its server was given, and keeps the headers."""

    def do_GET(self):
        self.server.seen.append(dict(self.headers))
        if self.server.status is None:
            self.server.released.wait(20)
            return
        body = b"<html>not Chroma</html>"
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", self.server.elsewhere)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the name that the standard library asks for

    def log_message(self, *_):
        pass


@pytest.fixture
def strange(monkeypatch):
    monkeypatch.setattr("index.connection._READING", (0.01,))
    running = []

    def start(status, elsewhere=""):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Strange)
        server.status, server.elsewhere, server.seen = status, elsewhere, []
        server.released = threading.Event()
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        running.append(server)
        return server, f"http://127.0.0.1:{server.server_address[1]}/news"

    yield start
    for server in running:
        server.released.set()
        server.shutdown()
        server.server_close()


def state_of(address, token=""):
    server = Server(server_address(address), token)
    try:
        return server.state()
    finally:
        server.close()


@pytest.mark.parametrize("status", [401, 403])
def test_refused_token_names_where_to_put_the_right_one(strange, status):
    """A wrong token is told from a server that is away, and is not shown."""
    server, address = strange(status)
    with pytest.raises(AuthenticationFailed) as caught:
        state_of(address, "s3cret")
    assert "DATELINE_LIBRARY_TOKEN" in caught.value.help
    assert "s3cret" not in str(caught.value)
    assert server.seen[0]["Authorization"] == "Bearer s3cret"


@pytest.mark.parametrize("status", [404, 500, 502])
def test_something_that_is_not_chroma(strange, status):
    """A web page instead of an answer is an error with the address in it."""
    _, address = strange(status)
    with pytest.raises(ServerFailed, match=r"127\.0\.0\.1"):
        state_of(address)


def test_page_where_json_should_be(strange):
    """An answer that says that all is well and is a web page is no answer."""
    _, address = strange(200)
    with pytest.raises(ServerFailed, match=r"127\.0\.0\.1"):
        state_of(address)


def test_token_does_not_follow_a_redirect(strange):
    """A server cannot send the token on to another one."""
    other, elsewhere = strange(200)
    _, address = strange(302, elsewhere)
    with pytest.raises(ServerFailed):
        state_of(address, "s3cret")
    assert other.seen == []


def test_server_that_never_answers(strange, monkeypatch):
    """No command waits for ever."""
    monkeypatch.setattr("index.connection._ANSWER", 0.2)
    _, address = strange(None)
    with pytest.raises(TimedOut, match="in time"):
        state_of(address)


def test_nobody_there():
    """An address where nothing listens is said to be unreachable."""
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:9"):
        Connection(server_address("http://127.0.0.1:9/news")).now()
