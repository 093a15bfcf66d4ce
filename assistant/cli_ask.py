"""The command `ask`: one question, or a file of many."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from assistant.options import (
    as_json,
    asking,
    common,
    embedding,
    models,
    names,
    version_option,
)
from assistant.program import (
    ABSTAINED,
    Opened,
    opened_with,
    style_for,
    typed,
    warn,
    write,
    write_json,
)
from index.errors import DatelineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from assistant.asked_with import Asking
    from assistant.batch import BatchQuestion, Outcome
    from assistant.render.layout import Style
    from assistant.settings import Settings
    from assistant.types import Answer, Event

__all__ = ["ask", "hint"]


@click.command()
@common
@models
@embedding
@asking
@as_json
@version_option
@click.option(
    "--batch",
    metavar="FILE",
    shell_complete=names("file"),
    help="Ask the questions of a file, a line each; “-” is standard input.",
)
@click.option("--jobs", metavar="N", type=click.IntRange(1, 64), default=1, show_default=True,
              help="Questions of a batch that are asked side by side.")  # fmt: skip
@click.option(
    "--output",
    metavar="FILE",
    shell_complete=names("file"),
    help="Where a batch keeps its answers, a line of JSON each; it goes on where it was stopped.",
)
@click.argument("question", nargs=-1)
@click.pass_context
def ask(
    ctx: click.Context,
    question: tuple[str, ...],
    *,
    as_json: bool,
    batch: str | None,
    jobs: int,
    output: str | None,
) -> None:
    """Answer a question; every sentence cites the sentence of an article it rests on.

    Without QUESTION, or with “-”, it is read from standard input. The exit code is 10 when the
    articles do not answer.

    With --batch there are many questions. A line may also be JSON with "question" and, where they
    are its own, "as_of", "since", "until" and "sources". Answers come in the order of the
    questions. A question whose answer fails is passed over, asked again by the same command with
    the same --output, and makes the exit code 1.
    """
    if batch is not None:
        if question:
            raise UsageError("a batch takes its questions from its file", help="leave QUESTION out")
        _ask_all(ctx, batch, jobs, output, as_json=as_json)
        return
    if output is not None:
        raise UsageError("--output is for a batch", help="write > FILE instead")
    text = typed(question, "ask")
    with opened_with(ctx, asks=True, once=True, model=None) as opened:
        hint(opened.settings)
        answer = _answer(opened, text, as_json=as_json)
    if answer.abstained:
        ctx.exit(ABSTAINED)


def hint(settings: Settings) -> None:
    """Says that a key alone has no model write."""
    if settings.openai_key and not settings.model and not settings.quiet:
        from assistant.render.layout import fitted  # noqa: PLC0415 - `--help` does without

        said = (
            "OPENAI_API_KEY is set but no model is named, so the answer is made of quotes;"
            " --model NAME has a model write it\n"
        )
        warn(fitted(said, style_for(settings, sys.stderr).width))


def _answer(opened: Opened, question: str, *, as_json: bool) -> Answer:
    """Asks and prints; what came before an error or Ctrl-C is printed too."""
    from assistant.jsonform import answer_to_json  # noqa: PLC0415 - `--help` does without
    from assistant.render.answers import AnswerText, notes_text  # noqa: PLC0415 - likewise
    from assistant.repl.loop import print_answer  # noqa: PLC0415 - likewise
    from assistant.terminal.screen import TerminalScreen, piped_line  # noqa: PLC0415 - likewise

    settings = opened.settings
    text = AnswerText(opened.style)
    screen = TerminalScreen(
        piped_line, lambda: style_for(settings, sys.stdout), settings.terminal, by_hand=False
    )
    events = opened.assistant.stream(question)
    try:
        if as_json:
            with closing(events):
                for event in events:
                    text.feed(event)
        else:
            print_answer(events, text, screen, stream=not settings.no_stream)
    finally:
        screen.close()
        if text.answer is not None:
            if as_json:
                write_json(answer_to_json(text.answer))
            warn(notes_text(text.answer, opened.style, quiet=settings.quiet))
    if text.answer is None:
        raise DatelineError("the answer ended before it was finished")
    return text.answer


# many questions


def _ask_all(
    ctx: click.Context, batch: str, jobs: int, output: str | None, *, as_json: bool
) -> None:
    from assistant.batch import AnswerFile, outcome_line, read_batch  # noqa: PLC0415 - `--help` does without
    from assistant.outlets import outlets_meant  # noqa: PLC0415 - likewise
    from assistant.progress import CountLine  # noqa: PLC0415 - likewise

    where = "standard input" if batch == "-" else batch
    data = sys.stdin.buffer.read() if batch == "-" else Path(batch).read_bytes()
    questions = read_batch(data.decode("utf-8", errors="replace"), where)
    kept = AnswerFile(Path(output).expanduser(), questions) if output else None
    places = kept.waiting(len(questions)) if kept else list(range(len(questions)))
    counts = {"answered": 0, "not answered by the articles": 0, "failed": 0}
    with opened_with(ctx, asks=True, model=None) as opened:
        hint(opened.settings)
        outlets_meant(opened.settings.source, opened.assistant.library)  # else each would fail
        line = CountLine(sys.stderr, live=sys.stderr.isatty(), quiet=opened.settings.quiet)
        try:
            for place, outcome in _outcomes(opened, questions, places, jobs):
                counts[_kind(outcome)] += 1
                if kept is not None:
                    kept.put(place, outcome_line(questions[place], outcome))
                else:
                    line.clear()
                    _print_outcome(questions[place], outcome, opened.style, as_json=as_json)
                line.show(f"asked {sum(counts.values()):,} of {len(places):,} questions")
        except BaseException:
            line.end()
            if kept is not None:
                warn(f"{sum(counts.values()):,} answers were added; the same command goes on\n")
            raise
        line.end()
        if kept is not None and not opened.settings.quiet:
            known = len(questions) - len(places)
            said = [f"{count:,} {what}" for what, count in counts.items() if count]
            said += [f"{known:,} answered before"] if known else []
            warn(f"{', '.join(said)}; {output}\n")
    if counts["failed"]:
        ctx.exit(1)


def _outcomes(
    opened: Opened, questions: Sequence[BatchQuestion], places: Sequence[int], jobs: int
) -> Generator[tuple[int, Outcome]]:
    from assistant.batch import answer_all  # noqa: PLC0415 - `--help` does without

    if places:
        opened.assistant.warm_up()  # once, and not in every thread

    def stream(question: BatchQuestion) -> Generator[Event]:
        return opened.assistant.stream(question.text, **cast("Asking", question.asking))

    with closing(answer_all(stream, [questions[place] for place in places], jobs)) as found:
        yield from zip(places, found, strict=True)


def _kind(outcome: Outcome) -> str:
    if isinstance(outcome, DatelineError):
        return "failed"
    return "not answered by the articles" if outcome.abstained else "answered"


def _print_outcome(
    question: BatchQuestion, outcome: Outcome, style: Style, *, as_json: bool
) -> None:
    from assistant.batch import outcome_line  # noqa: PLC0415 - `--help` does without
    from assistant.render.chat import asked_text, shown_text  # noqa: PLC0415 - likewise
    from assistant.render.messages import error_text  # noqa: PLC0415 - likewise

    if as_json:
        write(outcome_line(question, outcome))
        return
    write(asked_text(question.text, style))
    if isinstance(outcome, DatelineError):
        warn(error_text(outcome, style))
    else:
        write(shown_text(outcome, style))
    write("\n")
