"""What the outbox lends to the registries, for pages and workers alike."""

from functools import partial
from typing import Any

from office import registries
from office.clock import now
from office.health import CHECKS
from office.outbox import health, texts
from office.outbox.kinds import Channel
from office.outbox.naming import DEPUTY_NAMED
from office.outbox.panels import panels_for
from office.outbox.sending import due, take_up
from office.outbox.ways import LANES
from office.registries import TaskKind


def _told(channel: str) -> TaskKind:
    """What waits to be sent; how each went stands on the page of deliveries, not on that of tasks."""

    def waiting() -> Any:
        return due(channel, now())

    return TaskKind(open=waiting, pieces=lambda most: [])


registries.notices[DEPUTY_NAMED.key] = DEPUTY_NAMED
for label, channel in (("发送邮件通知", Channel.MAIL), ("发送短信通知", Channel.SMS)):
    registries.long_jobs.append((LANES[channel], label, partial(take_up, channel)))
    registries.tasks[LANES[channel]] = _told(channel)
registries.home_panels.append(panels_for)
registries.record_names["office.noticetext"] = texts.names
CHECKS.update(health.CHECKS)
