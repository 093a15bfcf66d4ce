"""Pages in a real browser."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

__all__ = ["shown"]


def shown(page: str, folder: Path) -> str:
    """What a browser makes of a page, which it must not complain of; skips where there is none.

    Args:
        page: The page.
        folder: Where the browser may write.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no chromium on this machine")
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    command = [
        chromium,
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *(f"--user-data-dir={folder / 'profile'}", "--enable-logging=stderr", "--v=0"),
        *("--virtual-time-budget=500", "--dump-dom", file.as_uri()),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert "Refused to" not in done.stderr
    assert "Uncaught" not in done.stderr
    return done.stdout
