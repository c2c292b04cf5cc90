"""Where are the feed's endpoints? Under /live/, the same in every language."""

from django.urls import path

from . import map_views, views

urlpatterns = [
    path("snapshot", views.snapshot_view, name="live-snapshot"),
    path("clusters", map_views.clusters_view, name="live-clusters"),
    path("boundaries", map_views.boundaries_view, name="live-boundaries"),
    path("picture", map_views.picture_view, name="live-picture"),
    path("entries", views.entries_view, name="live-entries"),
    path("sse", views.sse_view, name="live-sse"),
]
