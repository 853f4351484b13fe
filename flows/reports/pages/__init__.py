"""One module for each kind of page: what it asks, and what its template is given."""
