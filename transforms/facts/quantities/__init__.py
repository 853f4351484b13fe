"""Extract reported figures: a number, what it counts or measures, and its subject."""
