"""Chinese labels where a package makes one of a name in its code and no catalogue is asked.

A form field or a column without a label shows its own name: `include_descendants` becomes "Include
descendants". A test reads all forms of the installed packages and names the ones missing here.
"""

from django.utils.module_loading import import_string

LINK_TEXT = {"link_text": "链接文字"}

# Form, then field to label.
FIELDS = {
    "wagtail.admin.forms.auth.LoginForm": {"password": "密码", "remember": "记住我"},
    "wagtail.admin.forms.choosers.ExternalLinkChooserForm": LINK_TEXT,
    "wagtail.admin.forms.choosers.AnchorLinkChooserForm": LINK_TEXT,
    "wagtail.admin.forms.choosers.EmailLinkChooserForm": {
        "email_address": "邮箱地址",
        "subject": "主题",
        "body": "正文",
        **LINK_TEXT,
    },
    "wagtail.admin.forms.choosers.PhoneLinkChooserForm": {
        "phone_number": "电话号码",
        **LINK_TEXT,
    },
    "wagtail.admin.forms.comments.CommentForm": {"resolved": "已处理"},
    "wagtail.admin.forms.pages.WagtailAdminPageForm": {"comment_notifications": "批注通知"},
    "wagtail.admin.forms.workflows.WorkflowPageForm": {"page": "页面"},
    "wagtail.admin.forms.workflows.WorkflowContentTypeForm": {"content_types": "记录类型"},
    "wagtail.admin.views.pages.bulk_actions.page_bulk_action.DefaultPageForm": {
        "include_descendants": "包括子页面"
    },
    "wagtail.contrib.settings.forms.SiteSwitchForm": {"site": "站点"},
    "wagtail.users.forms.PagePermissionsForm": {"page": "页面", "permissions": "权限"},
    "wagtail.users.views.bulk_actions.assign_role.RoleForm": {"role": "角色"},
}

# List, then column to label.
COLUMNS = {
    "wagtail.sites.views.IndexView": {
        "port": "端口",
        "site_name": "站点名称",
        "root_page": "根页面",
    },
}


def set_labels() -> None:
    """Write the labels into the packages' classes, once per process.

    ImportError or KeyError when an upgrade has moved a form or a field: then the table is out of date.
    """
    for path, labels in FIELDS.items():
        fields = import_string(path).base_fields
        for name, label in labels.items():
            fields[name].label = label
    for path, labels in COLUMNS.items():
        columns = {column.name: column for column in import_string(path).columns}
        for name, label in labels.items():
            columns[name].label = label
