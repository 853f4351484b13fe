"""What people decided: corrections of documents and settings of sites, read from a YAML file."""
