"""What the pages are made of: addresses, dates, quotations, citations, states. Uses the facade only."""
