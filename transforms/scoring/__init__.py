"""How surely each block is main text: features, model, trafilatura's vote."""
