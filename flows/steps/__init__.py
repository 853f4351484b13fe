"""The steps of a run as plain functions on paths, without Prefect."""
