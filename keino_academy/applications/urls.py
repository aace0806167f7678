"""Addresses of applications; the language is the first part of each."""

from django.urls import path

from keino_academy.applications import own_views, views

urlpatterns = [
    path(
        "<str:language>/application/open/<str:secret>/", own_views.OpenView.as_view(), name="application_open"
    ),
    path("<str:language>/application/lost/", own_views.LostView.as_view(), name="application_lost"),
    path(
        "<str:language>/application/lost/sent/",
        own_views.LostSentView.as_view(),
        name="application_lost_sent",
    ),
    path(
        "<str:language>/application/<str:reference>/", own_views.ApplicationView.as_view(), name="application"
    ),
    path(
        "<str:language>/application/<str:reference>/address/",
        own_views.AddressView.as_view(),
        name="application_address",
    ),
    path(
        "<str:language>/application/<str:reference>/withdraw/",
        own_views.WithdrawView.as_view(),
        name="application_withdraw",
    ),
    path("<str:language>/<slug:code>/apply/", views.ApplyView.as_view(), name="apply"),
    path("<str:language>/<slug:code>/apply/start/", views.StartView.as_view(), name="apply_start"),
]
