"""The material of the unit tests: the same record, read by others' tools here."""

import importlib.util
from pathlib import Path

_FILE = Path(__file__).parents[2] / "unit" / "exporters" / "conftest.py"
_SPEC = importlib.util.spec_from_file_location("exports_material", _FILE)
assert _SPEC is not None
assert _SPEC.loader is not None
_MODULE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)

material = _MODULE.material
quads = _MODULE.quads
filtered = _MODULE.filtered
