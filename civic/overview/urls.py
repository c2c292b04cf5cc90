"""Addresses of the pages across everything."""

from django.urls import path

from . import live_map, me, powers, views

urlpatterns = [
    path("live/", live_map.live_map, name="live-map"),
    path("overdue/", views.overdue_list, name="overdue"),
    path("policy/", views.policy, name="policy"),
    path("policy/roles/", powers.powers_page, name="powers"),
    path("me/", me.me, name="me"),
    path("me/notices/read/", me.read_all, name="me-read-all"),
    path("me/notices/<int:notice>/", me.open_notice, name="me-notice"),
    path("me/tokens/", me.tokens, name="me-tokens"),
    path("me/tokens/<int:token>/revoke/", me.revoke, name="me-token-revoke"),
]
