"""Seeded differences of a release: each named, each changes how certain calls answer, while it is on."""
