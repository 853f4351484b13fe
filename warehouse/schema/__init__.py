"""Declarations of all tables, and the DDL, Arrow schemas and documentation generated from them."""
