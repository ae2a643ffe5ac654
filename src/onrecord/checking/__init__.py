"""Checks of a record: shapes, anchors, ontology and sanity; each returns findings."""
