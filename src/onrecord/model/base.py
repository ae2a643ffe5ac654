"""What all records share: frozen, no unknown keys, slugs that are chosen once."""

from typing import Annotated
from unicodedata import category

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from onrecord.model.unseen import first_unseen

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=2, max_length=60)]
"""Name of a record: lower case letters, digits and single hyphens, 2 to 60 characters."""


_NOT_PRINTED = frozenset({"Cc", "Zl", "Zp", "Cs"})


def _printable(text: str) -> str:
    for position, character in enumerate(text):
        code = ord(character)  # the last two code points of a plane, and 32 more, are no characters at all
        if category(character) in _NOT_PRINTED or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
            raise ValueError(f"control character U+{ord(character):04X} at position {position}")
    if not text.strip():
        raise ValueError("expected words, got an empty text")
    return text


class UnseenCharacter(ValueError):
    """Words of ours hold a character that readers do not see."""


def _seen(text: str) -> str:
    found = first_unseen(_printable(text))
    if found is not None:
        raise UnseenCharacter(f"{found[1]} at position {found[0]}, which readers do not see")
    return text


Line = Annotated[str, AfterValidator(_seen)]
"""A label, name or description of ours: one line that is as it looks, no control characters, not empty."""

Printed = Annotated[str, AfterValidator(_printable)]
"""Words of a source on one line: whatever it prints, without control characters, not empty."""


class Record(BaseModel):
    """Base of every record: immutable, and a key that is not known is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)
