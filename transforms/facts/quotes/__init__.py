"""Quotations: the words, what kind they are, and who says them."""
