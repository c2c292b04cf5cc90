"""Addresses of devices and faults, with and without a language prefix."""

from django.urls import path

from . import device_page

urlpatterns = [
    path("devices/<str:tag>/", device_page.device_page, name="device"),
]
