"""Everything that ends a request early, as an envelope (C-03, C-04)."""

from flask import Flask, Response, current_app
from werkzeug.exceptions import HTTPException

from sandbox.routes.answers import refused
from sandbox.routes.context import roll_back
from sandbox.rules.refusals import NotPrivilegedError, NotSignedInError, Refusal

MESSAGES = {
    400: "请求无法解析",
    401: "未登录或登录已失效",
    403: "没有权限",
    404: "接口不存在",
    405: "不支持的请求方法",
    413: "请求体过大",
    500: "系统异常",
}


def register(app: Flask) -> None:
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(NotSignedInError, _not_signed_in)
    app.register_error_handler(NotPrivilegedError, _not_privileged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _refusal(refusal: Refusal) -> Response:
    roll_back()
    return refused(refusal.code, refusal.message)


def _not_signed_in(_error: NotSignedInError) -> Response:
    return _with_status(401, MESSAGES[401])


def _not_privileged(error: NotPrivilegedError) -> Response:
    return _with_status(403, f"{MESSAGES[403]}：{error}")


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    response = _with_status(status, error.description if status == 400 else MESSAGES.get(status, error.name))
    allowed = dict(error.get_headers()).get("Allow")
    if allowed:
        response.headers["Allow"] = allowed
    return response


def _unexpected(error: Exception) -> Response:
    current_app.logger.error("the sandbox failed", exc_info=error)
    return _with_status(500, MESSAGES[500])


def _with_status(status: int, message: str | None) -> Response:
    roll_back()
    response = refused(str(status), message or MESSAGES[400])
    response.status_code = status
    return response
