"""The record that many reports flow into: one contract, SQLite and PostgreSQL."""
