"""The steps of a run as plain functions on paths; imports no Prefect."""
