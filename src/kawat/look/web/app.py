"""The web page: an application over one store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from kawat.errors import InputError, KawatError, StoreError
from kawat.look.web.coder import Coder, ProcessCoder
from kawat.look.web.desk import Desk, Pastes
from kawat.look.web.guard import guard
from kawat.look.web.page import interface_of, render
from kawat.look.web.sessions import Limiter, Sessions
from kawat.look.web.settings import Settings
from kawat.look.web.views import ROUTERS
from kawat.look.web.views.today import find_change
from kawat.store import Store

HERE = Path(__file__).parent


def create_app(
    store: Store, settings: Settings | None = None, coder: Coder | None = None
) -> FastAPI:
    """Return the application over a store. It leaves the store open when it ends.

    `coder` codes pasted texts; by default a process of its own does, with a limit of time.
    """
    settings = settings or Settings()
    desk = Desk(
        store, settings, coder or ProcessCoder(settings.paste_seconds), Sessions(settings),
        Limiter(settings.requests_a_minute), Limiter(settings.pastes_a_minute),
        Limiter(settings.sign_ins_a_minute), Pastes(settings),
    )  # fmt: skip

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        desk.memo.later("change", lambda: find_change(store))
        yield
        desk.memo.close()
        desk.coder.close()

    app = FastAPI(
        title="kawat", lifespan=lifespan, openapi_url="/api/openapi.json", docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(BaseHTTPMiddleware, dispatch=guard),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
        ],
    )  # fmt: skip
    app.state.desk = desk
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for router in ROUTERS:
        app.include_router(router)
    _handle_errors(app)
    return app


def _handle_errors(app: FastAPI) -> None:
    app.add_exception_handler(AnyHTTPException, _show_refusal)
    app.add_exception_handler(RequestValidationError, _show_invalid)
    app.add_exception_handler(KawatError, _show_error)


def _answer(request: Request, status: int, message: str) -> Response:
    if request.url.path.startswith("/api"):
        return JSONResponse({"detail": message}, status_code=status)
    return render(request, "error.html", status=status, message=message)


def _show_refusal(request: Request, error: Exception) -> Response:
    """Say why; the detail of an error of our own is a key of the interface."""
    if not isinstance(error, HTTPException | AnyHTTPException):
        raise error
    ui = interface_of(request).words["ui"]
    detail = str(error.detail)
    key = "not_found" if error.status_code == 404 and detail not in ui else detail
    response = _answer(request, error.status_code, ui.get(key, detail))
    response.headers.update(error.headers or {})
    return response


def _show_invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    lines = [f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors()]
    return _answer(request, 422, "; ".join(lines))


def _show_error(request: Request, error: Exception) -> Response:
    """An error of kawat is one line for the reader; of the store it is none of his making."""
    status = 503 if isinstance(error, StoreError) else 400
    if isinstance(error, InputError):
        return _answer(request, 422, str(error))
    ui = interface_of(request).words["ui"]
    key = getattr(error, "key", "")
    settings = request.app.state.desk.settings
    message = str(ui.get(key, error)).replace("{seconds}", f"{settings.paste_seconds:.0f}")
    return _answer(request, status, message)
