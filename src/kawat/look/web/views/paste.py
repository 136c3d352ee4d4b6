"""Paste a text, a file or an address: coded on the spot, kept only if asked."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Form, HTTPException, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from kawat import __version__
from kawat.errors import InputError
from kawat.lang import languages
from kawat.look.web.coder import CoderError
from kawat.look.web.desk import Desk, desk_of
from kawat.look.web.guard import check_form, check_reviewer, client_address
from kawat.look.web.views.article import show_coded
from kawat.model import Article
from kawat.read import read_date, read_path, read_text
from kawat.read.units import KINDS
from kawat.run import merge_store
from kawat.store import Entry

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form()]


@router.post("/paste")
def paste(
    request: Request, form_token: Text = "", text: Text = "", address: Text = "",
    published: Text = "", language: Text = "", keep: Text = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:  # fmt: skip
    """Code what was given, and lead to it."""
    check_form(request, form_token)
    desk = desk_of(request)
    if not desk.pastes_limit.take(client_address(request)):
        raise HTTPException(429, "too_fast")
    if keep:
        check_reviewer(request)
    article = _read(desk, text, file, address.strip())
    if language in languages():
        article = replace(article, language=language)
    if published and article.published.edtf is None:
        article = replace(article, published=read_date(published))
    entry = desk.coder.code(article)
    if keep:
        return RedirectResponse(f"/article/{quote(_keep(desk, entry))}", status_code=303)
    return RedirectResponse(f"/paste/{desk.pastes.hold(entry)}", status_code=303)


@router.get("/paste/{held}")
def show_paste(request: Request, held: str, event: str = "", part: int = 0) -> Response:
    """A text that is not kept, as an article."""
    return show_coded(request, _held(request, held), event, part, held=held)


@router.post("/paste/{held}/keep")
def keep_paste(request: Request, held: str, form_token: Text = "") -> Response:
    """Keep it in the store."""
    check_form(request, form_token)
    check_reviewer(request)
    kept = _keep(desk_of(request), _held(request, held))
    return RedirectResponse(f"/article/{quote(kept)}", status_code=303)


def _held(request: Request, held: str) -> Entry:
    entry = desk_of(request).pastes.get(held)
    if entry is None:
        raise HTTPException(404, "paste_gone")
    return entry


def _read(desk: Desk, text: str, file: UploadFile | None, address: str) -> Article:
    named = file is not None and bool(file.filename)
    given = sum((bool(text.strip()), named, bool(address)))
    if given != 1:
        raise CoderError("paste_one" if given else "paste_nothing")
    if text.strip():
        # forms send line ends of their own
        plain = text.replace("\r\n", "\n")
        return replace(read_text(plain, title_line=True), raw=plain.encode("utf-8", "replace"))
    if address:
        if desk.settings.fetch is None:
            raise CoderError("paste_no_fetch")
        return desk.settings.fetch(address)
    return _read_upload(desk, file) if file else read_text("")


def _read_upload(desk: Desk, file: UploadFile) -> Article:
    """Read an uploaded file as one of that ending. Its name is never a path here."""
    data = file.file.read(desk.settings.paste_bytes + 1)
    if len(data) > desk.settings.paste_bytes:
        raise HTTPException(413, "too_large")
    name = (file.filename or "file").replace("\\", "/").rsplit("/", 1)[-1]
    packed = ".gz" if name.lower().endswith(".gz") else ""
    suffix = Path(name.lower().removesuffix(".gz")).suffix
    with TemporaryDirectory(prefix="kawat-") as folder:
        path = Path(folder) / f"upload{suffix if suffix in KINDS else '.txt'}{packed}"
        path.write_bytes(data)
        items = list(read_path(str(path)))
    for item in items:
        if isinstance(item, InputError):
            raise InputError(name, item.reason, item.advice)
    articles = [item for item in items if isinstance(item, Article)]
    if len(articles) != 1:
        raise InputError(name, f"{len(articles)} articles, not one", "use kawat add")
    return replace(articles[0], source=name)


def _keep(desk: Desk, entry: Entry) -> str:
    """Add a coded text to the store; return the id that it has there."""
    ((article, known),) = desk.store.place([entry.article])
    if known != "same":
        if article.id != entry.article.id:  # another article has this id already
            entry = desk.coder.code(article)
        run = desk.store.start_run("add", __version__, {"by": "paste"})
        change = desk.store.add([entry], run)
        desk.store.end_run(run, {"articles": change.articles, "reports": change.reports})
        merge_store(desk.store)
        desk.memo.clear()
    return article.id
