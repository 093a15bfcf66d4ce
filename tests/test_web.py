"""Pages and feeds of the web become articles, politely, within limits, and only public ones."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import socket
import time

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from web_site import Answer, Site, page

from assistant.cli import main
from index.embed.fake import FakeEmbedder
from index.errors import ReadError
from index.library import Library
from index.web.fetch import Fetcher, WebOptions
from index.web.guard import is_public
from index.web.read import without_tracking

HERE = WebOptions(allow_private=True)
LONG = "The ferry Maribel ran aground off Corran Point on Tuesday with twelve on board. " * 8
RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Harbour Post</title><link>{root}</link><description>News</description>
<item><title>Ferry aground</title><link>{root}/ferry?utm_source=rss</link>
<pubDate>Wed, 05 Mar 2025 23:30:00 -0500</pubDate><dc:creator>Nell Gray</dc:creator>
<description>A ferry ran aground.</description><guid>1</guid></item>
<item><title>Gone</title><link>{root}/gone</link><description>Gone.</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Lessing Courier</title><id>x</id>
<updated>2025-04-02T10:00:00Z</updated>
<entry><title>Inquiry opens</title><link href="/inquiry"/><id>i1</id>
<updated>{updated}</updated><published>2025-04-02T09:00:00+02:00</published>
<author><name>Omar Reith</name></author>
<content type="html">&lt;p&gt;{text}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</content>
</entry>
</feed>"""


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr("index.web.fetch._PAUSE", 0.0)
    with Site() as running:
        yield running


@pytest.fixture
def library(tmp_path):
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as made:
        yield made


@pytest.fixture
def fetch():
    fetcher = Fetcher(HERE, sleep=lambda _: None)
    yield fetcher.fetch
    fetcher.close()


def add(library, *addresses, **options):
    return library.add(*addresses, web=WebOptions(allow_private=True, **options))


def test_page_becomes_an_article(site, library):
    """A page gives its text, title and date, and the address that it is known by."""
    site.pages["/ferry?utm_source=x"] = Answer(page("Ferry aground", LONG, "Nobody was hurt."))
    report = add(library, f"{site.root}/ferry?utm_source=x#top")
    assert report.added == 1
    (info,) = library.articles()
    assert (info.title, info.date) == ("Ferry aground", dt.date(2025, 3, 5))
    assert info.url == f"{site.root}/ferry"
    assert "Nobody was hurt." in library.article(info.url).text
    assert "Home" not in library.article(info.url).text


def test_unchanged_page_is_not_sent_again(site, library):
    """The server is asked whether the page has changed, and says no without sending it."""
    site.pages["/a"] = Answer(page("A", LONG), headers={"ETag": '"1"'})
    assert add(library, f"{site.root}/a").added == 1
    report = add(library, f"{site.root}/a")
    assert (report.added, report.unchanged, report.changed) == (0, 1, 0)
    assert site.asked[-1][1]["If-None-Match"] == '"1"'
    site.pages["/a"] = Answer(page("A", LONG, "Corrected."), headers={"ETag": '"2"'})
    assert add(library, f"{site.root}/a").changed == 1


def test_what_was_not_stored_is_fetched_again(site, library, monkeypatch):
    """A stop before the article is stored does not make it look read."""
    site.pages["/a"] = Answer(page("A", LONG), headers={"ETag": '"1"'})

    def stop(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(library._catalog, "put", stop)
        with pytest.raises(KeyboardInterrupt):
            add(library, f"{site.root}/a")
    assert add(library, f"{site.root}/a").added == 1


def test_feed_gives_its_entries(site, library):
    """An entry's page is fetched; what it does not say itself is taken from the feed."""
    site.pages["/rss"] = Answer(RSS.format(root=site.root).encode(), kind="application/rss+xml")
    site.pages["/ferry?utm_source=rss"] = Answer(
        f"<html><body><article><p>{LONG}</p></article></body></html>".encode()
    )
    report = add(library, f"{site.root}/rss")
    assert (report.added, len(report.skipped)) == (1, 1)
    assert "no such page" in report.skipped[0].reason
    (info,) = library.articles()
    assert (info.title, info.source) == ("Ferry aground", "The Harbour Post")
    assert info.authors == ("Nell Gray",)
    assert info.date == dt.date(2025, 3, 5)  # the day that the feed names, where it was written
    assert info.url == f"{site.root}/ferry"


def test_a_feeds_date_that_is_not_understood_is_told(site, library):
    """An entry has no date then, as its page has none either, and that is no secret."""
    feed = RSS.format(root=site.root).replace("Wed, 05 Mar 2025 23:30:00 -0500", "Spring 2025")
    site.pages["/rss"] = Answer(feed.encode(), kind="application/rss+xml")
    site.pages["/ferry?utm_source=rss"] = Answer(
        f"<html><body><article><p>{LONG}</p></article></body></html>".encode()
    )
    report = add(library, f"{site.root}/rss")
    assert [(one.where, one.stated) for one in report.undated] == [
        (f"{site.root}/ferry", "Spring 2025")
    ]


def test_entries_that_have_not_changed_are_not_fetched(site, library):
    """A feed that is read every hour costs one request when nothing is new."""
    site.pages["/rss"] = Answer(RSS.format(root=site.root).encode(), kind="text/xml")
    site.pages["/ferry?utm_source=rss"] = Answer(page("Ferry", LONG))
    site.pages["/gone"] = Answer(page("Not gone", LONG + "It was there."))
    assert add(library, f"{site.root}/rss").added == 2
    site.paths()
    report = add(library, f"{site.root}/rss", pages=True)
    assert report.unchanged == 2
    assert site.paths() == ["/rss", "/gone"]  # which the feed gives no date to tell by


def test_whole_articles_in_a_feed_need_no_page(site, library):
    """An Atom feed that carries the text is enough; scripts in it are no text."""
    atom = ATOM.format(updated="2025-04-02T10:00:00Z", text=LONG)
    site.pages["/atom"] = Answer(atom.encode(), kind="application/atom+xml")
    assert add(library, f"{site.root}/atom").added == 1
    assert site.paths() == ["/atom"]
    (info,) = library.articles()
    assert (info.title, info.date) == ("Inquiry opens", dt.date(2025, 4, 2))
    assert (info.source, info.authors) == ("Lessing Courier", ("Omar Reith",))
    assert "alert" not in library.article(info.id).text
    changed = ATOM.format(updated="2025-04-03T10:00:00Z", text=LONG + "Corrected.")
    site.pages["/atom"] = Answer(changed.encode(), kind="application/atom+xml")
    assert add(library, f"{site.root}/atom").changed == 1


def test_json_feed(site, library):
    """A JSON Feed is a feed."""
    form = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Notes",
        "items": [
            {
                "id": "1",
                "url": "/one",
                "title": "One",
                "content_html": f"<p>{LONG}</p>",
                "date_published": "2025-03-05T10:00:00Z",
                "authors": [{"name": "Ada"}],
            }
        ],
    }
    site.pages["/json"] = Answer(json.dumps(form).encode(), kind="application/json")
    assert add(library, f"{site.root}/json").added == 1
    (info,) = library.articles()
    assert (info.title, info.source, info.authors) == ("One", "Notes", ("Ada",))


def test_excerpts_alone_when_asked(site, library):
    """Whoever wants no pages fetched gets what the feed holds."""
    site.pages["/rss"] = Answer(RSS.format(root=site.root).encode(), kind="text/xml")
    assert add(library, f"{site.root}/rss", pages=False).added == 2
    assert site.paths() == ["/rss"]


@pytest.mark.parametrize(
    "body", [b"<rss><channel><item>", b'{"version": "https://jsonfeed.org/version/1", ', b"<rss/>"]
)
def test_broken_feed_is_no_crash(site, library, body):
    """A feed that is cut or empty is no article, and what can be read beside it is."""
    site.pages |= {
        "/rss": Answer(body, kind="application/rss+xml"),
        "/a": Answer(page("A", LONG)),
    }
    report = add(library, f"{site.root}/rss", f"{site.root}/a")
    assert report.added == 1
    assert all("feed that cannot be read" in item.reason for item in report.skipped)


def test_page_cannot_take_the_place_of_another_outlets_article(site, library):
    """The address that a page states counts only on its own host."""
    head = '<link rel="canonical" href="https://other.example/report">'
    site.pages["/a"] = Answer(page("A", LONG, head=head))
    add(library, f"{site.root}/a")
    assert [info.url for info in library.articles()] == [f"{site.root}/a"]


def test_sync_keeps_what_fell_out_of_a_feed(site, library):
    """A feed shows the latest entries; older ones are still articles."""
    site.pages["/atom"] = Answer(
        ATOM.format(updated="x", text=LONG).encode(), kind="application/atom+xml"
    )
    add(library, f"{site.root}/atom")
    empty = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Empty</title><id>x</id></feed>'
    site.pages["/atom"] = Answer(empty, kind="application/atom+xml")
    report = library.add(f"{site.root}/atom", sync=True, web=HERE)
    assert report.removed == 0
    assert len(list(library.articles())) == 1


def test_encodings(site, library):
    """The encoding that the server states counts, then the page's own."""
    text = f"<html><head><title>Fähre</title></head><body><article><p>{LONG}Fähre.</p></article>"
    site.pages["/l"] = Answer(text.encode("latin-1"), kind="text/html; charset=iso-8859-1")
    assert add(library, f"{site.root}/l").added == 1
    assert "Fähre." in library.article(f"{site.root}/l").text


# what may not be fetched


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/a",
        "http://localhost:{port}/a",
        "http://2130706433:{port}/a",
        "http://0x7f.1:{port}/a",
        "http://0.0.0.0:{port}/a",
        "http://[::1]:{port}/a",
        "http://[::ffff:127.0.0.1]:{port}/a",
    ],
)
def test_this_machine_is_refused_in_every_spelling(site, library, address):
    """What only this machine can see does not get into a library by an address."""
    site.pages["/a"] = Answer(page("Secret", LONG))
    with pytest.raises(ReadError) as caught:
        library.add(address.format(port=site.port))
    assert site.asked == []
    assert "--allow-private" in caught.value.help


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f::1", True),
        ("10.0.0.1", False),
        ("172.16.5.5", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("::7f00:1", False),
        ("2001:0:1::1", False),
    ],
)
def test_public_numbers(number, public):
    """Every way to write a number that is not of the public internet is known."""
    assert is_public(number) is public


def test_name_is_checked_when_it_is_connected_to(site, library, monkeypatch):
    """A name that resolves to this machine is refused, also when it is mixed with a public one."""
    real = socket.getaddrinfo
    numbers = ["93.184.215.14", "127.0.0.1"]

    def resolve(host, port, *rest, **more):
        if host == "news.example":
            kind = socket.SOCK_STREAM
            return [(socket.AF_INET, kind, 6, "", (number, port)) for number in numbers]
        return real(host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(ReadError, match="not on the public internet"):
        library.add(f"http://news.example:{site.port}/a")
    assert site.asked == []


def test_redirect_to_a_private_address_is_refused(site, library, monkeypatch):
    """Each step of a redirect is checked, not only the first."""
    monkeypatch.setattr("index.web.guard.is_public", lambda number: number != "127.0.0.2")
    target = f"http://127.0.0.2:{site.port}/secret"
    site.pages["/a"] = Answer(status=302, headers={"Location": target})
    with pytest.raises(ReadError, match=r"127\.0\.0\.2 is not on the public internet"):
        library.add(f"{site.root}/a")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.example/a", "gopher://x/"])
def test_redirect_to_another_scheme_is_refused(site, fetch, target):
    """A server cannot make a file of this machine an article."""
    site.pages["/a"] = Answer(status=301, headers={"Location": target})
    with pytest.raises(ReadError, match="not an address of the web"):
        fetch(f"{site.root}/a")


def test_proxy_of_the_environment_does_not_undo_the_check(site, library, monkeypatch):
    """A proxy would resolve names out of sight, so none is used."""
    monkeypatch.setenv("HTTP_PROXY", site.root)
    monkeypatch.setenv("ALL_PROXY", site.root)
    with pytest.raises(ReadError):
        library.add("http://localhost:9/a")
    assert site.asked == []


def test_password_in_an_address_is_refused(fetch):
    """Nothing is sent to an address that only looks like another one."""
    with pytest.raises(ReadError, match="password"):
        fetch("http://example.org@127.0.0.1/a")


# limits and manners


def test_redirects_are_followed_but_not_for_ever(site, fetch):
    """A moved page is found; a circle and a long chain are errors."""
    site.pages |= {
        "/old": Answer(status=301, headers={"Location": "/new"}),
        "/new": Answer(b"here", kind="text/plain"),
        "/round": Answer(status=302, headers={"Location": "/round"}),
    }
    for step in range(9):
        site.pages[f"/c{step}"] = Answer(status=302, headers={"Location": f"/c{step + 1}"})
    got = fetch(f"{site.root}/old")
    assert (got.body, got.address) == (b"here", f"{site.root}/new")
    with pytest.raises(ReadError, match="circle"):
        fetch(f"{site.root}/round")
    with pytest.raises(ReadError, match="5 times"):
        fetch(f"{site.root}/c0")


def test_too_large_and_packed_bombs_are_refused(site, fetch, monkeypatch):
    """The size counts unpacked; a small answer cannot fill the memory."""
    monkeypatch.setattr("index.web.fetch._LARGEST", 2**20)
    site.pages["/big"] = Answer(b"a" * (2**20 + 1))
    site.pages["/bomb"] = Answer(gzip.compress(b"a" * 2**25), headers={"Content-Encoding": "gzip"})
    site.pages["/bad"] = Answer(b"not packed", headers={"Content-Encoding": "gzip"})
    for path in ("/big", "/bomb"):
        with pytest.raises(ReadError, match="larger than 1 MB"):
            fetch(site.root + path)
    with pytest.raises(ReadError, match="unpacked"):
        fetch(f"{site.root}/bad")


def test_slow_server_does_not_hold_up_everything(site, fetch, monkeypatch):
    """Silence is an error after a while."""
    monkeypatch.setattr("index.web.fetch._SILENCE", 0.2)
    site.pages["/slow"] = Answer(b"x", before=lambda: time.sleep(1))
    impatient = Fetcher(HERE)
    with pytest.raises(ReadError, match="in time"):
        impatient.fetch(f"{site.root}/slow")
    impatient.close()


def test_robots_are_obeyed_unless_told_otherwise(site, library):
    """What a site asks programs not to read is not read, and asked for once."""
    site.pages["/robots.txt"] = Answer(
        b"User-agent: *\nDisallow: /closed\nAllow: /closed/open\n", kind="text/plain"
    )
    for path in ("/closed/a", "/closed/open"):
        site.pages[path] = Answer(page("A", LONG))
    with pytest.raises(ReadError, match=r"robots\.txt"):
        add(library, f"{site.root}/closed/a")
    assert [path for path, _ in site.asked] == ["/robots.txt"]
    assert add(library, f"{site.root}/closed/open").added == 1
    assert add(library, f"{site.root}/closed/a", ignore_robots=True).added == 1


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_missing_robots_allow_and_failing_ones_do_not(site, fetch, status, allowed):
    """RFC 9309: no rules is a yes, a server that cannot say is a no."""
    site.pages |= {"/robots.txt": Answer(status=status), "/a": Answer(b"x", kind="text/plain")}
    if allowed:
        assert fetch(f"{site.root}/a").status == 200
    else:
        with pytest.raises(ReadError, match=r"robots\.txt"):
            fetch(f"{site.root}/a")


def test_busy_server_is_asked_again_when_it_says(site):
    """Retry-After is honoured, within reason."""
    waited = []
    fetcher = Fetcher(HERE, sleep=waited.append)
    site.pages["/a"] = [
        Answer(status=429, headers={"Retry-After": "7"}),
        Answer(b"x", kind="text/plain"),
    ]
    site.pages["/b"] = Answer(status=503, headers={"Retry-After": "86400"})
    assert fetcher.fetch(f"{site.root}/a").body == b"x"
    assert 7.0 in waited
    with pytest.raises(ReadError, match="503"):
        fetcher.fetch(f"{site.root}/b")
    fetcher.close()


def test_who_fetches_says_so(site):
    """The site's owner sees which program it is and how to reach whoever runs it."""
    site.pages["/a"] = Answer(b"x", kind="text/plain")
    fetcher = Fetcher(WebOptions(allow_private=True, contact="desk@post.example"))
    fetcher.fetch(f"{site.root}/a")
    fetcher.close()
    assert site.asked[-1][1]["User-Agent"].startswith("Dateline/")
    assert "desk@post.example" in site.asked[-1][1]["User-Agent"]


@pytest.mark.parametrize(
    ("status", "said"), [(403, "subscription"), (404, "no such page"), (500, "fails")]
)
def test_refusals_say_what_is_the_matter(site, fetch, status, said):
    """A person learns why a page was not read."""
    site.pages["/a"] = Answer(status=status)
    with pytest.raises(ReadError, match=said):
        fetch(f"{site.root}/a")


def test_nobody_there_and_pictures(site, library, fetch):
    """A host that does not exist and a content that is no text are errors in words."""
    with pytest.raises(ReadError, match="no such host"):
        fetch("http://no-such-host.invalid/a")
    site.pages["/p"] = Answer(b"\x89PNG", kind="image/png")
    with pytest.raises(ReadError, match="image/png"):
        add(library, f"{site.root}/p")


def test_command_takes_addresses_and_paths(site, tmp_path, monkeypatch):
    """One bad address among good things is skipped with its reason; alone it is an error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("date 2025-03-04\nA ferry.\n\nThe ferry ran aground.\n")
    site.pages["/a"] = Answer(page("A", LONG))
    runner = CliRunner()
    words = ["--library", str(tmp_path / "l"), "index", "--allow-private"]
    mixed = runner.invoke(main, [*words, "a.txt", f"{site.root}/a", f"{site.root}/no"])
    assert mixed.exit_code == 1
    assert "2 articles added" in mixed.output
    assert "there is no such page" in mixed.output
    alone = runner.invoke(main, [*words, f"{site.root}/no"])
    assert alone.exit_code == 1
    assert f"{site.root}/no: there is no such page (status 404)" in alone.output


@given(st.text(max_size=30), st.lists(st.sampled_from(["utm_source=x", "id=7", "fbclid=z"])))
def test_tracking_is_dropped_and_nothing_else(path, parameters):
    """The same article has one address, and dropping twice drops no more."""
    quoted = "".join(c for c in path if c.isalnum())
    query = "&".join(parameters)
    clean = without_tracking(f"https://x.example/{quoted}?{query}")
    assert "utm_" not in clean
    assert clean.count("id=7") == parameters.count("id=7")
    assert without_tracking(clean) == clean
