"""A module for each kind of page, what several pages share, and which page stands at which address."""
