"""Extract quotations: the quoted words, their kind, and their speaker."""
