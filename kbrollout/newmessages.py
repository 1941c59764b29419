"""Messages about a new site folder and its form. Part of the one table in `messages`; kept apart for its length."""

from __future__ import annotations

NEW_SITE: dict[str, tuple[str, str]] = {
    # a new site folder
    "map-niet-leeg": (
        "De map {map} bestaat al en is niet leeg; er is niets geschreven.",
        "Kies een andere map, bijvoorbeeld {voorstel}. Bestaat de wijkmap al? Verander dan de bestanden die erin staan.",
    ),
    "map-is-bestand": ("{map} bestaat al, en is geen map.", "Kies een andere naam voor de map, bijvoorbeeld {voorstel}."),
    "map-niet-schrijfbaar": (
        "In {map} kan niet geschreven worden ({reden}); er is niets gemaakt.",
        "Kies een map waarin u mag schrijven.",
    ),
    "bestand-bestaat": (
        "Het bestand {bestand} bestaat al; er is niets geschreven.",
        "Kies een andere naam. Misschien staan er antwoorden in het bestand.",
    ),
    "antwoord-nodig": ("Hier is een antwoord nodig: {vraag}", "Vul een antwoord in. Weet u het nog niet? Vul dan iets voorlopigs in."),
    "naam-geen-id": (
        "Van de naam “{gegeven}” kan kbrollout geen id maken.",
        "Geef zelf een id met kleine letters, cijfers en streepjes, bijvoorbeeld: mijn-wijk.",
    ),
    "naam-dubbel": (
        "De naam “{naam}” staat er twee keer, de eerste keer in {eerste}.",
        "Haal één van de twee weg, of maak de namen verschillend, bijvoorbeeld met de straat erbij.",
    ),
    "geen-werkmap": (
        "Dit bestand is geen Excel-werkmap die kbrollout kan lezen.",
        "Geef het ingevulde formulier (.xlsx), zonder wachtwoord. Anders opent u het in Excel of LibreOffice en bewaart u het als .xlsx.",
    ),
    "werkmap-te-groot": (
        "Deze werkmap is groter dan een formulier kan zijn; kbrollout opent haar niet.",
        "Maak een nieuw formulier met kbrollout intake en neem de antwoorden over, zonder plaatjes of andere bladen.",
    ),
    "geen-formulier": (
        "Deze werkmap is geen formulier van kbrollout.",
        "Gebruik het formulier dat u met kbrollout intake maakt. Kopieer de bladen niet naar een andere werkmap.",
    ),
    "formulier-versie": (
        "Dit formulier hoort bij {gegeven}, maar deze kbrollout werkt met {verwacht}.",
        "Maak een nieuw formulier met kbrollout intake en neem de antwoorden over.",
    ),
    "blad-ontbreekt": ("Het blad “{blad}” ontbreekt.", "{bedoelt}Geef het blad zijn naam terug, of begin met een nieuw formulier."),
    "kolom-ontbreekt": (
        "Op het blad “{blad}” ontbreekt de kolom “{kolom}”.",
        "Haal de kolom terug met Ongedaan maken, of neem de antwoorden over in een nieuw formulier.",
    ),
    "rij-onbekend": (
        "In deze rij staat een antwoord, maar de rij hoort niet bij het formulier.",
        "Zet het antwoord in een rij van het formulier en maak deze rij leeg.",
    ),
    "rij-dubbel": ("Deze rij staat twee keer in het formulier.", "Verwijder één van de twee rijen."),
    "rij-ontbreekt": (
        "Op het blad “{blad}” ontbreekt de rij “{rij}”.",
        "Haal de rij terug met Ongedaan maken, of neem de antwoorden over in een nieuw formulier.",
    ),
    "cellen-samengevoegd": (
        "Deze cellen zijn samengevoegd; kbrollout weet dan niet bij welke vraag het antwoord hoort.",
        "Hef de samenvoeging op en zet elk antwoord in zijn eigen cel.",
    ),
    "cel-formule": ("In deze cel staat een formule.", "Typ het antwoord zelf, of plak het als waarde."),
    "cel-geen-tekst": (
        "In deze cel staat iets dat Excel voor {gegeven} houdt.",
        "Maak de cel leeg, kies als celeigenschap Tekst en typ het antwoord opnieuw.",
    ),
    "formulier-kan-niet": (
        "Met een formulier werken kan op deze computer niet ({onderdeel} is niet geïnstalleerd).",
        "Installeer alle onderdelen van kbrollout; de handleiding zegt hoe, bij Beginnen.",
    ),
}
