"""Recurring jobs of the kernel."""

from office.forms import sweep_forms
from office.registries import jobs

jobs.append(("forms", "清理过期的暂存表单", 600, sweep_forms))
