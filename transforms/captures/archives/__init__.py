"""Archives of captures and of files: WARC, ARC, zip and what packs a single file."""
