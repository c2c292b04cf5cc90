"""Addresses of proposals, with and without a language prefix."""

from django.urls import path

from .views import proposals, talk

urlpatterns = [
    path("proposals/", proposals.proposal_list, name="proposal-list"),
    path("proposals/new/", proposals.proposal_new, name="proposal-new"),
    path("proposals/<str:code>/", proposals.proposal_detail, name="proposal"),
    path("proposals/<str:code>/support/", proposals.proposal_support, name="proposal-support"),
    path("proposals/<str:code>/withdraw-support/", proposals.proposal_withdraw, name="proposal-withdraw"),
    path("proposals/<str:code>/posts/", talk.proposal_posts, name="proposal-posts"),
    path("proposals/<str:code>/posts/<int:number>/", talk.proposal_said, name="proposal-said"),
    path("proposals/<str:code>/posts/new/", talk.proposal_post, name="proposal-post"),
    path("proposals/<str:code>/answer/", proposals.proposal_answer, name="proposal-answer"),
]
