"""The step of a review: approved by one of a group who did not write the page."""

from typing import Any

from wagtail.models import AbstractGroupApprovalTask

from cms.reviewing import why_not_review


class PageReview(AbstractGroupApprovalTask):
    """Wagtail's approval by a group, without its leave for authors to approve their own text."""

    class Meta:
        verbose_name = verbose_name_plural = "审核"

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """What this person can do: an author may send back, and leaves the approval to another."""
        found = super().get_actions(obj, user)
        if found and why_not_review(user, obj):
            return [action for action in found if action[0] != "approve"]
        return found
