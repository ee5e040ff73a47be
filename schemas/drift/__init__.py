"""A live database compared with the row schemas in tables/.

    tables/*.json ── documented ──┐
                                  ├─ differences ── ratings ── reports, junit
    database ─────── live, values ┘
                      └─ learning, learned_types, adopting ── files to review

A column has one form on both sides (`columns`); how types stand to one another is in `column_types`.
"""
