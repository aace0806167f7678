"""Addresses of applications; the language is the first part of each."""

from django.urls import path

from keino_academy.applications import (
    colleague_views,
    file_views,
    own_views,
    people_views,
    section_views,
    sending_views,
    views,
)
from keino_academy.core.uploads import takes_files

urlpatterns = [
    path(
        "<str:language>/application/open/<str:secret>/", own_views.OpenView.as_view(), name="application_open"
    ),
    path(
        "<str:language>/application/open/<str:secret>/colleagues/",
        colleague_views.OpenToInviteView.as_view(),
        name="application_open_colleagues",
    ),
    path(
        "<str:language>/application/colleague/<str:secret>/",
        colleague_views.OpenColleagueView.as_view(),
        name="application_colleague_open",
    ),
    path(
        "<str:language>/application/<str:reference>/colleagues/",
        colleague_views.ColleaguesView.as_view(),
        name="application_colleagues",
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
        "<str:language>/application/<str:reference>/part/<str:section>/",
        takes_files(section_views.SectionView.as_view()),
        name="application_section",
    ),
    path(
        "<str:language>/application/<str:reference>/answers/",
        sending_views.AnswersView.as_view(),
        name="application_answers",
    ),
    path(
        "<str:language>/application/<str:reference>/print/",
        sending_views.PrintView.as_view(),
        name="application_print",
    ),
    path(
        "<str:language>/application/<str:reference>/new-form/",
        sending_views.NewFormView.as_view(),
        name="application_new_form",
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
    path(
        "<str:language>/application/<str:reference>/link/",
        own_views.LinkView.as_view(),
        name="application_link",
    ),
    path(
        "<str:language>/application/<str:reference>/decision/",
        own_views.DecisionView.as_view(),
        name="application_decision",
    ),
    path(
        "<str:language>/application/<str:reference>/file/<int:pk>/",
        file_views.OwnFileView.as_view(),
        name="application_file",
    ),
    path("<str:language>/<slug:code>/apply/join/", views.JoinView.as_view(), name="apply_join"),
    path(
        "<str:language>/application/<str:reference>/remind/",
        people_views.RemindView.as_view(),
        name="application_remind",
    ),
    path(
        "<str:language>/team/open/<str:secret>/",
        people_views.OpenMemberView.as_view(),
        name="team_member_open",
    ),
    path(
        "<str:language>/team/<str:reference>/<int:number>/",
        people_views.MemberView.as_view(),
        name="team_member",
    ),
    path(
        "<str:language>/commitment/open/<str:secret>/",
        people_views.OpenManagementView.as_view(),
        name="commitment_open",
    ),
    path(
        "<str:language>/commitment/<str:reference>/",
        people_views.ManagementView.as_view(),
        name="commitment",
    ),
    path("<str:language>/<slug:code>/apply/", views.ApplyView.as_view(), name="apply"),
    path("<str:language>/<slug:code>/apply/start/", views.StartView.as_view(), name="apply_start"),
]
