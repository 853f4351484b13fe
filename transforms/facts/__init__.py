"""Extract facts from an article: quotations, figures and names, each with its span."""
