"""Seeded defects of the sandbox: each named, each replaces one rule or spoils one write, while it is on."""
