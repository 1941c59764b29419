"""JSON Schemas of the files that people write and of the manifest, so that editors can complete and check."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kbrollout import manifest
from kbrollout.site import FILES


def _of_file(name: str) -> Callable[[], dict[str, Any]]:
    def make() -> dict[str, Any]:
        schema = FILES[name].model_json_schema(by_alias=True)
        return {"$schema": "http://json-schema.org/draft-07/schema#", **_without_titles(schema), "title": name}

    return make


def _without_titles(part: Any) -> Any:
    """Pydantic titles every field with its English name; editors would show that instead of the description."""
    if isinstance(part, dict):
        return {key: _without_titles(value) for key, value in part.items() if key != "title" or not isinstance(value, str)}
    return [_without_titles(each) for each in part] if isinstance(part, list) else part


SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {**{Path(name).stem: _of_file(name) for name in FILES}, "manifest": manifest.schema}
"""Name → maker of the schema."""


def schema_text(name: str) -> str:
    """One schema as JSON text."""
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas in a folder; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in SCHEMAS:
        path = folder / f"{name}.schema.json"
        path.write_text(schema_text(name), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths
