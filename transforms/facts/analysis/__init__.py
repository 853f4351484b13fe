"""Read a sentence once: tokens with their classes, and clauses with subject and verb."""
