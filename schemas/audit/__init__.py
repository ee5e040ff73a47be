"""Whether the rows of a live database are what the documents say: each row against its table's schema.

__main__ ── auditing ─┬─ plan       which tables, with which schema and key
                      ├─ pages      their rows, by short reads: all of them, or a sample
                      ├─ row_check  a row's faults: a compiled schema finds them, jsonschema names them
                      ├─ state      what is done, for the next attempt
                      ├─ report     what is said, redacted
                      └─ progress   the bar on a terminal
"""
