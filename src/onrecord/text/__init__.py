"""Captures and the passages in them. No RDF, no YAML."""

from onrecord.text.capture import Capture, capture_of, find_capture, read_capture, read_captures
from onrecord.text.passage import CONTEXT, Near, Span, context, fold, nearest, occurrences, stands_whole

__all__ = [
    "CONTEXT",
    "Capture",
    "Near",
    "Span",
    "capture_of",
    "context",
    "find_capture",
    "fold",
    "nearest",
    "occurrences",
    "read_capture",
    "read_captures",
    "stands_whole",
]
