"""What a run tells people: the summary and the static site."""
