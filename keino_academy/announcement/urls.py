"""Addresses of the announcement that are not pages."""

from django.urls import path

from keino_academy.announcement import views

urlpatterns = [
    path("<slug:language>/<slug:code>/calendar.ics", views.FeedView.as_view(), name="feed"),
    path("<slug:language>/<slug:code>/check/", views.CheckView.as_view(), name="check"),
]
