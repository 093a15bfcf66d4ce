"""Dateline inside of programs that are built with LlamaIndex."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from conftest import FERRY, INQUIRY
from llama_index.core import QueryBundle, get_response_synthesizer
from llama_index.core.agent.workflow import FunctionAgent
from llama_index.core.base.llms.types import ChatMessage, ToolCallBlock
from llama_index.core.base.response.schema import AsyncStreamingResponse, StreamingResponse
from llama_index.core.llms import MockLLM
from llama_index.core.llms.mock import MockFunctionCallingLLM
from llama_index.core.postprocessor import SimilarityPostprocessor
from llama_index.core.query_engine import RetrieverQueryEngine, RouterQueryEngine
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import MetadataMode, NodeRelationship
from llama_index.core.selectors import LLMSingleSelector
from llama_index.core.tools import QueryEngineTool, RetrieverTool
from llama_index.core.workflow import StartEvent, StopEvent, Workflow, step

from assistant import Assistant, ScriptedModel
from index.types import Filters

QUESTION = "Who chairs the inquiry into the Maribel?"


@pytest.fixture
def assistant(library):
    """An assistant without a model: its answers are the same every time."""
    return Assistant(library)


@pytest.fixture
def retriever(library):
    return library.as_retriever(k=3)


def check_range(library, node):
    """A node's text is the stored text at its offsets, whichever way they are read."""
    article = library.article(node.metadata["article"], node.metadata["version"])
    assert article.text[node.start_char_idx : node.end_char_idx] == node.text
    assert (node.metadata["start"], node.metadata["end"]) == (
        node.start_char_idx,
        node.end_char_idx,
    )
    assert node.relationships[NodeRelationship.SOURCE].node_id == article.info.id


def test_nodes_say_where_they_are_from(library, retriever):
    """Offsets, dates and ids survive, so that a program can cite what it was given."""
    found = retriever.retrieve("Judge Omar Reith inquiry")
    assert [node.node_id for node in found] == [
        hit.passage.id for hit in library.search("Judge Omar Reith inquiry", k=3)
    ]
    for node in found:
        check_range(library, node.node)
    best = found[0]
    assert best.score == pytest.approx(library.search("Judge Omar Reith inquiry")[0].score)
    assert best.metadata["title"] == "Inquiry opens into Maribel grounding"
    assert best.metadata["date"] == "2025-04-02"
    assert best.metadata["source"] == "Lessing Courier"
    assert best.metadata["url"] == INQUIRY
    assert "path" not in best.metadata


def test_a_model_is_shown_what_helps_it(retriever):
    """Title, date and outlet are for the model; ids and offsets would only cost tokens."""
    (best, *_) = retriever.retrieve("Judge Omar Reith inquiry")
    shown = best.node.get_content(metadata_mode=MetadataMode.LLM)
    assert "date: 2025-04-02" in shown
    assert "Lessing Courier" in shown
    assert "article:" not in shown
    assert "start:" not in shown


def test_a_retriever_with_limits(library, assistant):
    """The library's filters and the assistant's understanding of dates work here too."""
    limited = library.as_retriever(filters=Filters(until=dt.date(2025, 3, 31)))
    assert {n.metadata["url"] for n in limited.retrieve("Maribel")} == {FERRY}
    asked = assistant.as_retriever(as_of="2025-03-31", k=2)
    assert {n.metadata["url"] for n in asyncio.run(asked.aretrieve("Maribel"))} == {FERRY}


def test_nodes_can_be_written_down_and_read(retriever):
    """LlamaIndex's stores keep nodes as JSON."""
    for node in retriever.retrieve("Maribel"):
        assert type(node.node).from_json(node.node.to_json()) == node.node


def test_a_retriever_query_engine(retriever):
    """LlamaIndex's own engine answers from our passages, after its postprocessors."""
    engine = RetrieverQueryEngine.from_args(
        retriever,
        llm=MockLLM(),
        node_postprocessors=[SimilarityPostprocessor(similarity_cutoff=0.5)],
    )
    response = engine.query("Judge Omar Reith inquiry")
    assert "Judge Omar Reith" in str(response)
    assert response.source_nodes
    assert all(node.score >= 0.5 for node in response.source_nodes)
    again = asyncio.run(engine.aquery("Judge Omar Reith inquiry"))
    assert [n.node_id for n in again.source_nodes] == [n.node_id for n in response.source_nodes]


def test_fused_with_another_retriever(library, retriever):
    """Programs that fuse retrievers know our passages by their ids."""
    fused = QueryFusionRetriever(
        [retriever, library.as_retriever(k=2)], llm=MockLLM(), num_queries=1, use_async=False
    )
    found = fused.retrieve("Maribel")
    assert len({node.node_id for node in found}) == len(found) >= 2


def test_an_answer_as_a_response(library, assistant):
    """Each citation is a source node with the quote, and the verdicts are in the metadata."""
    engine = assistant.as_query_engine()
    response = engine.query(QUESTION)
    answer = assistant.ask(QUESTION)
    assert str(response) == answer.text == response.answer.text
    assert [node.text for node in response.source_nodes] == [c.quote for c in answer.citations]
    assert [n.metadata["number"] for n in response.source_nodes] == [
        citation.number for citation in answer.citations
    ]
    for node in response.source_nodes:
        check_range(library, node.node)
    assert response.metadata["mode"] == "extractive"
    assert response.metadata["sentences"][0]["verdict"] == "supported"
    assert "An inquiry into the grounding" in response.get_formatted_sources(length=200)
    awaited = asyncio.run(engine.aquery(QueryBundle(QUESTION)))
    assert (str(awaited), awaited.source_nodes) == (str(response), response.source_nodes)


def test_an_abstention_as_a_response(library):
    """That nothing answers is the response, and it has no sources."""
    engine = Assistant(library).as_query_engine(k=2)
    response = engine.query("Which planet did the astronomers photograph in Kyoto?")
    assert str(response) == "The articles do not answer this."
    assert response.source_nodes == []
    assert response.metadata["abstained"]
    assert response.metadata["closest"]
    assert engine.retrieve(QueryBundle("Maribel"))[0].metadata["url"] in {FERRY, INQUIRY}


def test_verdicts_of_a_models_sentences(library):
    """A program can leave out what the checks do not bear out."""
    model = ScriptedModel(["Experts expect a dispute [1.9]. He is 80."])
    response = Assistant(library, _model(model)).as_query_engine().query(QUESTION)
    verdicts = [sentence["verdict"] for sentence in response.metadata["sentences"]]
    assert verdicts == ["unsupported", "unsupported"]
    assert response.metadata["usage"]["calls"] == 1
    assert response.metadata["warnings"]


def _model(llm):
    from assistant.models import Model

    return Model.of(llm)


def test_a_response_that_streams(assistant):
    """Sentences come one by one; sources and metadata are there when the text is."""
    engine = assistant.as_query_engine(streaming=True)
    response = engine.query(QUESTION)
    assert isinstance(response, StreamingResponse)
    pieces = list(response.response_gen)
    assert "".join(pieces) == assistant.ask(QUESTION).text
    assert response.source_nodes[0].metadata["number"] == 1
    assert response.metadata["sentences"]
    whole = engine.query(QUESTION).get_response()
    assert str(whole) == "".join(pieces)
    assert whole.source_nodes == response.source_nodes

    async def awaited():
        response = await engine.aquery(QUESTION)
        assert isinstance(response, AsyncStreamingResponse)
        return [text async for text in response.async_response_gen()], response

    texts, response = asyncio.run(awaited())
    assert "".join(texts) == "".join(pieces)
    assert response.source_nodes
    nothing = engine.query("Which planet did the astronomers photograph in Kyoto?")
    assert str(nothing) == "The articles do not answer this."


def test_a_router_sends_questions_here(assistant, retriever):
    """A program with several engines chooses ours, and gets its sources."""
    chooser = ScriptedModel(['[{"choice": 2, "reason": "It is about news."}]'])
    other = RetrieverQueryEngine.from_args(retriever, llm=MockLLM(max_tokens=1))
    router = RouterQueryEngine(
        selector=LLMSingleSelector.from_defaults(llm=chooser),
        query_engine_tools=[
            QueryEngineTool.from_defaults(other, description="Answers about recipes."),
            QueryEngineTool.from_defaults(assistant.as_query_engine(), description="News."),
        ],
        llm=MockLLM(),
    )
    response = router.query(QUESTION)
    assert str(response) == assistant.ask(QUESTION).text
    assert response.source_nodes[0].metadata["url"] == INQUIRY
    assert response.metadata["sentences"][0]["verdict"] == "supported"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of LlamaIndex's agents
def test_an_agent_uses_it_as_a_tool(assistant):
    """An agent calls the engine as a tool and is given the answer with its numbers."""
    seen = []

    def reply(messages, **_):
        results = [m for m in messages if m.role == "tool"]
        if results:
            seen.append(results[-1].content)
            return ChatMessage(role="assistant", content="Done.")
        call = ToolCallBlock(tool_call_id="1", tool_name="news", tool_kwargs={"input": QUESTION})
        return ChatMessage(role="assistant", blocks=[call])

    tool = QueryEngineTool.from_defaults(
        assistant.as_query_engine(), name="news", description="Answers from the news."
    )
    agent = FunctionAgent(
        tools=[tool], llm=MockFunctionCallingLLM(response_generator=reply), streaming=False
    )

    async def run():
        return await agent.run("Who is the chair?")

    assert "Done." in str(asyncio.run(run()))
    assert seen == [assistant.ask(QUESTION).text]


def test_in_a_workflow(assistant):
    """A step of a workflow awaits it like anything else."""

    class Desk(Workflow):
        @step
        async def ask(self, event: StartEvent) -> StopEvent:
            return StopEvent(await assistant.aask(event.question))

    async def run():
        return await Desk(timeout=20).run(question=QUESTION)

    assert asyncio.run(run()).citations[0].article.url == INQUIRY


def test_a_tool_that_retrieves(assistant):
    """Agents that want passages get them with what they are from."""
    tool = RetrieverTool.from_defaults(assistant.as_retriever(k=1), description="Finds news.")
    output = tool.call("Judge Omar Reith inquiry")
    assert "Its chair, Judge Omar Reith" in output.content


def test_a_synthesizer_of_theirs(retriever):
    """Nodes go into LlamaIndex's synthesizers as any others do."""
    nodes = retriever.retrieve("Judge Omar Reith inquiry")
    synthesizer = get_response_synthesizer(llm=MockLLM(), response_mode="compact")
    assert "Lessing Courier" in str(synthesizer.synthesize("Who?", nodes))
