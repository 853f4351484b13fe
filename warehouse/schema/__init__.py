"""Every table declared once, and all that is generated from it."""
