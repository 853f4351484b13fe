"""Prefect servers and schedules."""
