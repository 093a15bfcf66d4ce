"""onnxruntime, which tells nobody that it was used."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

__all__ = ["opened"]


def opened(graph: Path) -> Any:
    """A session of a graph, which computes in the thread that calls it."""
    # From 1.29 on it would report to its makers what is run here, and when; an environment that
    # was set after the import is too late.
    os.putenv("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime  # noqa: PLC0415 - only embedding needs it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
