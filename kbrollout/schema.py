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
from kbrollout.site import FILES

NAMES = (*(Path(name).stem for name in FILES), "manifest")
"""The schemas that exist."""


def schema_text(name: str) -> str:
    """One schema as JSON text. Raises ContentError when the reference, whose ids it lists, has faults."""
    made = manifest.schema() if name == "manifest" else _of_file(f"{name}.yaml")
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas of the site files in a folder; gives their paths. Raises ContentError when that cannot be."""
    schemas = {folder / f"{name}.schema.json": schema_text(name) for name in NAMES[:-1]}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in schemas.items():
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ContentError([problem("uitvoer-niet-schrijfbaar", (str(folder), 0, 0, ""), map=folder, reden=reason)]) from error
    return list(schemas)


def _of_file(name: str) -> dict[str, Any]:
    catalogue = load_catalogue()
    ids = {
        "rol": list(catalogue.roles),
        "thema": list(catalogue.themes),
        "programma": list(catalogue.programmes),
        "startvoorwaarde": list(catalogue.entry_conditions),
        "indicator": list(catalogue.indicators),
    }
    made = FILES[name].model_json_schema(by_alias=True)
    for definition in made.get("$defs", {}).values():
        definition.pop("description", None)
    for key, kind in (("rollen", "rol"), ("programmas", "programma")):
        if key in made["properties"]:
            made["properties"][key] = _named(made["properties"][key], ids[kind])
    made["description"] = f"Het bestand {name} van een wijkmap."
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_for_editors(made, ids)}


def _named(block: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """A block whose keys are ids of the reference, with those keys written out."""
    (value,) = block["patternProperties"].values()
    return {"type": "object", "description": block["description"], "properties": dict.fromkeys(names, value), "additionalProperties": False}


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
