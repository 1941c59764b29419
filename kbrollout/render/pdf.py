"""PDF/UA-1 from the same HTML as the screen. The only module that knows WeasyPrint."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import Any

from kbrollout import fonts
from kbrollout.errors import ContentError
from kbrollout.messages import problem

_BASE = "https://pack.invalid/"
_TYPES = {".css": "text/css", ".woff2": "font/ttf"}


@cache
def unavailable() -> tuple[str, str] | None:
    """Why no PDF can be made on this machine, and the remedy; None when it can."""
    try:
        import weasyprint  # noqa: F401

        missing = "" if find_spec("pypdf") else "pypdf"
    except ImportError:
        missing = "WeasyPrint"
    except OSError:
        return (
            "Pango ontbreekt",
            "Installeer Pango. Op Debian en Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0.",
        )
    if missing:
        return f"{missing} is niet geïnstalleerd", "Installeer alle onderdelen van kbrollout; de handleiding zegt hoe, bij Beginnen."
    return None


def render_pdf(html: bytes, assets: Mapping[str, bytes], path: str = "") -> bytes:
    """The HTML of a document as PDF. `assets` are the only files it may use, by their path in the pack; `path` is the document's.

    Raises ContentError when this machine cannot make PDF.
    """
    if reason := unavailable():
        raise ContentError([problem("pdf-kan-niet", ("", 0, 0, ""), reden=reason[0], remedie=reason[1])])
    import weasyprint
    from weasyprint.urls import FatalURLFetchingError

    document = weasyprint.HTML(string=html.decode(), base_url=_BASE + path, url_fetcher=_fetcher(assets), media_type="print")
    try:
        pdf = document.write_pdf(pdf_variant="pdf/ua-1", finisher=_say_scope)
    except FatalURLFetchingError as error:  # no Exception, so it would slip past everybody
        raise ValueError(f"A template asks for something outside the pack: {error}") from error
    assert isinstance(pdf, bytes)
    return pdf


def _say_scope(_: Any, pdf: Any) -> None:
    """Write on every table header whether it heads a row or a column: WeasyPrint only links cells to headers."""
    by_reference: dict[Any, Any] = {each.reference: each for each in pdf.objects if hasattr(each, "get")}
    for header in (each for each in by_reference.values() if each.get("S") == "/TH"):
        group = by_reference[by_reference[header["P"]]["P"]]
        header["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _fetcher(assets: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class AssetsOnly(URLFetcher):  # type: ignore[misc]
        """Serves the files of the pack and refuses every other address, so that nothing is fetched."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:  # noqa: ARG002
            path = url.removeprefix(_BASE)
            if path not in assets:
                raise ValueError(f"Alleen bestanden uit het pakket zijn toegestaan, niet {url}")
            suffix = PurePosixPath(path).suffix
            # WeasyPrint would unpack every face anew for every document, which takes as long as the layout of a page.
            content = fonts.truetype(assets[path]) if suffix == ".woff2" else assets[path]
            # WeasyPrint silently skips a style sheet that does not say that it is one.
            return URLFetcherResponse(url, content, {"Content-Type": _TYPES[suffix]})

    return AssetsOnly(fail_on_errors=True)
