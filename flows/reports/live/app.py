"""The server of the live site: it answers on this machine alone, and only reads."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from threading import Thread

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from flows.reports.live.data import as_csv, as_json, search_rows, story_rows
from flows.reports.live.published import Published
from flows.reports.pages import search
from flows.reports.pages.routes import has_filters
from flows.reports.pages.site import STATIC, Page, Site, compile_templates, environment, render
from warehouse.errors import WarehouseError
from warehouse.paths import Layout
from warehouse.store import DatabaseError

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
# Another name that leads here is a page of somebody else's that wants to read this one.
HOSTS = ["127.0.0.1", "localhost", "[::1]"]
FORMATS = {"csv": ("text/csv", as_csv), "json": ("application/json", as_json)}


@dataclass(frozen=True, slots=True)
class Answers:
    """What the server answers to each kind of request."""

    live: Published

    def show(self, request: Request) -> Response:
        """Answer with a page of the report."""
        address = request.path_params["address"]
        asked = dict(request.query_params) if has_filters(address) else {}
        html = self.live.page(address, asked)
        return self._nothing_here() if html is None else HTMLResponse(html)

    def find(self, request: Request) -> Response:
        """Answer with what a search finds."""
        with self.live.opened() as site:
            found = self._search(site, request.query_params)
            return HTMLResponse(render(site, "search.html", found)) if found else self._nothing_here()

    def _search(self, site: Site, asked: Mapping[str, str]) -> Page | None:
        page = asked.get("page", "")[:6]
        part = int(page) if page.isdecimal() else 1
        index, text = self.live.index(site), asked.get("q", "")
        if index is not None and asked.get("facet"):
            return search.show_values(site, index, text, asked["facet"], part)
        is_oldest = asked.get("order") == "oldest"
        return search.show(site, index, text, asked.get("tab", ""), part, is_oldest)

    def take(self, request: Request) -> Response:
        """Answer with the rows of a story or of a search, as CSV or JSON."""
        what, kind = request.path_params["what"], request.path_params["kind"]
        if what not in ("story", "search") or kind not in FORMATS:
            return PlainTextResponse("There is nothing at this address.", 404)
        asked = request.query_params
        with self.live.opened() as site:
            if what == "story":
                rows = story_rows(site, asked.get("id", ""))
            elif (index := self.live.index(site)) is not None:
                rows = search_rows(site, index, asked.get("q", ""), asked.get("tab", ""))
            else:
                return PlainTextResponse("The index is being built.", 503)
        media, write = FORMATS[kind]
        headers = {"Content-Disposition": f'attachment; filename="{what}.{kind}"'}
        return Response(write(rows).encode("utf-8", "replace"), media_type=media, headers=headers)

    def _nothing_here(self) -> Response:
        with self.live.opened() as site:
            return HTMLResponse(render(site, "missing.html", Page("missing.html", {})), 404)


def make_app(layout: Layout) -> Starlette:
    """Return the application; requests that name another host than HOSTS are refused."""
    answers = Answers(Published(layout))
    Thread(target=compile_templates, daemon=True).start()
    return Starlette(
        routes=[
            Route("/", lambda _: RedirectResponse("index.html")),
            Route("/search.html", answers.find),
            Route("/data/{what:str}.{kind:str}", answers.take),
            Mount("/static", StaticFiles(directory=STATIC)),
            Route("/{address:path}", answers.show),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS),
            Middleware(BaseHTTPMiddleware, dispatch=_with_headers),
        ],
        exception_handlers={WarehouseError: _cannot_open, DatabaseError: _cannot_read},
    )


async def _with_headers(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    answer = await call(request)
    answer.headers.update(HEADERS)
    return answer


def _cannot_read(_request: Request, error: Exception) -> Response:
    return _unavailable(f"The warehouse cannot be read: {error}")


def _cannot_open(_request: Request, error: Exception) -> Response:
    return _unavailable(str(error))


def _unavailable(told: str) -> Response:
    """Answer that no page can be made, in words; the next request tries again."""
    html = environment().get_template("unavailable.html").render(told=told)
    return HTMLResponse(html, 503)
