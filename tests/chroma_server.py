"""A real Chroma server on the loopback device, which tests start, stop and start again."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self
from urllib.request import urlopen

__all__ = ["ChromaServer"]

_PATIENCE = 30


class ChromaServer:
    """`chroma run` on a free port, with its data in a folder that outlives a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"

    def start(self) -> Self:
        program = Path(sys.executable).parent / "chroma"
        self._process = subprocess.Popen(
            [
                program,
                "run",
                "--path",
                self._folder,
                "--host",
                "127.0.0.1",
                "--port",
                str(self.port),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            with (
                contextlib.suppress(OSError),
                urlopen(f"http://127.0.0.1:{self.port}/api/v2/heartbeat", timeout=1),
            ):
                return self
            time.sleep(0.05)
        raise AssertionError("the Chroma server does not start")

    def stop(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
