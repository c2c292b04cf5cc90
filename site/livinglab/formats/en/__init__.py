"""English, as its public sites write it."""
