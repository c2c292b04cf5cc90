"""How is a day written in English? With its month in full, the same on every page."""

DATE_FORMAT = "F j, Y"
