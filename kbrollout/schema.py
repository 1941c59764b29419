"""JSON Schemas of the files that people write and of the manifest, so that editors can complete and check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kbrollout import manifest
from kbrollout.catalogue import load_catalogue
from kbrollout.errors import ContentError
from kbrollout.messages import problem
from kbrollout.model.catalogue import CORE_THEME, Catalogue
from kbrollout.site import FILES, PLANNING
from kbrollout.slots import fill

NAMES = (*(Path(name).stem for name in FILES), "manifest")
"""The schemas that exist."""


def schema_text(name: str) -> str:
    """One schema as JSON text. Raises ContentError when the reference, whose ids it lists, has faults."""
    return _as_text(manifest.schema() if name == "manifest" else _of_file(f"{name}.yaml", load_catalogue()))


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas of the site files in a folder; gives their paths. Raises ContentError when that cannot be."""
    catalogue = load_catalogue()
    schemas = {folder / f"{Path(name).stem}.schema.json": _as_text(_of_file(name, catalogue)) for name in FILES}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in schemas.items():
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ContentError([problem("uitvoer-niet-schrijfbaar", (str(folder), 0, 0, ""), map=folder, reden=reason)]) from error
    return list(schemas)


def _as_text(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _of_file(name: str, catalogue: Catalogue) -> dict[str, Any]:
    ids = {
        "rol": list(catalogue.roles),
        "thema": [CORE_THEME, *catalogue.themes] if name == PLANNING else list(catalogue.themes),
        "programma": list(catalogue.programmes),
        "startvoorwaarde": list(catalogue.entry_conditions),
        "indicator": list(catalogue.indicators),
        "basisvoorwaarde": list(catalogue.requirements),
        "mtvp": list(catalogue.mtvp_parts),
    }
    made = FILES[name].model_json_schema(by_alias=True)
    for definition in made.get("$defs", {}).values():
        definition.pop("description", None)
    for key, keys in _keys(catalogue).items():
        if key in made["properties"]:
            made["properties"][key] = _named(made["properties"][key], keys)
    made["description"] = f"Het bestand {name} van een wijkmap."
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_for_editors(made, ids)}


def _named(block: dict[str, Any], names: Mapping[str, str | None]) -> dict[str, Any]:
    """A block whose keys are ids of the reference, with those keys written out: each with what it is, if that is given."""
    (value,) = block["patternProperties"].values()
    properties = {name: {"description": what, "allOf": [value]} if what else value for name, what in names.items()}
    return {"type": "object", "description": block["description"], "properties": properties, "additionalProperties": False}


def _keys(catalogue: Catalogue) -> dict[str, Mapping[str, str | None]]:
    """Blocks of a file whose keys are ids of the reference, with those ids; what a task is, for who looks for its id."""
    names = {role.id: f"{role.article} {role.name}" for role in catalogue.roles.values()}
    programmes = {programme.id: f"{programme.article} {programme.name}" for programme in catalogue.programmes.values()}
    return {
        "rollen": dict.fromkeys(names),
        "programmas": dict.fromkeys(programmes),
        "werkdagen": {role: f"De werkdagen van {name}." for role, name in names.items()},
        "taken": {task.id: fill(task.what, {**names, **programmes}) for task in catalogue.tasks.values()},
    }


def _for_editors(part: Any, ids: Mapping[str, list[str]]) -> Any:
    """Without pydantic's English titles, and with the ids of the reference where one of them has to stand."""
    if isinstance(part, list):
        return [_for_editors(each, ids) for each in part]
    if not isinstance(part, dict):
        return part
    kind = str(part.get("x-kind"))
    rest = {
        key: _for_editors(value, ids) for key, value in part.items() if key != "x-kind" and not (key == "title" and isinstance(value, str))
    }
    return {**rest, "enum": ids[kind]} if kind in ids else rest
