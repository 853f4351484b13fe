"""Find noun phrases and the subjects of verbs by patterns, without a parser."""
