"""Addresses of the desk: ours before Wagtail's."""

from django.urls import include, path
from wagtail.admin import urls as wagtail_admin_urls

from .desk.sign_in import desk_login

urlpatterns = [
    path("login/", desk_login, name="desk-login"),
    path("", include(wagtail_admin_urls)),
]
