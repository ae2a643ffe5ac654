"""Queries of anyone: one gateway, named questions, published limits."""

from onrecord.query.gateway import Gateway
from onrecord.query.limits import Limits
from onrecord.query.question import Column, Parameter, Question
from onrecord.query.questions import Questions
from onrecord.query.result import QueryResult
from onrecord.snapshot.answer import Answer

__all__ = ["Answer", "Column", "Gateway", "Limits", "Parameter", "QueryResult", "Question", "Questions"]
