"""Which documents a neighbourhood gets, and the data that each of them shows."""
