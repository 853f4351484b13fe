"""Facts that an article states, each with the place where it states it."""
