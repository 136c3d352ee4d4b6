"""What every request must pass: known host, limits, sign-in, form tokens. And safe headers."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from fastapi import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from kawat.look.web.desk import Desk, desk_of
from kawat.look.web.page import interface_of, render
from kawat.look.web.sessions import Visitor, new_session

COOKIE = "kawat_session"
PUBLIC = ("/static/", "/sign-in", "/preferences")
WRITING = {"POST", "PUT", "PATCH", "DELETE"}
SPARE_BYTES = 20_000
"""Of a form, beside the article that it carries."""
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
Next = Callable[[Request], Awaitable[Response]]


async def guard(request: Request, call_next: Next) -> Response:
    """Let a request pass, or answer why not."""
    desk = desk_of(request)
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    session = request.cookies.get(COOKIE, "")
    fresh = "" if session or bearer else new_session()
    visitor = (desk.sessions.bearer(bearer) if bearer else None) or desk.sessions.visitor(
        session or fresh
    )
    request.state.visitor = visitor
    response = _refusal(request, desk, visitor) or await call_next(request)
    if fresh and "set-cookie" not in response.headers:
        set_session(response, desk, fresh)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not request.url.path.startswith("/static/"):
        response.headers.setdefault("cache-control", "no-store")
    return response


def _refusal(request: Request, desk: Desk, visitor: Visitor) -> Response | None:
    """Why a request is not answered, None where it is."""
    path = request.url.path
    if _host_name(request) not in desk.settings.hosts:
        return refuse(request, 421, "not_found")
    address = client_address(request)
    if not path.startswith("/static/") and not desk.requests.take(address):
        return refuse(request, 429, "too_fast")
    if request.method in WRITING and not _has_fitting_length(request, desk):
        return refuse(request, 413, "too_large")
    if visitor.may_read or path.startswith(PUBLIC):
        return None
    if path.startswith("/api/") or request.method in WRITING:
        return refuse(request, 401, "forbidden")
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/sign-in?to={quote(path + query)}", status_code=303)


def _host_name(request: Request) -> str:
    host = request.headers.get("host", "").lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def _has_fitting_length(request: Request, desk: Desk) -> bool:
    """A body must say how long it is. (The server cuts off what goes on behind that.)"""
    length = request.headers.get("content-length", "")
    return length.isdecimal() and int(length) <= desk.settings.paste_bytes + SPARE_BYTES


def refuse(request: Request, status: int, key: str) -> Response:
    """Return a page, or JSON under /api, that says why a request is not answered."""
    words = interface_of(request)
    if request.url.path.startswith("/api"):
        return JSONResponse({"detail": words.say(key)}, status_code=status)
    return render(request, "error.html", status=status, message=words.say(key))


def set_session(response: Response, desk: Desk, session: str) -> None:
    """Give the browser a session. It ends with the browser, or when the server says so."""
    response.set_cookie(
        COOKIE, session, httponly=True, samesite="lax", secure=desk.settings.secure, path="/"
    )


def client_address(request: Request) -> str:
    """The address that a request comes from."""
    return request.client.host if request.client else ""


def check_form(request: Request, token: str) -> None:
    """Refuse a form that did not come from a page of this session.

    Raises:
        HTTPException: 403.
    """
    if not desk_of(request).sessions.is_form_token(token, request.state.visitor.session):
        raise HTTPException(403, "stale_form")


def check_reviewer(request: Request) -> str:
    """Return the name of whoever may judge.

    Raises:
        HTTPException: 403 for those who may only read.
    """
    visitor: Visitor = request.state.visitor
    if not visitor.may_review or desk_of(request).store.read_only:
        raise HTTPException(403, "forbidden")
    return visitor.name
