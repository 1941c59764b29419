"""The shapes of the data: what authors write (pydantic models) and what the program makes of it (dataclasses)."""
