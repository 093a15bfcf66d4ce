"""What a user would put together instead: LlamaIndex, Chroma and sentence-transformers, stock.

Runs in an environment of its own, which has nothing of ours; takes one JSON object a line and
answers with one.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np


class Rival:
    """The rivals, loaded once.

    Args:
        weights: The folder with model.safetensors and tokenizer.json.
        scratch: A folder to work in.
    """

    def __init__(self, weights: Path, scratch: Path) -> None:
        from sentence_transformers import SentenceTransformer, models
        from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

        self._scratch = scratch
        folder = scratch / "all-MiniLM-L6-v2"
        if not (folder / "config.json").exists():
            folder.mkdir(parents=True, exist_ok=True)
            config = BertConfig(
                hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536
            )
            config.save_pretrained(folder)
            shutil.copy(weights / "model.safetensors", folder)
            names = ("unk", "sep", "pad", "cls", "mask")
            PreTrainedTokenizerFast(
                tokenizer_file=str(weights / "tokenizer.json"),
                **{f"{name}_token": f"[{name.upper()}]" for name in names},
            ).save_pretrained(folder)
            BertModel.from_pretrained(folder)
        words = models.Transformer(str(folder), max_seq_length=256)
        pooling = models.Pooling(384, pooling_mode="mean")
        self.transformer = SentenceTransformer(
            modules=[words, pooling, models.Normalize()], device="cpu"
        )
        self.folder = folder
        self._chroma: Any = None

    def embed(self, texts: list[str], batch: int) -> dict[str, Any]:
        began = time.perf_counter()
        vectors = self.transformer.encode(texts, batch_size=batch, show_progress_bar=False)
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "vectors": np.asarray(vectors[:20]).tolist()}

    def embed_chroma(self, texts: list[str]) -> dict[str, Any]:
        """Chroma's own embedder, its ONNX file made here from the same weights."""
        if self._chroma is None:
            self._chroma = self._make_chroma()
        began = time.perf_counter()
        vectors = self._chroma(texts)
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "vectors": np.asarray(vectors[:20]).tolist()}

    def _make_chroma(self) -> Any:
        import torch
        from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2
        from transformers import BertModel

        place = self._scratch / "chroma"
        folder = place / "onnx"
        if not (folder / "model.onnx").exists():
            folder.mkdir(parents=True, exist_ok=True)
            for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
                shutil.copy(self.folder / name, folder)
            for name in ("special_tokens_map.json", "vocab.txt"):
                (folder / name).touch()
            model = BertModel.from_pretrained(self.folder, attn_implementation="eager").eval()

            class Plain(torch.nn.Module):
                def __init__(self) -> None:
                    super().__init__()
                    self.model = model

                def forward(self, words: Any, mask: Any, types: Any) -> Any:
                    shown = self.model(input_ids=words, attention_mask=mask, token_type_ids=types)
                    return shown.last_hidden_state

            ones = torch.ones(1, 8, dtype=torch.long)
            names = ["input_ids", "attention_mask", "token_type_ids"]
            axes = {name: {0: "batch", 1: "length"} for name in (*names, "last_hidden_state")}
            torch.onnx.export(
                Plain().eval(),
                (ones, ones, torch.zeros_like(ones)),
                str(folder / "model.onnx"),
                input_names=names,
                output_names=["last_hidden_state"],
                dynamic_axes=axes,
                opset_version=14,
                dynamo=False,
            )
        ONNXMiniLM_L6_V2.DOWNLOAD_PATH = place
        made = ONNXMiniLM_L6_V2(preferred_providers=["CPUExecutionProvider"])
        made._download_model_if_not_exists = lambda: None
        return made

    def index(self, articles: list[dict[str, Any]], questions: list[str]) -> dict[str, Any]:
        """Stock LlamaIndex: sentence splitter, Chroma, and the same embedder."""
        import chromadb
        from llama_index.core import (
            Document,
            Settings,
            StorageContext,
            VectorStoreIndex,
        )
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
        from llama_index.vector_stores.chroma import ChromaVectorStore

        Settings.llm = None
        self.transformer.save(str(self._scratch / "st"))
        embedder = HuggingFaceEmbedding(str(self._scratch / "st"), device="cpu")
        folder = self._scratch / "stock"
        shutil.rmtree(folder, ignore_errors=True)
        began = time.perf_counter()
        client = chromadb.PersistentClient(str(folder))
        store = ChromaVectorStore(chroma_collection=client.get_or_create_collection("news"))
        documents = [
            Document(text=a["text"], metadata={k: a.get(k) or "" for k in ("title", "url", "date")})
            for a in articles
        ]
        nodes = SentenceSplitter(chunk_size=256)(documents)
        index = VectorStoreIndex(
            nodes,
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=embedder,
        )
        seconds = time.perf_counter() - began
        retriever = index.as_retriever(similarity_top_k=10)
        times = []
        for question in questions:
            began = time.perf_counter()
            retriever.retrieve(question)
            times.append(time.perf_counter() - began)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return {
            "seconds": seconds,
            "nodes": len(nodes),
            "bytes": size,
            "times": times,
            "peak": peak,
        }


def main() -> None:
    rival = Rival(Path(sys.argv[1]), Path(sys.argv[2]))
    for line in sys.stdin:
        asked = json.loads(line)
        answer = getattr(rival, asked.pop("do"))(**asked)
        print("\n" + json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
