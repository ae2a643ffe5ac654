"""What a file may hold, read off the model: the fields of each record, in order, with their form."""

import types
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from onrecord.model import Record

VERBATIM = frozenset({"exact", "prefix", "suffix", "find", "wording"})
"""Fields that hold an article's own words: always between double quotation marks, on one line."""

PRINTED = VERBATIM | {"name", "named_as", "role"}

Form = Literal["text", "integer", "decimal", "flag", "texts", "record", "records"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record: its form, the record inside it, the values it may take, whether it must be
    given.
    """

    name: str
    form: Form
    model: type[Record] | None
    choices: tuple[str, ...]
    required: bool


@cache
def fields_of(model: type[Record]) -> dict[str, Field]:
    """The fields of a record in the order in which they are written: its own, then those that it shares."""
    found: dict[str, Field] = {}
    own = [name for name in model.model_fields if name in model.__annotations__]
    for name in (*own, *(name for name in model.model_fields if name not in own)):
        info = model.model_fields[name]
        form, inner, choices = _form(info.annotation)
        found[name] = Field(name, form, inner, choices, info.is_required())
    return found


def _form(annotation: Any) -> tuple[Form, type[Record] | None, tuple[str, ...]]:
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        (only,) = (part for part in get_args(annotation) if part is not types.NoneType)
        return _form(only)
    if origin is Annotated:
        return _form(get_args(annotation)[0])
    if origin is Literal:
        return "text", None, get_args(annotation)
    if origin is tuple:
        form, inner, choices = _form(get_args(annotation)[0])
        return ("records" if form == "record" else "texts"), inner, choices
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return "record", annotation, ()
    forms: dict[Any, Form] = {int: "integer", bool: "flag", str: "text"}
    return forms.get(annotation, "decimal"), None, ()
