"""What a run tells people: the summary, and the site in its static and its live form."""
