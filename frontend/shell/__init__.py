"""The page before its script runs: Streamlit's index page, dressed so that nothing flashes.

Streamlit's own index page is white until its script has run. Here it gets the page's title,
colours and layout, and a curtain: the places of what is to come, taken away by the cards.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from streamlit import file_util

FOLDER = Path(__file__).resolve().parent
PAGE_CSS = FOLDER.parent / "components" / "page.css"
LOGO = FOLDER.parent / "logo.svg"


@lru_cache(maxsize=1)
def page() -> str:
    """The dressed index page of the installed Streamlit."""
    index = Path(file_util.get_static_dir()) / "index.html"
    return dress(index.read_text("utf-8"))


def dress(index: str) -> str:
    """Put title, styles and curtain into an index page.

    Args:
        index: HTML with a `</head>` and a `<body>`.
    """
    style = PAGE_CSS.read_text("utf-8") + (FOLDER / "shell.css").read_text("utf-8")
    script = (FOLDER / "shell.js").read_text("utf-8")
    head = f"<style>{style}</style><script>{script}</script></head>"
    body = "<body>" + (FOLDER / "curtain.html").read_text("utf-8")
    return (
        index.replace("<title>Streamlit</title>", "<title>Double Feature</title>")
        .replace('href="./favicon.png"', 'href="./logo.svg" type="image/svg+xml"')
        .replace("</head>", head, 1)
        .replace("<body>", body, 1)
    )
