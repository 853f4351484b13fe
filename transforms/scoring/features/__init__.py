"""Features of the blocks of a document: a matrix with one row a block and one column a feature."""
