"""The command `eval`: questions with known answers, asked, judged and reported."""

from __future__ import annotations

import sys
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.options import as_json, asking, common, embedding, models
from assistant.program import Opened, opened_with, warn, write, write_json
from index.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.evaluate.asking import Examiner
    from assistant.evaluate.questions import EvalQuestion, QuestionFile
    from assistant.evaluate.runfile import Run
    from assistant.progress import CountLine

__all__ = ["evaluate"]


@click.command("eval")
@common
@models
@embedding
@asking
@as_json
@click.option("--out", metavar="DIR", help="Where the run is kept; NAME-eval for NAME.jsonl.")
@click.option("--jobs", metavar="N", type=click.IntRange(1, 64), default=1, show_default=True,
              help="Questions that are asked side by side.")  # fmt: skip
@click.option("--limit", metavar="N", type=click.IntRange(1), help="Only the first N questions.")
@click.option("--baselines", is_flag=True, help="Rank with words alone and vectors alone, too.")
@click.option("--beside", metavar="NAME=FILE", multiple=True,
              help="Another system's rankings, a line a question.")  # fmt: skip
@click.option("--compare", metavar="DIR", help="Test against the run in DIR, pair by pair.")
@click.option("--retrieval-only", is_flag=True, help="Ask for no answers.")
@click.option("--no-removal", is_flag=True,
              help="Do not ask again with the articles of a question removed.")  # fmt: skip
@click.option("--no-plots", is_flag=True, help="Draw nothing.")
@click.argument("questions", type=click.Path(exists=True, dir_okay=False))
@click.pass_context
def evaluate(
    ctx: click.Context,
    /,
    *,
    questions: str,
    as_json: bool,
    out: str | None,
    jobs: int,
    limit: int | None,
    beside: tuple[str, ...],
    compare: str | None,
    **switches: bool,
) -> None:
    """Measure retrieval, answers, citations and abstention with QUESTIONS of known answer.

    A line of QUESTIONS is {"question": …, "answer": …} and, where known, "date", "urls" and
    "evidence"; CSV with these columns will do, too. Each question is asked as of its date, and
    again with its articles left out, when nothing should be answered. What came of each is kept
    in DIR at once: a run that was stopped goes on where it was. DIR then holds report.json,
    figures.csv, report.html and plots. A FILE of another system's rankings has lines of
    {"id": …, "passages": [{"url": …, "text": …}]}, best first.
    """
    from assistant.evaluate.questions import read_questions  # noqa: PLC0415 - heavy

    file = Path(questions)
    read = read_questions(file)
    folder = Path(out) if out else Path(f"{file.stem}-eval")
    with opened_with(ctx, model=None) as opened:
        work = _Work(
            opened, read, file, jobs, limit, _beside(beside), switches["baselines"],
            not switches["retrieval_only"], not switches["no_removal"],
        )  # fmt: skip
        run = work.go_on(folder)
    _report(run, compare, as_json=as_json, plots=not switches["no_plots"])


def _beside(given: Sequence[str]) -> dict[str, dict[str, list[dict[str, str]]]]:
    """The rankings of other systems, by name and question."""
    import json  # noqa: PLC0415 - `--help` does without

    systems = {}
    for one in given:
        name, sign, file = one.partition("=")
        if not sign or not name:
            raise UsageError(f"--beside {one} has no name", help="write --beside NAME=FILE")
        try:
            lines = [json.loads(line) for line in Path(file).read_text("utf-8").splitlines()]
            systems[name] = {str(line["id"]): list(line["passages"]) for line in lines}
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError(
                f"{file} holds no rankings",
                help='each line is {"id": …, "passages": [{"url": …, "text": …}]}, best first',
            ) from error
    return systems


@dataclass
class _Work:
    """What there is to do in one run."""

    opened: Opened
    read: QuestionFile
    file: Path
    jobs: int
    limit: int | None
    beside: dict[str, dict[str, list[dict[str, str]]]]
    baselines: bool
    answers: bool
    removal: bool

    def go_on(self, folder: Path) -> Run:
        """Asks what is not asked yet; returns the run with the lines of this file's questions."""
        from assistant.asked_with import settled  # noqa: PLC0415 - `--help` does without
        from assistant.evaluate.asking import Examiner  # noqa: PLC0415 - heavy
        from assistant.evaluate.runfile import Run  # noqa: PLC0415 - likewise

        run = Run.begin(folder, self._made_with())
        if run.answerable is None:
            run.note_answerable(self._answerable())
        assistant, settings = self.opened.assistant, self.opened.settings
        examiner = Examiner(
            assistant,
            {**settled(settings), "k": settings.top_k},
            run.answerable or frozenset(),
            baselines=self.baselines,
            answers=self.answers,
            removal=self.removal,
            beside=self.beside,
        )
        wanted = self.read.questions[: self.limit]
        waiting = [question for question in wanted if question.id not in run.lines]
        if waiting:
            assistant.warm_up()
            self._ask(examiner, waiting, run)
        run.lines = {q.id: run.lines[q.id] for q in wanted if q.id in run.lines}
        return run

    def _made_with(self) -> dict[str, Any]:
        """All that results depend on; a run whose values differ is another run."""
        from importlib.metadata import version  # noqa: PLC0415 - slow

        settings, library = self.opened.settings, self.opened.assistant.library
        held = library.status()
        return {
            "version": version("dateline"),
            "questions": f"{self.file.name} {self.read.digest}",
            "library": held.path,
            "articles": held.articles,
            "passages": held.passages,
            "vectors": held.vectors,
            "embedder": held.embedder,
            "model": self.opened.assistant.model_name,
            "top_k": settings.top_k,
            "since": str(settings.since or ""),
            "until": str(settings.until or ""),
            "as_of": str(settings.as_of or ""),
            "source": list(settings.source),
            "baselines": self.baselines,
            "beside": sorted(self.beside),
            "answers": self.answers,
            "removal": self.removal,
        }

    def _answerable(self) -> frozenset[str]:
        from assistant.evaluate.relevance import answerable  # noqa: PLC0415 - heavy
        from index.rows import as_number  # noqa: PLC0415 - likewise

        library = self.opened.assistant.library
        infos = list(library.articles())

        def texts() -> Iterator[tuple[str, int]]:
            for done, info in enumerate(infos, 1):
                yield library.article(info.id).text, as_number(info.date)
                self._line.show(f"looking for answers in {done:,} of {len(infos):,} articles")

        found: set[str] = set()
        for found in answerable(self.read.questions, texts()):  # noqa: B007 - the last one counts
            pass
        self._line.end()
        return frozenset(found)

    def _ask(self, examiner: Examiner, waiting: Sequence[EvalQuestion], run: Run) -> None:
        """Asks side by side; what is known is kept when something fails or somebody stops it."""
        began, done = time.monotonic(), 0
        questions = iter(waiting)
        with ThreadPoolExecutor(self.jobs) as pool:
            running: set[Future[Any]] = set()
            try:
                while True:
                    for question in questions:
                        running.add(pool.submit(examiner.examine, question))
                        if len(running) >= self.jobs:
                            break
                    if not running:
                        break
                    finished, running = wait(running, return_when=FIRST_COMPLETED)
                    for future in finished:
                        run.add(future.result())
                        done += 1
                    rate = done / max(time.monotonic() - began, 1e-9)
                    left = round((len(waiting) - done) / rate)
                    self._line.show(
                        f"asked {done:,} of {len(waiting):,} questions, {rate:.1f}/s,"
                        f" {left // 60}:{left % 60:02} left"
                    )
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self._line.end()
                if not self.opened.settings.quiet:
                    warn(f"{len(run.lines):,} questions are kept; the same command goes on\n")
                raise
        self._line.end()

    @cached_property
    def _line(self) -> CountLine:
        from assistant.progress import CountLine  # noqa: PLC0415 - `--help` does without

        quiet = self.opened.settings.quiet
        return CountLine(sys.stderr, live=sys.stderr.isatty(), quiet=quiet)


def _report(run: Run, compare: str | None, *, as_json: bool, plots: bool) -> None:
    from assistant.evaluate.page import report_page  # noqa: PLC0415 - heavy
    from assistant.evaluate.runfile import read_run  # noqa: PLC0415 - likewise
    from assistant.evaluate.scores import (  # noqa: PLC0415 - likewise
        compare as compare_lines,
    )
    from assistant.evaluate.scores import score  # noqa: PLC0415 - likewise
    from assistant.evaluate.table import (  # noqa: PLC0415 - likewise
        compared_text,
        csv_text,
        scores_text,
    )
    from assistant.jsonform import dumps  # noqa: PLC0415 - likewise

    lines = list(run.lines.values())
    scores = score(lines)
    compared = (
        compare_lines(read_run(Path(compare)).lines.values(), lines) if compare is not None else []
    )
    form = {"made_with": dict(run.made_with), "questions": len(lines), **scores.to_json()}
    if compare is not None:
        form["compared"] = [one.to_json() for one in compared]
    pictures = _pictures(run, scores) if plots else {}
    for name, picture in pictures.items():
        (run.folder / f"{name}.png").write_bytes(picture)
    page = report_page(
        run.made_with, lines, scores, pictures, compared=compared, other=compare or ""
    )
    (run.folder / "report.html").write_text(page, encoding="utf-8")
    (run.folder / "report.json").write_text(dumps(form) + "\n", encoding="utf-8")
    (run.folder / "figures.csv").write_text(csv_text(lines), encoding="utf-8")
    if as_json:
        write_json(form)
        return
    write(scores_text(scores, len(lines)))
    if compare is not None:
        write("\n" + compared_text(compared, compare, str(run.folder)))
    write(f"\nreport: {run.folder / 'report.html'}\n")


def _pictures(run: Run, scores: Any) -> dict[str, bytes]:
    """The plots; without Matplotlib a word on how to get them."""
    from assistant.evaluate.plots import draw  # noqa: PLC0415 - heavy
    from index.errors import NotConfigured  # noqa: PLC0415 - likewise

    try:
        return draw(list(run.lines.values()), scores)
    except NotConfigured as error:
        warn(f"note: {error.message}; {error.help}\n")
        return {}
