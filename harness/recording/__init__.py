"""Keeps every exchange of a run in one file (`--record`), and runs the suites against such a file."""
