"""How this processor multiplies whole numbers of eight bits."""

from __future__ import annotations

import functools
from pathlib import Path

__all__ = ["int8_is_exact"]

# A product of [4, 64] whole numbers without a sign and [64, 16] with one, as the graph's products
# are; made by tests/benchmarks/calibrate.py.
_PRODUCT = Path(__file__).with_name("product.onnx")
_ROWS, _INNER, _COLUMNS = 4, 64, 16
_MOST, _MOST_SIGNED = 255, 127


@functools.cache
def int8_is_exact() -> bool:
    """Whether a product with weights that have a sign comes out as it should.

    x86 processors without VNNI add two products in 16 bits, in which the largest have no room: the
    vectors of passages then have a cosine of 0.994 with the exact ones instead of 0.998, and what
    reads a question with a sentence is off by a sixth of what its scores vary by. With weights that
    have none, onnxruntime takes instructions that add in 32 bits; on such a processor it embeds 18
    passages a second so, 21 with the others, and OpenVINO, which knows no others, 9.
    """
    import numpy as np  # noqa: PLC0415 - only embedding needs it

    from index.embed.quiet_onnxruntime import opened  # noqa: PLC0415 - likewise

    values = {
        "values": np.full((_ROWS, _INNER), _MOST, np.uint8),
        "weights": np.full((_INNER, _COLUMNS), _MOST_SIGNED, np.int8),
    }
    (product,) = opened(_PRODUCT).run(None, values)
    return bool((product == _INNER * _MOST * _MOST_SIGNED).all())
