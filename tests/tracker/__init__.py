"""Tests of the tracker, on SQLite and on PostgreSQL."""
