"""The public interface as programs use it; it is not run, only checked by mypy.

A change that breaks this file breaks those programs.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import assert_type

from llama_index.core.llms import LLM  # noqa: TC002 - as programs write it

from assistant import (
    Answer,
    AnswerSentence,
    Asking,
    Assistant,
    Chat,
    Citation,
    DatelineError,
    Entry,
    Event,
    Finding,
    Finished,
    Question,
    Retrieved,
    ScriptedModel,
    SentenceReady,
    Settings,
    Timeline,
    Turn,
    Usage,
    Verdict,
    Verification,
    load_answer,
    load_timeline,
    save_answer,
    save_timeline,
)
from assistant.query_engine import AssistantQueryEngine
from index import Article, ArticleInfo, Filters, Hit, Library, Passage, Report, Retrieval
from index.retriever import LibraryRetriever


def opening(model: LLM, settings: Settings) -> None:
    """Everything that an assistant can be opened with."""
    with Assistant.open() as assistant:
        assert_type(assistant, Assistant)
        assert_type(assistant.library, Library)
        assert_type(assistant.model_name, str)
        assistant.warm_up()
    Assistant.open("library", model="gpt-4o-mini", embedder="local", create=False).close()
    Assistant.open(Path("library"), model=model, settings=settings, say=print).close()
    Assistant.open("http://localhost:8000/news", model=ScriptedModel(["Yes [1.1]."])).close()


def asking(assistant: Assistant) -> Answer:
    """Questions, and all that stands in an answer."""
    answer = assistant.ask(
        "Who?",
        since="2025-01-01",
        until=dt.date(2025, 3, 1),
        as_of="2025-03-05",
        sources=["The Meridian"],
        k=5,
    )
    limits: Asking = {"as_of": None, "k": 3}
    assert_type(assistant.ask("Who?", **limits), Answer)
    assert_type(answer.text, str)
    assert_type(answer.abstained, bool)
    assert_type(answer.sentences, tuple[AnswerSentence, ...])
    assert_type(answer.citations, tuple[Citation, ...])
    assert_type(answer.closest, tuple[Hit, ...])
    assert_type(answer.warnings, tuple[str, ...])
    assert_type(answer.question, Question)
    assert_type(answer.usage, Usage)
    assert_type(answer.usage.cost, float | None)
    for sentence in answer.sentences:
        assert_type(sentence.verdict, Verdict)
        assert_type(sentence.verdict.reasons, tuple[str, ...])
        assert_type(sentence.citations, tuple[int, ...])
    for citation in answer.citations:
        assert_type(citation.article, ArticleInfo)
        assert_type(citation.article.date, dt.date | None)
        assert_type((citation.quote, citation.start, citation.end), tuple[str, int, int])
    return answer


def streaming(assistant: Assistant) -> str:
    """Every event has its type, and there are no others."""
    events = assistant.stream("Who?")
    assert_type(events, Generator[Event])
    for event in events:
        match event:
            case Retrieved():
                assert_type(event.hits, tuple[Hit, ...])
            case SentenceReady():
                assert_type(event.sentence, AnswerSentence)
                assert_type(event.citations, tuple[Citation, ...])
            case Finished():
                return event.answer.text
    return ""


def chatting(assistant: Assistant) -> None:
    """A chat keeps its turns."""
    chat = assistant.chat(as_of="2025-03-05")
    assert_type(chat, Chat)
    assert_type(chat.ask("Who?"), Answer)
    assert_type(chat.turns, tuple[Turn, ...])
    chat.reset()


async def awaiting(assistant: Assistant) -> None:
    """The same with await."""
    assert_type(await assistant.aask("Who?", k=3), Answer)
    assert_type(await assistant.asearch("ferry"), list[Hit])
    events = assistant.astream("Who?")
    assert_type(events, AsyncGenerator[Event])
    async for event in events:
        assert_type(event, Event)
    await asyncio.gather(assistant.aask("Who?"), assistant.aask("When?"))


def searching(assistant: Assistant) -> None:
    """Searching and looking need no model."""
    (hit, *_) = assistant.search("ferry", since="2025-03-01", k=10)
    assert_type(hit.passage, Passage)
    assert_type(hit.score, float)
    assert_type(assistant.retrieve("ferry"), Retrieval)
    library = assistant.library
    assert_type(library.add("seeds/", embed=False), Report)
    assert_type(library.article(hit.passage.article.id, version=1), Article)
    assert_type(library.search("ferry", filters=Filters(sources=("The Meridian",))), list[Hit])


def keeping(assistant: Assistant, answer: Answer) -> None:
    """Answers are values that are kept and checked again."""
    save_answer(answer, "answer.json")
    assert_type(load_answer(Path("answer.json")), Answer)
    checked = assistant.verify(answer)
    assert_type(checked, Verification)
    assert_type(checked.verified, bool)
    assert_type(checked.findings, tuple[Finding, ...])


def in_order(assistant: Assistant) -> None:
    """A timeline is a value with an answer in it, kept and checked as answers are."""
    made = assistant.timeline("ferry", since="2025-03-01", sources=["The Meridian"])
    assert_type(made, Timeline)
    assert_type(made.entries, tuple[Entry, ...])
    assert_type(made.answer, Answer)
    assert_type(made.entries[0].first, dt.date)
    save_timeline(made, "timeline.json")
    assert_type(load_timeline(Path("timeline.json")), Timeline)
    assert_type(assistant.verify(made), Verification)


def inside_of_llama_index(assistant: Assistant) -> None:
    """Adapters for programs that are built with LlamaIndex."""
    assert_type(assistant.library.as_retriever(k=5, near=dt.date(2025, 3, 1)), LibraryRetriever)
    assert_type(assistant.as_retriever(as_of="2025-03-05"), LibraryRetriever)
    assert_type(assistant.as_query_engine(streaming=True, k=5), AssistantQueryEngine)


def failing(assistant: Assistant) -> int:
    """One base class, with what to do and an exit code."""
    try:
        assistant.ask("Who?")
    except DatelineError as error:
        assert_type((error.message, error.help), tuple[str, str])
        return error.exit_code
    return 0
