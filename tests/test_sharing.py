"""One assistant, many threads and tasks: asking, streaming, searching, stopping, and adding."""

from __future__ import annotations

import asyncio
import gc
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, closing
from pathlib import Path

import pytest
from conftest import make_article
from openai_server import Fault, OpenAIServer

from assistant import Assistant, Retrieved, SentenceReady
from assistant.models import Model, open_model
from index.embed.fake import FakeEmbedder
from index.endpoint import Endpoint
from index.errors import UsageError
from index.library import Library

QUESTION = "Who was hurt on the Maribel?"
REPLY = "Nobody died. The ferry is blue. It floats again."
THREADS, TASKS, ROUNDS = 16, 50, 2


@pytest.fixture(scope="module")
def server():
    """A model that takes a moment for each word."""
    with OpenAIServer(REPLY, key="", fault=Fault(between=0.001)) as running:
        yield running


@pytest.fixture
def assistant(tmp_path, articles, server):
    """An assistant on the sample articles, whose model is behind the server."""
    endpoint = Endpoint(server.base_url, timeout=20, retries=0)
    model = Model("test-model", lambda: open_model("test-model", endpoint), endpoint)
    with Library(tmp_path / "library", embedder=FakeEmbedder(), create=True) as library:
        library.add(*articles)
        yield Assistant(library, model)


def descriptors():
    """How many files and sockets this process has open.

    SQLite keeps some of a file's for the next connection: as many as there ever were at once.
    """
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir()))


def story(n):
    return make_article(f"https://harbour.example/more/{n}", f"The Maribel sailed again, trip {n}.")


def first_sentence(events):
    """Reads a stream up to its next sentence."""
    return next(event for event in events if isinstance(event, SentenceReady))


def do_something(assistant, choice):
    """One of the things that programs do, checked."""
    if choice == 0:
        assert assistant.ask(QUESTION).text == REPLY
    elif choice == 1:
        sentences = [e for e in assistant.stream(QUESTION) if isinstance(e, SentenceReady)]
        assert len(sentences) == 3
    elif choice == 2:
        with closing(assistant.stream(QUESTION)) as events:
            assert isinstance(next(events), Retrieved)
            if random.random() < 0.5:
                assert isinstance(first_sentence(events), SentenceReady)
    else:
        hits = assistant.search("Maribel", k=3)
        assert "Maribel" in hits[0].passage.text
        for hit in hits:
            text = assistant.library.article(hit.passage.article.id).text
            assert text[hit.passage.start : hit.passage.end] == hit.passage.text


async def do_something_awaited(assistant, choice):
    """The same for tasks; some are cancelled on the way."""
    if choice == 0:
        assert (await assistant.aask(QUESTION)).text == REPLY
    elif choice == 1:
        events = [event async for event in assistant.astream(QUESTION)]
        assert sum(isinstance(event, SentenceReady) for event in events) == 3
    elif choice == 2:
        async with aclosing(assistant.astream(QUESTION)) as events:
            assert isinstance(await anext(events), Retrieved)
    elif choice == 3:
        asking = asyncio.create_task(assistant.aask(QUESTION))
        await asyncio.sleep(random.random() * 0.05)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    else:
        assert "Maribel" in (await assistant.asearch("Maribel"))[0].passage.text


def adding(assistant, until):
    """Adds articles, one by one, until it is told to stop; returns how many."""
    first = n = assistant.library.status().articles
    while not until.is_set():
        assert assistant.library.add(story(n)).added == 1
        n += 1
    return n - first


def with_threads(assistant, rounds):
    """What sixteen threads do while another one adds articles; returns how many it added."""
    until = threading.Event()
    with ThreadPoolExecutor(THREADS + 1) as pool:
        writer = pool.submit(adding, assistant, until)
        work = [pool.submit(do_something, assistant, n % 4) for n in range(THREADS * rounds)]
        try:
            for done in work:
                done.result(timeout=60)
        finally:
            until.set()
        return writer.result(timeout=60)


def test_threads(assistant):
    """Sixteen threads ask, stream, stop and search while another adds articles."""
    added = with_threads(assistant, 1)
    before = descriptors()
    added += with_threads(assistant, ROUNDS)
    assert assistant.library.status().articles == 3 + added
    assert added
    assert descriptors() <= before + 4


async def with_tasks(assistant):
    """What fifty tasks do while a thread adds articles; returns how many it added."""
    until = threading.Event()
    writer = asyncio.create_task(asyncio.to_thread(adding, assistant, until))
    try:
        async with asyncio.timeout(60):
            await asyncio.gather(*(do_something_awaited(assistant, n % 5) for n in range(TASKS)))
    finally:
        until.set()
    return await writer


def test_tasks(assistant):
    """Fifty tasks do so too, and some are cancelled."""
    assert asyncio.run(with_tasks(assistant))
    before = descriptors()
    assert asyncio.run(with_tasks(assistant))
    assert descriptors() <= before + 4


def test_a_loop_for_each_question(assistant):
    """Programs that call `asyncio.run` again and again leave nothing open."""
    asyncio.run(assistant.aask(QUESTION))
    before = descriptors()
    for _ in range(12):
        assert asyncio.run(assistant.aask(QUESTION)).text == REPLY
    assert descriptors() <= before + 10


def test_threads_that_end_leave_nothing_open(assistant):
    """A server that starts a thread for each request does not run out of files."""
    assistant.search("Maribel")
    before = descriptors()
    for _ in range(20):
        thread = threading.Thread(target=assistant.search, args=("Maribel",))
        thread.start()
        thread.join()
    assert descriptors() <= before + 10


def test_closing_while_a_stream_is_open(assistant):
    """A stream that has begun can be read to its end; what begins later is refused by name."""
    events = assistant.stream(QUESTION)
    assert isinstance(next(events), Retrieved)
    first_sentence(events)
    assistant.close()
    assert len([event for event in events if isinstance(event, SentenceReady)]) == 2
    for later in (
        lambda: assistant.ask(QUESTION),
        lambda: assistant.search("Maribel"),
        lambda: asyncio.run(assistant.aask(QUESTION)),
        lambda: assistant.library.add(story(1)),
        assistant.library.status,
    ):
        with pytest.raises(UsageError, match="is closed"):
            later()
    assistant.close()


def test_closing_while_others_search(tmp_path, articles):
    """Who comes too late is told so, and nothing crashes or stays open."""
    before = descriptors()
    for round_ in range(3):
        with Library(tmp_path / f"{round_}", embedder=FakeEmbedder(), create=True) as library:
            library.add(*articles)
            assistant = Assistant(library)
            outcomes = []

            def search(assistant=assistant, outcomes=outcomes):
                try:
                    while True:
                        assert assistant.search("Maribel")
                except UsageError as error:
                    outcomes.append(error.message)

            threads = [threading.Thread(target=search) for _ in range(4)]
            for thread in threads:
                thread.start()
            threading.Event().wait(0.05)
        for thread in threads:
            thread.join(20)
        assert outcomes == [f"the library {tmp_path / str(round_)} is closed"] * 4
    assert descriptors() <= before + 8


def test_one_library_opened_twice_here(tmp_path, articles):
    """Two assistants in one process do not get into each other's way."""
    place = tmp_path / "library"
    with (
        Assistant.open(place, embedder=FakeEmbedder()) as first,
        Assistant.open(place, embedder=FakeEmbedder()) as second,
    ):
        first.library.add(*articles)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda n: do_something((first, second)[n % 2], 3), range(16)))
    assert Path(place).is_dir()
