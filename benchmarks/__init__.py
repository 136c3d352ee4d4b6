"""Slow measurements: one command each, results committed beside them."""
