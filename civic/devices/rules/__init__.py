"""Why not? By what it is about: lists of lamps, keys, readings, circuits."""
