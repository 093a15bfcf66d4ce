"""The JSON forms of what the command prints; other programs read them, so they stay as they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from assistant.render import UNSAFE
from index.types import Article, ArticleInfo, Hit, Report, Sentence, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.types import Answer, Citation

__all__ = [
    "answer_to_json",
    "article_to_json",
    "dumps",
    "full_article_to_json",
    "hit_to_json",
    "report_to_json",
    "search_to_json",
    "status_to_json",
]

Json = dict[str, Any]


def dumps(value: Json, *, indent: int | None = 2) -> str:
    """JSON that can be printed: what a terminal would act on is escaped, other letters are not."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    # Below a space, only the line ends of `indent` can occur: strings have theirs escaped.
    return UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text)


def article_to_json(info: ArticleInfo) -> Json:
    """What a citation or a hit says of its article."""
    return {
        "id": info.id,
        "title": info.title,
        "date": info.date.isoformat() if info.date else None,
        "source": info.source,
        "url": info.url,
        "version": info.version,
    }


def full_article_to_json(
    article: ArticleInfo | Article, sentences: Iterable[Sentence] = ()
) -> Json:
    """An article in a list, or one with its text and the ranges of its sentences."""
    info = article.info if isinstance(article, Article) else article
    form = {**article_to_json(info), "authors": list(info.authors), "path": info.path}
    if isinstance(article, Article):
        ranges = [{"start": s.start, "end": s.end} for s in sentences]
        form |= {"text": article.text, "sentences": ranges}
    return form


def hit_to_json(hit: Hit) -> Json:
    """A passage found, its score and what the score is made of."""
    return {
        "text": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": round(hit.score, 6),
        "parts": {name: round(part, 6) for name, part in hit.parts.items()},
        "ranks": dict(hit.ranks),
        "article": article_to_json(hit.passage.article),
    }


def search_to_json(query: str, hits: Iterable[Hit]) -> Json:
    """What `search --json` prints."""
    return {"query": query, "hits": [hit_to_json(hit) for hit in hits]}


def answer_to_json(answer: Answer) -> Json:
    """What `ask --json` prints."""
    prompt = answer.prompt
    return {
        "question": answer.question.asked,
        "resolved": answer.question.text,
        "text": answer.text,
        "abstained": answer.abstained,
        "mode": answer.mode,
        "model": answer.model,
        "as_of": answer.question.as_of.isoformat(),
        "sentences": [
            {
                "text": sentence.text,
                "verdict": sentence.verdict.status,
                "reasons": list(sentence.verdict.reasons),
                "citations": list(sentence.citations),
            }
            for sentence in answer.sentences
        ],
        "citations": [_citation_to_json(citation) for citation in answer.citations],
        "closest": [hit_to_json(hit) for hit in answer.closest],
        "warnings": list(answer.warnings),
        "usage": {
            "prompt_tokens": answer.usage.prompt_tokens,
            "completion_tokens": answer.usage.completion_tokens,
        },
        "prompt": (
            {"name": prompt.name, "version": prompt.version, "hash": prompt.hash} if prompt else {}
        ),
        "timings": {stage: round(seconds, 6) for stage, seconds in answer.timings.items()},
    }


def _citation_to_json(citation: Citation) -> Json:
    return {
        "number": citation.number,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "article": article_to_json(citation.article),
    }


def report_to_json(report: Report) -> Json:
    """What `index --json` prints."""
    return {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "embedded": report.embedded,
        "skipped": [{"where": item.where, "reason": item.reason} for item in report.skipped],
    }


def status_to_json(status: Status) -> Json:
    """What `status --json` prints."""
    return {
        "path": status.path,
        "articles": status.articles,
        "passages": status.passages,
        "lexical": status.lexical,
        "vectors": status.vectors,
        "embedder": status.embedder,
        "first": status.first.isoformat() if status.first else None,
        "last": status.last.isoformat() if status.last else None,
        "undated": status.undated,
        "bytes": status.bytes,
    }
