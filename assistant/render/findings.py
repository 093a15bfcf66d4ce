"""What was found of the set-up, as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.render.layout import PLAIN, Role, Style, indented
from assistant.render.terminal import on_one_line

if TYPE_CHECKING:
    from assistant.doctor import Finding

__all__ = ["finding_text"]

_MARKS = {"ok": "✓", "note": "⚠", "failed": "✗"}
_WIDE = 10


def finding_text(finding: Finding, style: Style = PLAIN) -> str:
    """A finding and, below it, what to do."""
    head = f"{_MARKS[finding.status]} {finding.what:{_WIDE}} "
    indent = " " * len(head)
    lines = indented(on_one_line(finding.said), style.width, head, indent) + "\n"
    if finding.fix:
        lines += (
            indented(on_one_line(finding.fix), style.width, f"{indent}→ ", f"{indent}  ") + "\n"
        )
    roles: dict[str, Role] = {"note": "partial", "failed": "unsupported"}
    if finding.status not in roles:
        return lines
    return "".join(style.paint(line, roles[finding.status]) + "\n" for line in lines.splitlines())
