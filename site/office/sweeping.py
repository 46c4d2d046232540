"""Recurring jobs of the kernel, its long work, and what it lends to the rooms' registries."""

from office import registries
from office.appointing import asking
from office.appointing.panels import panels_for as grant_panels
from office.emergency.opening import end_expired
from office.emergency.views import panels_for as emergency_panels
from office.entering.record import panels_for as locked_panels
from office.exporting import office_lists, requests, runs
from office.exporting.panels import panels_for
from office.exporting.queued import EXPORT_FILES
from office.forms import sweep_forms
from office.health import CHECKS
from office.limits import names as limit_names
from office.look_findings import DAYS_JOB, HOURS_JOB, follow_days, follow_hours
from office.look_panel import panels_for as look_panels
from office.outbox import lending  # noqa: F401 - notices
from office.retention import classes, destroying, health, replaying
from office.retention.panels import panels_for as destruction_panels
from office.seal_checks import check_some
from office.seals import seal
from office.search import compact, index_changes
from office.search.upkeep import analyze, tell_service
from office.tasking import queue, showing

registries.jobs.append(("forms", "清理过期的暂存表单", 600, sweep_forms))
registries.jobs.append(("search", "更新检索", 5, index_changes))
registries.jobs.append(("search_service", "更新检索服务", 5, tell_service))
registries.jobs.append(("search_erased", "清理检索中已删除的内容", 600, compact))
registries.jobs.append(("search_statistics", "更新检索统计", 24 * 3600, analyze))
registries.jobs.append(("exports", "删除到期的导出文件", 60, runs.forget_expired))
registries.jobs.append((HOURS_JOB, "查看审计：按小时的规则", 600, follow_hours))
registries.jobs.append((DAYS_JOB, "查看审计：按天的规则", 3600, follow_days))
registries.jobs.append(("seals", "封存历史和记录", 300, seal))
registries.jobs.append(("seal_checks", "核对封存", 60, check_some))
registries.jobs.append(("replay", "核对销毁日志", 60, replaying.replay))
registries.jobs.append(("destruction", "执行销毁清册", 10, destroying.run_started))
CHECKS.update(health.CHECKS)
CHECKS["后台任务"] = showing.health
registries.jobs.append(("tasks", "没人接手的后台任务重新排队", 10, queue.sweep))
registries.jobs.append(("tasks_kept", "清理排过队的消息", 24 * 3600, queue.tidy))
registries.record_names["office.retentionclass"] = classes.names
registries.long_jobs.append((runs.JOB, runs.LABEL, runs.take_up))
registries.tasks[runs.JOB] = EXPORT_FILES
registries.private_paths.append(runs.stored_paths)
registries.home_panels.append(panels_for)
registries.home_panels.append(emergency_panels)
registries.home_panels.append(grant_panels)
registries.home_panels.append(locked_panels)
registries.jobs.append(("emergencies", "停用到期的应急账号", 60, end_expired))
registries.record_names["office.grantrequest"] = asking.names
registries.record_links["office.grantrequest"] = asking.links
registries.home_panels.append(look_panels)
registries.home_panels.append(destruction_panels)
registries.record_names["office.exportrequest"] = requests.names
registries.record_links["office.exportrequest"] = requests.links
registries.record_names["office.limit"] = limit_names
office_lists.register()
