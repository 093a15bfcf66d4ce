"""Addresses of libraries on a server are read alike everywhere, and hold no secrets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.settings import load
from index.address import is_server, server_address
from index.connection import Connection
from index.errors import UsageError
from index.server import pieces


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("http://localhost:8000/news", "http://localhost:8000/news"),
        ("http://localhost/news/", "http://localhost:80/news"),
        ("https://Chroma.example/desk.2025", "https://chroma.example:443/desk.2025"),
        ("http://[::1]:8000/news", "http://[::1]:8000/news"),
        (
            "https://api.trychroma.com/news?tenant=t1&database=desk",
            "https://api.trychroma.com:443/news?tenant=t1&database=desk",
        ),
    ],
)
def test_address_has_one_form(text, canonical):
    """The same library has the same replica however its address is written."""
    assert str(server_address(text)) == canonical
    assert server_address(canonical) == server_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "http://localhost:8000",
        "http://localhost:8000/a",
        "http://localhost:8000/two/parts",
        "http://localhost:port/news",
        "http:///news",
        "https://localhost/news?key=1",
        "https://localhost/né",
    ],
)
def test_wrong_address_is_refused_with_the_form_wanted(text):
    """A person learns how the address has to look."""
    with pytest.raises(UsageError) as caught:
        server_address(text)
    assert "http://HOST:PORT/NAME" in caught.value.help


def test_password_in_an_address_is_refused_and_not_shown():
    """A secret does not end up in messages, histories and names of folders."""
    with pytest.raises(UsageError) as caught:
        server_address("https://me:s3cret@chroma.example/news")
    assert "s3cret" not in caught.value.message + caught.value.help


def test_folders_are_no_servers(tmp_path):
    """A path stays a path."""
    assert not is_server(tmp_path)
    assert not is_server("http_library")
    assert is_server("HTTPS://x.example/news")


def test_token_is_not_sent_where_others_can_read_it():
    """A token goes over https, or stays on this machine."""
    with pytest.raises(UsageError, match="unencrypted"):
        Connection(server_address("http://chroma.example:8000/news"), "token")
    Connection(server_address("http://127.0.0.1:8000/news"), "token")
    Connection(server_address("https://chroma.example/news"), "token")


def test_token_belongs_to_one_library(tmp_path):
    """The token of the environment goes to the library it was set for, a key to its server."""
    file = tmp_path / "config.toml"
    file.write_text('[keys]\n"https://other.example" = "other-key"\n')
    settings = load(
        {},
        {
            "DATELINE_LIBRARY": "https://chroma.example/news",
            "DATELINE_LIBRARY_TOKEN": "mine",
        },
        file,
    )
    assert settings.token_for("https://chroma.example:443/news") == "mine"
    assert settings.token_for("https://chroma.example/others") == ""
    assert settings.token_for("https://other.example/news") == "other-key"
    assert settings.token_for(tmp_path) == ""
    assert "mine" not in repr(settings)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60_000))
def test_pieces_make_the_text_again(text):
    """A text that is kept in pieces comes back to the character, and every piece fits."""
    cut = list(pieces(text))
    assert "".join(cut) == text
    assert all(len(piece.encode()) <= 15_000 for piece in cut)
    assert len(cut) == 1 or all(cut)
