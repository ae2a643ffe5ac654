"""Frozen records of what people author: no input or output, no RDF."""
