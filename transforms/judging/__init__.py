"""Judge blocks with ordered rules: the role of each block, and whether it is kept."""
