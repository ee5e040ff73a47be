"""The third witness: the rows that a call left in the database, judged by T-01 to T-04."""
