"""Which settings does a command run with? The demonstration's, unless the environment names others."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.settings.demo")
    execute_from_command_line(sys.argv)
