"""A night of Seongdong that never was: which lamps play, what each says when, and how it comes to the ingest."""
