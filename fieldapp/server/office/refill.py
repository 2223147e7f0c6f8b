"""A form that was refused stands there again, with everything that was typed and a word beside the field that was wrong.

The page from which the form came is asked for once more, inside the server, and what was typed is put into its HTML: one mechanism for
every form of the office, so that no page has to carry its own fields to and fro. What was not typed by a person (the token, the version
that was seen) is as fresh as the page; files and passwords have to be given again.
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import anyio.from_thread
from fastapi import Request, Response
from starlette.types import Message, Scope

from fieldapp.server.office import showing
from fieldapp.server.office.refusals import Word

Typed = Sequence[tuple[str, str]]

_TYPED = "fieldapp.typed"
_INNER = "fieldapp.inner"
_NOT_CARRIED = frozenset({"form_token"})
_PASSED_ON = frozenset({b"host", b"cookie", b"x-forwarded-proto", b"x-forwarded-for", b"x-forwarded-host"})
# More than a person types, less than what makes a page unwieldy.
MOST_TYPED = 200_000

_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_TAG = re.compile(r"<(input|option)\b([^>]*)>|<select\b([^>]*)>|</select>|<textarea\b([^>]*)>(.*?)</textarea>", re.DOTALL)
_TYPED_INTO = re.compile(r'<(?:select|textarea)\b|<input\b(?![^>]*type="(?:hidden|submit)")')
# A blank form has the id of what it will make in its address, and a new one each time.
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_ATTRIBUTE = re.compile(r'([a-z][a-z-]*)(?:="([^"]*)")?')


def remember(request: Request, typed: Iterable[tuple[str, object]]) -> None:
    """What came with a form, until the request is answered."""
    request.scope[_TYPED] = [(name, value) for name, value in typed if isinstance(value, str) and name not in _NOT_CARRIED]


def typed_in(request: Request) -> Typed:
    if request.method == "GET":
        return list(request.query_params.multi_items())
    typed: Typed = request.scope.get(_TYPED, [])
    return typed if sum(len(name) + len(value) for name, value in typed) <= MOST_TYPED else []


def came_from(request: Request) -> str:
    """The page on which the form stood, '' where the browser does not say or it was not one of ours."""
    page = urlsplit(request.headers.get("referer", ""))
    ours = page.netloc == request.headers.get("host") and page.path.startswith("/office")
    return page.path + (f"?{page.query}" if page.query else "") if ours else ""


def again(request: Request, page: str, action: str, typed: Typed, word: Word, status: int, cookie: str = "") -> Response | None:
    """The page with its form for `action` filled in; None where there is no such page or form any more. Only in a worker thread."""
    if not page or request.scope.get(_INNER):
        return None
    found = anyio.from_thread.run(_get, request, page, cookie)
    filled = fill(found, urlsplit(page).path, action, request.method if not cookie else "POST", typed, word) if found else None
    return showing.as_page(filled, status) if filled else None


async def _get(request: Request, page: str, cookie: str) -> str:
    """The page as it is now, for the same person. '' where it is none."""
    parts = urlsplit(page)
    headers = [one for one in request.scope["headers"] if one[0] in _PASSED_ON]
    if cookie:
        headers = [*(one for one in headers if one[0] != b"cookie"), (b"cookie", cookie.encode("latin-1"))]
    kept = {name: request.scope[name] for name in ("type", "asgi", "http_version", "scheme", "server", "client") if name in request.scope}
    scope: Scope = {
        **kept,
        "method": "GET",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": request.scope.get("app_root_path", ""),
        "headers": headers,
        "state": request.scope.get("state", {}),
        _INNER: True,
    }
    status, body = 0, b""

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, body
        if message["type"] == "http.response.start":
            status = message["status"]
        elif message["type"] == "http.response.body":
            body += message.get("body", b"")

    await request.app(scope, receive, send)
    return body.decode() if status == 200 else ""


def fill(page: str, at: str, action: str, method: str, typed: Typed, word: Word) -> str | None:
    """The page with its best form for `action` filled in; None where it has none."""
    values: dict[str, list[str]] = {}
    for name, value in typed:
        values.setdefault(name, []).append(value)
    forms = [one for one in _FORM.finditer(page) if _leads(one, at, action, method)]
    if not forms:
        return None
    best = max(forms, key=lambda one: _alike(one[2], values))
    filled = _Filling(values, word).form(best[2])
    above = f'<p class="problem wide" role="alert">{html.escape(word.above)}</p>'
    return page[: best.start(2)] + above + filled + page[best.end(2) :]


def _leads(form: re.Match[str], at: str, action: str, method: str) -> bool:
    its = _attributes(form[1])
    if its.get("method", "get").upper() != method or not _TYPED_INTO.search(form[2]):
        return False
    others = [html.unescape(one) for one in re.findall(r'formaction="([^"]*)"', form[2])]
    return _kind(action) in {_kind(one) for one in (its.get("action", at), *others)}


def _kind(address: str) -> str:
    return _ID.sub("…", urlsplit(address).path)


def _alike(body: str, values: Mapping[str, list[str]]) -> int:
    """How many of the values that nobody typed are the same: of several forms for one address, the one that was sent."""
    hidden = [_attributes(one) for one in re.findall(r'<input\b([^>]*type="hidden"[^>]*)>', body)]
    return sum(one.get("value", "") in values.get(one.get("name", ""), ()) for one in hidden)


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(text)}


@dataclass
class _Filling:
    """One form on its way through."""

    values: Mapping[str, list[str]]
    word: Word
    _select: str = ""
    _first: dict[str, str] = field(default_factory=dict)

    def form(self, body: str) -> str:
        return _TAG.sub(self._tag, re.sub(r"\sautofocus\b", "", body))

    def _tag(self, tag: re.Match[str]) -> str:
        if tag[0] == "</select>":
            name, self._select = self._select, ""
            return tag[0] + self._beside(name, self._first.get(name, ""))
        if tag[3] is not None:
            self._select = _attributes(tag[3]).get("name", "")
            return f"<select{tag[3]}{self._mark(self._select)}>"
        if tag[4] is not None:
            name = _attributes(tag[4]).get("name", "")
            text = self.values[name][0] if len(self.values.get(name, ())) == 1 else html.unescape(tag[5])
            return (
                f"<textarea{tag[4]}{self._mark(name)}>\n{html.escape(text)}</textarea>{self._beside(name, html.unescape(tag[5]).strip())}"
            )
        return self._option(tag) if tag[1] == "option" else self._input(tag)

    def _option(self, tag: re.Match[str]) -> str:
        value = _attributes(tag[2]).get("value", "")
        chosen = self.values.get(self._select)
        if re.search(r"\sselected\b", tag[2]):
            self._first[self._select] = value
        if chosen is None or len(chosen) != 1:
            return tag[0]
        rest = re.sub(r"\sselected\b", "", tag[2])
        return f"<option{rest}{' selected' if value == chosen[0] else ''}>"

    def _input(self, tag: re.Match[str]) -> str:
        its = _attributes(tag[2])
        name, kind, given = its.get("name", ""), its.get("type", "text"), self.values.get(its.get("name", ""))
        if kind in ("hidden", "submit") or "readonly" in its or "disabled" in its:
            return tag[0]
        if kind in ("checkbox", "radio"):
            rest = re.sub(r"\schecked\b", "", tag[2])
            return f"<input{rest}{' checked' if given and its.get('value', 'on') in given else ''}>"
        if kind in ("file", "password") or given is None or len(given) != 1:
            return f"<input{tag[2]}{self._mark(name)}>{self._beside(name, '')}"
        rest = re.sub(r'\svalue="[^"]*"', "", tag[2])
        return f'<input{rest} value="{html.escape(given[0])}"{self._mark(name)}>{self._beside(name, its.get("value", ""))}'

    def _mark(self, name: str) -> str:
        return ' aria-invalid="true" aria-describedby="wrong-field" autofocus' if name and name == self.word.field else ""

    def _beside(self, name: str, was: str) -> str:
        if name and name == self.word.field:
            return f'<span class="hint wrong" id="wrong-field">{html.escape(self.word.beside)}</span>'
        if self.word.on_record and name in self.values and self.values[name] != [was]:
            return f'<span class="hint wrong">{html.escape(self.word.on_record.format(value=was or "–"))}</span>'
        return ""
