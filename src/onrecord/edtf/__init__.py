"""Dates with exactly the precision of their evidence: EDTF levels 0 to 2.

Standard: Library of Congress, *Extended Date/Time Format Specification*, 4 February 2019 (= ISO 8601-2:2019,
Annex A). The choices that the standard leaves open are in `docs/decisions/edtf-parser.md`. No input or
output, no clock.
"""

from onrecord.edtf.comparison import possible, sure
from onrecord.edtf.error import EdtfError
from onrecord.edtf.grain import GRAINS, certain_part, grain
from onrecord.edtf.precision import Precision
from onrecord.edtf.reader import MAX_LENGTH
from onrecord.edtf.value import KINDS, SPAN_LIMIT, Edtf, Kind, SortKey, Span, bounds_of, parse

__all__ = [
    "GRAINS",
    "KINDS",
    "MAX_LENGTH",
    "SPAN_LIMIT",
    "Edtf",
    "EdtfError",
    "Kind",
    "Precision",
    "SortKey",
    "Span",
    "bounds_of",
    "certain_part",
    "grain",
    "parse",
    "possible",
    "sure",
]
