"""Every message of the tracker about what people give it, in Dutch: code → what is wrong and how to mend it.

`docs/handleiding/meldingen-voortgang.md` explains each code; a test keeps the two in step.
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
    "lijkt-op-patientgegeven": ("{wat} Het gaat om: “{plek}”.", "{hoe}"),
    "bsn-reden-ontbreekt": (
        "U zegt dat een nummer geen BSN is, maar een reden ontbreekt.",
        "Schrijf op wat het nummer dan is, in minstens {minstens} tekens.",
    ),
    # checking by somebody else
    "controle-eigen-werk": ("U hebt dit zelf ingevuld. Een ander controleert het.", "Vraag een collega om ernaar te kijken."),
    "controle-niet-geregeld": (
        "Een controle kan alleen bij “Geregeld” en “Niet van toepassing”.",
        "Wacht tot de stand is veranderd.",
    ),
    "controle-reden-ontbreekt": (
        "Bij terugsturen hoort een reden van minstens {minstens} tekens.",
        "Schrijf op wat er nog moet gebeuren.",
    ),
    "controle-onbekend": ("U hebt nog niet gekozen wat uw oordeel is.", "Kies Akkoord, of Terugsturen met een reden."),
    "regel-intussen-veranderd": ("Deze regel is intussen veranderd.", "Bekijk wat er nu staat, en probeer het dan opnieuw."),
    # lines
    "antwoorden-botsen": ("Iemand anders vulde intussen iets anders in bij “{veld}”.", "Kies welk antwoord blijft staan."),
    "regel-vervallen": ("“{code}” geldt niet meer; er verandert niets aan.", "Kijk bij wat ervoor in de plaats kwam."),
    # snapshots
    "momentopname-onbekend": ("“{gegeven}” is geen soort momentopname.", "Kies uit: {mogelijk}."),
    "naam-ontbreekt": ("De momentopname heeft nog geen naam.", "Geef een korte naam, zoals “Nulmeting” of “Na de eerste golf”."),
    "naam-bestaat": ("Er is al een momentopname met de naam “{naam}”.", "Kies een andere naam, zodat u ze uit elkaar kunt houden."),
    "nulmeting-reden-ontbreekt": (
        "Er is al een nulmeting. Bij een nieuwe hoort een reden van minstens {minstens} tekens.",
        "Schrijf in één zin waarom u opnieuw begint. De oude nulmeting blijft bewaard.",
    ),
    # measures
    "vraag-onbekend": (
        "Van deze indicator is de letterlijke vraag nog niet bekend. Zonder vraag zegt een cijfer niets.",
        "Zet de vraag in het wijkprofiel onder indicatoren, maak het pakket opnieuw en laad het.",
    ),
    "indicator-vervallen": ("Deze indicator staat niet meer in het pakket.", "Verbeter hier alleen wat er al staat."),
    "meting-hoort-elders": ("Bij deze indicator hoort geen cijfer van {eenheid}.", "Kies een praktijk of de wijk uit de lijst."),
    "meting-eenheid-ontbreekt": ("Er staat nog niet van welke praktijk dit cijfer is.", "Kies een praktijk uit de lijst."),
    "dag-ontbreekt": ("De dag van de meting ontbreekt.", "Vul in wanneer er is gemeten, zoals 12-3-2027."),
    "dag-in-toekomst": ("De datum {gegeven} moet nog komen.", "Vul de dag in waarop er is gemeten."),
    "dag-al-gemeten": ("Voor {dag} staat hier al een meting.", "Verbeter die meting, of kies een andere dag."),
    "geen-cijfer": (
        "“{gegeven}” is geen cijfer.",
        "Schrijf alleen cijfers, met een komma voor wat achter de komma staat: 7,4 of 1250. Zonder punten, spaties en tekens.",
    ),
    "cijfer-ontbreekt": ("Het cijfer ontbreekt.", "Vul de uitkomst in, zoals 7,4."),
    "cijfer-te-groot": ("Dit cijfer is te lang.", "Schrijf hoogstens tien cijfers voor de komma en vier erachter."),
    "aantal-ontbreekt": (
        "Het aantal mensen dat antwoord gaf, ontbreekt.",
        "Vul het aantal in. Bij minder dan tien bewaren wij het cijfer niet.",
    ),
    "geen-aantal": ("“{gegeven}” is geen aantal mensen.", "Schrijf een heel getal, zoals 48."),
    "niemand-gevraagd": ("Bij deze indicator wordt niemand iets gevraagd.", "Laat het aantal mensen leeg."),
    "herkomst-ontbreekt": ("Er staat nog niet waar het cijfer vandaan komt.", "Noem het onderzoek, het systeem of de lijst."),
    "meting-al-verbeterd": ("Deze meting is intussen al verbeterd.", "Kijk wat er nu staat, en verbeter dat als het nodig is."),
    # people
    "mensen-niet-van-u": ("U gaat niet over de mensen van deze wijk.", "Vraag het de wijkcoördinator van die wijk of de beheerder."),
    "persoon-naam-ontbreekt": ("De naam ontbreekt.", "Schrijf de naam op waaronder collega’s deze persoon kennen."),
    "geen-adres": ("Dit is geen e-mailadres.", "Schrijf het hele werkadres, met een @ erin."),
    "rol-onbekend": ("Kies een rol.", "Mogelijk zijn hier: {mogelijk}."),
    "lijst-onbekend": ("Een invuller hoort bij één lijst, en die is nog niet gekozen.", "Kies de praktijk of de wijk."),
    "rol-bestaat": ("{naam} is hier al {rol}.", "Kijk in de lijst hieronder; daar kunt u de laatste dag veranderen."),
    "laatste-dag-voorbij": ("Deze laatste dag is al voorbij.", "Kies vandaag of later. Moet de toegang nu stoppen? Beëindig dan de rol."),
    "laatste-dag-beheerder": ("Een beheerder heeft geen laatste dag.", "Beëindig de rol op de dag zelf."),
    "laatste-beheerder": (
        "Er blijft geen andere beheerder over die zich kan aanmelden.",
        "Nodig eerst iemand anders uit als beheerder, en laat die zich één keer aanmelden.",
    ),
    "beheerder-bestaat": (
        "Er is al een beheerder die zich kan aanmelden.",
        "Vraag die om u uit te nodigen. Bent u het zelf? Geef dan het adres op waarmee u zich aanmeldt.",
    ),
    "link-voor-beheerder": (
        "{naam} kan meer dan alleen deze wijk zien. Met een link komt dat allemaal mee.",
        "Vraag een beheerder om de link te maken.",
    ),
    # a workbook that comes back
    "geen-bestand": ("Er is geen bestand gekozen, of het is te groot.", "Kies de werkmap die u hebt ingevuld (.xlsx, hoogstens 2 MB)."),
    "werkmap-onleesbaar": (
        "Dit bestand is geen werkmap van Excel.",
        "Bewaar het in Excel of LibreOffice als .xlsx, en lever het opnieuw in.",
    ),
    "werkmap-te-vol": (
        "Dit bestand is groter dan een werkmap van de voortgang kan zijn.",
        "Haal plaatjes en eigen bladen eruit. Of haal een nieuwe werkmap op en neem uw antwoorden over.",
    ),
    "werkmap-op-slot": (
        "Dit bestand heeft een wachtwoord, of het is bewaard als .xls.",
        "Haal het wachtwoord eraf, bewaar het als .xlsx en lever het opnieuw in.",
    ),
    "werkmap-met-macros": (
        "In dit bestand zitten macro’s, andere bestanden of koppelingen daarmee.",
        "Bewaar het als .xlsx zonder macro’s. Of haal een nieuwe werkmap op en neem uw antwoorden over.",
    ),
    "werkmap-lezen-kan-niet": (
        "Excel lezen kan op deze computer niet ({onderdeel} is niet geïnstalleerd).",
        "Vraag uw beheerder om alle onderdelen van kbrollout te installeren.",
    ),
    "werkmap-van-ander": (
        "Dit is geen werkmap met de voortgang van een wijk.",
        "Haal de werkmap hier op, vul haar in en lever haar in. Kopieer de bladen niet naar een andere werkmap.",
    ),
    "werkmap-andere-versie": (
        "Deze werkmap hoort bij een andere versie van kbrollout.",
        "Haal een nieuwe werkmap op en neem uw antwoorden over.",
    ),
    "werkmap-andere-wijk": ("Deze werkmap is van een andere wijk: {wijk}.", "Lever haar bij die wijk in."),
    "werkmap-onbekend": (
        "Deze werkmap is hier niet opgehaald, of te lang geleden.",
        "Haal een nieuwe werkmap op en neem uw antwoorden over.",
    ),
    "werkmap-te-oud": (
        "Deze werkmap is opgehaald op {dag}. Dat is langer dan {dagen} dagen geleden.",
        "Haal een nieuwe werkmap op en neem uw antwoorden over.",
    ),
    "werkmap-sleutels-weg": (
        "Op het blad “{blad}” is rij 1 of kolom A weg. Die zijn verborgen, en zeggen wat waar hoort.",
        "Maak het verwijderen ongedaan. Of haal een nieuwe werkmap op en neem uw antwoorden over.",
    ),
    "werkmap-blad-dubbel": ("De bladen “{een}” en “{ander}” gaan over hetzelfde.", "Verwijder één van de twee."),
    "werkmap-kolom-dubbel": ("Op het blad “{blad}” staat een kolom twee keer: {kolom}.", "Verwijder één van de twee."),
    "werkmap-kolom-weg": (
        "Op het blad “{blad}” ontbreekt een kolom: {kolom}. Daarin verandert niets.",
        "Hebt u daar iets ingevuld? Haal dan een nieuwe werkmap op en neem uw antwoorden over.",
    ),
    "werkmap-samengevoegd": ("Deze cellen zijn samengevoegd.", "Hef dat op en zet elk antwoord in zijn eigen cel."),
    "cel-formule": ("In deze cel staat een formule.", "Typ het antwoord zelf, of plak het als waarde."),
    "cel-geen-tekst": ("In deze cel staat {wat}.", "Typ het antwoord zelf."),
    "cel-patientgegeven": ("{wat} Het gaat om: “{plek}”.", "{hoe}"),
    "rij-onbekend": (
        "Deze rij hoort hier niet bij, maar er staat iets in.",
        "Zet het in een rij die al in de werkmap stond, en maak deze rij leeg. Is het pakket nieuwer? Laat het dan eerst laden.",
    ),
    "rij-dubbel": ("“{code}” staat er twee keer, ook op {ander}.", "Verwijder één van de twee rijen."),
    "rij-verwisseld": (
        "De code in deze rij is niet “{code}”. Misschien zijn maar enkele kolommen gesorteerd of geplakt.",
        "Maak dat ongedaan. Of haal een nieuwe werkmap op en neem uw antwoorden over.",
    ),
    "regel-van-ander": (
        "“{code}” van {eenheid} kunt u niet invullen; daar verandert niets.",
        "Vraag aan wie dat wel kan om deze werkmap ook in te leveren.",
    ),
    "regel-anders-gevraagd": (
        "Wat “{code}” vraagt, is veranderd nadat u de werkmap ophaalde; hier verandert niets.",
        "Lees op de website wat er nu gevraagd wordt, en vul het daar in.",
    ),
    "controle-in-excel": ("U hebt iets veranderd bij Controle; dat telt niet.", "Controleren doet u op de website."),
    "keuze-ontbreekt": ("Bij “{code}” is nog niet gekozen: {veld}.", "Kies wat er moet staan."),
    "intussen-veranderd": (
        "Op de website is intussen iets veranderd. Er is nog niets overgenomen.",
        "Kijk opnieuw wat er verandert, en neem het dan over.",
    ),
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
        "Maak het pakket opnieuw met deze versie van kbrollout. Helpt dat niet? Kijk dan of er in de wijk afspraken gelden.",
    ),
    "niets-over-te-nemen": ("Er is niets om over te nemen bij “{code}”.", "Vul de regel zelf in."),
    # starting, the command line, backup and restore
    "voortgang-kan-niet": (
        "Het onderdeel voortgang van kbrollout is niet geïnstalleerd.",
        "Installeer alle onderdelen van kbrollout; de handleiding zegt hoe, bij Beginnen.",
    ),
    "map-wordt-gedeeld": (
        "De map {map} wordt gedeeld door {dienst}. Een database raakt daar beschadigd.",
        "Geef met --data een map die alleen op deze computer staat. Zonder --data kiest kbrollout er zelf een.",
    ),
    "database-beschadigd": (
        "{bestand} is geen hele database: {reden}. Er is niets aan veranderd.",
        "Zet de laatste reservekopie terug in een nieuwe map: kbrollout track restore BESTAND --data NIEUWE-MAP.",
    ),
    "database-van-ander": (
        "{bestand} is een database van een ander programma.",
        "Geef met --data een andere map op.",
    ),
    "database-nieuwer": (
        "Deze database is gemaakt door een nieuwere versie van kbrollout ({stap}).",
        "Werk kbrollout op deze computer bij. Tot dan leest en schrijft deze versie er niets in.",
    ),
    "database-ontbreekt": (
        "In {plek} staat nog geen voortgang.",
        "Laad eerst een pakket met kbrollout track load PAKKET, of geef met --data de goede map op.",
    ),
    "database-onbereikbaar": ("De database antwoordt niet: {reden}.", "Kijk of de database draait, en of DATABASE_URL klopt."),
    "database-weigert": ("De database kon dit niet opslaan: {reden}. Er is niets veranderd.", "Probeer het over een minuut opnieuw."),
    "database-niet-leeg": (
        "In {plek} staat al voortgang. Een reservekopie komt daar niet overheen.",
        "Zet de kopie terug in een nieuwe map: kbrollout track restore BESTAND --data NIEUWE-MAP.",
    ),
    "database-klopt-niet": (
        "In {wijk} klopt iets niet met de geschiedenis: {codes}.",
        "Iets heeft buiten kbrollout om in de database geschreven. Gebruik de laatste reservekopie, en bewaar deze database.",
    ),
    "bestand-bestaat-al": ("{bestand} bestaat al.", "Kies een andere naam, bijvoorbeeld met de datum erin."),
    "bestand-niet-schrijfbaar": (
        "{bestand} kan niet worden geschreven: {reden}.",
        "Kies een map waarin u mag schrijven en waar plaats is.",
    ),
    "bestand-onleesbaar": ("{bestand} kan niet worden gelezen: {reden}.", "Kijk of de naam klopt en of u het bestand mag openen."),
    "kopie-van-ander": ("{bestand} is geen reservekopie van kbrollout.", "Geef een bestand dat kbrollout track backup heeft gemaakt."),
    "kopie-nieuwer": (
        "Deze reservekopie is gemaakt door een nieuwere versie van kbrollout ({versie}).",
        "Werk kbrollout hier bij en zet de kopie daarna terug.",
    ),
    "kopie-beschadigd": (
        "Deze reservekopie is niet heel: {reden}. Er is niets teruggezet.",
        "Neem een eerdere kopie, of kopieer het bestand opnieuw van waar u het bewaart.",
    ),
    "eenheid-onbekend": ("{wijk} heeft geen “{gegeven}”.", "Kies uit: {mogelijk}."),
    "wijk-onbekend": ("De wijk “{gegeven}” is niet geladen.", "Kies uit: {mogelijk}."),
    "code-onbekend": ("{eenheid} heeft geen regel met code “{gegeven}”.", "{bedoelt}"),
    "niet-bij-deze-regel": ("Een {soort} heeft geen “{veld}”.", "Hier kunt u invullen: {mogelijk}."),
    "demonstratie-in-echte-map": (
        "In {map} staat echte voortgang. Een demonstratie komt daar niet bij.",
        "Laat --data weg, of geef een lege map op.",
    ),
}


def problem(code: str, place: str, /, *, file: str = "", **words: Any) -> Problem:
    """A problem with its text. `place` is the field or the cell that it is about."""
    what, fix = MESSAGES[code]
    return Problem(file, 0, 0, place, code, what.format(**words), fix.format(**words))
