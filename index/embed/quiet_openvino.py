"""OpenVINO, loaded without the part that tells its makers each time that it was loaded.

Where that part is missing, OpenVINO has a stand-in that does nothing. It is loaded from nowhere
else.
"""

from __future__ import annotations

import sys

_PART = "openvino_telemetry"

_before = sys.modules.get(_PART)
sys.modules[_PART] = None  # type: ignore[assignment] # how Python marks what is not to be found
try:
    import openvino
finally:
    if _before is None:
        del sys.modules[_PART]
    else:
        sys.modules[_PART] = _before

__all__ = ["openvino"]
