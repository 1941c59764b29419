"""Every message about content, in Dutch, in one table: code → what is wrong and how to mend it.

The words between braces come from the place that found the problem. `docs/handleiding/meldingen.md` explains
each code; a test keeps the two in step.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from kbrollout.choicemessages import CHOICES
from kbrollout.errors import Problem, Severity
from kbrollout.filemessages import FILES
from kbrollout.handoutmessages import HANDOUTS
from kbrollout.newmessages import NEW_SITE
from kbrollout.planmessages import PLANNING

MESSAGES: dict[str, tuple[str, str]] = {
    **FILES,
    # shape
    "sleutel-onbekend": ("De sleutel “{sleutel}” bestaat hier niet.", "{bedoelt}Hier kunnen staan: {mogelijk}."),
    "sleutel-ontbreekt": ("De sleutel “{sleutel}” ontbreekt.", "Voeg toe: {sleutel}: … ({uitleg})"),
    "leeg": ("Hier staat niets.", "Vul een waarde in. Is de sleutel niet verplicht? Dan mag u hem weghalen."),
    "geen-tekst": (
        "Hier hoort een tekst, maar er staat {gegeven}.",
        "Schrijf de waarde op één regel. Begint de tekst met [ of {{? Zet er aanhalingstekens omheen.",
    ),
    "geen-lijst": ("Hier hoort een lijst, maar er staat {gegeven}.", "Begin elke regel van de lijst met een streepje en een spatie."),
    "geen-blok": (
        "Hier hoort een blok met sleutels, maar er staat {gegeven}.",
        "Schrijf regels als “sleutel: waarde”, onder elkaar.{sleutels}",
    ),
    "te-weinig": ("Deze lijst is leeg of te kort.", "Zet er minstens {minstens} in. {uitleg}"),
    "niet-toegestaan": ("“{gegeven}” kan hier niet.", "{bedoelt}Kies uit: {mogelijk}."),
    "te-lang": ("Deze tekst is {lengte} tekens lang; hier passen er {hoogstens}.", "Maak de tekst korter."),
    "meer-regels": ("Hier past één regel, maar er staan er meer.", "Zet de tekst op één regel."),
    "geen-getal": ("“{gegeven}” is geen heel getal.", "Schrijf alleen cijfers, bijvoorbeeld 2700, of schrijf: onbekend."),
    "negatief": ("{gegeven} is kleiner dan nul.", "Vul een aantal van 0 of meer in, of schrijf: onbekend."),
    "geen-datum": ("“{gegeven}” is geen datum in de vorm jjjj-mm-dd.", "Schrijf bijvoorbeeld: {voorbeeld}."),
    "datum-bestaat-niet": ("De datum {gegeven} bestaat niet.", "Controleer dag en maand. De vorm is jjjj-mm-dd."),
    "geen-ja-nee": ("“{gegeven}” is geen ja of nee.", "Schrijf ja of nee."),
    "geen-versie": ("“{gegeven}” is geen versienummer.", 'Schrijf bijvoorbeeld: "2.1".'),
    "geen-slug": (
        "“{gegeven}” kan geen id zijn: een id heeft alleen kleine letters, cijfers en streepjes, en hoogstens 60 tekens.",
        "Schrijf bijvoorbeeld: {voorstel}.",
    ),
    "geen-id": (
        "“{gegeven}” kan geen id zijn.",
        "Schrijf een id als W-BEW-03 (hoofdletters, cijfers, streepjes) of als meer-bewegen (kleine letters, cijfers, streepjes).",
    ),
    "geen-wijkcode": ("“{gegeven}” kan geen wijkcode zijn.", "Kies twee tot vijf hoofdletters, bijvoorbeeld OVE."),
    "agb-lengte": (
        "De AGB-code “{gegeven}” heeft {lengte} cijfers; een AGB-code van een praktijk heeft er 8.",
        "Vul de 8 cijfers in, met nullen vooraan, of schrijf: onbekend.",
    ),
    "agb-tekens": ("De AGB-code “{gegeven}” bevat iets anders dan cijfers.", "Vul alleen de 8 cijfers in, of schrijf: onbekend."),
    "geen-telefoonnummer": (
        "“{gegeven}” is geen telefoonnummer.",
        "Schrijf alleen cijfers, spaties, streepjes en haakjes, bijvoorbeeld 030 123 45 67, of schrijf: onbekend.",
    ),
    "geen-mailadres": ("“{gegeven}” is geen mailadres.", "Schrijf een functioneel adres zoals balie@voorbeeld.nl, of schrijf: onbekend."),
    "waarde-fout": ("Deze waarde past hier niet.", "Kijk in de handleiding wat hier kan staan."),
    # links
    "id-dubbel": ("Het id “{id}” is al gebruikt, in {eerste}.", "Kies een ander id, of haal weg wat dubbel is."),
    "rol-onbekend": ("De rol “{gegeven}” bestaat niet in de referentie.", "{bedoelt}Rollen zijn: {mogelijk}."),
    "thema-onbekend": ("Het thema “{gegeven}” bestaat niet in de referentie.", "{bedoelt}Thema's zijn: {mogelijk}."),
    "thema-dubbel": ("Het thema “{id}” is twee keer gekozen; de eerste keer in {eerste}.", "Laat één van de twee staan."),
    "programma-onbekend": ("Het programma “{gegeven}” bestaat niet in de referentie.", "{bedoelt}Programma's zijn: {mogelijk}."),
    "document-onbekend": (
        "Het document “{gegeven}” staat niet in het documentenregister.",
        "{bedoelt}Is het een eigen document? Geef dan ook titel en soort op.",
    ),
    "bron-onbekend": ("De bron “{gegeven}” staat niet in bronnen.yaml.", "{bedoelt}Zet een nieuwe bron eerst in bronnen.yaml."),
    "partner-onbekend": ("De partner “{gegeven}” staat niet bij de partners.", "{bedoelt}Partners zijn: {mogelijk}."),
    "lid-onbekend": (
        "“{gegeven}” is geen partner, praktijk of rol.",
        "{bedoelt}Zet een organisatie eerst bij de partners. Alle praktijken samen zijn de rol huisartsenpraktijk.",
    ),
    "gremium-onbekend": ("Het gremium “{gegeven}” staat niet bij de gremia.", "{bedoelt}Gremia zijn: {mogelijk}."),
    "afspraak-onbekend": ("De afspraak “{gegeven}” bestaat niet.", "{bedoelt}Controleer het id."),
    "tekst-ontbreekt": ("De tekst “{gegeven}” ontbreekt in de map teksten.", "Maak het bestand teksten/{gegeven}.md."),
    "cel-ontbreekt": ("De cel {kolom}/{laag} ontbreekt.", "Voeg de cel toe aan cellen."),
    "groep-ontbreekt": ("De groep “{gegeven}” ontbreekt.", "Voeg de groep toe aan groepen."),
    "his-lijkt-op": (
        "De referentie kent geen systeem “{gegeven}”.",
        "{bedoelt}Schrijf de naam dan zo. Is het een ander systeem? Dan gelden de algemene teksten.",
    ),
    "systeem-onbekend": ("Het systeem “{gegeven}” staat niet in systemen.yaml.", "{bedoelt}Systemen zijn: {mogelijk}."),
    "resultaat-onbekend": ("Het cijfer “{gegeven}” staat niet in resultaten.yaml.", "{bedoelt}Cijfers zijn: {mogelijk}."),
    "startvoorwaarde-onbekend": (
        "De startvoorwaarde “{gegeven}” bestaat niet in de referentie.",
        "{bedoelt}Startvoorwaarden zijn: {mogelijk}.",
    ),
    "indicator-onbekend": ("De indicator “{gegeven}” bestaat niet in de referentie.", "{bedoelt}Indicatoren zijn: {mogelijk}."),
    "zonder-basisvoorwaarde": (
        "De afspraak {gegeven} heeft geen basisvoorwaarde, en er staat niet waarom.",
        "Noem de afspraak bij een basisvoorwaarde in basisvoorwaarden.yaml, of met een reden in zonder_basisvoorwaarde.yaml.",
    ),
    "met-en-zonder-basisvoorwaarde": (
        "De afspraak {gegeven} heeft een basisvoorwaarde, maar staat ook bij de afspraken zonder.",
        "Haal de afspraak hier weg, of uit basisvoorwaarden.yaml.",
    ),
    "versie-onbekend": ("Versie {gegeven} van de referentie bestaat niet.", "Uitgaven zijn: {mogelijk}."),
    "anker-onbekend": ("Het hoofdstuk “{gegeven}” bestaat niet.", "{bedoelt}Hoofdstukken zijn: {mogelijk}."),
    "documentsoort-onbekend": ("Het document “{gegeven}” maakt kbrollout niet.", "{bedoelt}Documenten zijn: {mogelijk}."),
    # agreements and texts
    "kop-ontbreekt": (
        "Het bestand begint niet met een ingevuld blok tussen twee regels ---.",
        "Zet de sleutels bovenaan tussen twee regels met drie streepjes.",
    ),
    "naam-anders": ("Het id “{id}” is niet de naam van het bestand.", "Geef het bestand en het id dezelfde naam."),
    "kop-onbekend": ("De kop “{gegeven}” kan hier niet.", "{bedoelt}Koppen zijn: {mogelijk}."),
    "kop-dubbel": ("De kop “{gegeven}” staat er twee keer.", "Voeg de twee stukken samen."),
    "kop-leeg": ("Onder de kop “{gegeven}” staat niets.", "Schrijf de tekst, of haal de kop weg."),
    "afspraak-ontbreekt": ("De kop “Afspraak” ontbreekt.", "Voeg toe: ## Afspraak, met daaronder de afspraak."),
    "tekst-voor-kop": ("Hier staat tekst voor de eerste kop.", "Zet de tekst onder een kop zoals ## Afspraak."),
    "verwachting-vorm": (
        "Onder Verwachtingen hoort elke regel de vorm “- {{rol}}: wat u mag verwachten” te hebben.",
        "Begin de regel met een streepje, dan de rol tussen accolades en een dubbele punt.",
    ),
    "verwachting-rol": (
        "De rol “{gegeven}” staat niet bij doet of weet van deze afspraak.",
        "{bedoelt}Noem een rol die er staat: {mogelijk}.",
    ),
    "naam-onbekend": (
        "Tussen accolades staat “{gegeven}”, maar die naam is nergens opgegeven.",
        "{bedoelt}Gebruik een rol, een programma of een waarde van deze afspraak.",
    ),
    "accolades-vorm": (
        "“{gegeven}” kan niet: tussen accolades staat alleen een naam, zonder spaties.",
        "{bedoelt}Schrijf een rol, programma of waarde als {{huisarts}}, of laat de accolades weg.",
    ),
    "verwijzing-onbekend": (
        "[[{gegeven}]] verwijst naar iets dat niet bestaat.",
        "{bedoelt}Verwijs naar het id van een afspraak of een document.",
    ),
    "soort-of-functie": (
        "Een afspraak in de kolom {kolom} heeft {nodig} nodig, en nooit {ander}.",
        "Vul {nodig} in. Staat {ander} er ook? Haal die weg.",
    ),
    "waarde-naam": ("De waarde “{gegeven}” heet net zo als een rol of programma.", "Geef de waarde een andere naam."),
    "waarde-werkdagen": (
        "Deze waarde is een aantal werkdagen, niet “{gegeven}”.",
        "Schrijf alleen het aantal, bijvoorbeeld 3.",
    ),
    "vervallen-zonder-reden": (
        "Deze afspraak is vervallen, maar staat niet in vervallen.yaml.",
        "Zet het id met reden en opvolger in vervallen.yaml.",
    ),
    # site
    "lidwoord-ontbreekt": (
        "Een eigen naam voor een rol heeft naam, lidwoord en meervoud nodig; hier ontbreekt {ontbreekt}.",
        "Vul alle drie in; anders kloppen de zinnen niet.",
    ),
    "punt-zonder-wat": (
        "Het open punt “{gegeven}” komt niet uit de lijst, en er staat niet bij wat er open is.",
        "{bedoelt}Voeg toe: wat: …",
    ),
    "punt-opgelost": ("Het open punt “{gegeven}” is hier niet meer open.", "Haal het weg uit openstaand."),
    "rol-niet-ingevuld": (
        "Niemand vervult de rol {rol}, die nodig is voor {waarvoor}.",
        "Zet bij rollen een partner bij {rol}, of schrijf bij reden waarom dat nog niet kan.",
    ),
    "rol-van-anderen": ("De rol “{rol}” wordt niet door partners vervuld, maar door {door}.", "Haal de sleutel partners bij deze rol weg."),
    "besluit-in-toekomst": ("Het besluit is van {gegeven}, maar die dag moet nog komen.", "Vul de datum in waarop het besluit genomen is."),
    **CHOICES,
    **PLANNING,
    **HANDOUTS,
    **NEW_SITE,
    "huisstijl-kleur": (
        "“{gegeven}” is geen kleur die kbrollout kan gebruiken.",
        "Schrijf een kleur als #0f4c54, rgb(15, 76, 84) of hsl(187, 70%, 19%).",
    ),
    "huisstijl-leeg": ("Dit bestand bevat geen kleur die kbrollout gebruikt.", "Kleuren zijn: {mogelijk}."),
    "huisstijl-contrast": (
        "Tekst in {tekst} op {achter} is slecht leesbaar: het contrast is {contrast}, en 4,5 is nodig.",
        "Kies een donkerder tekst of een lichtere achtergrond.",
    ),
    # packs
    "uitvoer-van-anderen": (
        "In {map} staat iets dat niet van kbrollout is; er is niets geschreven.",
        "Kies met --out een andere map, of haal weg wat er staat.",
    ),
    "uitvoer-iets-anders": (
        "In {map} staat al iets dat geen {soort} is; er is niets geschreven.",
        "Kies met --out een nieuwe of een lege map, bijvoorbeeld {voorstel}.",
    ),
    "uitvoer-geen-map": ("{map} is een bestand, geen map.", "Kies met --out een map."),
    "uitvoer-niet-schrijfbaar": (
        "In {map} kan niet geschreven worden ({reden}).",
        "Kies met --out een map waarin u mag schrijven, of sluit de bestanden die open staan.",
    ),
    "fout-in-kbrollout": (
        "Dit pakket kon niet gemaakt worden: {fout}.",
        "Dit is een fout in kbrollout zelf, niet in uw bestanden. Stuur alle regels naar de beheerder.",
    ),
    "naam-gereserveerd": (
        "“{gegeven}” kan geen id zijn: Windows gebruikt die naam zelf.",
        "Schrijf bijvoorbeeld: {voorstel}.",
    ),
    "wijk-dubbel": ("De wijk “{id}” staat in twee mappen: {eerste} en {tweede}.", "Geef elke wijk een eigen id in profiel.yaml."),
    "pdf-kan-niet": ("PDF maken kan op deze computer niet ({reden}).", "{remedie}"),
    "excel-kan-niet": (
        "Een Excelbestand maken kan op deze computer niet (XlsxWriter ontbreekt).",
        "Installeer alle onderdelen van kbrollout; de handleiding zegt hoe, bij Beginnen.",
    ),
    "bewerkbaar-kan-niet": (
        "Kopieën voor Word en LibreOffice maken kan op deze computer niet (pandoc ontbreekt).",
        "Installeer alle onderdelen van kbrollout; de handleiding zegt hoe, bij Beginnen.",
    ),
    "document-vervallen": (
        "Niet opnieuw gemaakt en daarom niet meer in het pakket: {aantal} ({namen}).",
        "Bouw zonder --only en --format voor een volledig pakket.",
    ),
    "bestand-bewerkt": (
        "Iemand heeft {bestand} veranderd. Die versie is bewaard als {bewaard}.",
        "Zet wat u wilt houden in de bestanden van de wijk, en gooi de kopie daarna weg.",
    ),
}


def did_you_mean(given: str, known: Sequence[str], cutoff: float = 0.6) -> str:
    """`Bedoelde u …? ` with the nearest known word, or nothing. `cutoff` (0 to 1) is how near it has to be."""
    by_lower = {word.lower(): word for word in known[:1000]}
    near = get_close_matches(given[:100].lower(), by_lower, n=1, cutoff=cutoff)
    return f"Bedoelde u “{by_lower[near[0]]}”? " if near else ""


def listing(words: Sequence[str]) -> str:
    """The words of a list for a message, in their own order; a long list is cut."""
    different = list(dict.fromkeys(words))
    shown = different[:20]
    return ", ".join(shown) + (" …" if len(different) > len(shown) else "") if shown else "nog geen"


def problem(code: str, place: tuple[str, int, int, str], severity: Severity = Severity.ERROR, **words: Any) -> Problem:
    """Make a problem from the table. `place` is file, line, column and path inside the file."""
    what, fix = MESSAGES[code]
    file, line, column, path = place
    shown = {
        name: _legible(word) if name in _FROM_THE_AUTHOR else _REASONS.get(word, word) if name == "reden" else word
        for name, word in words.items()
    }
    return Problem(file, line, column, _legible(path), code, what.format(**shown), fix.format(**shown).strip(), severity)


_FROM_THE_AUTHOR = ("gegeven", "sleutel", "id", "naam")


def _legible(word: Any) -> Any:
    """What the author wrote, on one line and short enough for a message."""
    if not isinstance(word, str):
        return word
    line = "".join(sign if sign.isprintable() else " " for sign in word)
    return line if len(line) <= 100 else f"{line[:80]} … {line[-10:]}"


_REASONS: dict[Any, str] = {
    os.strerror(number): reason
    for number, reason in (
        (errno.EACCES, "u hebt geen toestemming"),
        (errno.EPERM, "u hebt geen toestemming"),
        (errno.ENOENT, "de map bestaat niet"),
        (errno.EEXIST, "er bestaat al een bestand met die naam"),
        (errno.EISDIR, "het is een map"),
        (errno.ENOTDIR, "een deel van het pad is een bestand"),
        (errno.ENAMETOOLONG, "de naam is te lang"),
        (errno.ELOOP, "de snelkoppeling verwijst naar zichzelf"),
        (errno.ENOSPC, "de schijf is vol"),
        (errno.EROFS, "de schijf is alleen te lezen"),
        (errno.EBUSY, "het is in gebruik"),
        (errno.EIO, "de schijf geeft een fout"),
    )
}
"""What the system says, in Dutch."""
