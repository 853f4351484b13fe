"""The live form of the site: a local server that only reads."""
