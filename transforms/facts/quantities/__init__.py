"""Reported figures: a number, what it counts or measures, and of whom."""
