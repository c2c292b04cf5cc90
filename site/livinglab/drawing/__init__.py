"""Pictures as SVG text: the wire, the lamps, the badges. Pure; words arrive already translated."""
