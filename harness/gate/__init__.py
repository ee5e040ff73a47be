"""The gate: whether the results of a run, or of its shards, may be released; one table, one exit code.

limits (the gate file) · results (ledgers merged into cases) · lines (what is judged) · verdict · table ·
markdown · plugin (`pytest --gate`)
"""
