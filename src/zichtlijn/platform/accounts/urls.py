"""Addresses of accounts."""

from django.urls import path

from . import administration, team_pages, views
from .middleware import outside

app_name = "accounts"
urlpatterns = [
    path("login", views.SignIn.as_view(), name="login"),
    path("login/code", views.second_factor_code, name="second-factor"),
    path("logout", views.SignOut.as_view(), name="logout"),
    path("me", views.profile, name="profile"),
    path("me/password", outside(views.ChangePassword.as_view()), name="password"),
    path("me/second-factor", views.set_up_second_factor, name="set-up-second-factor"),
    path("me/second-factor/remove", views.remove_second_factor, name="remove-second-factor"),
    path("users", administration.user_list, name="user-list"),
    path("users/add", administration.add_user, name="add-user"),
    path("users/<int:pk>", administration.user_page, name="user"),
    path("users/<int:pk>/role", administration.change_role, name="change-role"),
    path("users/<int:pk>/off", administration.switch_off, name="switch-off"),
    path("users/<int:pk>/on", administration.switch_on, name="switch-on"),
    path("users/<int:pk>/reset", administration.reset_second_factor, name="reset-second-factor"),
    path("teams", team_pages.team_list, name="team-list"),
    path("teams/add", team_pages.add_team, name="team-add"),
    path("teams/<int:pk>", team_pages.team_page, name="team"),
    path("teams/<int:pk>/edit", team_pages.edit_team, name="team-edit"),
    path("teams/<int:pk>/join", team_pages.join_team, name="team-join"),
    path("teams/members/<int:pk>/leave", team_pages.leave_team, name="team-leave"),
]
