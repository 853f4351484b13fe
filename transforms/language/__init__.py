"""What rules know of words, scripts, sentences, dates, places and names; the reference lists."""
