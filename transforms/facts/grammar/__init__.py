"""What facts are read by: sentences, cues, noun phrases, clauses, scripts."""
