"""Where are the feed's endpoints? Under /live/, the same in every language."""

from django.urls import path

from . import views

urlpatterns = [
    path("snapshot", views.snapshot_view, name="live-snapshot"),
    path("entries", views.entries_view, name="live-entries"),
    path("sse", views.sse_view, name="live-sse"),
]
