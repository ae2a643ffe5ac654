"""Remote SPARQL engines: requests with one deadline, answers read strictly, and the loading of a record."""
