"""Languages: detection, sentences, words, scripts, dates, names, and the reference lists."""
