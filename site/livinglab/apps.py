"""The site around the domain: settings, shell, commands that concern the installation."""

from django.apps import AppConfig


class LivinglabConfig(AppConfig):
    name = "livinglab"

    def ready(self) -> None:
        from .form_words import speak_our_words

        speak_our_words()
