"""Frozen records, no input or output: one set of classes for files, importers and graph."""

from onrecord.model.actor import PERSON_KINDS, Actor, ActorsFile, Name, Post, Tenure
from onrecord.model.anchor import Mention, Passage, Quote, hash_text, seal_of
from onrecord.model.base import Record, Slug
from onrecord.model.correction import Correction, digest
from onrecord.model.dating import Dating
from onrecord.model.document import Document, DocumentsFile, Provision
from onrecord.model.dossier import (
    Disagreement,
    DossierFile,
    Event,
    Gap,
    Participant,
    StatusPeriod,
)
from onrecord.model.files import FILES, FOLDERS, REDIRECTS
from onrecord.model.licence import LICENCES
from onrecord.model.redirect import Redirect, RedirectsFile
from onrecord.model.register import NOUNS, Entry, Register
from onrecord.model.source import (
    Anchored,
    Capture,
    Citation,
    Claim,
    EventAccount,
    Figure,
    OfficeAccount,
    ProvisionAccount,
    SourceFile,
    Statement,
)

__all__ = [
    "FILES",
    "FOLDERS",
    "LICENCES",
    "NOUNS",
    "PERSON_KINDS",
    "REDIRECTS",
    "Actor",
    "ActorsFile",
    "Anchored",
    "Capture",
    "Citation",
    "Claim",
    "Correction",
    "Dating",
    "Disagreement",
    "Document",
    "DocumentsFile",
    "DossierFile",
    "Entry",
    "Event",
    "EventAccount",
    "Figure",
    "Gap",
    "Mention",
    "Name",
    "OfficeAccount",
    "Participant",
    "Passage",
    "Post",
    "Provision",
    "ProvisionAccount",
    "Quote",
    "Record",
    "Redirect",
    "RedirectsFile",
    "Register",
    "Slug",
    "SourceFile",
    "Statement",
    "StatusPeriod",
    "Tenure",
    "digest",
    "hash_text",
    "seal_of",
]
