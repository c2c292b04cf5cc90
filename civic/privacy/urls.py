"""Addresses of a person's rights over their data, and of the texts they agree to."""

from django.urls import path

from . import views

urlpatterns = [
    path("privacy/left/", views.left, name="privacy-left"),
    path("privacy/<slug:kind>/", views.document, name="privacy-document"),
    path("privacy/<slug:kind>/<int:version>/", views.document, name="privacy-version"),
    path("me/privacy/", views.mine, name="me-privacy"),
    path("me/privacy/<slug:kind>/give/", views.give, name="me-consent-give"),
    path("me/privacy/<slug:kind>/withdraw/", views.withdraw, name="me-consent-withdraw"),
    path("me/consents/", views.asked_again, name="me-consents"),
    path("me/details/", views.details, name="me-details"),
    path("me/export/", views.export, name="me-export"),
    path("me/export.json", views.export_file, name="me-export-file"),
    path("me/leave/", views.leave, name="me-leave"),
]
