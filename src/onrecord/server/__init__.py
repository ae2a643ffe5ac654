"""The HTTP interface, the second of three doors: read-only, every answer whole or one clear error."""

from onrecord.server.application import application

__all__ = ["application"]
