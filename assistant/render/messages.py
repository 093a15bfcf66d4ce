"""From errors and settings to text for people; all of it is pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.render.terminal import for_terminal, on_one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.errors import DatelineError

__all__ = ["config_text", "error_text"]


def error_text(error: DatelineError) -> str:
    """An error and what to do about it."""
    lines = f"dateline: {for_terminal(error.message)}\n"
    return lines + (f"  {for_terminal(error.help)}\n" if error.help else "")


def config_text(form: Mapping[str, Any]) -> str:
    """Settings as `describe` gives them, an option a line."""
    lines = [f"Configuration file: {on_one_line(form['file'])}\n\n"]
    for name, option in form["options"].items():
        value = option["value"]
        shown = ", ".join(value) if isinstance(value, tuple) else str(value)
        if value is None or value in ("", ()):
            shown = "-"
        lines.append(f"{name:18} {on_one_line(shown):40} {on_one_line(option['origin'])}\n")
    lines.append("\n")
    for name, origin in form["keys"].items():
        lines.append(f"key of {name}: {on_one_line(origin) if origin else 'none'}\n")
    return "".join(lines)
