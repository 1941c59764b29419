"""The kinds of value that authors can write, and the base of all models.

Every scalar of a YAML file arrives here as text (`kbrollout.yamlfile` types nothing), so each kind says itself
what it accepts. A refusal is a `PydanticCustomError` whose type is a code of the message table
(`kbrollout.messages`), with the words that the message needs as its context.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

UNKNOWN = "onbekend"
LONGEST_LINE = 200
LONGEST_TEXT = 4000
MOST_WORKING_DAYS = 260
"""A task of more than a year is a phase, not a task."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
_ID = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)+|[a-z0-9]+(-[a-z0-9]+)*")
_VERSION = re.compile(r"\d+(\.\d+)+")
_RHYTHM = re.compile(r"([1-9]\d?) (week|weken|maand|maanden)")
_DUTCH_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


class Model(BaseModel):
    """Base of everything that authors write: Dutch keys, a closed list of them, unchangeable once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_alias=True, validate_by_name=False)


def key(dutch: str, description: str, **more: Any) -> Any:
    """Declare a model field: its Dutch key and the Dutch sentence that schema, form and manual show."""
    field: FieldInfo = Field(alias=dutch, description=description, **more)
    return field


def refuse(code: str, **context: Any) -> PydanticCustomError:
    """The refusal of a value, with a code of the message table."""
    return PydanticCustomError(code, code, context)


def _text(value: Any, longest: int) -> str:
    if value is None:
        raise refuse("leeg")
    if not isinstance(value, str):
        raise refuse("geen-tekst", gegeven=kind_of(value))
    text = value.strip()
    if not text:
        raise refuse("leeg")
    if _CONTROL.search(text):
        raise refuse("stuurteken")
    if len(text) > longest:
        raise refuse("te-lang", lengte=len(text), hoogstens=longest)
    return text


def kind_of(value: Any) -> str:
    """What a value is, in the words of a message."""
    if isinstance(value, dict):
        return "een blok met sleutels"
    if isinstance(value, list):
        return "een lijst"
    return "een tekst"


def _line(value: Any) -> str:
    text = _text(value, LONGEST_LINE)
    if "\n" in text:
        raise refuse("meer-regels")
    return text


def _slug(value: Any) -> str:
    text = _line(value)
    if not _SLUG.fullmatch(text) or len(text) > 60:
        raise refuse("geen-slug", gegeven=text, voorstel=slug_from(text) or "mijn-wijk")
    if text in _RESERVED:
        raise refuse("naam-gereserveerd", gegeven=text, voorstel=f"{text}-1")
    return text


def slug_from(text: str) -> str:
    """A slug that looks like `text`; empty when there is nothing to make one of."""
    from unicodedata import normalize

    plain = normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:60].strip("-")


def _identifier(value: Any) -> str:
    text = _line(value)
    if not _ID.fullmatch(text) or len(text) > 60:
        raise refuse("geen-id", gegeven=text)
    return text


def _day(value: Any) -> date:
    text = _line(value)
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        raise refuse("datum-bestaat-niet", gegeven=text) from None
    dutch = _DUTCH_DATE.fullmatch(text)
    example = f"{dutch[3]}-{int(dutch[2]):02}-{int(dutch[1]):02}" if dutch else "2026-11-12"
    raise refuse("geen-datum", gegeven=text, voorbeeld=example)


def _count(value: Any) -> int:
    text = _line(value)
    if re.fullmatch(r"-\d+", text):
        raise refuse("negatief", gegeven=text)
    if not re.fullmatch(r"\d{1,9}|\d{1,3}(\.\d{3}){1,2}", text):
        raise refuse("geen-getal", gegeven=text)
    return int(text.replace(".", ""))


def _working_days(value: Any) -> int:
    text = _line(value)
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise refuse("geen-aantal-werkdagen", gegeven=text)
    days = int(text)
    if days < 1:
        raise refuse("werkdagen-nul", gegeven=days)
    if days > MOST_WORKING_DAYS:
        raise refuse("werkdagen-te-veel", gegeven=days, hoogstens=MOST_WORKING_DAYS)
    return days


def _hours(value: Any) -> Decimal:
    text = _line(value)
    if not re.fullmatch(r"\d{1,4}([.,]\d{1,2})?", text):
        raise refuse("geen-uren", gegeven=text)
    return Decimal(text.replace(",", "."))


def _clock(value: Any) -> time:
    text = _line(value)
    match = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", text)
    if not match:
        raise refuse("geen-tijd", gegeven=text)
    return time(int(match[1]), int(match[2]))


def _interval(value: Any) -> Interval:
    text = _line(value)
    match = _RHYTHM.fullmatch(text)
    if not match:
        raise refuse("geen-ritme", gegeven=text)
    return Interval(int(match[1]), monthly=match[2].startswith("maand"))


def _web_address(value: Any) -> str:
    text = _line(value)
    if not re.fullmatch(r"https://[a-z0-9.-]+(:\d+)?(/[\w./~-]*)?|http://localhost(:\d+)?(/[\w./~-]*)?", text):
        raise refuse("geen-webadres", gegeven=text)
    return text.rstrip("/")


def _agb(value: Any) -> str:
    text = _line(value)
    if not text.isascii() or not text.isdigit():
        raise refuse("agb-tekens", gegeven=text)
    if len(text) != 8:
        raise refuse("agb-lengte", gegeven=text, lengte=len(text))
    return text


def _phone(value: Any) -> str:
    text = _line(value)
    if not re.fullmatch(r"[+0-9][0-9 ()\-/]*", text) or not 3 <= sum(character.isdigit() for character in text) <= 15:
        raise refuse("geen-telefoonnummer", gegeven=text)
    return text


def _mail(value: Any) -> str:
    text = _line(value)
    if not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", text):
        raise refuse("geen-mailadres", gegeven=text)
    return text


def _version(value: Any) -> str:
    text = _line(value)
    if not _VERSION.fullmatch(text):
        raise refuse("geen-versie", gegeven=text)
    return text


def _site_code(value: Any) -> str:
    text = _line(value)
    if not re.fullmatch(r"[A-Z]{2,5}", text):
        raise refuse("geen-wijkcode", gegeven=text)
    return text


def _sheet_code(value: Any) -> str:
    text = _line(value).upper()
    if not re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", text):
        raise refuse("code-tekenblad", gegeven=value)
    return text


def _yes_no(value: Any) -> bool:
    text = _line(value)
    if text not in ("ja", "nee"):
        raise refuse("geen-ja-nee", gegeven=text)
    return text == "ja"


@dataclass(frozen=True)
class Interval:
    """The time between two meetings: so many weeks, or so many months."""

    count: int
    monthly: bool


class Article(StrEnum):
    """The article of a noun."""

    DE = "de"
    HET = "het"


# In a schema a text may also look like a number or a yes/no: `naam: 4711` is the text "4711" for us.
_ANY_SCALAR = {"type": ["string", "number", "boolean"]}

Line = Annotated[str, BeforeValidator(_line), WithJsonSchema({**_ANY_SCALAR, "maxLength": LONGEST_LINE})]
Prose = Annotated[str, BeforeValidator(lambda v: _text(v, LONGEST_TEXT)), WithJsonSchema({**_ANY_SCALAR, "maxLength": LONGEST_TEXT})]
Slug = Annotated[str, BeforeValidator(_slug), WithJsonSchema({"type": "string", "pattern": f"^{_SLUG.pattern}$", "maxLength": 60})]
Identifier = Annotated[
    str, BeforeValidator(_identifier), WithJsonSchema({"type": "string", "pattern": f"^({_ID.pattern})$", "maxLength": 60})
]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
# An editor takes 12.500 for a broken number; for us it is twelve thousand five hundred.
Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"type": ["integer", "number", "string"], "minimum": 0})]
Agb = Annotated[str, BeforeValidator(_agb), WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{8}$"})]
Phone = Annotated[str, BeforeValidator(_phone), WithJsonSchema({"type": ["string", "integer"]})]
Mail = Annotated[str, BeforeValidator(_mail), WithJsonSchema({"type": "string", "format": "email"})]
YesNo = Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"enum": ["ja", "nee"]})]
Version = Annotated[str, BeforeValidator(_version), WithJsonSchema({"type": ["string", "number"], "pattern": f"^{_VERSION.pattern}$"})]
SheetCode = Annotated[str, BeforeValidator(_sheet_code), WithJsonSchema({"type": "string", "pattern": "^[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}$"})]
WorkingDays = Annotated[
    int, BeforeValidator(_working_days), WithJsonSchema({"type": ["integer", "string"], "minimum": 1, "maximum": MOST_WORKING_DAYS})
]
Hours = Annotated[Decimal, BeforeValidator(_hours), WithJsonSchema({"type": ["number", "string"], "minimum": 0})]
Clock = Annotated[time, BeforeValidator(_clock), WithJsonSchema({"type": "string", "pattern": "^([01]?[0-9]|2[0-3])[:.][0-5][0-9]$"})]
Rhythm = Annotated[
    Interval, BeforeValidator(_interval), WithJsonSchema({"type": "string", "pattern": "^[1-9][0-9]? (week|weken|maand|maanden)$"})
]
WebAddress = Annotated[str, BeforeValidator(_web_address), WithJsonSchema({"type": "string", "format": "uri"})]
SiteCode = Annotated[str, BeforeValidator(_site_code), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2,5}$"})]


@dataclass(frozen=True)
class Exists:
    """A check that an id is one of those that the validation context lists under `kind`.

    Without a context nothing is checked: then only the shape of the file counts. The JSON Schema notes the kind
    as `x-kind`, so that `kbrollout.schema` can list the ids.
    """

    kind: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core), "x-kind": self.kind}

    def _check(self, value: str, info: core_schema.ValidationInfo) -> str:
        known = (info.context or {}).get(self.kind)
        if known is not None and value not in known:
            raise refuse(f"{self.kind}-onbekend", gegeven=value, bekend=tuple(known))
        return value


RoleId = Annotated[Slug, Exists("rol")]
ThemeId = Annotated[Slug, Exists("thema")]
ProgrammeId = Annotated[Slug, Exists("programma")]
SourceId = Annotated[Slug, Exists("bron")]
DocumentId = Annotated[Identifier, Exists("document")]
AgreementId = Annotated[Identifier, Exists("afspraak")]
SystemId = Annotated[Slug, Exists("systeem")]
ResultId = Annotated[Identifier, Exists("resultaat")]
EntryConditionId = Annotated[Identifier, Exists("startvoorwaarde")]
IndicatorId = Annotated[Identifier, Exists("indicator")]
RequirementId = Annotated[Identifier, Exists("basisvoorwaarde")]
TaskId = Annotated[Identifier, Exists("taak")]
HandoutId = Annotated[Identifier, Exists("handout")]
InstrumentId = Annotated[Identifier, Exists("hulpmiddel")]
MtvpPartId = Annotated[Slug, Exists("mtvp")]
SuccessorId = Annotated[Identifier, Exists("opvolger")]
PartnerId = Annotated[Slug, Exists("partner")]
PracticeId = Annotated[Slug, Exists("praktijk")]
BodyId = Annotated[Slug, Exists("gremium")]
MemberId = Annotated[Slug, Exists("lid")]
DocumentKind = Annotated[Slug, Exists("documentsoort")]
AnchorId = Annotated[Slug, Exists("anker")]

T = TypeVar("T")


def _unknown_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and value.strip().lower() == UNKNOWN else value


class _UnknownInSchema:
    """Shows the word `onbekend` in the JSON Schema where pydantic would show null."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        options = handler(core)["anyOf"]
        return {"anyOf": [option for option in options if option != {"type": "null"}] + [{"const": UNKNOWN}]}


OrUnknown = Annotated[T | None, BeforeValidator(_unknown_is_none), _UnknownInSchema()]
"""A value that may be written as `onbekend`; unknown is None, and becomes an open point."""
