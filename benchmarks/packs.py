"""How building scales: work in proportion to what changed. Prints ratios, which hold on any machine, and times, which do not.

Run: .venv/bin/python benchmarks/packs.py [NUMBER OF SITES]
"""

import resource
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

from kbrollout.build import build
from kbrollout.catalogue import load_catalogue
from kbrollout.packing import Order

EXAMPLE = Path(__file__).parent.parent / "examples" / "overvecht"


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        sites = [copied(work / f"site-{n}", n) for n in range(number)]
        html = Order(work / "html", date(2026, 11, 22), formats=("html",))
        everything = Order(work / "alles", date(2026, 11, 22))
        say("html, first build of one site (fonts are cut once)", timed(sites[:1], html))
        first_html = say(f"html, first build of {number} sites", timed(sites, html))
        first = say(f"html and pdf, first build of {number} sites", timed(sites, everything))
        unchanged = say(f"html and pdf, {number} sites unchanged", timed(sites, everything))
        profile = sites[0] / "profiel.yaml"
        profile.write_text(profile.read_text(encoding="utf-8").replace("Buurtzorg", "Buurtzorg X"), encoding="utf-8")
        one = say(f"html and pdf, one of {number} sites changed", timed(sites, everything))
        print(f"unchanged / first: {unchanged / first:.3f}")
        print(f"one changed / first, times {number}: {one / first * number:.2f} (1 is in proportion)")
        print(f"pdf / html: {first / first_html:.1f}")
        kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        print("most memory:", ", ".join(f"{resource.getrusage(kind).ru_maxrss // 1024} MB" for kind in kinds), "(this process, a worker)")


def copied(folder: Path, number: int) -> Path:
    shutil.copytree(EXAMPLE, folder)
    profile = folder / "profiel.yaml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("id: overvecht\n", f"id: wijk-{number}\n", 1), encoding="utf-8")
    return folder


def timed(sites: list[Path], order: Order) -> float:
    began = perf_counter()
    for result in build(sites, load_catalogue(), order):
        assert result.pack, result.problems
    return perf_counter() - began


def say(what: str, seconds: float) -> float:
    print(f"{seconds:7.2f} s  {what}")
    return seconds


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6)
