"""Full-text search beside the warehouse: an index in SQLite, always of the same run as the file."""
