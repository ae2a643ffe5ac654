"""Captures and anchors: the stored text of a source and where a quotation stands in it, without RDF."""
