"""The site around the domain: settings, shell, commands that concern the installation."""

from django.apps import AppConfig


class LivinglabConfig(AppConfig):
    name = "livinglab"
