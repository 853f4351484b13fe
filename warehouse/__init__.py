"""DuckDB: every table declared once, the loader, the raw store, and the views."""
