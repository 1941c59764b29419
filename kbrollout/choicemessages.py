"""Messages about choices per agreement and about own agreements: part of the table in `kbrollout.messages`."""

from __future__ import annotations

CHOICES: dict[str, tuple[str, str]] = {
    "keuze-dubbel": ("Over {gegeven} staan hier twee keuzes; de eerste op regel {eerste}.", "Maak er één keuze van."),
    "keuze-eigen": ("{gegeven} is een eigen afspraak van de wijk.", "Pas het bestand afspraken/{gegeven}.md zelf aan."),
    "keuze-vervallen": ("De afspraak {gegeven} is vervallen; daar is niets meer aan te kiezen.", "{opvolger}"),
    "keuze-buiten-thema": (
        "De keuze over {gegeven} doet nu niets: de wijk heeft het thema {thema} niet gekozen.",
        "Zet het thema bij themas, of haal de keuze weg.",
    ),
    "aanpassen-leeg": (
        "Bij {gegeven} staat aanpassen, maar niet wat er anders wordt.",
        "Zet er waarden, aanvullen of vervangen bij, of kies overnemen.",
    ),
    "keuze-met-tekst": (
        "Bij {gegeven} staat {keuze}, maar ook andere tekst of een waarde.",
        "Kies aanpassen, of haal waarden, aanvullen en vervangen weg.",
    ),
    "besluit-ontbreekt": (
        "Bij de keuze over {gegeven} staat geen besluit.",
        "Voeg toe: besluit: {{op: jjjj-mm-dd, door: gremium, reden: …}}. Is er nog niet besloten? Haal de keuze dan weg.",
    ),
    "reden-ontbreekt": ("Bij het besluit over {gegeven} staat geen reden.", "Schrijf bij reden in één zin waarom de wijk afwijkt."),
    "besluit-kern": (
        "{gegeven} hoort bij de kern; {gremium} kan daar niet van afwijken.",
        "Laat een gremium besluiten met niveau: wijk en functie: {functie}. Zulke gremia zijn hier: {mogelijk}. "
        "Is {gremium} er ook een? Zet dat dan bij gremia.",
    ),
    "waarde-onbekend": ("Deze afspraak heeft geen waarde “{gegeven}”.", "{bedoelt}Waarden zijn: {mogelijk}."),
    "geen-waarden": (
        "In {gegeven} zijn geen waarden te kiezen.",
        "Haal waarden weg. Met vervangen of aanvullen verandert u de tekst.",
    ),
    "tekenen-in-toekomst": (
        "De handtekening is van {gegeven}, maar die dag moet nog komen.",
        "Vul de datum in die bij de handtekening staat.",
    ),
    "waarde-met-accolades": (
        "In de waarde “{gegeven}” staan accolades of haken. Een waarde verwijst nergens naar, ook niet naar zichzelf.",
        "Schrijf de hele zinsnede voluit.",
    ),
    "accolades-in-kop": (
        "In “{gegeven}” staan accolades of een verwijzing; dat kan boven in het bestand niet.",
        "Schrijf het hier voluit. Namen en verwijzingen horen in de tekst onder de koppen.",
    ),
    "eigen-vervallen": (
        "Een eigen afspraak kan niet vervallen zijn.",
        "Geldt zij niet meer? Verwijder het bestand, en schrijf in een open punt of verslag waarom.",
    ),
    "eigen-buiten-thema": (
        "De eigen afspraak {gegeven} telt nu niet mee: de wijk heeft het thema {thema} niet gekozen.",
        "Zet het thema bij themas in het wijkprofiel, of kies een ander thema.",
    ),
    "praktijk-neemt-over": (
        "Een praktijk kan {gegeven} alleen aanpassen of weglaten.",
        "Haal de keuze hier weg. Zet haar zo nodig bij afspraken van de wijk, dus niet onder praktijken.",
    ),
    "code-tekenblad": (
        "“{gegeven}” is geen code van een tekenblad.",
        "Neem de code over zoals zij op het blad staat, bijvoorbeeld 1A2B-3C4D.",
    ),
    "waarde-grens": (
        "De waarde {gegeven} valt buiten de grens van de referentie: {grens}.",
        "Kies een waarde binnen de grens. Wilt u toch afwijken? Zet bij deze keuze: afwijken: ja, en leg het uit bij reden.",
    ),
    "verwijzing-weggelaten": ("De tekst verwijst naar {gegeven}, maar die afspraak laat de wijk weg.", "Haal de verwijzing weg."),
    "lock-andere-wijk": (
        "Dit bestand hoort bij de wijk {gegeven}, niet bij {wijk}.",
        "Is de map gekopieerd van een andere wijk? Verwijder dan kbrollout.lock uit deze map.",
    ),
    "eigen-id-bestaat": (
        "De referentie heeft al een afspraak {gegeven}.",
        "Geef de eigen afspraak een ander id, zoals {wijkcode}-01. Wilt u {gegeven} aanpassen? Doe dat bij afspraken in profiel.yaml.",
    ),
    "eigen-id-code": (
        "Het id {gegeven} begint niet met de code van de wijk, {wijkcode}.",
        "Noem het bestand {wijkcode}-01.md en het id {wijkcode}-01. Is het geen eigen afspraak? Zet het bestand in een andere map.",
    ),
}
