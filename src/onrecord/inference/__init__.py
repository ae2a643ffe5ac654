"""What follows from what is on record: `ontology/rules/*.rq`, the ontology's axioms in executable form."""

from onrecord.inference.axiom import CODES, Axiom, axioms, check, realised
from onrecord.inference.closure import infer
from onrecord.inference.rule import Rule, read_rule, read_rules

__all__ = ["CODES", "Axiom", "Rule", "axioms", "check", "infer", "read_rule", "read_rules", "realised"]
