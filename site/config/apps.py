"""The project as an app (its commands), and Wagtail's accounts app with views of our own."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class ProjectConfig(AppConfig):
    name = "config"
    verbose_name = "民声台"


class AccountsConfig(WagtailUsersAppConfig):
    user_viewset = "office.accounts.UserViewSet"
    group_viewset = "office.accounts.GroupViewSet"
