"""Manual, code, command line and README say the same: nothing is missing, nothing is stale, every link leads somewhere."""

import re
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import click
import pytest

from kbrollout.check import check_site
from kbrollout.cli import kbrollout
from kbrollout.documents.plan import FORMATS, KINDS
from kbrollout.errors import ContentError
from kbrollout.messages import MESSAGES
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.fields import Model
from kbrollout.model.framework import Element, Filling, Phase, UnitLevel, Weekday
from kbrollout.model.handouts import Paper
from kbrollout.model.neighbourhood import State
from kbrollout.model.offers import OfferKind, Support
from kbrollout.model.site import DocumentStatus, Level, PartnerKind, StreamKind
from kbrollout.model.tailoring import ChoiceKind, OwnHeader
from kbrollout.site import FILES, OFFERS, PLANNING, PROFILE
from kbrollout.yamlfile import parse_yaml

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
MANUAL = DOCS / "handleiding"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
PLACES = {
    "build": "pakket-maken.md",
    "check": "controleren.md",
    "schema": "editor.md",
    "overview": "overzicht.md",
    "doctor": "beginnen.md",
    "new": "nieuwe-wijk.md",
    "intake": "nieuwe-wijk.md",
    "diff": "afspraken-kiezen.md",
    "agreement": "afspraken-kiezen.md",
    "plan vastleggen": "planning.md",
    "print": "handouts.md",
    "verify": "handouts.md",
    "serve": "voortgang-beheren.md",
    **{f"track {name}": "voortgang-beheren.md" for name in ("load", "status", "set", "export", "import", "backup", "restore", "admin")},
}
"""The page of the manual that explains a command."""

FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"^<!-- voorbeeld: (\S+\.yaml) -->\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PART = re.compile(r"^( *)<!-- bij het profiel -->\n\1```yaml\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
OWN = re.compile(r"^<!-- voorbeeld: (afspraken/\S+\.md) -->\n```markdown\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(path: Path) -> str:
    """A page without its blocks of code."""
    return FENCE.sub("", read(path))


def manual() -> str:
    return "\n".join(read(page) for page in sorted(MANUAL.glob("*.md")))


def options_of(command: click.Command) -> set[str]:
    with click.Context(command) as context:
        return {option for parameter in command.get_params(context) for option in parameter.opts if option.startswith("--")}


def commands() -> dict[str, click.Command]:
    """What a user can type after the name of the program, with the words of a command in a group: `plan vastleggen`."""
    found: dict[str, click.Command] = {}
    for name, command in kbrollout.commands.items():
        found |= (
            {f"{name} {each}": below for each, below in command.commands.items()} if isinstance(command, click.Group) else {name: command}
        )
    return found


def typed() -> list[str]:
    """Every command line of the program that the manual shows, without the name of the program."""
    blocks = "\n".join(text for _, language, text in FENCE.findall(manual()) if language in ("sh", "bat"))
    inline = re.findall(r"`(kbrollout [^`]*)`", FENCE.sub("", manual()))
    lines = [line.strip() for line in (*blocks.splitlines(), *inline)]
    return [" ".join(line.split()[1:]) for line in lines if line.startswith("kbrollout ")]


# -- command line ----------------------------------------------------------------------------------------------------


def test_every_command_has_a_page_that_names_all_its_options() -> None:
    assert set(commands()) == set(PLACES)
    for name, page in PLACES.items():
        text = read(MANUAL / page)
        assert f"`kbrollout {name}" in text, page
        missing = [option for option in options_of(commands()[name]) if not re.search(rf"`[^`\n]*{option}\b[^`\n]*`", text)]
        assert missing == [], page


def test_options_of_the_program_itself_are_in_the_manual() -> None:
    text = read(MANUAL / "beginnen.md")
    assert [option for option in options_of(kbrollout) if option not in text] == []


def test_manual_names_no_command_or_option_that_does_not_exist() -> None:
    known = options_of(kbrollout).union(*map(options_of, commands().values()))
    named = {each for page in PAGES for each in re.findall(r"`(--[a-z-]+)", prose(page)) if not each.startswith("--utrecht-")}
    assert named - known == set()
    for words in typed():
        if words.startswith("-"):
            assert words in {"--help", "--version", "-h"}
            continue
        command = next((each for each in commands() if f"{words} ".startswith(f"{each} ")), None)
        assert command, words
        used = {word for word in words.split() if word.startswith("--")}
        assert used <= options_of(commands()[command]), words


def test_readme_lists_the_commands_as_help_does() -> None:
    listed = dict(re.findall(r"^\| `kbrollout (\S+)` \| (.*) \|$", read(ROOT / "README.md"), flags=re.MULTILINE))
    assert listed == {name: command.get_short_help_str(200) for name, command in kbrollout.commands.items()}


# -- messages --------------------------------------------------------------------------------------------------------


def message_sections() -> dict[str, str]:
    parts = re.split(r"^#{2,3} (.+)$", read(MANUAL / "meldingen.md"), flags=re.MULTILINE)
    found = list(zip(parts[1::2], parts[2::2], strict=True))
    codes = [(heading, body) for heading, body in found if heading == heading.lower()]
    assert len(codes) == len(dict(codes)), "a message is explained twice"
    return dict(codes)


def test_every_message_is_explained_and_no_other() -> None:
    explained = set(message_sections())
    assert MESSAGES.keys() - explained == set(), "explain these in meldingen.md"
    assert explained - MESSAGES.keys() == set(), "these no longer exist"


def test_every_message_says_what_to_do() -> None:
    assert [code for code, body in message_sections().items() if "**Wat u doet:**" not in " ".join(body.split())] == []


# -- the files of a site ---------------------------------------------------------------------------------------------


def models_in(annotation: Any) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and not get_args(annotation) and issubclass(annotation, Model):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def tables_wanted(file: str) -> dict[str, type[Model]]:
    """Heading on the page about a file → the model whose keys stand in the table under it."""
    wanted: dict[str, type[Model]] = {file: FILES[file]}
    waiting = [FILES[file]]
    for model in waiting:
        for field in model.model_fields.values():
            for nested in models_in(field.annotation):
                assert wanted.setdefault(f"{field.alias}", nested) is nested, f"two models under the heading {field.alias}"
                waiting.append(nested)
    return wanted


def tables() -> dict[tuple[str, str], type[Model]]:
    """Page and heading → the model whose keys stand in the table there."""
    pages = {**dict.fromkeys(FILES, "wijkprofiel.md"), PLANNING: "planning.md", OFFERS: "handouts.md"}
    return {(pages[file], heading): model for file in FILES for heading, model in tables_wanted(file).items()}


def section(page: str, heading: str) -> str:
    """The text under a heading, up to the next heading of any level."""
    match = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", FENCE.sub("", page), flags=re.MULTILINE | re.DOTALL)
    assert match, f"no heading {heading}"
    return match[1]


@pytest.mark.parametrize(("page", "heading"), tables())
def test_every_key_of_a_site_file_is_in_its_table(page: str, heading: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (ja|nee|bij een [^|]+) \|", section(read(MANUAL / page), heading), flags=re.MULTILINE)
    fields = {f"{field.alias}": field for field in tables()[page, heading].model_fields.values()}
    assert [key for key, _ in rows] == list(fields)
    for key, needed in rows:
        assert (needed == "ja") == fields[key].is_required(), key


@pytest.mark.parametrize(
    ("page", "heading", "words"),
    [
        ("wijkprofiel.md", "partners", PartnerKind),
        ("wijkprofiel.md", "gremia", Level),
        ("wijkprofiel.md", "afspraken", ChoiceKind),
        ("wijkprofiel.md", "documenten", DocumentStatus),
        ("wijkprofiel.md", "stromen", StreamKind),
        ("handouts.md", "aanbod", OfferKind),
        ("handouts.md", "aanbod", Support),
        ("planning.md", "werkdagen", Weekday),
        ("planning.md", "eigen_taken", UnitLevel),
        ("planning.md", "eigen_taken", Phase),
        ("planning.md", "eigen_taken", Element),
    ],
)
def test_every_word_that_can_be_chosen_is_in_the_manual(page: str, heading: str, words: Any) -> None:
    text = section(read(MANUAL / page), heading)
    assert [word.value for word in words if f"`{word.value}`" not in text] == []


def test_every_key_of_an_own_agreement_is_in_its_table() -> None:
    text = section(read(MANUAL / "afspraken-kiezen.md"), "Een eigen afspraak")
    rows = dict(re.findall(r"^\| `(\w+)` \| (ja|nee|bij [^|]+) \|", text, flags=re.MULTILINE))
    assert {key: needed == "ja" for key, needed in rows.items()} == {
        f"{field.alias}": field.is_required() for field in OwnHeader.model_fields.values()
    }


def test_every_role_theme_and_programme_is_in_the_manual(catalogue: Catalogue) -> None:
    page = read(MANUAL / "wijkprofiel.md")
    assert [role for role in catalogue.roles if f"`{role}`" not in section(page, "rollen")] == []
    (for_partners,) = re.findall(r"^\*\*Rollen die u aan partners geeft:\*\*(.*?)\n\n", page, flags=re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"`([\w-]+)`", for_partners)) == {
        key for key, role in catalogue.roles.items() if role.filling is Filling.PARTNERS
    }
    assert [theme for theme in catalogue.themes if f"`{theme}`" not in section(page, "themas")] == []
    assert [programme for programme in catalogue.programmes if f"`{programme}`" not in section(page, "programmas")] == []


def test_every_handout_and_training_is_in_the_manual(catalogue: Catalogue) -> None:
    page = read(MANUAL / "handouts.md")
    paper = {Paper.A4: "A4", Paper.A5: "A5", Paper.BOOKLET: "boekje"}
    rows = re.findall(r"^\| `(HO-\d+)` \| (.+) \| (.+) \| `(.+)` \|$", section(page, "Welke handouts er zijn"), flags=re.MULTILINE)
    assert rows == [
        (each.id, each.title, paper[each.paper] + (", ook in grote letters" if each.for_residents else ""), each.theme)
        for each in catalogue.handouts.values()
    ]
    trainings = re.findall(r"^\| `(.+)` \| (.+) \| (\d+) minuten \|$", section(page, "De trainingen"), flags=re.MULTILINE)
    assert trainings == [(each.id, each.title, str(sum(item.minutes for item in each.programme))) for each in catalogue.trainings.values()]


def test_every_part_of_a_mtvp_plan_is_in_the_manual(catalogue: Catalogue) -> None:
    text = section(read(MANUAL / "wijkprofiel.md"), "praktijken")
    assert [part for part in catalogue.mtvp_parts if f"`{part}`" not in text] == []


def test_every_open_point_that_the_program_finds_is_in_the_manual() -> None:
    found = set(re.findall(r'"(OP-[A-Z-]*[A-Z])', read(ROOT / "kbrollout/openpoints.py")))
    assert len(found) > 8
    text = section(read(MANUAL / "wijkprofiel.md"), "openstaand")
    assert found == set(re.findall(r"`(OP-[A-Z-]*[A-Z])", text))


def test_every_state_of_an_agreement_is_in_the_glossary() -> None:
    rows = re.findall(r"^\| ([^|]+) \|", section(read(MANUAL / "begrippen.md"), "stand"), flags=re.MULTILINE)
    assert [row for row in rows if row != "stand"] == [state.value for state in State]


def test_every_kind_of_document_is_in_the_manual() -> None:
    page = read(MANUAL / "pakket-maken.md")
    (only,) = re.findall(r"^\| `--only DOCUMENT` \|(.*)\|$", page, flags=re.MULTILINE)
    assert re.findall(r"`([a-z-]+)`", only) == list(KINDS)
    listed = "".join(re.findall(r"^\| (`.+?) \|", section(page, "Wat er in een pakket zit"), flags=re.MULTILINE))
    in_folders = {"rolkaart": "rolkaarten", "praktijk": "praktijken", "praktijkagenda": "agenda/praktijken"}
    assert [kind for kind in KINDS if f"`{in_folders.get(kind, kind)}" not in listed] == []
    (formats,) = re.findall(r"^\| `--format VORM` \|(.*)\|$", page, flags=re.MULTILINE)
    assert tuple(re.findall(r"`([a-z]+)`", formats)) == FORMATS


# -- examples --------------------------------------------------------------------------------------------------------


def examples() -> list[tuple[str, str, str]]:
    """Page, file and text of every marked example."""
    return [(shown(page), match[1], match[2]) for page in PAGES for match in EXAMPLE.finditer(read(page))]


def test_every_site_that_comes_along_is_in_the_manual() -> None:
    listed = re.findall(r"^\| `(examples/[a-z-]+)` \|", section(read(MANUAL / "beginnen.md"), "De vier voorbeelden"), flags=re.MULTILINE)
    assert sorted(listed) == [shown(path) for path in sorted((ROOT / "examples").iterdir()) if path.is_dir()]


def test_every_file_of_a_site_has_an_example() -> None:
    assert {file for _, file, _ in examples()} == set(FILES)


@pytest.mark.parametrize(("page", "file", "text"), examples(), ids=lambda value: str(value)[:40])
def test_examples_pass_the_check(page: str, file: str, text: str, tmp_path: Path, catalogue: Catalogue) -> None:
    profiles = [other for _, name, other in examples() if name == PROFILE]
    (tmp_path / PROFILE).write_text(profiles[-1], encoding="utf-8")
    (tmp_path / file).write_text(text, encoding="utf-8")
    checked = check_site(tmp_path, catalogue, date(2026, 11, 12))
    assert checked.neighbourhood.open_points, page
    assert not [each for each in checked.warnings if each.file.endswith(PLANNING)]
    assert bool(checked.neighbourhood.plan) == (file == PLANNING)


def test_the_example_of_a_planning_shows_every_key() -> None:
    shown = "\n".join(text for _, file, text in examples() if file == PLANNING)
    keys = {f"{field.alias}" for field in FILES[PLANNING].model_fields.values()}
    assert keys - set(re.findall(r"^(\w+):", shown, flags=re.MULTILINE)) == {"voortgang"}, "the tracker comes later"


def pieces() -> list[tuple[str, str]]:
    """Page and text of every piece of a profile that is shown on its own."""
    return [(shown(page), textwrap.dedent(match[2])) for page in PAGES for match in PART.finditer(read(page))]


@pytest.mark.parametrize(("page", "text"), pieces(), ids=lambda value: str(value)[:40])
def test_pieces_of_a_profile_pass_the_check(page: str, text: str, tmp_path: Path, catalogue: Catalogue) -> None:
    whole = [other for _, name, other in examples() if name == PROFILE][-1]
    (key,) = re.findall(r"^(\w+):", text, flags=re.MULTILINE)
    rest = re.sub(rf"^{key}:.*?(?=^\S|\Z)", "", whole, flags=re.MULTILINE | re.DOTALL)
    (tmp_path / PROFILE).write_text(rest + text, encoding="utf-8")
    warned = {each.code for each in check_site(tmp_path, catalogue, date(2026, 11, 12)).warnings}
    assert warned <= {"rol-niet-ingevuld"}, page


def test_own_agreements_in_the_manual_pass_the_check(tmp_path: Path, catalogue: Catalogue) -> None:
    whole = [text for _, name, text in examples() if name == PROFILE][-1]
    (tmp_path / PROFILE).write_text(whole, encoding="utf-8")
    (tmp_path / "afspraken").mkdir()
    own = dict(OWN.findall(manual()))
    for name, text in own.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    checked = check_site(tmp_path, catalogue, date(2026, 11, 12)).neighbourhood
    assert own
    assert [each.id for each in checked.agreements if each.own and each.holds] == [Path(name).stem for name in own]


def test_the_smallest_profile_is_the_smallest() -> None:
    (first, *_) = (text for _, file, text in examples() if file == PROFILE)
    keys = set(re.findall(r"([a-z]+):(?: |$)", first, flags=re.MULTILINE)) - {"server"}
    assert keys == {"wijk", "id", "naam", "code", "gemeente", "praktijken"}


def test_the_message_that_is_taken_apart_is_a_real_one(tmp_path: Path, catalogue: Catalogue) -> None:
    (first, *_) = (text for _, file, text in examples() if file == PROFILE)
    folder = tmp_path / "mijn-wijk"
    folder.mkdir()
    (folder / PROFILE).write_text(first.replace("    naam:", "    nam:"), encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        check_site(folder, catalogue, date(2026, 11, 12))
    said = str(raised.value).replace(f"{tmp_path}/", "")
    (example,) = (text for _, _, text in FENCE.findall(read(MANUAL / "controleren.md")) if "[sleutel-onbekend]" in text)
    assert example.strip() in said


def test_yaml_in_the_docs_is_the_yaml_that_we_read() -> None:
    for page in PAGES:
        for _, language, text in FENCE.findall(read(page)):
            if language == "yaml":
                assert parse_yaml(text, shown(page)).data


# -- the pages themselves --------------------------------------------------------------------------------------------


def slug(heading: str) -> str:
    """The anchor that GitHub and most others give a heading."""
    plain = LINK.sub(lambda match: match[0][1:].split("]")[0], heading).replace("`", "").lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    return {slug(heading.strip()) for heading in re.findall(r"^#+ (.+)$", prose(page), flags=re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(prose(page)):
        if re.match(r"https?://", target):
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there), target


def test_every_page_can_be_reached_from_the_first() -> None:
    reached, waiting = {ROOT / "README.md"}, [ROOT / "README.md"]
    for page in waiting:
        targets = {(page.parent / target.partition("#")[0]).resolve() for target in LINK.findall(prose(page)) if target.partition("#")[0]}
        new = {target for target in targets if target.suffix == ".md" and target.exists()} - reached
        reached |= new
        waiting += sorted(new)
    assert [shown(page) for page in PAGES if page not in reached] == []


@pytest.mark.parametrize("page", sorted(MANUAL.glob("*.md")), ids=shown)
def test_manual_says_u(page: Path) -> None:
    assert re.findall(r"\b(?:je|jij|jouw|jullie)\b", prose(page), flags=re.IGNORECASE) == []
