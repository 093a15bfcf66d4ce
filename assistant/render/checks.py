"""Text for people on what has become of articles and answers since; all of it is pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.changes import Since, become, current_version, describe, gone_sentences
from assistant.render.articles import article_head
from assistant.render.layout import PLAIN, Role, Style, indented
from assistant.render.terminal import counted, on_one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.verify import Finding, Verification
    from index.types import Article, ArticleInfo

__all__ = ["findings_text", "history_text", "since_text", "summary_text"]

# Sentences of an older version that are shown against what became of them.
_SHOWN = 5


def findings_text(checked: Verification, where: str = "", style: Style = PLAIN) -> str:
    """What was found of an answer, one finding a line; failures with ✗, remarks with ⚠.

    Args:
        checked: The verification.
        where: Which answer it is, where there are several.
        style: Width and colour.
    """
    return "".join(_finding(finding, where, style) for finding in checked.findings)


def _finding(finding: Finding, where: str, style: Style) -> str:
    parts = [where] if where else []
    if finding.sentence:
        parts.append(f"“{finding.sentence.text}”")
    if finding.citation:
        parts.append(f"[{finding.citation.number}] {article_head(finding.citation.article)}")
    mark = "✗" if finding.failed else "⚠"
    role: Role = "unsupported" if finding.failed else "partial"
    text = on_one_line(": ".join((*parts, finding.message)))
    body = indented(text, style.width, f"{mark} ", "    ")
    return style.paint(mark, role) + body.removeprefix(mark) + "\n"


def summary_text(checked: Sequence[Verification], unread: int = 0) -> str:
    """One line on everything that was checked; `unread` answers could not be read."""
    findings = [finding for one in checked for finding in one.findings]
    failed = sum(finding.failed for finding in findings)
    remarks = len(findings) - failed
    parts = [
        counted(len(checked), "answers"),
        counted(sum(len(one.answer.sentences) for one in checked), "sentences"),
        counted(sum(len(one.answer.citations) for one in checked), "citations"),
    ]
    results = [
        counted(failed, "failures") if failed else "everything holds" if checked else "",
        counted(remarks, "remarks") if remarks else "",
        f"{counted(unread, 'answers')} could not be read" if unread else "",
    ]
    return f"{', '.join(parts)}: {', '.join(filter(None, results))}\n"


def since_text(since: Since, quote: str, style: Style = PLAIN) -> str:
    """What has become of a quote, below the text it was cut from."""
    return indented(on_one_line(describe(since, quote)), style.width, "⚠ ", "  ") + "\n"


def history_text(
    shown: Article,
    current: Article,
    versions: Sequence[ArticleInfo],
    *,
    removed: bool,
    style: Style = PLAIN,
) -> str:
    """What there is to know of an article besides one version of it; empty when there is nothing.

    Args:
        shown: The version that is shown.
        current: The current one.
        versions: All that are kept, oldest first.
        removed: Whether the article was taken out of the library.
        style: Width and colour.
    """
    lines = ["⚠ removed from the library; its text is kept for what was cited of it"] * removed
    if shown.info.version != current.info.version:
        lines += _changes(shown, current)
    if len(versions) > 1:
        numbers = (_version(info, current.info) for info in versions)
        lines.append(f"Versions: {', '.join(numbers)}; --version N shows one")
    return "".join(indented(on_one_line(line), style.width, "", "  ") + "\n" for line in lines)


def _version(info: ArticleInfo, current: ArticleInfo) -> str:
    notes = [info.date.isoformat()] if info.date else []
    notes += ["current"] if info.version == current.version else []
    return f"{info.version} ({', '.join(notes)})" if notes else str(info.version)


def _changes(shown: Article, current: Article) -> list[str]:
    changed = f"⚠ changed since: {current_version(shown.info, current.info)}"
    gone = gone_sentences(shown, current)
    if not gone:
        return [f"{changed} and has every sentence of this one"]
    lines = [f"{changed}; gone from it: {counted(len(gone), 'sentences')} of this one"]
    lines += [f"- {become(sentence, current)}" for sentence in gone[:_SHOWN]]
    if len(gone) > _SHOWN:
        lines.append(f"… and {len(gone) - _SHOWN} more")
    return lines
