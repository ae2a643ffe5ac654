"""Writes the record in the formats of other tools, deterministically and with its licence and sources."""
