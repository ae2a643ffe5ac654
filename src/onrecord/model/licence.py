"""Licences under which anybody may pass a text on, whole and unchanged, for any purpose.

`rights` of a source says in words whose text it is; only one of these names lets us give the text out. A
licence for some readers or purposes alone (no commercial use, one newspaper's permission) is not among them:
we don't know who asks, nor for what. Names are those of the SPDX licence list 3.
"""

from collections.abc import Mapping
from typing import Literal

Licence = Literal[
    "CC0-1.0", "CC-PDM-1.0", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-ND-3.0", "CC-BY-ND-4.0", "CC-BY-SA-3.0",
    "CC-BY-SA-4.0", "OGL-UK-3.0", "OPL-UK-3.0", "PDDL-1.0",
]  # fmt: skip

_CREATIVE_COMMONS = "https://creativecommons.org"
LICENCES: Mapping[Licence, str] = {
    "CC0-1.0": f"{_CREATIVE_COMMONS}/publicdomain/zero/1.0/",
    "CC-PDM-1.0": f"{_CREATIVE_COMMONS}/publicdomain/mark/1.0/",
    "CC-BY-3.0": f"{_CREATIVE_COMMONS}/licenses/by/3.0/",
    "CC-BY-4.0": f"{_CREATIVE_COMMONS}/licenses/by/4.0/",
    "CC-BY-ND-3.0": f"{_CREATIVE_COMMONS}/licenses/by-nd/3.0/",
    "CC-BY-ND-4.0": f"{_CREATIVE_COMMONS}/licenses/by-nd/4.0/",
    "CC-BY-SA-3.0": f"{_CREATIVE_COMMONS}/licenses/by-sa/3.0/",
    "CC-BY-SA-4.0": f"{_CREATIVE_COMMONS}/licenses/by-sa/4.0/",
    "OGL-UK-3.0": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "OPL-UK-3.0": "https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/",
    "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
}
"""Name → where the licence itself is."""
