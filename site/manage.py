#!/usr/bin/env python
"""Run a command of the project: the same as the installed `livinglab`."""

from livinglab.cli import main

if __name__ == "__main__":
    main()
