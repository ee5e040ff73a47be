"""What changed between two releases of the platform, told from a recording of each.

recordings (read line by line) · stories (which exchange of one is which of the other) · shapes, formats
(what answers look like, added up) · chance (when a difference is more than that) · fields, outcomes,
orders, latency (the findings of each sort) · findings (kinds, and how they are rated) · comparison (all
together) · text, markdown, page (how it is told)
"""
