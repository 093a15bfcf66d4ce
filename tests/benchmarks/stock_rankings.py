r"""What stock LlamaIndex finds for questions, in the form that `dateline eval --beside` reads.

    .bench/rivals/bin/python tests/benchmarks/stock_rankings.py ARTICLES QUESTIONS stock.jsonl \
        --weights FOLDER
    dateline --library … eval QUESTIONS --baselines --beside "stock LlamaIndex=stock.jsonl"

Runs in the rivals' environment, which `make bench` sets up: SentenceSplitter of 256 tokens, Chroma,
all-MiniLM-L6-v2 through
sentence-transformers, and the retrieval of CitationQueryEngine. An article that is later than a
question's date is left out by Chroma's filter, as `--as-of` does.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
from pathlib import Path
from typing import Any

from rival import Rival

_DEPTH = 20


def read(file: Path) -> list[dict[str, Any]]:
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def day(date: str | None) -> int:
    return int((date or "0").replace("-", ""))


def engine(articles: list[dict[str, Any]], rival: Rival, scratch: Path) -> Any:
    import chromadb
    from llama_index.core import Document, Settings, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    Settings.llm = None
    rival.transformer.save(str(scratch / "st"))
    folder = scratch / "stock-rankings"
    shutil.rmtree(folder, ignore_errors=True)
    client = chromadb.PersistentClient(str(folder))
    store = ChromaVectorStore(chroma_collection=client.get_or_create_collection("news"))
    documents = [
        Document(
            text=a["text"],
            metadata={"title": a.get("title") or "", "url": a["url"], "day": day(a.get("date"))},
            excluded_embed_metadata_keys=["url", "day"],
        )
        for a in articles
    ]
    return VectorStoreIndex(
        SentenceSplitter(chunk_size=256, chunk_overlap=20)(documents),
        storage_context=StorageContext.from_defaults(vector_store=store),
        embed_model=HuggingFaceEmbedding(str(scratch / "st"), device="cpu"),
    )


def rankings(index: Any, question: dict[str, Any]) -> dict[str, Any]:
    from llama_index.core.llms.mock import MockLLM
    from llama_index.core.query_engine import CitationQueryEngine
    from llama_index.core.schema import QueryBundle
    from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters

    limit = MetadataFilter(key="day", value=day(question.get("date")), operator=FilterOperator.LTE)
    asked = CitationQueryEngine.from_args(
        index,
        llm=MockLLM(),
        similarity_top_k=_DEPTH,
        filters=MetadataFilters(filters=[limit]) if question.get("date") else None,
    )
    found = asked.retrieve(QueryBundle(question["question"]))
    passages = [{"url": n.node.metadata["url"], "text": n.node.get_content()} for n in found]
    return {"id": question["id"], "passages": passages}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--weights", type=Path, required=True, help="model.safetensors and tokenizer"
    )
    parser.add_argument("--scratch", type=Path, default=Path(".bench"))
    given = parser.parse_args()
    rival = Rival(given.weights, given.scratch)
    index = engine(read(given.articles), rival, given.scratch)
    with given.out.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(rankings(index, q)) + "\n" for q in read(given.questions))


if __name__ == "__main__":
    main()
