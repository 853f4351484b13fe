"""What can be seen of each block of a document, as numbers: one row a block, one column a feature."""
