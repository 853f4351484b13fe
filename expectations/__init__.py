"""Validate rows and batches with Great Expectations before they are loaded."""
