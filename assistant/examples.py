"""What the commands are used for, as lines that can be typed; help and manual page show them."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["EXAMPLES", "examples_text"]

EXAMPLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "": (
        ("index a folder, then ask", "dateline index articles/"),
        ("", 'dateline ask "Who runs the power plant?"'),
        ("ask question after question", "dateline chat"),
        ("see what is wrong with the set-up", "dateline doctor"),
    ),
    "ask": (
        ("as of a day: nothing later is used", 'dateline ask "Who runs it?" --as-of 2025-03-20'),
        ("let a model write the answer", 'dateline ask "Who runs it?" --model gpt-4o-mini'),
        ("a question from another program", "echo 'Who runs it?' | dateline ask --json"),
        ("many questions, four at a time; the same command goes on where it was stopped",
         "dateline ask --batch questions.txt --jobs 4 --output answers.jsonl"),
    ),
    "articles": (
        ("of one outlet, since a day",
         'dateline articles --source "The Meridian" --since 2025-03-01'),
        ("as JSON, for other programs", "dateline articles --json"),
    ),
    "chat": (
        ("go on with the last chat", "dateline chat -c"),
        ("as of a day", "dateline chat --as-of 2025-03-20"),
        ("questions from a file, a line each", "dateline chat --json < questions.txt"),
    ),
    "chats": (
        ("the chats of this library", "dateline chats"),
        ("one of them as a page", "dateline chats 3 --save chat.html"),
        ("what was thought of answers, for evaluation", "dateline chats --feedback --json"),
    ),
    "completion": (
        ("for bash, from now on", "dateline completion bash >> ~/.bashrc"),
        ("for zsh", "dateline completion zsh >> ~/.zshrc"),
        ("for fish", "dateline completion fish > ~/.config/fish/completions/dateline.fish"),
    ),
    "config": (("what is in force, and where it was set", "dateline config"),),
    "doctor": (
        ("everything, the model's endpoint too", "dateline doctor --model llama3.2"),
        ("of another library", "dateline --library archive doctor"),
    ),
    "eval": (("retrieval and answers, with figures", "dateline eval questions.jsonl --out run"),),
    "index": (
        ("again: only what has changed", "dateline index articles/ more.jsonl.gz"),
        ("a feed, looked at every hour",
         "dateline index https://example.org/feed.xml --watch --every 60"),
        ("what another program prints", "cat story.txt | dateline index - --name story"),
    ),
    "man": (("read the manual page", "dateline man | man -l -"),),
    "remove": (("by its address", "dateline remove https://example.org/2025/ferry"),),
    "repair": (("rebuild both indexes", "dateline repair"),),
    "search": (
        ("passages of a time and an outlet",
         'dateline search ceasefire --since 2025-03-01 --source "The Meridian"'),
    ),
    "show": (("an earlier version", "dateline show a-valve-for-ninety-euros --version 1"),),
    "status": (
        ("articles over time by outlet", "dateline status --plot"),
        ("the same as a picture", "dateline status --plot articles.svg"),
        ("as JSON", "dateline status --json"),
    ),
    "timeline": (
        ("what is said of a topic, day by day", 'dateline timeline "the ferry Maribel"'),
        ("as a page", 'dateline timeline "the ferry Maribel" --html ferry.html'),
    ),
    "verify": (("does a saved answer still hold?", "dateline verify answer.json"),),
}  # fmt: skip
"""For each command, what a line does (empty when it goes with the one before), and the line."""


def examples_text(command: str) -> str:
    """The examples of a command as its help shows them; empty when there are none."""
    lines = []
    for what, line in EXAMPLES.get(command, ()):
        lines += [f"  # {what}"] if what else []
        lines.append(f"  {line}")
    return "\n".join(("Examples:", *lines)) if lines else ""
