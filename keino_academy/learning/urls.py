"""The room's addresses."""

from django.urls import path

from keino_academy.learning import feed_views, views

urlpatterns = [
    path("<str:language>/sign-in/", views.SignInView.as_view(), name="sign_in"),
    path("<str:language>/sign-in/sent/", views.LinkSentView.as_view(), name="sign_in_sent"),
    path("<str:language>/sign-in/<str:token>/", views.SignInLinkView.as_view(), name="sign_in_link"),
    path("<str:language>/sign-out/", views.SignOutView.as_view(), name="sign_out"),
    path("<str:language>/my/", views.MyAcademyView.as_view(), name="my_academy"),
    path("<str:language>/my/<slug:code>/feed/", feed_views.MakeMyFeedView.as_view(), name="my_feed"),
    path(
        "<str:language>/my/<slug:code>/feed/renew/",
        feed_views.RenewMyFeedView.as_view(),
        name="my_feed_renew",
    ),
]
