"""The pytest side: options, profile, fixtures, cases, checks and reporting."""
