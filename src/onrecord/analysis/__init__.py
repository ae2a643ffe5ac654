"""Answers that plain SPARQL cannot give: paths, day counts and graph measures."""
