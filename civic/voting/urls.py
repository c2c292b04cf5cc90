"""Addresses of votes, with and without a language prefix."""

from django.urls import path

from . import views

urlpatterns = [
    path("votes/", views.vote_list, name="vote-list"),
    path("votes/<str:slug>/", views.vote, name="vote"),
    path("votes/<str:slug>/ballot/", views.vote_ballot, name="vote-ballot"),
    path("votes/<str:slug>/result/", views.vote_result, name="vote-result"),
    path("votes/<str:slug>/result/ballots.csv", views.vote_ballots, name="vote-ballots"),
]
