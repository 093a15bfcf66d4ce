"""An HTML page that needs nothing else: no script, no font, no picture from elsewhere.

The page forbids itself to load or to run anything, and follows the reader's light or dark.
"""

from __future__ import annotations

from html import escape

from assistant.render.links import web_address
from assistant.render.terminal import on_one_line

__all__ = ["escaped", "html_page", "linked_text"]

_STYLE = """
:root { color-scheme: light dark; --faint: #6b6b6b; --cite: #005f87; --partial: #8a4b00;
  --unsupported: #a8003c; --line: #ddd; }
@media (prefers-color-scheme: dark) { :root { --faint: #9a9a9a; --cite: #5fb7e5;
  --partial: #e0a458; --unsupported: #ff7aa2; --line: #444; } }
body { font: 1.05rem/1.55 Georgia, "Times New Roman", serif; max-width: 42rem; margin: 2rem auto;
  padding: 0 1rem; overflow-wrap: break-word; }
h1, h2, h3 { line-height: 1.25; }
.faint { color: var(--faint); font-size: .9rem; }
a { color: var(--cite); }
q { quotes: "“" "”"; }
"""


def html_page(title: str, body: str, style: str = "") -> str:
    """A page whose first line is its title.

    Args:
        title: What it is called; any text.
        body: The HTML below the title, in which every text is escaped.
        style: CSS besides that of all pages, whose colours it may use.
    """
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{_STYLE}{style}</style>\n</head>\n<body>\n"
        f'<h1 dir="auto">{escaped(title)}</h1>\n{body}</body>\n</html>\n'
    )


def escaped(text: str) -> str:
    """Any text as HTML, on one line."""
    return escape(on_one_line(text))


def linked_text(text: str, url: str) -> str:
    """Any text as HTML, with an address behind it where that is one of the web."""
    address = web_address(url)
    if not address:
        return escaped(text)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{escaped(text)}</a>'
