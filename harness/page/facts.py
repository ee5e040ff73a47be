"""What stands beside the results in Allure's own two files: the run's environment, and its build."""

import json
import platform
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from harness.builds import Build
from harness.profile import Allowances
from harness.run import Run
from harness.zone import UTC8

MODES: Final = {"inprocess": "沙箱，进程内", "http": "沙箱，真实端口", None: "真实环境"}


def write_facts(folder: Path, run: Run, build: Build | None) -> None:
    lines = [f"{name}={_escaped(value)}\n" for name, value in environment(run).items()]
    (folder / "environment.properties").write_text("".join(lines), "utf-8", newline="\n")
    if build is not None:
        text = run.redactor.text(json.dumps(executor(build), ensure_ascii=False))
        (folder / "executor.json").write_text(text, "utf-8", newline="\n")


def environment(run: Run) -> Mapping[str, str]:
    """No URL as a whole: its user part or query may hold a secret."""
    profile = run.profile
    return {
        "配置": f"{profile.name}（{profile.title}）",
        "方式": f"回放录制 {profile.recording}" if profile.recording else MODES[run.sandbox_mode],
        "管理后台": _host(profile.admin_url),
        "小程序": _host(profile.member_url),
        "时钟": "可由用例拨动" if profile.allowed.clock else "平台自己的",
        "允许": _allowed(profile.allowed),
        "生成时间": datetime.now(UTC8).strftime("%Y-%m-%d %H:%M:%S UTC+8"),
        "种子": str(run.seed),
        "数据行": _rows(run),
        "Schema": "严格" if run.strict_schema else "允许多余字段",
        "Python": f"{platform.python_version()}（{platform.system()}）",
        "pytest": version("pytest"),
        "allure-pytest": version("allure-pytest"),
    }


def executor(build: Build) -> dict[str, Any]:
    order = {"buildOrder": int(build.number)} if build.number.isdecimal() else {}
    name = f"{build.job} #{build.number}" if build.number else build.job
    return {
        "name": build.system,
        "type": build.system.lower(),
        "buildName": name,
        "buildUrl": build.url,
        **order,
    }


def _allowed(allowed: Allowances) -> str:
    names = {
        "写": allowed.write,
        "支付": allowed.payment,
        "并发": allowed.load,
        "新建会员": allowed.new_members,
    }
    return "、".join(name for name, may in names.items() if may) or "只读"


def _rows(run: Run) -> str:
    if run.sees_rows:
        return "逐个调用比对"
    if run.profile.recording:
        return "未看（回放中没有数据库）"
    return "未看（环境没有数据库地址）" if run.watch_rows else "未看（--rows=off）"


def _host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", " ")
