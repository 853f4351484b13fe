"""Names: known entities, and persons whom an article introduces."""
