"""The kinds of activity, one a module: its valid body and its workshop."""
