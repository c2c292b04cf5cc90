"""Addresses on plates in the street: one for everybody, without a language."""

from django.urls import path

from .views import plate

urlpatterns = [
    path("", plate.plate_search, name="plate-search"),
    path("<str:tag>/", plate.plate, name="plate"),
]
