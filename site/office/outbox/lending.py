"""What the outbox lends to the registries, for pages and workers alike."""

from functools import partial

from office import registries
from office.health import CHECKS
from office.outbox import health, texts
from office.outbox.kinds import Channel
from office.outbox.naming import DEPUTY_NAMED
from office.outbox.panels import panels_for
from office.outbox.sending import take_up

registries.notices[DEPUTY_NAMED.key] = DEPUTY_NAMED
registries.long_jobs.append(("mails", "发送邮件通知", partial(take_up, Channel.MAIL)))
registries.long_jobs.append(("messages", "发送短信通知", partial(take_up, Channel.SMS)))
registries.home_panels.append(panels_for)
registries.record_names["office.noticetext"] = texts.names
CHECKS.update(health.CHECKS)
