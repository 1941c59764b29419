"""The list of open points: everything that is left out, unknown or not agreed, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from kbrollout.grammar import capitalised, counted, lowered, series
from kbrollout.model.catalogue import CORE_THEME, SPECIALIST_THEME, Catalogue
from kbrollout.model.framework import Filling
from kbrollout.model.handouts import Drawing, Handout
from kbrollout.model.neighbourhood import BoundRole, ChosenTheme, OpenPoint, ResolvedAgreement, State, local_words
from kbrollout.model.offers import OfferKind
from kbrollout.model.site import DocumentStatus, OpenPointEntry, Practice, Site
from kbrollout.slots import renamed

_PRACTICE_FACTS: tuple[tuple[str, str, Callable[[Practice], object]], ...] = (
    ("OP-AGB", "de AGB-code", lambda practice: practice.agb),
    ("OP-HIS", "het huisartsinformatiesysteem", lambda practice: practice.his),
    ("OP-PATIENTEN", "het aantal patiënten", lambda practice: practice.patients),
    ("OP-MTVP", "de onderdelen van het MTVP-plan", lambda practice: practice.mtvp),
)


def open_points(
    catalogue: Catalogue,
    site: Site,
    roles: Mapping[str, BoundRole],
    themes: tuple[ChosenTheme, ...],
    agreements: tuple[ResolvedAgreement, ...],
    handouts: tuple[Handout, ...],
) -> tuple[OpenPoint, ...]:
    """All open points: what the program finds, what the reference leaves open, and the site's own."""
    words = local_words(roles.values())
    found = [
        *_decision(catalogue, site),
        *_planning(catalogue, site),
        *_roles(catalogue, roles),
        *_contacts(catalogue, site, roles),
        *_themes(catalogue, themes),
        *_practices(catalogue, site),
        *_facts(catalogue, site),
        *_measures(catalogue, site, words),
        *_blanks(catalogue, site, handouts),
        *_agreements(catalogue, agreements),
        *_gaps(catalogue, themes, agreements, words),
    ]
    entries = {entry.id: entry for entry in site.profile.open_points}
    completed = [_with_entry(point, entries.pop(point.id, None)) for point in found]
    return (*completed, *(_own(entry) for entry in entries.values()))


def possible_ids(catalogue: Catalogue) -> list[str]:
    """The ids of all points that can ever come from the program or the reference, whether they are open here or not."""
    fixed = ("OP-VASTSTELLEN", "OP-PLANNING", "OP-INWONERS", "OP-FINANCIERING", "OP-BEDRAGEN", "OP-DOCUMENTEN")
    practices = (identifier for identifier, _, _ in _PRACTICE_FACTS)
    blanks = ("OP-AANBOD", "OP-ESCALATIE")
    measures = ("OP-DREMPELS", "OP-INDICATOREN", "OP-SPECIALISMEN")
    about_agreements = ("OP-EIGENAAR", "OP-HERZIENING", "OP-TE-KIEZEN", "OP-TE-BEOORDELEN", "OP-AANSPREEKPUNTEN")
    roles = (f"OP-ROL-{role.upper()}" for role in catalogue.roles)
    themes = (f"OP-AANSPREEKPUNT-{theme.upper()}" for theme in catalogue.themes)
    return [*fixed, *practices, *blanks, *measures, *about_agreements, *roles, *themes, *(gap.id for gap in catalogue.gaps)]


def _with_entry(point: OpenPoint, entry: OpenPointEntry | None) -> OpenPoint:
    if entry is None:
        return point
    return replace(point, what=entry.what or point.what, why=entry.why or point.why, owner=entry.owner, due=entry.due)


def _own(entry: OpenPointEntry) -> OpenPoint:
    return OpenPoint(entry.id, entry.what or "", entry.why or "Door de wijk zelf toegevoegd.", entry.owner, entry.due, own=True)


def _decision(catalogue: Catalogue, site: Site) -> Iterator[OpenPoint]:
    if site.profile.adopted is None:
        yield OpenPoint(
            "OP-VASTSTELLEN",
            f"Stel versie {catalogue.index.version} van de afspraken vast.",
            "Zonder besluit is alles in dit pakket een concept.",
            catalogue.index.lead,
        )


def _planning(catalogue: Catalogue, site: Site) -> Iterator[OpenPoint]:
    if site.planning is None or site.planning.start is None:
        why = "Zonder start in planning.yaml zijn er geen plan en geen agenda’s."
        yield OpenPoint("OP-PLANNING", "Kies de dag waarop de invoering begint.", why, catalogue.index.lead)


def _roles(catalogue: Catalogue, roles: Mapping[str, BoundRole]) -> Iterator[OpenPoint]:
    for key, bound in roles.items():
        if bound.unfilled:
            why = bound.reason or "In het wijkprofiel staat nog geen partner bij deze rol."
            yield OpenPoint(f"OP-ROL-{key.upper()}", f"Spreek af wie de rol van {bound.name} vervult.", why, catalogue.index.lead)


def _contacts(catalogue: Catalogue, site: Site, roles: Mapping[str, BoundRole]) -> Iterator[OpenPoint]:
    reachable = {contact.who for contact in site.contacts}
    outside = {key: bound for key, bound in roles.items() if bound.needed and bound.filled_by and bound.role.filling is Filling.PARTNERS}
    missing = [bound.name for key, bound in outside.items() if not bound.contact and key not in reachable]
    if missing:
        what = f"Spreek voor {counted(len(missing), 'rol', 'rollen')} af welke functie men aanspreekt."
        yield OpenPoint("OP-AANSPREEKPUNTEN", what, f"Er is nog geen aanspreekpunt: {', '.join(missing)}.", catalogue.index.lead)


def _themes(catalogue: Catalogue, themes: tuple[ChosenTheme, ...]) -> Iterator[OpenPoint]:
    for chosen in themes:
        if chosen.contact is None:
            yield OpenPoint(
                f"OP-AANSPREEKPUNT-{chosen.theme.id.upper()}",
                f"Wijs een aanspreekpunt aan voor het thema {chosen.name}.",
                "In het wijkprofiel staat geen functie die men kan aanspreken.",
                catalogue.index.lead,
                theme=chosen.theme.id,
            )


def _practices(catalogue: Catalogue, site: Site) -> Iterator[OpenPoint]:
    practices = site.profile.practices
    for key, fact, value in _PRACTICE_FACTS:
        missing = [practice for practice in practices if value(practice) is None]
        if missing:
            who = "alle praktijken" if len(missing) == len(practices) > 1 else counted(len(missing), "praktijk", "praktijken")
            units, asks = tuple(practice.id for practice in missing), f"Geef {fact} van uw praktijk door."
            what = f"Vraag {fact} na van {who}."
            yield OpenPoint(key, what, "In het wijkprofiel staat: onbekend.", catalogue.index.lead, units=units, asks=asks)


def _facts(catalogue: Catalogue, site: Site) -> Iterator[OpenPoint]:
    lead = catalogue.index.lead
    if site.profile.place.inhabitants is None:
        yield OpenPoint("OP-INWONERS", "Zoek het aantal inwoners van de wijk op.", "In het wijkprofiel staat: onbekend.", lead)
    if not site.streams:
        yield OpenPoint("OP-FINANCIERING", "Zet op een rij wie wat betaalt.", "Er is nog geen financiering.yaml met geldstromen.", lead)
    unknown = [stream for stream in site.streams if stream.unknown]
    if unknown:
        what = f"Vul aan wat onbekend is van {counted(len(unknown), 'geldstroom', 'geldstromen')}."
        yield OpenPoint("OP-BEDRAGEN", what, "Betaler, bedrag, eenheid, periode of einddatum ontbreekt nog.", lead)
    chosen = {CORE_THEME, *(choice.id for choice in site.profile.themes)}
    missing = sum(1 for key, document in catalogue.documents.items() if document.theme in chosen and not _is_present(site, key))
    if missing:
        what = f"Zoek uit waar {counted(missing, 'document', 'documenten')} uit het register te vinden {'is' if missing == 1 else 'zijn'}."
        yield OpenPoint("OP-DOCUMENTEN", what, "In documenten.yaml staat nog niet: aanwezig.", lead)


def _measures(catalogue: Catalogue, site: Site, words: Mapping[str, str]) -> Iterator[OpenPoint]:
    lead, profile = catalogue.index.lead, site.profile
    known = {threshold.id for threshold in profile.thresholds if threshold.threshold}
    missing = [renamed(condition.title, words) for key, condition in catalogue.entry_conditions.items() if key not in known]
    if missing:
        what = f"Zoek op wat regelingen en fondsen hier vragen bij {counted(len(missing), 'startvoorwaarde', 'startvoorwaarden')}."
        yield OpenPoint("OP-DREMPELS", what, f"Nog niet bekend: {series([lowered(title) for title in missing])}.", lead)
    worded = {wording.id for wording in profile.wordings}
    asking = [indicator for key, indicator in catalogue.indicators.items() if indicator.asks_unknown and key not in worded]
    unasked = [renamed(indicator.title, words) for indicator in asking]
    if unasked:
        what = f"Zoek de letterlijke vraag op van {counted(len(unasked), 'indicator', 'indicatoren')}."
        yield OpenPoint("OP-INDICATOREN", what, f"Geen bron geeft de letterlijke vraag: {series(unasked)}.", lead)
    if SPECIALIST_THEME in (choice.id for choice in profile.themes) and not profile.specialisms:
        what, why = "Zet op een rij van welke specialismen een specialist meedenkt.", "In het wijkprofiel staan nog geen specialismen."
        yield OpenPoint("OP-SPECIALISMEN", what, why, lead, theme=SPECIALIST_THEME)


def _is_present(site: Site, key: str) -> bool:
    local = site.documents.get(key)
    return local is not None and local.status in (DocumentStatus.PRESENT, DocumentStatus.EXPIRED)


def _blanks(catalogue: Catalogue, site: Site, handouts: tuple[Handout, ...]) -> Iterator[OpenPoint]:
    """What handouts leave blank, because aanbod.yaml does not have it."""
    blocks = [block for handout in handouts for block in handout.blocks]
    asked = {kind for block in blocks for kind in (block.offers, *(step.offers for step in block.flow)) if kind}
    missing = [kind.value for kind in OfferKind if kind in asked - {offer.kind for offer in site.offers}]
    if missing:
        what = f"Zet in aanbod.yaml wat er in de wijk te doen is: {', '.join(missing)}."
        yield OpenPoint("OP-AANBOD", what, "Op de handouts staan hier nog lege regels.", catalogue.index.lead)
    if not site.ladder and any(block.drawing is Drawing.LADDER for block in blocks):
        what = "Spreek de stappen af voor als een cliënt vastloopt, en zet ze in aanbod.yaml bij escalatie."
        yield OpenPoint("OP-ESCALATIE", what, "De ladder op de handout is nog leeg.", catalogue.index.lead)


def _agreements(catalogue: Catalogue, agreements: tuple[ResolvedAgreement, ...]) -> Iterator[OpenPoint]:
    lead = catalogue.index.lead
    unowned = [resolved for resolved in agreements if resolved.holds and not resolved.own and resolved.agreement.header.owner is None]
    if unowned:
        what = f"Spreek af wie {counted(len(unowned), 'afspraak', 'afspraken')} beheert."
        yield OpenPoint("OP-EIGENAAR", what, "De referentie noemt geen eigenaar.", lead)
    undated = [resolved for resolved in agreements if resolved.holds and not resolved.own and resolved.agreement.header.review is None]
    if undated:
        what = f"Kies een datum om {counted(len(undated), 'afspraak', 'afspraken')} opnieuw te bekijken."
        yield OpenPoint("OP-HERZIENING", what, "De referentie noemt geen datum.", lead)
    changed = [resolved.id for resolved in agreements if resolved.state is State.TO_REVIEW]
    if changed:
        what = f"Bekijk {counted(len(changed), 'afspraak', 'afspraken')} opnieuw."
        yield OpenPoint("OP-TE-BEOORDELEN", what, f"De tekst in de referentie veranderde: {', '.join(changed)}.", lead)
    waiting = [resolved.id for resolved in agreements if resolved.state is State.TO_CHOOSE]
    if waiting:
        what = f"Kies of de wijk {counted(len(waiting), 'voorstel', 'voorstellen')} overneemt."
        yield OpenPoint("OP-TE-KIEZEN", capitalised(what), f"Nog niet gekozen: {', '.join(waiting)}.", lead)


def _gaps(
    catalogue: Catalogue, themes: tuple[ChosenTheme, ...], agreements: tuple[ResolvedAgreement, ...], words: Mapping[str, str]
) -> Iterator[OpenPoint]:
    """What the reference leaves open, unless this release or the neighbourhood's choice of proposals settles it."""
    chosen = {CORE_THEME, *(theme.theme.id for theme in themes)}
    holding = {resolved.id for resolved in agreements if resolved.holds}
    waiting = {resolved.id for resolved in agreements if resolved.state is State.TO_CHOOSE}
    for gap in catalogue.gaps:
        answered = gap.answers and holding.issuperset(gap.answers)
        if gap.theme in chosen and gap.solved is None and not answered:
            what, why = renamed(gap.what, words), f"{renamed(gap.why, words)}{_answers([key for key in gap.answers if key in waiting])}"
            yield OpenPoint(gap.id, what, why, gap.owner, theme=None if gap.theme == CORE_THEME else gap.theme)


def _answers(waiting: list[str]) -> str:
    """The proposals that may settle a gap and still wait, as a sentence behind the reason."""
    if not waiting:
        return ""
    there_are = "Er is een voorstel" if len(waiting) == 1 else "Er zijn voorstellen"
    return f" {there_are}: {series(waiting)}. De wijk moet kiezen."
