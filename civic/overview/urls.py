"""Addresses of the pages across everything."""

from django.urls import path

from . import views

urlpatterns = [
    path("overdue/", views.overdue_list, name="overdue"),
    path("policy/", views.policy, name="policy"),
]
