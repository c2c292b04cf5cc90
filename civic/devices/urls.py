"""Where do devices speak? One address, for programs: no language prefix."""

from django.urls import path

from . import views

urlpatterns = [path("v1/observations", views.observations, name="observations")]
