"""One self-contained HTML file around its sections: style and scripts within, no network."""

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files

from claims_env.report.film import figure
from claims_env.report.markup import Content, Markup, element

SCRIPTS = ("player.js", "sorting.js")


def document(title: str, sections: Sequence[Content]) -> str:
    """Return a whole page, whose players and tables work without any other file."""
    script = "".join(map(_asset, SCRIPTS))
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", Markup(_asset("style.css"))),
    )
    body = element("body", *sections, element("script", Markup(script), data_figure=figure()))
    return f"<!doctype html>\n{element('html', head, body, lang='en').html}\n"


def _policy(script: str) -> str:
    """Return a policy under which the page's own script runs and nothing else, from anywhere."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    sources = f"img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    return f"default-src 'none'; {sources}"


def _asset(name: str) -> str:
    """Return a file of this room without its indentation and its lines of comment."""
    lines = (files("claims_env.report") / name).read_text("utf-8").splitlines()
    bare = (line.strip() for line in lines)
    return "\n".join(line for line in bare if line and not line.startswith(("//", "/*"))) + "\n"
