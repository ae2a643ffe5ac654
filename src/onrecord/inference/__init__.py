"""Derived properties: runs the rules of the ontology, one CONSTRUCT each."""
