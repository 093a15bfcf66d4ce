"""From errors and settings to text for people; all of it is pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.render.layout import PLAIN, Style, indented
from assistant.render.terminal import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.errors import DatelineError

__all__ = ["config_text", "error_text", "prompts_text"]


def error_text(error: DatelineError, style: Style = PLAIN) -> str:
    """An error and what to do about it, on one line."""
    text = "; ".join(map(on_one_line, filter(None, (error.message, error.help))))
    return indented(f"dateline: {text}", style.width, "", "  ") + "\n"


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
    return "".join(lines + [f"{line}\n" for line in _model_lines(form.get("model") or {})])


def _model_lines(facts: Mapping[str, Any]) -> Iterator[str]:
    """What is known of the model beyond what was set."""
    if not facts:
        return
    name, price = on_one_line(facts["name"]), facts["price"]
    if price:
        cached = "" if price["cached"] is None else f", ${price['cached']:g} of what was cached"
        yield (
            f"{name} costs ${price['input']:g} a million tokens of input{cached} and"
            f" ${price['output']:g} of output ({on_one_line(price['noted'])})"
        )
    else:
        yield f"{name} has no price that is known; [prices] in the file can give it one"
    if facts["window"]:
        takes = f"{name} takes {facts['window']:,} tokens, as was learned"
        yield f"{takes}; --context-window is believed"
    if facts["refused"]:
        yield f"{name} refuses: {', '.join(map(on_one_line, facts['refused']))}"


def prompts_text(form: Mapping[str, Any]) -> str:
    """Prompts as `prompts_to_json` gives them, one a line."""
    return "".join(
        f"{on_one_line(prompt['name']):10} version {on_one_line(prompt['version']):4}"
        f" {prompt['hash']}  {on_one_line(prompt['file'])}"
        f"{'' if prompt['shipped'] else ' (yours)'}\n"
        for prompt in form["prompts"]
    )
