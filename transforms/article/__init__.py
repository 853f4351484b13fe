"""Turn judged blocks into the rows of the document and its article."""
