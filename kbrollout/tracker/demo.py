"""The demonstration: fictional progress of the example sites, and four people to sign in as.

All of it goes through the same services as real work does. What comes out depends on the packs, the seed and the day alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.db import transaction

from kbrollout.tracker.fields import Kind
from kbrollout.tracker.measuring import measure
from kbrollout.tracker.models import Channel, Item, Membership, Person, Role, Site, Snapshot, Unit
from kbrollout.tracker.models.items import AGREED, RETURNED
from kbrollout.tracker.services import Actor, change, review
from kbrollout.tracker.snapshots import take

SEED = 2027
PHASES = ("voorbereiding", "nulmeting", "invoering", "borging")
GATES_PASSED = {"overvecht": 2, "amsterdam-zuidoost": 2, "den-haag-laak": 1}
"""How many phases an example has behind it; the others are in their first."""

AT_BASELINE, HALFWAY, NOW = 0.25, 0.6, 1.0
"""The part of what is arranged by now that was arranged at each moment."""

MISSING = (
    "Verzonnen: nog te bespreken in het praktijkoverleg.",
    "Verzonnen: wacht op een antwoord van de andere partij.",
    "Verzonnen: de helft van het team weet het al.",
    "Verzonnen: de tekst is klaar, de inrichting nog niet.",
)
EVIDENCE = (
    "Verzonnen: map Afspraken op de gedeelde schijf.",
    "Verzonnen: verslag van het wijkoverleg.",
    "Verzonnen: instelling in het systeem, nagekeken.",
)
NOT_HERE = "Verzonnen: dit doet deze praktijk samen met de buren."
SENT_BACK = "Verzonnen: het bewijs gaat over een andere afspraak."
SOURCE = "Verzonnen voor de demonstratie"


@dataclass(frozen=True)
class Player:
    """Somebody to sign in as: the part before the @, the role, and what it is good for."""

    email: str
    role: Role
    sees: str


def make_people(password: str) -> list[Player]:
    """Four people, one per role, or the same four with another password."""
    sites = {site.slug: site for site in Site.objects.filter(number__gt=0)}
    first, *others = [sites[slug] for slug in ("overvecht", *sites) if slug in sites]
    practice = first.units.filter(kind="praktijk", gone=None)[0]
    second = next((site for site in others if site.slug != first.slug), first)
    return [
        _player(password, Role.ADMIN, "alle wijken, en wie er mag aanmelden"),
        _player(password, Role.COORDINATOR, first.name, (first, None)),
        _player(password, Role.MEMBER, f"{first.name}; vult in voor {practice.name}", (first, practice)),
        _player(password, Role.READER, f"{first.name} en {second.name}; vult niets in", (first, None), (second, None)),
    ]


def _player(password: str, role: Role, sees: str, *places: tuple[Site, Unit | None]) -> Player:
    person = _person(role)
    person.set_password(password)
    person.save()
    for site, unit in places or ((None, None),):
        Membership.objects.get_or_create(person=person, role=role, site=site, unit=unit)
    return Player(person.email, role, sees)


def _person(role: Role) -> Person:
    email = f"{role.value}@voorbeeld.nl"
    return Person.objects.filter(email=email).first() or Person.objects.make(email, f"Voorbeeld {role.label}")


def fill_in(slug: str, today: date) -> None:
    """Fill in a site that a pack was just loaded of."""
    with transaction.atomic():
        _Story(Site.objects.get(pk=slug), today, _person(Role.ADMIN)).tell()


class _Story:
    """How one site got where it is: a nulmeting, half-way, and now."""

    def __init__(self, site: Site, today: date, checker: Person) -> None:
        self.site, self.today = site, today
        self.checker = Actor(checker.name, Channel.WEB, checker, Role.ADMIN.value)
        self.chance = Random(f"{SEED} {site.slug}")
        self.passed = GATES_PASSED.get(site.slug, 0)
        self.pace = {unit.pk: self.chance.uniform(0.6, 1.1) for unit in site.units.all()}
        self.order = {item.pk: self.chance.random() for item in site.items.filter(gone=None)}
        """Where a line stands in the queue: the lower, the sooner it is done."""

    def tell(self) -> None:
        self._reach(AT_BASELINE)
        take(self.checker, self.site.slug, Snapshot.BASELINE, "Nulmeting")
        self._reach(HALFWAY)
        take(self.checker, self.site.slug, Snapshot.LATER, "Halverwege")
        self._measure()
        self._reach(NOW)
        self._review()

    def _reach(self, part: float) -> None:
        for item in self.site.items.filter(gone=None).select_related("unit").order_by("pk"):
            answer = self._answer(item, part)
            if any(item.values[name] != text for name, text in answer.items()):
                change(self._actor(item), item.pk, item.version, answer)

    def _answer(self, item: Item, part: float) -> dict[str, str]:
        """What people say of a line when so much of their work was done; nothing when they did not get to it yet."""
        turn, share = self.order[item.pk], self._share(item) * part
        kind = Kind(item.kind)
        if kind is Kind.POINT:
            return {"stand": "Opgelost" if turn < 0.3 * part else "Mee bezig"} if turn < 0.5 * part else {}
        if kind is Kind.TASK:
            return {"stand": "ja", "date": self._days(-7 - int(60 * turn))} if self._is_done(item, turn, share) else {}
        if turn > 0.97 and not item.unit.is_site:
            return {"stand": "Niet van toepassing", "missing": NOT_HERE}
        if turn < share:
            return self._arranged(item, turn)
        if turn < share + 0.2 * part:
            return {"stand": "Mee bezig", "missing": MISSING[item.order % len(MISSING)], **self._planned(item)}
        return {"stand": "Nog niet gestart", **self._planned(item)} if turn < share + 0.4 * part else {}

    def _arranged(self, item: Item, turn: float) -> dict[str, str]:
        """Arranged, with evidence; of one in six it is too old or will soon be."""
        answer = {"stand": "Geregeld", "missing": "", "owner": self._owner(item), "evidence": EVIDENCE[item.order % len(EVIDENCE)]}
        return {**answer, "evidence_until": self._days(int(900 * turn) - 30)} if item.order % 6 == 0 else answer

    def _planned(self, item: Item) -> dict[str, str]:
        """Who does it and when; one in five is late."""
        day = self._days(-5 - item.order % 30) if item.order % 5 == 0 else self._days(14 + 7 * (item.order % 20))
        return {"owner": self._owner(item), "date": day}

    def _is_done(self, task: Item, turn: float, share: float) -> bool:
        if task.details.get("gate"):
            return PHASES.index(task.phase) < self.passed and share > 0.5
        return turn < share

    def _share(self, item: Item) -> float:
        """How much of a phase is arranged by now: nearly all of what is behind the site, half of where it is, little of what comes."""
        ahead = PHASES.index(item.phase) - self.passed if item.phase in PHASES else 0
        return 0.95 if ahead < 0 else (0.45, 0.12, 0.03, 0.0)[ahead] * min(1.0, self.pace[item.unit_id])

    def _review(self) -> None:
        """A third is looked at by somebody else; of those one in ten is sent back."""
        for number, item in enumerate(self.site.items.filter(kind=Kind.REQUIREMENT, stand="Geregeld").order_by("pk")[::3]):
            verdict, note = (RETURNED, SENT_BACK) if number % 10 == 4 else (AGREED, "")
            review(self.checker, item.pk, item.version, verdict, note)

    def _measure(self) -> None:
        """Counts that ask nobody anything: some months ago, and lately."""
        counted = self.site.indicators.filter(gone=None, level="praktijk", question="", question_unknown=False, scale__startswith="aantal")
        for indicator in counted:
            for unit in self.site.units.filter(kind="praktijk", gone=None):
                for ago in (150, 60, 10):
                    value = str(self.chance.randint(4, 12) + (150 - ago) // 15)
                    measure(self._actor_of(unit), indicator.pk, unit.pk, self._days(-ago), value, "", SOURCE)

    def _owner(self, item: Item) -> str:
        name: str = self.site.roles.get(item.who, item.who)
        return name

    def _actor(self, item: Item) -> Actor:
        return Actor(f"{self._owner(item)} (verzonnen)"[:120], Channel.WEB, None, Role.MEMBER.value)

    def _actor_of(self, unit: Unit) -> Actor:
        return Actor(f"{unit.name} (verzonnen)"[:120], Channel.WEB, None, Role.MEMBER.value)

    def _days(self, number: int) -> str:
        return (self.today + timedelta(days=number)).isoformat()
