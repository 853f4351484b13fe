"""Which failures are transient, and whom to notify."""
