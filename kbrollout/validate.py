"""From data with positions to a model, or to Dutch problems: all of them in one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kbrollout.errors import ContentError, Problem
from kbrollout.messages import MESSAGES, did_you_mean, listing, problem
from kbrollout.model.fields import kind_of
from kbrollout.yamlfile import Path_, Sourced

M = TypeVar("M", bound=BaseModel)
MOST_PROBLEMS = 200
"""So many faults in one file are shown; a file with more of them is not what its author thinks it is."""

Known = Mapping[str, Sequence[str]]
"""Per kind of thing (`rol`, `thema`, `partner` …) the ids that exist."""


def validate(model: type[M], sourced: Sourced, known: Known | None = None) -> M:
    """The data of a file as a model. Raises ContentError with every fault, in shape and in links to `known` ids."""
    try:
        # Tuples, because each refusal carries the ids along: a tuple is shared, a list would be copied every time.
        return model.model_validate(sourced.data, context={kind: tuple(ids) for kind, ids in (known or {}).items()})
    except ValidationError as error:
        found = error.errors(include_url=False)
        faults = [details for details in found if not _follows_from_another(details, found)]
        problems = [_problem(model, details, sourced) for details in faults[:MOST_PROBLEMS]]
        if len(faults) > MOST_PROBLEMS:
            problems.append(problem("te-veel-fouten", (sourced.file, 0, 0, ""), aantal=len(faults) - MOST_PROBLEMS))
        raise ContentError(problems) from None


@contextmanager
def gather(problems: list[Problem]) -> Iterator[None]:
    """Go on after a ContentError, with its problems added to `problems`."""
    try:
        yield
    except ContentError as error:
        problems += error.problems


def ids_in(sourced: Sourced, name: str) -> list[str] | None:
    """The ids of the entries in a list, also when the entries have other faults. None when not all ids can be read."""
    if not isinstance(sourced.data, dict):
        return None
    entries = sourced.data.get(name, [])
    found = [identifier for identifier, _ in _ids_with_paths(sourced, name)]
    return found if isinstance(entries, list) and len(found) == len(entries) else None


def doubled_ids(sourced: Sourced, *names: str, code: str = "id-dubbel") -> Iterator[Problem]:
    """Problems with ids that stand twice in the lists of a file, each with the place of the first."""
    first: dict[str, Path_] = {}
    doubled = 0
    for name in names:
        for identifier, path in _ids_with_paths(sourced, name):
            if identifier in first and doubled < MOST_PROBLEMS:
                doubled += 1
                _, line, _, shown = sourced.place(first[identifier])
                yield problem(code, sourced.place(path), id=identifier, eerste=f"{shown}, regel {line}")
            first.setdefault(identifier, path)


def _ids_with_paths(sourced: Sourced, name: str) -> Iterable[tuple[str, Path_]]:
    entries = sourced.data.get(name) if isinstance(sourced.data, dict) else None
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        identifier = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(identifier, str):
            yield identifier.strip(), (name, number, "id")


def _follows_from_another(details: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """A list counts as too short when an entry in it has a fault; then the fault is enough."""
    place = details["loc"]
    return details["type"] == "too_short" and any(other["loc"][: len(place)] == place and other is not details for other in found)


def _problem(model: type[BaseModel], details: ErrorDetails, sourced: Sourced) -> Problem:
    path: Path_ = details["loc"]
    # pydantic's mark for a fault in a key itself, unless an author wrote that very word as a key.
    of_a_key = path[-1:] == ("[key]",) and details["type"] != "extra_forbidden"
    path = path[:-1] if of_a_key else path
    code, words = _code_and_words(model, details, path)
    on_the_key = code == "sleutel-onbekend" or of_a_key
    if code == "sleutel-ontbreekt":
        return problem(code, (*sourced.place(path[:-1])[:3], sourced.place(path)[3]), **words)
    return problem(code, sourced.place(path, of_key=on_the_key), **words)


def _code_and_words(model: type[BaseModel], details: ErrorDetails, path: Path_) -> tuple[str, Mapping[str, Any]]:
    """Which message of the table an error of pydantic is, and the words for it."""
    kind, given = details["type"], details["input"]
    context = details.get("ctx", {})
    if kind in MESSAGES:
        ids = context.get("bekend", ())
        return kind, {**context, "bedoelt": did_you_mean(str(context.get("gegeven", "")), ids), "mogelijk": listing(ids)}
    if kind == "missing":
        return "sleutel-ontbreekt", {"sleutel": path[-1], "uitleg": _description(model, path).rstrip(".")}
    if kind == "extra_forbidden":
        known = _keys(model, path[:-1])
        return "sleutel-onbekend", {"sleutel": path[-1], "bedoelt": did_you_mean(str(path[-1]), known), "mogelijk": listing(known)}
    if given is None:
        return "leeg", {}
    if kind in ("tuple_type", "list_type"):
        return "geen-lijst", {"gegeven": kind_of(given)}
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        keys = _keys(model, path)
        return "geen-blok", {"gegeven": kind_of(given), "sleutels": f" Hier kunnen staan: {listing(keys)}." if keys else ""}
    if kind == "too_short":
        return "te-weinig", {"minstens": context["min_length"], "uitleg": _description(model, path)}
    if not isinstance(given, str):
        return "geen-tekst", {"gegeven": kind_of(given)}
    if kind == "enum":
        possible = [word.strip("' ") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
        return "niet-toegestaan", {"gegeven": given, "bedoelt": did_you_mean(given, possible), "mogelijk": listing(possible)}
    return "waarde-fout", {}


def _model_at(model: type[BaseModel], path: Path_) -> type[BaseModel] | None:
    """The model that stands at a path, going down through lists and blocks."""
    here: Any = model
    for step in path:
        if _is_model(here):
            field = next((f for f in here.model_fields.values() if f.alias == step), None)
            here = _bare(field.annotation) if field else None
        else:
            elements = get_args(here)
            here = _bare(elements[0] if isinstance(step, int) else elements[-1]) if elements else None
    return here if _is_model(here) else None


def _bare(annotation: Any) -> Any:
    """An annotation without `Annotated[…]` around it and without `| None` behind it."""
    options = [option for option in get_args(annotation) if option is not NoneType]
    if get_origin(annotation) is Annotated or (get_origin(annotation) in (Union, UnionType) and len(options) == 1):
        return _bare(options[0])
    return annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and get_origin(annotation) is None and issubclass(annotation, BaseModel)


def _keys(model: type[BaseModel], path: Path_) -> list[str]:
    there = _model_at(model, path)
    return [field.alias or name for name, field in there.model_fields.items()] if there else []


def _description(model: type[BaseModel], path: Path_) -> str:
    there = _model_at(model, path[:-1])
    field = next((f for f in there.model_fields.values() if f.alias == path[-1]), None) if there else None
    return field.description or "" if field else ""
