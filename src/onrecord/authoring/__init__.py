"""Reads and writes the files that people edit, with the position of every value."""

from onrecord.authoring.anchoring import anchor, capture_name
from onrecord.authoring.form import canonical, check_form
from onrecord.authoring.reading import read

__all__ = ["anchor", "canonical", "capture_name", "check_form", "read"]
