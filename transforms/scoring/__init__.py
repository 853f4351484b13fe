"""Score each block's probability to be main text: features, models, trafilatura's vote."""
