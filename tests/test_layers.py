"""Data flows one way through the house."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SUPPORT = "assistant.support."


def modules(package: str) -> list[str]:
    found = pkgutil.walk_packages([str(ROOT / package)], f"{package}.")
    return [package, *(module.name for module in found if not module.name.endswith("__main__"))]


def imported(file: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return names


@pytest.mark.parametrize("file", sorted((ROOT / "index").rglob("*.py")), ids=str)
def test_index_never_imports_assistant(file):
    """The index can be used, tested and replaced without the assistant."""
    assert not any(name.split(".")[0] == "assistant" for name in imported(file))


ROOMS = {
    "text": {"text"},
    "numbers": {"text", "numbers", "evidence"},
    "names": {"text", "names", "evidence"},
    "claims": {"text", "numbers", "names", "claims"},
    "wording": {"text", "numbers", "names", "wording", "evidence"},
    "conflicts": {"text", "numbers", "names", "conflicts"},
}
"""The rooms of the checks, and what of the checks each may use."""


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_of_the_checks_lean_on_those_below(room):
    """How a text is read knows nothing of what is checked, and no check knows the verdict."""
    for file in (ROOT / "assistant" / "support" / room).glob("*.py"):
        used = {name.split(".")[2] for name in imported(file) if name.startswith(SUPPORT)}
        assert used <= ROOMS[room]


@pytest.mark.parametrize("name", modules("index") + modules("assistant"))
def test_exports_are_sorted_and_there(name):
    """`__all__` is a module's surface: constants, classes, functions, sorted, all there."""
    module = importlib.import_module(name)
    exported = list(getattr(module, "__all__", []))
    assert exported == sorted(exported, key=lambda e: (not e.isupper(), not e[0].isupper(), e))
    assert all(hasattr(module, each) for each in exported)


def test_environment_is_read_in_one_place():
    """Only the settings look at the environment."""
    readers = {
        file.relative_to(ROOT).as_posix()
        for package in ("assistant", "index")
        for file in (ROOT / package).rglob("*.py")
        if any(word in file.read_text("utf-8") for word in ("os.environ", "getenv"))
    }
    assert readers <= {"assistant/settings.py"}


def test_importing_is_cheap():
    """Start-up does not pay for what only some commands need."""
    program = "import sys, assistant, assistant.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    heavy = {"numpy", "chromadb", "llama_index", "openai", "onnxruntime", "pydantic"}
    assert not heavy & set(done.stdout.decode().split())
