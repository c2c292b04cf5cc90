"""Addresses of the pages across everything."""

from django.urls import path

from . import departments, live_map, me, powers, verification, views

urlpatterns = [
    path("live/", live_map.live_map, name="live-map"),
    path("overdue/", views.overdue_list, name="overdue"),
    path("policy/", views.policy, name="policy"),
    path("departments/", departments.department_list, name="department-list"),
    path("departments/<str:code>/", departments.department_page, name="department"),
    path("policy/roles/", powers.powers_page, name="powers"),
    path("me/", me.me, name="me"),
    path("me/notices/read/", me.read_all, name="me-read-all"),
    path("me/notices/<int:notice>/", me.open_notice, name="me-notice"),
    path("me/verification/", verification.verification, name="me-verification"),
    path("me/verification/code/", verification.use_code, name="me-verification-code"),
    path("me/verification/ties/", verification.declare, name="me-verification-declare"),
    path("me/verification/ties/<slug:kind>/withdraw/", verification.withdraw, name="me-verification-withdraw"),
    path("me/tokens/", me.tokens, name="me-tokens"),
    path("me/tokens/<int:token>/revoke/", me.revoke, name="me-token-revoke"),
]
