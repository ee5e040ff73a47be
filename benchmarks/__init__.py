"""Measurements, outside the tests: printed for a person to read, never asserted."""
