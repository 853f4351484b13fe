"""The ordered rules: what each block is, whether it is kept, and why."""
