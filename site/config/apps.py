"""Wagtail's accounts app with views of our own."""

from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(WagtailUsersAppConfig):
    user_viewset = "office.accounts.UserViewSet"
    group_viewset = "office.accounts.GroupViewSet"
