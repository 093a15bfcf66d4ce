"""The JSON forms of what the command prints; other programs read them, so they stay as they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from assistant.render.terminal import UNSAFE
from index.types import Article, ArticleInfo, Filters, Hit, Report, Sentence, Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from assistant.chats.values import ChatInfo, Rating
    from assistant.templates import Template
    from assistant.types import Answer, Citation, PromptStamp, Question, QuestionTime, Verdict
    from assistant.verify import Verification

__all__ = [
    "FORMAT",
    "answer_to_json",
    "article_to_json",
    "chat_to_json",
    "dumps",
    "full_article_to_json",
    "hit_to_json",
    "prompts_to_json",
    "rating_to_json",
    "report_to_json",
    "search_to_json",
    "status_to_json",
    "verification_to_json",
]

Json = dict[str, Any]

# Of the JSON of an answer; it grows when a program that reads the older form would be misled.
FORMAT = 2


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
        "authors": list(info.authors),
        "path": info.path,
        "opening": info.opening,
    }


def full_article_to_json(
    article: ArticleInfo | Article, sentences: Iterable[Sentence] = ()
) -> Json:
    """An article in a list, or one with its text and the ranges of its sentences."""
    info = article.info if isinstance(article, Article) else article
    form = article_to_json(info)
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
        "score": float(hit.score),
        "parts": {name: float(part) for name, part in hit.parts.items()},
        "ranks": dict(hit.ranks),
        "ordinal": hit.passage.ordinal,
        "article": article_to_json(hit.passage.article),
        "copies": [article_to_json(info) for info in hit.copies],
    }


def search_to_json(query: str, hits: Iterable[Hit]) -> Json:
    """What `search --json` prints."""
    return {"query": query, "hits": [hit_to_json(hit) for hit in hits]}


def answer_to_json(answer: Answer) -> Json:
    """What `ask --json` prints; `assistant.saved` makes the same answer of it again."""
    prompt, question = answer.prompt, answer.question
    return {
        "format": FORMAT,
        "question": question.asked,
        "resolved": question.text,
        "text": answer.text,
        "abstained": answer.abstained,
        "mode": answer.mode,
        "model": answer.model,
        "as_of": question.as_of.isoformat(),
        "filters": _filters_to_json(question.filters),
        "time": _time_to_json(question.time),
        "parts": [_part_to_json(part) for part in question.parts],
        "article": article_to_json(question.article) if question.article else None,
        "sentences": [
            {
                "text": sentence.text,
                **_verdict_to_json(sentence.verdict),
                "citations": list(sentence.citations),
                "aligned": list(sentence.aligned),
                "judge": _verdict_to_json(sentence.judgement) if sentence.judgement else None,
            }
            for sentence in answer.sentences
        ],
        "citations": [_citation_to_json(citation) for citation in answer.citations],
        "closest": [hit_to_json(hit) for hit in answer.closest],
        "warnings": list(answer.warnings),
        "usage": {
            "prompt_tokens": answer.usage.prompt_tokens,
            "completion_tokens": answer.usage.completion_tokens,
            "cached_tokens": answer.usage.cached_tokens,
            "calls": answer.usage.calls,
            "cost": answer.usage.cost,
        },
        "prompt": _stamp_to_json(prompt) if prompt else {},
        "timings": dict(answer.timings),
        "confidence": answer.confidence,
        "prompts": [_stamp_to_json(stamp) for stamp in answer.prompts],
        "dropped": [
            {"text": sentence.text, **_verdict_to_json(sentence.verdict)}
            for sentence in answer.dropped
        ],
        "disagreements": [
            [
                {
                    "said": position.said,
                    "citations": list(position.citations),
                    "correction": position.correction or None,
                }
                for position in disagreement.positions
            ]
            for disagreement in answer.disagreements
        ],
    }


def _filters_to_json(filters: Filters) -> Json:
    return {
        "since": _day(filters.since),
        "until": _day(filters.until),
        "sources": list(filters.sources),
    }


def _time_to_json(time: QuestionTime | None) -> Json | None:
    """When the question asks about, and what that did to the search."""
    if time is None:
        return None
    first, last = _day(time.period.first), _day(time.period.last)
    return {
        "words": time.words,
        "first": first,
        "last": last,
        "use": time.use,
        "order": time.order,
    }


def _part_to_json(part: Question) -> Json:
    return {
        "asked": part.asked,
        "text": part.text,
        "filters": _filters_to_json(part.filters),
        "time": _time_to_json(part.time),
    }


def _day(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _verdict_to_json(verdict: Verdict) -> Json:
    return {"verdict": verdict.status, "reasons": list(verdict.reasons)}


def _stamp_to_json(stamp: PromptStamp) -> Json:
    return {"name": stamp.name, "version": stamp.version, "hash": stamp.hash}


def _citation_to_json(citation: Citation) -> Json:
    return {
        "number": citation.number,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "article": article_to_json(citation.article),
        "copies": [article_to_json(info) for info in citation.copies],
    }


def verification_to_json(where: str, checked: Verification) -> Json:
    """What `verify --json` prints of one answer; `where` says which one that is."""
    return {
        "where": where,
        "question": checked.answer.question.asked,
        "verified": checked.verified,
        "sentences": len(checked.answer.sentences),
        "citations": len(checked.answer.citations),
        "findings": [
            {
                "kind": finding.kind,
                "failed": finding.failed,
                "message": finding.message,
                "sentence": finding.sentence.text if finding.sentence else None,
                "citation": _citation_to_json(finding.citation) if finding.citation else None,
            }
            for finding in checked.findings
        ],
    }


def prompts_to_json(prompts: Iterable[Template]) -> Json:
    """What `config prompts --json` prints."""
    return {
        "prompts": [
            {
                "name": prompt.stamp.name,
                "version": prompt.stamp.version,
                "hash": prompt.stamp.hash,
                "variables": sorted(prompt.variables),
                "file": prompt.origin,
                "shipped": prompt.shipped,
            }
            for prompt in prompts
        ]
    }


def chat_to_json(chat: ChatInfo) -> Json:
    """A chat in what `chats --json` prints."""
    return {
        "number": chat.number,
        "title": chat.title,
        "used": chat.used.isoformat(),
        "questions": chat.questions,
    }


def rating_to_json(rating: Rating) -> Json:
    """What somebody thought of an answer, in what `chats --feedback --json` prints."""
    return {
        "good": rating.good,
        "note": rating.note,
        "given": rating.given.isoformat(),
        "answer": answer_to_json(rating.answer),
    }


def report_to_json(report: Report) -> Json:
    """What `index --json` prints."""
    return {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "embedded": report.embedded,
        "tokens": report.tokens,
        "ignored": report.ignored,
        "skipped": [{"where": item.where, "reason": item.reason} for item in report.skipped],
        "kept": [{"where": where, "articles": number} for where, number in report.kept],
        "undated": [{"where": item.where, "stated": item.stated} for item in report.undated],
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
        "copies": status.copies,
        "bytes": status.bytes,
    }
