"""Handle failures: which ones are transient, and whom to notify."""
