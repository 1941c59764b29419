"""Loads a site folder against the reference, with all findings in one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kbrollout.choices import choice_problems
from kbrollout.errors import ContentError, Problem, Severity
from kbrollout.housestyle import as_css, read_tokens
from kbrollout.messages import did_you_mean, listing, problem
from kbrollout.model.catalogue import CORE_THEME, Agreement, Catalogue
from kbrollout.model.fields import Model
from kbrollout.model.framework import Filling
from kbrollout.model.lock import Lock
from kbrollout.model.offers import OffersFile
from kbrollout.model.planning import Planning
from kbrollout.model.site import ContactsFile, DocumentsFile, FundingFile, Profile, Site
from kbrollout.ownagreements import for_texts, own_ids, read_own_agreements
from kbrollout.validate import Known, doubled_ids, gather, ids_in, validate
from kbrollout.yamlfile import Sourced, read_text, read_yaml

PROFILE = "profiel.yaml"
HOUSE_STYLE = "huisstijl.css"
LOCK = "kbrollout.lock"
PLANNING = "planning.yaml"
OFFERS = "aanbod.yaml"
OPTIONAL: dict[str, type[Model]] = {
    "documenten.yaml": DocumentsFile,
    "financiering.yaml": FundingFile,
    "contacten.yaml": ContactsFile,
    PLANNING: Planning,
    OFFERS: OffersFile,
}
FILES: dict[str, type[Model]] = {PROFILE: Profile, **OPTIONAL}
"""The files of a site folder and their models."""


@dataclass(frozen=True)
class LoadedSite:
    """A site, the positions in its files for what is found later, and what deserves a warning."""

    site: Site
    sources: Mapping[str, Sourced]
    warnings: tuple[Problem, ...]

    @property
    def profile_source(self) -> Sourced:
        return self.sources[PROFILE]


def load_site(folder: Path, catalogue: Catalogue, today: date) -> LoadedSite:
    """Read and check a site folder. Raises ContentError with every fault that was found.

    `today` decides whether a decision lies in the future.
    """
    _refuse_no_folder(folder)
    problems: list[Problem] = []
    sources: dict[str, Sourced] = {}
    for name in FILES:
        # A link that leads nowhere does not exist, and still is somebody's mistake.
        if name == PROFILE or (folder / name).exists() or (folder / name).is_symlink():
            with gather(problems):
                sources[name] = read_yaml(folder / name, f"{folder}/{name}", _remedy(folder, name))
    house_style: str | None = None
    warnings: list[Problem] = []
    with gather(problems):
        house_style, found = _house_style(folder)
        warnings += found
    known = known_ids(sources.get(PROFILE), catalogue, own_ids(folder), sources.get(PLANNING))
    # A task may say that it is of the core; the profile cannot choose the core as a theme.
    of_tasks = {**known, "thema": [CORE_THEME, *catalogue.themes]}
    checked = {name: _check(name, source, of_tasks if name == PLANNING else known, problems) for name, source in sources.items()}
    profile = checked.get(PROFILE)
    lock: Lock | None = None
    with gather(problems):
        lock = read_lock(folder, profile if isinstance(profile, Profile) else None)
    own: dict[str, Agreement] = {}
    if isinstance(profile, Profile):
        own = read_own_agreements(folder, profile, catalogue, known, today, problems)
        problems += _profile_problems(profile, sources[PROFILE], catalogue, today)
        problems += choice_problems(profile, sources[PROFILE], catalogue, for_texts(known, catalogue), today)
    faults = [each for each in problems if each.severity is Severity.ERROR]
    if faults or not isinstance(profile, Profile):
        raise ContentError(faults)
    warnings += [each for each in problems if each.severity is Severity.WARNING]
    documents, funding, contacts, planning, offers = (checked.get(name) for name in OPTIONAL)
    site = Site(
        profile,
        {entry.id: entry for entry in documents.documents} if isinstance(documents, DocumentsFile) else {},
        funding.streams if isinstance(funding, FundingFile) else (),
        contacts.contacts if isinstance(contacts, ContactsFile) else (),
        house_style,
        own,
        lock.agreements if lock else {},
        planning if isinstance(planning, Planning) else None,
        lock.baseline if lock else None,
        offers.offers if isinstance(offers, OffersFile) else (),
        offers.ladder if isinstance(offers, OffersFile) else (),
    )
    return LoadedSite(site, sources, (*warnings, *_unread_files(folder)))


def read_lock(folder: Path, profile: Profile | None) -> Lock | None:
    """The lock of a site, if there is one. Raises ContentError when it has faults or belongs to another site."""
    if not (folder / LOCK).exists():
        return None
    source = read_yaml(folder / LOCK, f"{folder}/{LOCK}", _remedy(folder, LOCK))
    lock = validate(Lock, source, {})
    if profile and lock.site != profile.place.id:
        words: dict[str, Any] = {"gegeven": lock.site, "wijk": profile.place.id}
        raise ContentError([problem("lock-andere-wijk", source.place(("wijk",)), **words)])
    return lock


def _house_style(folder: Path) -> tuple[str | None, tuple[Problem, ...]]:
    """The colours of `huisstijl.css` as a style sheet, if the site has one, and warnings. Raises ContentError."""
    path = folder / HOUSE_STYLE
    if not path.exists() and not path.is_symlink():
        return None, ()
    shown = f"{folder}/{HOUSE_STYLE}"
    tokens, warnings = read_tokens(read_text(path, shown, _remedy(folder, HOUSE_STYLE)), shown)
    return as_css(tokens) if tokens else None, warnings


def _remedy(folder: Path, name: str) -> str:
    if name != PROFILE:
        return "De snelkoppeling verwijst naar niets. Maak het bestand, of verwijder de snelkoppeling."
    others = [path.name for path in folder.iterdir() if path.name not in FILES]
    return f"{did_you_mean(PROFILE, others)}Een wijkmap heeft een bestand profiel.yaml nodig; zie examples/overvecht."


def _refuse_no_folder(folder: Path) -> None:
    place = (str(folder), 0, 0, "")
    try:
        exists = folder.exists()
        siblings = [path.name for path in folder.parent.iterdir() if path.is_dir()] if not exists and folder.parent.is_dir() else []
        list(folder.iterdir() if folder.is_dir() else ())
    except OSError as error:
        raise ContentError([problem("bestand-onleesbaar", place, reden=error.strerror or type(error).__name__)]) from None
    if not exists:
        raise ContentError([problem("map-ontbreekt", place, map=folder, bedoelt=did_you_mean(folder.name, siblings))])
    if not folder.is_dir():
        raise ContentError([problem("geen-map", place, map=folder)])


def known_ids(profile: Sourced | None, catalogue: Catalogue, own: Sequence[str] = (), planning: Sourced | None = None) -> Known:
    """Every id that the files of a site may refer to, per kind.

    A list that could not be read is left out: then links to it are not checked, and one fault stays one fault.
    """
    known: dict[str, list[str]] = {
        "rol": list(catalogue.roles),
        "thema": list(catalogue.themes),
        "programma": list(catalogue.programmes),
        "document": list(catalogue.documents),
        "afspraak": [*catalogue.agreements, *own],
        "startvoorwaarde": list(catalogue.entry_conditions),
        "indicator": list(catalogue.indicators),
        "basisvoorwaarde": list(catalogue.requirements),
        "mtvp": list(catalogue.mtvp_parts),
    }
    own_tasks = ids_in(planning, "eigen_taken") if planning else []
    if own_tasks is not None:
        known["taak"] = [*catalogue.tasks, *own_tasks]
    partners, practices, bodies = (ids_in(profile, name) if profile else None for name in ("partners", "praktijken", "gremia"))
    if partners is not None:
        known["partner"] = partners
    if bodies is not None:
        known["gremium"] = bodies
    if practices is not None:
        known["praktijk"] = practices
    if partners is not None and practices is not None:
        known["lid"] = [*partners, *practices, *catalogue.roles]
    return known


_LISTS_WITH_IDS = (
    *("gremia", "openstaand", "documenten", "stromen", "tijdlijn", "indicatoren"),
    *("golven", "eigen_taken", "overleggen", "risicos", "aanbod"),
)


def _check(name: str, source: Sourced, known: Known, problems: list[Problem]) -> Model | None:
    problems += doubled_ids(source, "partners", "praktijken")
    problems += doubled_ids(source, "themas", code="thema-dubbel")
    for one_list in _LISTS_WITH_IDS:
        problems += doubled_ids(source, one_list)
    with gather(problems):
        return validate(FILES[name], source, known)
    return None


def _profile_problems(profile: Profile, source: Sourced, catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """What can only be judged once the profile as a whole has its shape."""
    for role_id, binding in profile.roles.items():
        filling = catalogue.roles[role_id].filling
        if binding.partners and filling is not Filling.PARTNERS:
            yield problem("rol-van-anderen", source.place(("rollen", role_id, "partners")), rol=role_id, door=filling.value)
    for number, signature in enumerate(profile.signatures):
        if signature.on > today:
            yield problem("tekenen-in-toekomst", source.place(("ondertekend", number, "op")), gegeven=signature.on)
    if profile.adopted:
        versions = [release.version for release in catalogue.index.releases]
        if profile.adopted.version not in versions:
            words: dict[str, Any] = {"gegeven": profile.adopted.version, "mogelijk": listing(versions)}
            yield problem("versie-onbekend", source.place(("vastgesteld", "versie")), **words)
        if profile.adopted.on > today:
            yield problem("besluit-in-toekomst", source.place(("vastgesteld", "op")), gegeven=profile.adopted.on)


def _unread_files(folder: Path) -> Iterator[Problem]:
    """Warnings for YAML files that look as if we should read them."""
    for path in sorted(folder.glob("*.y*ml")):
        if path.name not in FILES:
            place = (f"{folder}/{path.name}", 0, 0, "")
            yield problem("bestand-onbekend", place, Severity.WARNING, bedoelt=did_you_mean(path.name, list(FILES)))
