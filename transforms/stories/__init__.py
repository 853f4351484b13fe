"""Which articles tell the same events, and what shows it."""
