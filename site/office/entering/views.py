"""Pages of coming in: logging in and out, the password with a code, one's own password and devices."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin.views.account import LoginView, LogoutView

from office.clock import now
from office.entering import activation, sessions
from office.entering.attempts import What, locked_until, note, wait_of
from office.entering.forms import ActivateForm, OwnPasswordForm
from office.entering.passwords import set_on
from office.forms import once, safe_path
from office.history import because
from office.http import address_of
from office.limits import limit
from office.views import DeskPage

_LOCKED = "输错的次数太多，账号已锁定，现在不能换密码。请过一会儿再试，急用请联系安全管理员。"


class LoginPage(LoginView):
    """登录: Wagtail's, and then the session's end, a password that is due, what must be told."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        user = form.get_user()
        sessions.begin(self.request, user, form.cleaned_data["password"])
        for line in activation.untold(user):
            messages.warning(self.request, line)
        return response


class LogoutPage(LogoutView):
    """退出, noted before the session is gone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            sessions.leave(request)
        return super().dispatch(request, *args, **kwargs)


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class ActivatePage(FormView):
    """用激活码设置密码: for staff who cannot log in yet, or no more."""

    template_name = "office/entering/activate.html"
    form_class = ActivateForm

    def form_valid(self, form: ActivateForm) -> HttpResponse:
        given = form.cleaned_data
        try:
            if wait := wait_of(address_of(self.request), now()):
                raise ValidationError(f"从这里输错的次数太多，请过 {wait} 秒再试。")
            code = activation.check(
                given["username"], given["first"], given["second"], self.request
            )
            if not form.judge_password(code.account):
                return self.form_invalid(form)
            activation.activate(code, given["password1"], self.request)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, "密码已设好，请用新密码登录。")
        return redirect("wagtailadmin_login")


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordPage(DeskPage):
    """更换密码: by choice, or before anything else when it is due; then on to where one was going."""

    template_name = "office/entering/password.html"
    page_title = "更换密码"
    header_icon = "key"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        kwargs.setdefault("form", OwnPasswordForm(user))
        return super().get_context_data(
            due=self.request.session.get(sessions.DUE, ""),
            kept=self.request.GET.get("kept", ""),
            set_on=set_on(user),
            days=limit("password_days"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account: Any = request.user
        if locked_until(account.pk, now()):
            messages.error(request, _LOCKED)
            return self.render_to_response(self.get_context_data())
        form = OwnPasswordForm(account, request.POST)
        if not form.is_valid():
            if form.has_error("old_password", "password_incorrect"):
                note(What.WRONG, account, request, text=self.page_title)
            return self.render_to_response(self.get_context_data(form=form))
        with because("本人改密码"):
            user = form.save()
        update_session_auth_hash(request, user)
        request.session.pop(sessions.DUE, None)
        sessions.mark_ended(user, but=request.session.get(sessions.DESK))
        note(What.CHANGED, user, request)
        messages.success(request, "密码已更换，其他设备上的登录都已退出。")
        return redirect(safe_path(request.GET.get("next", "")))


class SessionsPage(DeskPage):
    """登录中的设备: where one is logged in, and 退出其他设备."""

    template_name = "office/entering/sessions.html"
    page_title = "登录中的设备"
    header_icon = "desktop"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(
            rows=sessions.live(user, now()),
            here=self.request.session.get(sessions.DESK),
            intro=f"十五分钟没有操作自动退出；一次登录最长 {limit('session_hours')} 小时。",
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        def act() -> str:
            sessions.end_others(request)
            messages.success(request, "其他设备都已退出。")
            return reverse("office_sessions")

        try:
            return once(request, act)
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
            return redirect("office_sessions")
