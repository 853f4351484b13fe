"""Exports of press databases, taken apart into their articles."""
