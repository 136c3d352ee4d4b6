"""Copies, same events and independent origins: judgements over reports of many articles."""
