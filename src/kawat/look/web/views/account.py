"""Signing in and out, language and theme."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from kawat.lang.interface import interface_languages
from kawat.look.web.desk import desk_of
from kawat.look.web.guard import COOKIE, check_form, client_address, refuse, set_session
from kawat.look.web.page import THEMES, interface_of, render

router = APIRouter(include_in_schema=False)
A_YEAR = 365 * 86_400
Text = Annotated[str, Form()]


def own_path(to: str) -> str:
    """Return a way back only if it leads to this page: `/...`, not `//host` or `/\\host`.

    >>> own_path("/event/1?x=2"), own_path("//evil.example")
    ('/event/1?x=2', '/')
    """
    safe = to.startswith("/") and not to.startswith(("//", "/\\"))
    return to if safe and to.isprintable() else "/"


@router.get("/sign-in")
def show_sign_in(request: Request, to: str = "/") -> Response:
    """The form to sign in."""
    return render(request, "sign_in.html", to=own_path(to), wrong="")


@router.post("/sign-in")
def sign_in(
    request: Request, form_token: Text = "", name: Text = "", password: Text = "",
    token: Text = "", to: Text = "/",
) -> Response:  # fmt: skip
    """Begin a session."""
    desk = desk_of(request)
    check_form(request, form_token)
    if not desk.sign_ins.take(client_address(request)):
        return refuse(request, 429, "too_fast")
    session = desk.sessions.sign_in(name, password[:200], token[:200])
    if session is None:
        wrong = interface_of(request).say("wrong_sign_in")
        return render(request, "sign_in.html", status=401, to=own_path(to), wrong=wrong)
    response = RedirectResponse(own_path(to), status_code=303)
    set_session(response, desk, session)
    return response


@router.post("/sign-out")
def sign_out(request: Request, form_token: Text = "") -> Response:
    """End the session."""
    check_form(request, form_token)
    desk_of(request).sessions.sign_out(request.state.visitor.session)
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/preferences")
def set_preferences(
    request: Request, lang: str = "", theme: str = "", to: str = "/"
) -> Response:  # fmt: skip
    """Keep language and theme in the browser; needs no script."""
    response = RedirectResponse(own_path(to), status_code=303)
    secure = desk_of(request).settings.secure
    for name, value, allowed in (
        ("kawat_lang", lang, interface_languages()), ("kawat_theme", theme, THEMES),
    ):  # fmt: skip
        if value in allowed:
            response.set_cookie(
                name, value, max_age=A_YEAR, samesite="lax", secure=secure, httponly=True
            )
    return response
