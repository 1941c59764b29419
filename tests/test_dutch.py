"""The command line speaks Dutch, click included, whatever the language of the machine."""

import os
import re
import subprocess
import sys
from pathlib import Path
from string import Formatter

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from kbrollout.cli import kbrollout
from kbrollout.dutch import LOCALE

MESSAGES = LOCALE / "nl" / "LC_MESSAGES" / "messages"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
ENGLISH = ("Usage", "Error", "Options", "OPTIONS", "COMMAND", "ARGS", "Try ", "No such", "Missing", "Invalid", "Show this", "required")
LANGUAGES = ("C", "en_US.UTF-8")

Strings = tuple[str, ...]
"""A text, or singular and plural."""


def dutch() -> Catalog:
    with MESSAGES.with_suffix(".po").open("rb") as file:
        return read_po(file, locale="nl")


def said_by_click() -> set[Strings]:
    """Every text that the installed click hands to gettext; singular and plural together where there are two."""
    folder = Path(click.__file__).parent
    texts = (text for _, _, text, _, _ in extract_from_dir(folder, [("**.py", "python")], keywords=KEYWORDS))
    return {strings(text) for text in texts}


def names_in(text: str) -> set[str]:
    """The names between braces, and the ones after a percent sign."""
    return {name for _, name, _, _ in Formatter().parse(text) if name} | set(re.findall(r"%\((\w+)\)s", text))


def strings(text: object) -> Strings:
    return (text,) if isinstance(text, str) else tuple(text) if isinstance(text, (tuple, list)) else ()


def test_every_message_of_click_has_its_dutch() -> None:
    texts = said_by_click()
    assert len(texts) > 60
    known = {strings(message.id): strings(message.string) for message in dutch() if message.id and not message.fuzzy}
    untranslated = [text for text in texts if not all(known.get(text, ("",)))]
    assert untranslated == [], "add these to messages.po and run make locale"
    assert known.keys() - texts == set(), "click no longer says these"


def test_dutch_names_what_the_english_names() -> None:
    for message in dutch():
        if not message.id:
            continue
        english = set().union(*(names_in(each) for each in strings(message.id)))
        for translation in strings(message.string):
            assert names_in(translation) <= english, message.id
        # A plural may drop the count, one sentence may not drop a name.
        if isinstance(message.id, str):
            assert names_in(str(message.string)) == english, message.id


def test_compiled_messages_are_those_of_the_source() -> None:
    def content(catalog: Catalog) -> dict[Strings, Strings]:
        return {strings(message.id): strings(message.string) for message in catalog if message.id}

    with MESSAGES.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert content(compiled) == content(dutch()), "run make locale"
    assert compiled.plural_expr == dutch().plural_expr


def run(language: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user of a machine in `language` does."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_CTYPE")}
    command = [sys.executable, "-m", "kbrollout", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env={**inherited, "LANG": language}, check=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in kbrollout.commands)], ids=" ".join)
def test_help_is_dutch(language: str, arguments: list[str]) -> None:
    done = run(language, *arguments)
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("Gebruik: kbrollout ")
    assert "\nOpties:\n" in done.stdout
    assert "Toon deze uitleg en stop." in done.stdout
    assert [word for word in ENGLISH if word in done.stdout] == []


FAULTS = {
    "onbekende opdracht": (["bouw"], "Fout: De opdracht 'bouw' bestaat niet."),
    "bijna een opdracht": (["biuld"], "Fout: De opdracht 'biuld' bestaat niet. Bedoelde u 'build'?"),
    "onbekende optie": (["check", "--strikt", "map"], "Fout: De optie '--strikt' bestaat niet. Bedoelde u '--strict'?"),
    "geen wijkmap": (["check"], "Fout: Er ontbreekt een argument: 'WIJKMAP...'."),
    "geen uitvoermap": (["build", "map"], "Fout: Er ontbreekt een optie: '--out'."),
    "optie zonder waarde": (["build", "map", "--out"], "Fout: Bij de optie '--out' hoort een waarde."),
    "waarde bij een vlag": (["check", "map", "--json=1"], "Fout: Bij de optie '--json' hoort geen waarde."),
    "een argument te veel": (["schema", "profiel", "manifest"], "Fout: Er staat een argument te veel (manifest)"),
    "andere vorm": (
        ["build", "map", "--out", "uit", "--format", "doc"],
        "Bij '--format': 'doc' kan hier niet. Kies uit: 'html', 'pdf', 'druk', 'groot', 'odt', 'docx', 'xlsx', 'ics'.",
    ),
    "geen datum": (["build", "map", "--out", "uit", "--date", "31-12-2026"], "Fout: Bij '--date': “31-12-2026” is geen datum."),
    "onbekend document": (["build", "map", "--out", "uit", "--only", "folder"], "“folder” is geen document."),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", FAULTS)
def test_wrong_usage_is_told_in_dutch(language: str, fault: str) -> None:
    arguments, expected = FAULTS[fault]
    done = run(language, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert expected in done.stderr
    assert [word for word in ENGLISH if word in done.stderr] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_version_is_one_line(language: str) -> None:
    done = run(language, "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"kbrollout \d\S*\n", done.stdout)
