"""The subcommands of `python -m harness`, one a module: `add(subparsers)` and what it runs."""
