"""From site folders to packs. One failing site stops no other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from kbrollout.check import check_site
from kbrollout.errors import ContentError, Problem
from kbrollout.messages import problem
from kbrollout.model.catalogue import Catalogue
from kbrollout.pack import look_at, recover
from kbrollout.packing import Order, Packing, begin, collect, finish, pdfs_to_render, submit


@dataclass(frozen=True)
class SiteResult:
    """What became of one site. `pack` is None when nothing was written."""

    folder: Path
    site: str | None
    pack: Path | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    rendered: tuple[str, ...] = ()
    reused: tuple[str, ...] = ()


def build(
    folders: Sequence[Path], catalogue: Catalogue, order: Order, on_progress: Callable[[int, int], None] | None = None
) -> Iterator[SiteResult]:
    """Build the pack of every site folder; gives the results in the order of the folders.

    `on_progress` hears how many files are rendered, of how many.
    """
    begun = _begin_all(folders, catalogue, order)
    packings = [each for each in begun if isinstance(each, Packing)]
    with _executor(sum(len(pdfs_to_render(packing)) for packing in packings)) as executor:
        for packing in packings:
            submit(packing, executor)
        total, done = sum(len(packing.pending) for packing in packings), 0
        for each in begun:
            if isinstance(each, Packing):
                for path in list(each.pending):
                    collect(each, path)
                    done += 1
                    if on_progress:
                        on_progress(done, total)
                yield _finished(each)
            else:
                yield each


def _begin_all(folders: Sequence[Path], catalogue: Catalogue, order: Order) -> list[Packing | SiteResult]:
    begun: list[Packing | SiteResult] = []
    first: dict[str, Path] = {}
    for folder in folders:
        each = _begun(folder, catalogue, order)
        if isinstance(each, Packing):
            site = each.neighbourhood.site.id
            if site in first:
                doubled = problem("wijk-dubbel", (str(folder), 0, 0, ""), id=site, eerste=first[site], tweede=folder)
                each = SiteResult(folder, site, None, (doubled,))
            first.setdefault(site, folder)
        begun.append(each)
    return begun


def _begun(folder: Path, catalogue: Catalogue, order: Order) -> Packing | SiteResult:
    """A pack in the making, or why there will be none."""
    site: str | None = None
    try:
        checked = check_site(folder, catalogue, order.today)
        site = checked.neighbourhood.site.id
        if order.strict and checked.warnings:
            raise ContentError(checked.warnings)
        target = order.out.resolve() / site
        recover(target)
        return begin(folder, checked.neighbourhood, look_at(target), order, checked.warnings)
    except ContentError as error:
        return SiteResult(folder, site, None, error.problems)
    except OSError as error:
        words: dict[str, Any] = {"map": order.out, "reden": error.strerror or type(error).__name__}
        return SiteResult(folder, site, None, (problem("uitvoer-niet-schrijfbaar", (str(order.out), 0, 0, ""), **words),))


def _finished(packing: Packing) -> SiteResult:
    site = packing.neighbourhood.site.id
    try:
        target, warnings = finish(packing)
    except ContentError as error:
        return SiteResult(packing.folder, site, None, error.problems, tuple(packing.warnings))
    return SiteResult(packing.folder, site, target, (), warnings, tuple(packing.rendered), tuple(packing.reused))


class _Here(Executor):
    """Does the work at once in this process: for one PDF, starting others costs more than it brings."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def _executor(pdfs: int) -> Executor:
    if pdfs < 2:
        return _Here()
    # Fresh processes, as on Windows and macOS: what works here works there.
    return ProcessPoolExecutor(min(pdfs, os.cpu_count() or 1), mp_context=get_context("spawn"))
