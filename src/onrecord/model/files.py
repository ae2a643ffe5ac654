"""The folders of a knowledge base that people edit, and what a file of each holds."""

from onrecord.model.actor import ActorsFile
from onrecord.model.base import Record
from onrecord.model.document import DocumentsFile
from onrecord.model.dossier import DossierFile
from onrecord.model.redirect import RedirectsFile
from onrecord.model.source import SourceFile

FOLDERS: dict[str, type[Record]] = {
    "actors": ActorsFile,
    "documents": DocumentsFile,
    "sources": SourceFile,
    "dossiers": DossierFile,
}
"""Folder of `data/` → record that a file in it is."""

REDIRECTS = "redirects.yaml"
FILES: dict[str, type[Record]] = {REDIRECTS: RedirectsFile}
"""File directly in `data/` → record that it is."""
