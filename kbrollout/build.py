"""From site folders to packs. One failing site stops no other."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
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
    """What became of one site. `pack` is None when nothing was written; `trace` is there after a fault of ours."""

    folder: Path
    site: str | None
    pack: Path | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    rendered: tuple[str, ...] = ()
    reused: tuple[str, ...] = ()
    trace: str | None = None


def build(
    folders: Sequence[Path], catalogue: Catalogue, order: Order, on_progress: Callable[[int, int], None] | None = None
) -> Iterator[SiteResult]:
    """Build the pack of every site folder; gives the results in the order of the folders.

    `on_progress` hears how many files are rendered, of how many.
    """
    begun = _begin_all(folders, catalogue, order)
    packings = [each for each in begun if isinstance(each, Packing)]
    with _executor(sum(len(pdfs_to_render(packing)) for packing in packings)) as executor:
        broken = {id(packing): result for packing in packings if (result := _attempt(packing, partial(submit, packing, executor)))}
        progress = _Progress(on_progress, sum(len(packing.pending) for packing in packings))
        for each in begun:
            if isinstance(each, SiteResult):
                yield each
            else:
                yield broken.get(id(each)) or _attempt(each, partial(_collect_all, each, progress)) or _finished(each)


@dataclass
class _Progress:
    """Tells how many of all files are rendered, from the start on."""

    tell: Callable[[int, int], None] | None
    total: int
    done: int = -1

    def __post_init__(self) -> None:
        self.step()

    def step(self) -> None:
        self.done += 1
        if self.tell:
            self.tell(self.done, self.total)


def _collect_all(packing: Packing, progress: _Progress) -> None:
    for path in list(packing.pending):
        collect(packing, path)
        progress.step()


def _attempt(packing: Packing, work: Callable[[], None]) -> SiteResult | None:
    """Do part of the work for one site; gives a result when a fault of ours ended it."""
    try:
        work()
    except Exception as error:
        return _fault_of_ours(packing, error)
    return None


def _fault_of_ours(packing: Packing, error: Exception) -> SiteResult:
    """It stops that site alone, and is told with all that is known of it."""
    trace = "".join(traceback.format_exception(error))
    found = problem("fout-in-kbrollout", (str(packing.folder), 0, 0, ""), fout=f"{type(error).__name__}: {error}")
    return SiteResult(packing.folder, packing.neighbourhood.site.id, None, (found,), tuple(packing.warnings), trace=trace)


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
        target = (order.out / site).resolve()
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
    except Exception as error:
        return _fault_of_ours(packing, error)
    return SiteResult(packing.folder, site, target, (), warnings, tuple(packing.rendered), tuple(packing.reused))


class _Later(Future[Any]):
    """Work that is done when its result is asked for."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self._work = work

    def result(self, timeout: float | None = None) -> Any:
        if not self.done():
            self.set_result(self._work())
        return super().result(timeout)


class _Here(Executor):
    """Does the work in this process: for one PDF, starting others costs more than it brings."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return _Later(partial(fn, *args, **kwargs))


def _executor(pdfs: int) -> Executor:
    if pdfs < 2:
        return _Here()
    # Fresh processes, as on Windows and macOS: what works here works there.
    return ProcessPoolExecutor(min(pdfs, os.cpu_count() or 1), mp_context=get_context("spawn"))
