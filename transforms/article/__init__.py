"""From judged blocks to the rows of the document and its article."""
