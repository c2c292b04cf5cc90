"""`python -m livinglab` is the same as `livinglab`."""

from livinglab.cli import main

main()
