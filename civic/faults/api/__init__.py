"""Faults and devices for programs: the same actions as the pages."""
