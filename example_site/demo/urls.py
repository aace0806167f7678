"""Addresses that only the demonstration has."""

from django.urls import path

from example_site.demo import views

app_name = "demo"
urlpatterns = [
    path("clock/", views.jump, name="jump"),
    path("mail/", views.mails, name="mails"),
    path("mail/<str:language>/", views.mails, name="mails"),
]
