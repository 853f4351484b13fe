"""Pure functions that turn a capture's bytes into the rows of an article."""
