"""Recurring jobs of the kernel."""

from office.forms import sweep_forms
from office.registries import jobs
from office.search import index_changes

jobs.append(("forms", "清理过期的暂存表单", 600, sweep_forms))
jobs.append(("search", "更新检索", 5, index_changes))
