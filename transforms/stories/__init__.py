"""Find articles that report the same events, with the evidence."""
