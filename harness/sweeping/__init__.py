"""Finds what runs have left on a lasting platform, and takes it away."""
