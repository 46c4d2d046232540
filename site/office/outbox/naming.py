"""The kernel's own notice: somebody was named to stand in for a colleague."""

from office.models import Deputy
from office.outbox.kinds import DAY, UNIT, Channel, NoticeKind, Text, one_of
from office.outbox.posting import Happening, post
from office.roles import ROLES

_DAYS = "{自}至{至}"
DEPUTY_NAMED = NoticeKind(
    key="deputy_named",
    label="被指定代行岗位",
    slots={"单位": UNIT, "岗位": one_of([role.label for role in ROLES]), "自": DAY, "至": DAY},
    texts={
        Channel.BELL: Text("您将代行一个岗位", f"{_DAYS}，您代行{{单位}}的{{岗位}}岗位。"),
        Channel.MAIL: Text(
            "您将代行一个岗位",
            f"{_DAYS}，您代行{{单位}}的{{岗位}}岗位。这些日子里，发给这个岗位的通知您也会收到。",
        ),
        Channel.SMS: Text("", f"{_DAYS}，您代行{{单位}}的{{岗位}}岗位，请登录系统查看。"),
    },
    personal=True,
)


def tell_deputy(deputy: Deputy) -> None:
    """Tell somebody that they stand in, in the transaction that names them."""
    post(
        Happening(
            kind=DEPUTY_NAMED.key,
            key=str(deputy.pk),
            receivers=[deputy.user],
            facts={
                "单位": deputy.post.unit,
                "岗位": deputy.post.get_role_display(),
                "自": deputy.valid_from,
                "至": deputy.valid_to,
            },
        )
    )
