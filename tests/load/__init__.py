"""Crowds over HTTP: real processes, a real database, and people who try again."""
