"""Cosines of any embedder and language, on the scale that the weights were fitted on.

Some embedders give unrelated texts a cosine of 0, some of 0.7, and most give more to two texts in
the same language. How much that is is measured with a few sentences, once for each embedder and
script, and taken off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from index.embed import Embedder, Reads

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["leans_on_meaning", "reads", "scaled"]

# A question and sentences that have nothing to do with it, by script.
_UNRELATED = {
    "latin": (
        "Who leads the inquiry into the ferry accident?",
        "The bakery sells bread and cakes from six in the morning.",
        "Two divers found a Roman coin in the lake.",
        "The team won the final after extra time.",
    ),
    "han": (
        "谁主持渡轮事故的调查？",
        "面包店从早上六点开始卖面包和蛋糕。",
        "两名潜水员在湖里发现了一枚罗马硬币。",
        "球队在加时赛后赢得了决赛。",
    ),
    "arabic": (
        "من يقود التحقيق في حادث العبارة؟",
        "يبيع المخبز الخبز والكعك من السادسة صباحا.",
        "عثر غواصان على عملة رومانية في البحيرة.",
        "فاز الفريق بالنهائي بعد الوقت الإضافي.",
    ),
}
_SCRIPTS = {
    "han": re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    "arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f]"),
}
# The embedder that the weights were fitted with, on English, where unrelated texts have 0.
_FITTED = "local", "latin"
# However alike an embedder finds all texts, there is some room above.
_MOST = 0.95

_measured: dict[tuple[str, str], float] = {}


def scaled(cosines: NDArray[np.float32], question: str, embedder: Embedder) -> NDArray[np.float32]:
    """Cosines with a question: 0 for what is unrelated to it, 1 for what says the same.

    Args:
        cosines: Those of some sentences; any shape.
        question: What they were compared with.
        embedder: What made the vectors.
    """
    script = _script(question)
    if (embedder.name, script) == _FITTED:
        return cosines
    key = embedder.fingerprint, script
    if key not in _measured:
        asked, *others = _UNRELATED[script]
        vectors = embedder.embed_passages(others)
        _measured[key] = min(float((vectors @ embedder.embed_query(asked)).mean()), _MOST)
    base = _measured[key]
    scale: NDArray[np.float32] = (cosines - base) / (1 - base)
    return scale


def leans_on_meaning(question: str, embedder: Embedder | None) -> bool:
    """Whether words say less of an answer than the embedder does.

    So it is in scripts whose words are neither stemmed nor written with capitals, unless the
    embedder is the local one, which knows English alone.
    """
    return embedder is not None and embedder.name != "local" and _script(question) != "latin"


def reads(embedder: object, question: str) -> TypeGuard[Reads]:
    """Whether an embedder also reads, and the question is in a script that it learnt to read."""
    return isinstance(embedder, Reads) and _script(question) == "latin"


def _script(text: str) -> str:
    return next((name for name, form in _SCRIPTS.items() if form.search(text)), "latin")
