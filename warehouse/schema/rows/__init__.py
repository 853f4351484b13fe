"""The rows of the tables, each table declared once: DDL, contract and documentation follow."""
