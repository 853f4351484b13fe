"""What the pages ask of the warehouse, a module for each kind of page."""
