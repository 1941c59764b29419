"""How the tracker scales: pages and changes against the number of lines. Prints ratios, which hold on any machine, and times, which do not.

Run: .venv/bin/python -m benchmarks.tracker
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from kbrollout.tracker.start import bring_up_to_date, start

SIZES = ((5, 10), (20, 60))
"""Units and requirements per unit."""

ROUNDS = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        start(Path(folder))
        bring_up_to_date()
        few, many = (measured(*size) for size in SIZES)
        lines = (SIZES[1][0] * SIZES[1][1]) / (SIZES[0][0] * SIZES[0][1])
        print(f"{lines:.0f} times as many lines:")
        for what in few:
            print(f"  {what:<10} {few[what] * 1000:7.1f} ms → {many[what] * 1000:7.1f} ms, {many[what] / few[what]:.1f} times")


def measured(units: int, requirements: int) -> dict[str, float]:
    """Seconds per page and per change, in a site of this size."""
    from django.conf import settings
    from django.test import Client

    from kbrollout.tracker.models import Channel, Item, Membership, Person, Role, Site, Unit
    from kbrollout.tracker.services import Actor, change

    settings.ALLOWED_HOSTS = ["testserver"]
    slug = f"wijk-{units}-{requirements}"
    site = Site.objects.create(slug=slug, name=slug, number=1, reference="2.2", theme_list=[("kern", "Kern")])
    places = [Unit.objects.create(site=site, slug=f"eenheid-{n}", name=f"Eenheid {n}", kind="praktijk", order=n) for n in range(units)]
    asked = {"kind": "eis", "theme": "kern", "phase": "invoering", "who": "huisarts", "stand": "Nog niet bekeken", "fingerprint": "0"}
    Item.objects.bulk_create(
        Item(site=site, unit=unit, code=f"BV-P-{n}", order=n, title=f"Eis {n}", **asked) for unit in places for n in range(requirements)
    )
    person = Person.objects.make(f"{slug}@voorbeeld.nl", "Coördinator")
    Membership.objects.create(person=person, role=Role.COORDINATOR, site=site)
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    item = Item.objects.filter(site=site).first()
    assert item is not None
    pages = {"wat nu": "/", "wijk": f"/wijk/{slug}/", "lijst": f"/wijk/{slug}/lijst/eenheid-0/"}
    found = {what: timed(lambda path=path: client.get(path)) for what, path in pages.items()}  # type: ignore[misc]
    who = Actor("proef", Channel.COMMAND)
    numbers = iter(range(ROUNDS))

    def another() -> None:
        number = next(numbers)
        change(who, item.pk, number, {"owner": f"rol {number}"})

    found["wijziging"] = timed(another)
    return found


def timed(action: Callable[[], object]) -> float:
    """Seconds, the quickest of a few rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = perf_counter()
        action()
        best = min(best, perf_counter() - began)
    return best


if __name__ == "__main__":
    main()
