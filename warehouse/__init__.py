"""Storage in DuckDB and Parquet: table declarations, the loader, the raw store, and the views."""
