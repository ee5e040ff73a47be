"""Looks an environment over before anything runs there; sends nothing but reading calls."""
