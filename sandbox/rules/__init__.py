"""What the platform does and refuses. Nothing here knows HTTP; it takes a transaction and plain values."""
