"""Pages of faults and of what is in the street: request in, page out."""
