"""What the pages of one site have in common, as evidence on which of their lines are boilerplate."""
