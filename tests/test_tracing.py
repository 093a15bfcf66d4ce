"""What LlamaIndex's instrumentation is told, and that nobody else pays for it."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from llama_index.core.instrumentation import get_dispatcher
from llama_index.core.instrumentation.event_handlers import BaseEventHandler
from llama_index.core.instrumentation.events.retrieval import RetrievalEndEvent
from llama_index.core.instrumentation.span_handlers import SimpleSpanHandler

from assistant import Answer, Assistant, ScriptedModel
from assistant.models import Model
from assistant.trace_events import SentenceCheckedEvent
from assistant.tracing import Span, is_listened_to
from index.errors import ReplyCutOff, UsageError
from index.types import Retrieval

QUESTION = "Who was hurt on the Maribel?"


class Events(BaseEventHandler):
    """Keeps the events it is told."""

    seen: list

    @classmethod
    def class_name(cls):
        return "Events"

    def handle(self, event, **kwargs):
        self.seen.append(event)


@pytest.fixture
def listening():
    """The spans and events of LlamaIndex, told to handlers of ours."""
    root = get_dispatcher()
    spans, events = SimpleSpanHandler(), Events(seen=[])
    kept = root.span_handlers, root.event_handlers
    root.span_handlers, root.event_handlers = [*kept[0], spans], [*kept[1], events]
    yield spans, events.seen
    root.span_handlers, root.event_handlers = kept


@pytest.fixture
def assistant(library):
    """An assistant whose model says two sentences."""
    return Assistant(library, Model.of(ScriptedModel([["Nobody died. ", "It floats."]] * 3)))


def tree(spans):
    """Each completed span's name with its parent's."""
    names = {span.id_: span.id_.partition("-")[0] for span in spans.completed_spans}
    return {(names.get(span.parent_id, ""), names[span.id_]) for span in spans.completed_spans}


def test_spans_nest(assistant, listening):
    """A question holds finding its passages and what LlamaIndex's model reports of itself."""
    spans, _ = listening
    answer = assistant.ask(QUESTION)
    assert tree(spans) == {
        ("", "Assistant.stream"),
        ("Assistant.stream", "Library.retrieve"),
        ("Assistant.stream", "ScriptedModel.stream_chat"),
    }
    assert not spans.open_spans
    assert answer.text == "Nobody died. It floats."


def test_spans_nest_when_awaited(assistant, listening):
    """So they do in tasks side by side."""
    spans, _ = listening

    async def both():
        return await asyncio.gather(assistant.aask(QUESTION), assistant.aask(QUESTION))

    asyncio.run(both())
    assert tree(spans) == {
        ("", "Assistant.astream"),
        ("Assistant.astream", "Library.retrieve"),
        ("Assistant.astream", "ScriptedModel.astream_chat"),
    }
    parents = [s.parent_id for s in spans.completed_spans if s.id_.startswith("Library")]
    assert len(set(parents)) == 2
    assert not spans.open_spans


def test_spans_inside_of_an_engine(assistant, listening):
    """A program's own query is around ours."""
    spans, _ = listening
    assistant.as_query_engine().query(QUESTION)
    assert {
        ("AssistantQueryEngine.query", "AssistantQueryEngine._query"),
        ("AssistantQueryEngine._query", "Assistant.stream"),
        ("Assistant.stream", "Library.retrieve"),
    } <= tree(spans)


def test_events(assistant, listening):
    """What was found and each check are told, within their spans."""
    _, seen = listening
    answer = assistant.ask(QUESTION)
    (found,) = [event for event in seen if isinstance(event, RetrievalEndEvent)]
    assert found.span_id.startswith("Library.retrieve")
    assert found.nodes[0].metadata["url"]
    checked = [event for event in seen if isinstance(event, SentenceCheckedEvent)]
    assert [event.sentence for event in checked] == [s.text for s in answer.sentences]
    assert {event.verdict for event in checked} == {"unsupported"}
    assert all(event.span_id.startswith("Assistant.stream") for event in checked)
    assert checked[0].model_dump()["class_name"] == "SentenceCheckedEvent"


def test_what_a_span_was_about(assistant, listening, monkeypatch):
    """A handler is given the question and the answer."""
    spans, _ = listening
    told = {}

    def exiting(id_, bound_args, instance=None, result=None, **_):
        told[id_.partition("-")[0]] = (bound_args.arguments, instance, result)

    monkeypatch.setattr(type(spans), "prepare_to_exit_span", lambda self, **how: exiting(**how))
    assistant.ask(QUESTION, as_of="2025-05-01")
    arguments, instance, result = told["Assistant.stream"]
    assert arguments["_"] == {"question": QUESTION, "as_of": "2025-05-01"}
    assert instance is assistant
    assert isinstance(result, Answer)
    assert isinstance(told["Library.retrieve"][2], Retrieval)


def test_what_is_broken_off_is_dropped(library, listening):
    """Errors, early ends and cancelled tasks close their spans."""
    spans, _ = listening
    lines = [["Nobody died. ", ReplyCutOff("it broke")], ["Nobody ", "died."]]
    assistant = Assistant(library, Model.of(ScriptedModel(lines)))
    with pytest.raises(ReplyCutOff):
        assistant.ask(QUESTION)
    with closing(assistant.stream(QUESTION)) as events:
        next(events)
    with pytest.raises(UsageError):
        assistant.ask(" ")

    async def cancelled():
        asking = asyncio.create_task(assistant.aask(QUESTION))
        await asyncio.sleep(0)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)

    asyncio.run(cancelled())
    assert not spans.open_spans
    dropped = {span.id_.partition("-")[0] for span in spans.dropped_spans}
    assert dropped == {"Assistant.stream", "Assistant.astream"}


def test_between_the_events_the_caller_is_itself(assistant, listening):
    """What a program does with a sentence is no part of our span."""
    from llama_index.core.instrumentation.span import active_span_id

    for _ in assistant.stream(QUESTION):
        assert active_span_id.get() is None

    async def awaited():
        async for _ in assistant.astream(QUESTION):
            assert active_span_id.get() is None

    asyncio.run(awaited())


def test_the_example_for_open_telemetry(library):
    """The handler in the README makes spans that nest as they should."""
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    (example,) = [block for block in blocks if "opentelemetry" in block]
    program = f"""
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter, provider = InMemorySpanExporter(), TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)
{example}
from assistant import Assistant, ScriptedModel
from index.embed.fake import FakeEmbedder
from index.errors import ReplyCutOff

model = ScriptedModel(["Nobody died.", ["Nobody died. ", ReplyCutOff("it broke")]])
with Assistant.open({str(library.folder)!r}, model=model, embedder=FakeEmbedder()) as assistant:
    assistant.ask("Who was hurt on the Maribel?")
    try:
        assistant.ask("Who was hurt on the Maribel?")
    except ReplyCutOff:
        pass
spans = exporter.get_finished_spans()
names = {{span.context.span_id: span.name for span in spans}}
for span in spans:
    parent = names[span.parent.span_id] if span.parent else ""
    print(parent, span.name, *(event.name for event in span.events))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    whole = [
        "Assistant.stream Library.retrieve",
        "Assistant.stream ScriptedModel.stream_chat",
        " Assistant.stream",
    ]
    assert done.stdout.splitlines() == [*whole, *whole[:2], " Assistant.stream exception"]


def test_nobody_listens():
    """A span that nobody hears of is nothing."""
    assert not is_listened_to()
    span = Span("ask", object(), question=QUESTION)
    with span.active():
        span.done()
    span.failed(ValueError())


def test_plain_use_imports_no_llama_index(library):
    """Quotes and searches never need LlamaIndex, whose import takes a second."""
    code = (
        "import sys; from assistant import Assistant; from index.embed.fake import FakeEmbedder\n"
        f"with Assistant.open({str(library.folder)!r}, embedder=FakeEmbedder()) as assistant:\n"
        "    assistant.ask('Who was hurt on the Maribel?'); assistant.search('Maribel')\n"
        "print([name for name in sys.modules if name.startswith('llama_index')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
