"""Addresses of proposals, with and without a language prefix."""

from django.urls import path

from . import talk, views

urlpatterns = [
    path("proposals/", views.proposal_list, name="proposal-list"),
    path("proposals/new/", views.proposal_new, name="proposal-new"),
    path("proposals/<str:code>/", views.proposal_detail, name="proposal"),
    path("proposals/<str:code>/support/", views.proposal_support, name="proposal-support"),
    path("proposals/<str:code>/withdraw-support/", views.proposal_withdraw, name="proposal-withdraw"),
    path("proposals/<str:code>/posts/", talk.proposal_posts, name="proposal-posts"),
    path("proposals/<str:code>/posts/<int:number>/", talk.proposal_said, name="proposal-said"),
    path("proposals/<str:code>/posts/new/", talk.proposal_post, name="proposal-post"),
    path("proposals/<str:code>/answer/", views.proposal_answer, name="proposal-answer"),
]
