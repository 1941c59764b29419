"""Every message of the tracker about what people give it, in Dutch: code → what is wrong and how to mend it.

`docs/handleiding/voortgang.md` explains each code; a test keeps the two in step.
"""

from __future__ import annotations

from typing import Any

from kbrollout.errors import Problem

MESSAGES: dict[str, tuple[str, str]] = {
    # what people fill in
    "veld-onbekend": ("Het veld “{veld}” bestaat hier niet.", "Vul alleen de velden in die er staan."),
    "stand-onbekend": ("“{gegeven}” is geen stand.", "Kies uit: {mogelijk}."),
    "reden-ontbreekt": (
        "Bij “Niet van toepassing” hoort een reden van minstens {minstens} tekens.",
        "Schrijf in één zin waarom dit hier niet geldt.",
    ),
    "tekst-te-lang": ("Deze tekst heeft {lengte} tekens; hier passen er {hoogstens}.", "Maak de tekst korter."),
    "geen-dag": ("“{gegeven}” is geen datum.", "Schrijf dag-maand-jaar, zoals 12-3-2027."),
    "dag-bestaat-niet": ("De datum {gegeven} bestaat niet.", "Kijk de dag en de maand na."),
    "dag-te-ver": ("De datum {gegeven} ligt te ver weg.", "Kies een jaar van 2000 tot en met 2099."),
    "lijkt-op-patientgegeven": ("{wat} Het gaat om: {plek}", "{hoe}"),
    "bsn-reden-ontbreekt": (
        "U zegt dat een nummer geen BSN is, maar een reden ontbreekt.",
        "Schrijf op wat het nummer dan is, in minstens {minstens} tekens.",
    ),
    # checking by somebody else
    "controle-eigen-werk": ("U hebt dit zelf ingevuld. Een ander controleert het.", "Vraag een collega om ernaar te kijken."),
    "controle-niet-geregeld": (
        "Alleen wat geregeld is of niet van toepassing is, kan worden gecontroleerd.",
        "Wacht tot de stand is veranderd.",
    ),
    "controle-reden-ontbreekt": ("Bij terugsturen hoort een reden.", "Schrijf op wat er nog moet gebeuren."),
    "controle-onbekend": ("“{gegeven}” is geen uitkomst van een controle.", "Kies akkoord of teruggestuurd."),
    "regel-intussen-veranderd": ("Deze regel is intussen veranderd.", "Bekijk wat er nu staat, en controleer opnieuw."),
    # lines
    "regel-vervallen": ("“{code}” geldt niet meer; er verandert niets aan.", "Kijk bij wat ervoor in de plaats kwam."),
    # packs
    "geen-pakket": ("{map} is geen pakket van kbrollout: er is geen leesbare manifest.json.", "Geef de map op waar index.html in staat."),
    "pakket-nieuwer": (
        "Dit pakket is gemaakt met een nieuwere versie van kbrollout (manifest {versie}; deze kent {kent}).",
        "Werk kbrollout hier bij, en laad het pakket daarna.",
    ),
    "pakket-onleesbaar": ("De manifest.json van het pakket klopt niet: {plek}: {reden}.", "Maak het pakket opnieuw met kbrollout build."),
    "pakket-bestand-ontbreekt": ("In het pakket ontbreekt {bestand}.", "Maak het pakket opnieuw met kbrollout build."),
    "pakket-bestand-anders": (
        "{bestand} is veranderd sinds het pakket werd gemaakt.",
        "Het is geladen zoals het nu is. Maak het pakket opnieuw als dat niet de bedoeling was.",
    ),
    "pakket-zonder-eisen": (
        "In dit pakket staat geen enkele basisvoorwaarde.",
        "Maak het pakket opnieuw met kbrollout build, zonder --only.",
    ),
    "niets-over-te-nemen": ("Er is niets om over te nemen bij “{code}”.", "Vul de regel zelf in."),
}


def problem(code: str, place: str, /, *, file: str = "", **words: Any) -> Problem:
    """A problem with its text. `place` is the field or the cell that it is about."""
    what, fix = MESSAGES[code]
    return Problem(file, 0, 0, place, code, what.format(**words), fix.format(**words))
