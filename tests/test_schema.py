"""The JSON Schemas agree with the loader, speak Dutch, and know the ids of the reference."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kbrollout.model.catalogue import Catalogue
from kbrollout.schema import NAMES, schema_text
from kbrollout.yamlfile import read_yaml
from tests.conftest import OVERVECHT, SCHAPENWEIDE

PLANNED = Path(__file__).parent / "bad" / "_gepland"
FILES = [path for folder in (*sorted(OVERVECHT.parent.iterdir()), SCHAPENWEIDE) for path in sorted(folder.glob("*.yaml"))]


def properties(part: Any) -> Iterator[tuple[str, Any]]:
    """Every property of a schema, however deep."""
    if isinstance(part, dict):
        for key, value in part.get("properties", {}).items():
            yield key, value
        for value in part.values():
            yield from properties(value)
    elif isinstance(part, list):
        for value in part:
            yield from properties(value)


def as_an_editor_reads_it(data: Any) -> Any:
    """Plain numbers as numbers, as YAML editors take them."""
    if isinstance(data, dict):
        return {key: as_an_editor_reads_it(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_an_editor_reads_it(value) for value in data]
    return int(data) if isinstance(data, str) and data.isdecimal() and not data.startswith("0") else data


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_valid_files_are_valid_by_their_schema(path: Path) -> None:
    schema = json.loads(schema_text(path.stem))
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(as_an_editor_reads_it(read_yaml(path, path.name, "").data), schema)


def test_the_schema_refuses_what_the_loader_refuses() -> None:
    schema = json.loads(schema_text("profiel"))
    data: Any = read_yaml(OVERVECHT / "profiel.yaml", "profiel.yaml", "").data
    unknown_theme = {"themas": [{"id": "meer-bewegn", "aanspreekpunt": "x"}]}
    spoils: list[dict[str, Any]] = [{"praktijkn": []}, unknown_theme, {"rollen": {"huisart": {}}}, {"praktijken": []}]
    for spoil in spoils:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**data, **spoil}, schema)


def test_the_schema_of_a_planning_takes_and_refuses_what_the_loader_does(catalogue: Catalogue) -> None:
    schema = json.loads(schema_text("planning"))
    data: Any = as_an_editor_reads_it(read_yaml(PLANNED / "planning.yaml", "planning.yaml", "").data)
    # The ids of tasks in there are those of the small reference of the cases.
    data = {**data, "taken": {"BV-P-01-T1": {"op": "2090-05-09", "uren": "2,5", "per_praktijk": {"praktijk-zuid": {"op": "2090-04-21"}}}}}
    data["eigen_taken"] = [{key: value for key, value in task.items() if key != "voorwaarde"} for task in data["eigen_taken"]]
    jsonschema.validate(data, schema)
    spoils: list[dict[str, Any]] = [
        *({"start": None}, {"taken": {"BV-01-T1": {}}}, {"taken": {"BV-P-01-T1": {"dag": "2090-05-09"}}}, {"werkdagen": {"dokter": []}}),
        *({"werkdagen": {"huisarts": ["zaterdag"]}}, {"overleggen": [{**data["overleggen"][0], "elke": "maand"}]}),
        *({"eigen_taken": [{**data["eigen_taken"][0], "voorwaarde": "BV-1"}]}, {"golven": [{**data["golven"][1], "themas": ["bewegn"]}]}),
        {"overleggen": [{**data["overleggen"][0], "van": "half vijf"}]},
    ]
    for spoil in spoils:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**data, **spoil}, schema)
    shown = schema["properties"]["taken"]["properties"]
    assert list(shown) == list(catalogue.tasks)
    assert not any("{" in task["description"] for task in shown.values())


def test_the_schema_of_the_offers_refuses_what_the_loader_does() -> None:
    schema = json.loads(schema_text("aanbod"))
    offer = {"id": "wandelen", "naam": "Wandelgroep", "soort": "bewegen"}
    jsonschema.validate({"aanbod": [{**offer, "begeleiding": "onbekend", "partner": "onbekend", "kosten": 2}], "escalatie": ["x"]}, schema)
    spoils: list[dict[str, Any]] = [
        {"soort": "onbekend"},
        {"soort": "sport"},
        {"begeleiding": "hulp"},
        {"id": "Wandel groep"},
        {"kostn": "x"},
    ]
    for spoil in spoils:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"aanbod": [{**offer, **spoil}]}, schema)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "manifest"])
def test_every_key_is_explained_in_dutch_and_pydantics_titles_are_gone(name: str) -> None:
    schema = json.loads(schema_text(name))
    for key, value in properties(schema):
        if "$ref" not in value:
            assert value.get("description") or key in ("properties",), key
        assert "title" not in value or isinstance(value["title"], dict)
    assert "x-kind" not in schema_text(name)


def test_editors_can_complete_themes_and_roles(catalogue: Catalogue) -> None:
    schema = json.loads(schema_text("profiel"))
    assert schema["$defs"]["ThemeChoice"]["properties"]["id"]["enum"] == list(catalogue.themes)
    assert list(schema["properties"]["rollen"]["properties"]) == list(catalogue.roles)


@pytest.mark.parametrize("path", sorted(OVERVECHT.glob("*.yaml")), ids=lambda path: path.name)
def test_files_carry_the_hint_for_editors(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    hint = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / hint).is_file()


def test_the_manifest_of_a_pack_is_valid_by_its_schema(overvecht_pack: Path) -> None:
    manifest = json.loads((overvecht_pack / "manifest.json").read_text(encoding="utf-8"))
    jsonschema.validate(manifest, json.loads(schema_text("manifest")))
    assert manifest["format"] == 1
    assert len(manifest["agreements"]) == 129
    assert [unit["kind"] for unit in manifest["units"]] == ["wijk", *["praktijk"] * 9]
    start_stop = next(each for each in manifest["agreements"] if each["id"] == "W-KERN-03")
    assert "het buurtteam sociaal" in start_stop["text"]
    assert start_stop["fingerprint"].startswith("v1:")
