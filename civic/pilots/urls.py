"""Where do pilots stand?"""

from django.urls import path

from . import views

urlpatterns = [
    path("pilots/", views.pilot_list, name="pilot-list"),
    path("pilots/<slug:slug>/", views.pilot_detail, name="pilot"),
]
