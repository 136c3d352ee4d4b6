"""Fill templates: every text is escaped, and cannot turn the direction of what stands around it."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kawat.lang.interface import Interface, interface_languages, load_interface
from kawat.look.web.desk import desk_of
from kawat.look.web.marks import quad_class
from kawat.look.write import printable
from kawat.store import EventRow

THEMES = ("auto", "light", "dark")


def _safe(value: Any) -> Any:
    """Show control characters and marks of direction as `·` wherever a text is put in."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return printable(value)
    return value


@cache
def environment() -> Environment:
    """Return the templates. Everything is escaped."""
    env = Environment(
        loader=PackageLoader("kawat.look.web"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=_safe,
    )  # fmt: skip
    env.filters.update(web_url=web_url, quad=quad_class, query=_query, combine=_combine)
    env.globals.update(themes=THEMES, interface_languages=interface_languages())
    return env


def web_url(url: str) -> str:
    """Return an address that may be linked to, else nothing.

    >>> web_url("https://contoh.id/1"), web_url("javascript:alert(1)")
    ('https://contoh.id/1', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def _query(values: dict[str, Any], **changes: Any) -> str:
    """Return a query string without empty values: `?a=1&b=2`, or nothing."""
    kept = {k: v for k, v in {**values, **changes}.items() if v not in ("", None, 0, False)}
    return "?" + urlencode(kept, doseq=True) if kept else "?"


def _combine(values: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**values, **changes}


def interface_of(request: Request) -> Interface:
    """Return the interface in the language that the reader chose, or that the browser asks for."""
    chosen = request.query_params.get("lang") or request.cookies.get("kawat_lang", "")
    if chosen in interface_languages():
        return load_interface(chosen)
    wanted = request.headers.get("accept-language", "").replace(" ", "").lower()
    for part in wanted.split(","):
        language = part.split(";")[0].split("-")[0]
        if language in interface_languages():
            return load_interface(language)
    return load_interface("")


def theme_of(request: Request) -> str:
    """Return the theme that the reader chose."""
    theme = request.cookies.get("kawat_theme", "")
    return theme if theme in THEMES else THEMES[0]


def render(
    request: Request, template: str, *, status: int = 200, **values: Any
) -> Response:  # fmt: skip
    """Return a page."""
    words = interface_of(request)
    desk, visitor = desk_of(request), request.state.visitor
    context = {
        "request": request, "words": words, "t": words.say, "label": words.label,
        "name": words.name, "day": words.day, "num": words.number, "visitor": visitor,
        "theme": theme_of(request), "is_open": desk.settings.is_open,
        "form_token": desk.sessions.form_token(visitor.session), "here": _here(request),
        "path": request.url.path, "readable": desk.settings.is_open or visitor.may_read,
    }  # fmt: skip
    text = environment().get_template(template).render(context | values)
    return HTMLResponse(text, status_code=status)


def _here(request: Request) -> str:
    """The address of the page without its host, to come back to."""
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")


def json_response(value: Any, name: str = "") -> Response:
    """Return records as JSON; with a name, to be saved as a file."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(text, media_type="application/json", headers=_as_file(name))


def text_response(text: str, media_type: str, name: str = "") -> Response:
    """Return a text; with a name, to be saved as a file."""
    return Response(text, media_type=media_type, headers=_as_file(name))


def _as_file(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'} if name else {}


def shown_names(words: Interface, entities: Iterable[str]) -> str:
    """Return the names of some entities as one line."""
    return ", ".join(words.name(e) for e in entities)


def headline(words: Interface, row: EventRow) -> str:
    """Return an event as one line: who, what, whom."""
    parts: Sequence[str] = (
        shown_names(words, row.actors) or "?", words.label("type", row.type),
        shown_names(words, row.recipients),
    )  # fmt: skip
    return " · ".join(part for part in parts if part)
