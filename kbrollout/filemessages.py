"""Messages about files and their YAML: part of the table in `kbrollout.messages`."""

from __future__ import annotations

FILES: dict[str, tuple[str, str]] = {
    # files and folders
    "map-ontbreekt": ("De map {map} bestaat niet.", "Controleer de naam van de map. {bedoelt}"),
    "geen-map": ("{map} is een bestand, geen map.", "Geef de map van de wijk op, niet een bestand daarin."),
    "bestand-ontbreekt": ("Het bestand ontbreekt.", "{remedie}"),
    "bestand-onleesbaar": (
        "Het bestand kan niet gelezen worden ({reden}).",
        "Controleer of u het bestand mag openen en of het niet in gebruik is.",
    ),
    "bestand-leeg": (
        "Het bestand is leeg, of er staat alleen commentaar in.",
        "Vul het bestand. Een voorbeeld staat in examples/overvecht.",
    ),
    "bestand-te-groot": (
        "Het bestand is {kilobytes} kB; meer dan {hoogstens} kB leest kbrollout niet.",
        "Haal weg wat er niet in hoort. Een wijkprofiel is zelden groter dan 50 kB.",
    ),
    "geen-utf8": (
        "Het bestand is niet als UTF-8 opgeslagen; het teken op deze plaats is niet te lezen.",
        "Open het bestand in uw editor en sla het op als UTF-8 (in Kladblok: Opslaan als, Codering: UTF-8).",
    ),
    "stuurteken": ("Hier staat een onzichtbaar teken.", "Verwijder het teken, of typ de regel opnieuw."),
    "bestand-onbekend": ("Dit bestand leest kbrollout niet.", "{bedoelt}Is het bestand voor iets anders? Zet het dan in een andere map."),
    "te-veel-fouten": (
        "Dit bestand heeft nog {aantal} andere fouten.",
        "Herstel eerst de fouten hieronder; misschien is dit een ander bestand dan u denkt.",
    ),
    # YAML
    "yaml": (
        "Deze regel is geen geldige YAML.",
        "Controleer de inspringing, de dubbele punten en de aanhalingstekens op deze regel en de regel erboven.",
    ),
    "yaml-tab": ("Hier staat een tab.", "Spring in met spaties: twee per niveau."),
    "yaml-aanhalingsteken": (
        "De aanhalingstekens kloppen hier niet.",
        "Zet om de hele tekst één paar dezelfde aanhalingstekens. Begint de tekst met een apostrof ('t, 's)? Zet er dan dubbele omheen.",
    ),
    "yaml-backslash": (
        "Hier staat een \\ tussen dubbele aanhalingstekens; die heeft daar een bijzondere betekenis.",
        "Zet enkele aanhalingstekens om de tekst in plaats van dubbele.",
    ),
    "yaml-dubbele-punt": (
        "Hier staat een dubbele punt te veel.",
        "Zet aanhalingstekens om de tekst als er een dubbele punt met een spatie in staat.",
    ),
    "yaml-geen-dubbele-punt": (
        "Op deze regel ontbreekt een dubbele punt met een spatie erachter.",
        "Schrijf de regel als “sleutel: waarde”. Hoort de regel bij de tekst erboven? Zet ze samen op één regel.",
    ),
    "yaml-teken": ("Met dit teken kan een tekst niet beginnen.", "Zet de hele tekst tussen aanhalingstekens."),
    "yaml-inspringing": (
        "Deze regel springt te ver in, of niet ver genoeg.",
        "Laat regels die bij elkaar horen even ver inspringen. Staat er op de regel erboven een dubbele punt met een spatie erachter?",
    ),
    "yaml-haakje": (
        "De haakjes kloppen hier niet.",
        "Zet elke [ en {{ met ] en }} dicht, en niets erachter. Hoort het haakje bij de tekst? Zet aanhalingstekens om de hele tekst.",
    ),
    "yaml-anker": (
        "Een waarde kan niet met & of * beginnen.",
        "Zet de hele tekst tussen aanhalingstekens. Ankers en verwijzingen van YAML leest kbrollout niet; schrijf de waarde voluit.",
    ),
    "yaml-tag": (
        "Een waarde kan niet met een uitroepteken beginnen.",
        "Zet de hele tekst tussen aanhalingstekens, of haal het uitroepteken weg.",
    ),
    "yaml-diep": ("Hier staan meer dan {hoogstens} niveaus in elkaar.", "Haal de overbodige haakjes of streepjes weg."),
    "yaml-meer-documenten": (
        "Met drie streepjes begint een tweede deel, maar een bestand heeft er één.",
        "Haal de regel met drie streepjes weg.",
    ),
    "sleutel-dubbel": ("De sleutel “{sleutel}” staat hier dubbel; de eerste staat op regel {eerste}.", "Laat één van de twee staan."),
    "sleutel-geen-tekst": (
        "Hier hoort een sleutel, maar er staat een haakje of een vraagteken.",
        "Zet de hele tekst tussen aanhalingstekens als die met {{, [ of ? begint.",
    ),
}
