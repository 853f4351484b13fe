"""Pure functions on text and records: from a capture's bytes to the rows of an article."""
