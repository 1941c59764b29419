"""Messages about tasks and planning: part of the table in `kbrollout.messages`."""

from __future__ import annotations

PLANNING: dict[str, tuple[str, str]] = {
    # values
    "geen-aantal-werkdagen": (
        "“{gegeven}” is geen aantal werkdagen.",
        "Schrijf alleen een getal, zoals 5. Weet u het niet? Geef bij een eigen taak een schatting; haal de regel anders weg.",
    ),
    "werkdagen-nul": ("Een taak van {gegeven} werkdagen bestaat niet.", "Geef minstens 1 werkdag."),
    "werkdagen-te-veel": (
        "{gegeven} werkdagen is te lang voor één taak; hoogstens {hoogstens} kan.",
        "Maak er meer taken van, of controleer het getal.",
    ),
    "geen-uren": (
        "“{gegeven}” is geen aantal uren.",
        "Schrijf alleen een getal, met hoogstens twee cijfers achter de komma: 4 of 2,5. Weet u het niet? Haal de regel dan weg.",
    ),
    "geen-tijd": ("“{gegeven}” is geen tijd.", "Schrijf uren en minuten, zoals 16:00."),
    "geen-ritme": ("“{gegeven}” is geen ritme.", "Schrijf een getal met weken of maanden, zoals: 2 weken, 1 maand of 3 maanden."),
    "geen-webadres": (
        "“{gegeven}” is geen webadres dat kbrollout kan gebruiken.",
        "Schrijf het hele adres. Het begint met https:// en heeft geen spaties, vraagteken of hekje.",
    ),
    # links
    "taak-onbekend": (
        "De taak “{gegeven}” bestaat niet.",
        "{bedoelt}Een taak heet zoals haar basisvoorwaarde, met -T1 erachter. De id’s staan in het plan, achter elke taak.",
    ),
    "praktijk-onbekend": ("De praktijk “{gegeven}” staat niet in het wijkprofiel.", "{bedoelt}Praktijken zijn: {mogelijk}."),
    "basisvoorwaarde-onbekend": (
        "De basisvoorwaarde “{gegeven}” bestaat niet.",
        "{bedoelt}De id’s staan in het document Basisvoorwaarden.",
    ),
    "mtvp-onbekend": ("Het onderdeel “{gegeven}” van een MTVP-plan bestaat niet.", "{bedoelt}Onderdelen zijn: {mogelijk}."),
    "opvolger-onbekend": ("De afspraak of basisvoorwaarde “{gegeven}” bestaat niet.", "{bedoelt}Controleer het id."),
    # the tasks of the reference
    "stap-zonder-niveau": (
        "De taak {gegeven} heeft geen voorwaarde en geen niveau.",
        "Voeg een voorwaarde toe. Is het een vaste stap? Schrijf dan niveau: praktijk of niveau: wijk.",
    ),
    "taak-id": ("Het id {gegeven} begint niet met dat van zijn voorwaarde.", "Noem de taak bijvoorbeeld {voorstel}."),
    "taak-dubbel": (
        "De taak {gegeven} hoort bij {voorwaarde}; niveau, thema, afspraken en resultaat volgen daaruit.",
        "Haal niveau, thema, afspraken en resultaat hier weg.",
    ),
    "taken-in-een-kring": (
        "Deze taken wachten op elkaar, elk op de volgende: {keten}. Zo kan er geen beginnen.",
        "Haal bij één van deze taken iets weg bij na, of geef haar een andere fase. Een taak wacht ook op de fase ervoor.",
    ),
    "poort-per-fase": (
        "De fase {fase} heeft {aantal} stappen van de wijk met poort: ja; er hoort er één te zijn.",
        "Zet poort: ja bij één stap met niveau: wijk in deze fase.",
    ),
    "voorwaarde-zonder-taak": ("Bij de basisvoorwaarde {gegeven} hoort geen taak.", "Voeg een taak toe met het id {gegeven}-T1."),
    "element-ontbreekt": ("Het element {gegeven} staat niet in elementen.yaml.", "Voeg het element toe aan elementen.yaml."),
    # periods and days
    "periode-omgekeerd": ("De laatste dag ({tot}) ligt voor de eerste ({van}).", "Wissel de datums om, of verbeter er één."),
    "periode-te-lang": ("Deze periode duurt meer dan een jaar: van {van} tot en met {tot}.", "Controleer de jaartallen."),
    "periodes-over-elkaar": (
        "De periode “{periode}” valt voor een deel samen met “{andere}”.",
        "Controleer de datums. Kloppen ze? Maak er dan één periode van.",
    ),
    "tijd-omgekeerd": ("Het overleg eindigt om {tot}, maar begint om {van}.", "Wissel de tijden om, of verbeter er één."),
    "einde-voor-start": ("Het einde ({einde}) ligt voor de start ({start}).", "Kies een einde na de start, of haal einde weg."),
    "geen-werkdagen": ("Bij deze rol staat geen enkele werkdag.", "Noem minstens één dag, zoals [maandag], of haal de rol hier weg."),
    "datum-te-ver": (
        "Het jaartal van {gegeven} kan niet kloppen.",
        "Controleer het jaartal. Alle datums liggen hoogstens {jaren} jaar van de start van het plan.",
    ),
    "start-voorbij": (
        "De start van het plan, {gegeven}, is al voorbij.",
        "Kies een nieuwe start. Is de wijk al begonnen? Leg het plan dan vast met: kbrollout plan vastleggen WIJKMAP.",
    ),
    "geen-werkdag": (
        "Na {dag} is er meer dan twee jaar lang geen enkele werkdag.",
        "Controleer de jaartallen bij schoolvakanties en gesloten.",
    ),
    # waves
    "golf-voor-start": (
        "De golf begint op {gegeven}, voor de start van het plan op {start}.",
        "Kies een latere dag, of een eerdere start.",
    ),
    "golf-dubbel": ("{gegeven} staat twee keer bij de golven, de eerste keer in {eerste}.", "Haal het bij één van de twee weg."),
    "golf-leeg": (
        "In de golf {gegeven} begint niemand: er staan geen praktijken en geen thema’s bij.",
        "Noem de praktijken of thema’s die dan beginnen, of haal de golf weg.",
    ),
    "plan-buiten-thema": (
        "Het thema {gegeven} heeft de wijk niet gekozen.",
        "Zet het thema bij themas in profiel.yaml, of haal het hier weg.",
    ),
    # tasks of the site
    "eigen-id-plan": ("Het id {gegeven} begint niet met de code van de wijk.", "Noem het {voorstel}."),
    "eigen-id-bezet": (
        "Het id {gegeven} is al van de referentie.",
        "Is dit iets van de wijk zelf? Noem het {voorstel}. Een taak van de referentie verandert u onder taken.",
    ),
    "taak-zonder-mensen": (
        "De taak {taak} is voor {rol}, maar niemand vervult die rol.",
        "Zet bij rollen in profiel.yaml wie de rol vervult, of waarom nog niemand dat doet. Of kies een andere rol.",
    ),
    "taak-niet-per-praktijk": (
        "De taak {gegeven} is van de hele wijk, maar er staan praktijken bij.",
        "Doet elke praktijk het zelf? Schrijf dan niveau: praktijk. Haal anders praktijken weg.",
    ),
    "taak-eigen": ("{gegeven} is een eigen taak van de wijk.", "Zet op, werkdagen en uren bij de taak zelf, onder eigen_taken."),
    "taak-niet-hier": (
        "De taak {gegeven} komt in dit plan niet voor: de afspraken erbij gelden hier niet, of het thema is niet gekozen.",
        "Haal de taak hier weg, of kies eerst voor de afspraak of het thema.",
    ),
    "taak-niet-in-praktijk": (
        "De taak {gegeven} komt bij de praktijk {praktijk} niet voor.",
        "Haal de praktijk hier weg. Bij een taak van de wijk zet u de dag gewoon bij op.",
    ),
    "vaste-dag-vrij": ("Op {gegeven} is iedereen vrij: {waarom}.", "Kies een dag waarop er gewerkt wordt."),
    "vaste-dag-dicht": (
        "Op {gegeven} is de praktijk {praktijk} dicht: {waarom}.",
        "Kies een dag waarop elke praktijk werkt die de taak doet.",
    ),
    "vaste-dag-voor-start": (
        "De vaste dag {gegeven} ligt voor de start van het plan op {start}.",
        "Kies een latere dag, of een eerdere start.",
    ),
    "vaste-dag-voor-golf": (
        "{taak} staat vast op {dag}, maar haar golf begint pas op {begin}.{meer}",
        "Kies een latere dag, of laat de golf eerder beginnen.",
    ),
    "vaste-dag-te-vroeg": (
        "{taak} staat vast op {dag}, maar wacht op {eerst}, en die is pas klaar aan het eind van {klaar}.{meer}",
        "Kies een latere dag, of maak korter wat er eerst moet gebeuren.",
    ),
    "vaste-dag-krap": (
        "{taak} staat vast op {dag}. Tot dan is er tijd voor {ruimte}; gerekend zijn {nodig}.{meer}",
        "Kies een latere dag, of zet bij de taak minder werkdagen.",
    ),
    "ritme-valt-niet": (
        "Dit ritme kan niet op {gegeven} beginnen: dat is een vijfde weekdag, en die heeft niet elke maand.",
        "Kies bij eerste een dag voor de 29e, of een ritme van weken.",
    ),
    "overleg-valt-nooit": (
        "Het overleg {gegeven} valt geen enkele keer, tot en met {einde}.",
        "Controleer eerste en laatste, en de vrije dagen. Vallen ze er altijd op? Kies dan een andere dag.",
    ),
}
