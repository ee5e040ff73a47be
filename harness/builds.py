"""The CI's build that a run is a part of."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Build:
    """The CI's build that this run is a part of; `number` is empty where the CI counts none."""

    system: str
    job: str
    number: str
    url: str


def build_of(environment: Mapping[str, str]) -> Build | None:
    """By the variables of GitHub, GitLab and Jenkins, or of others like it (BUILD_URL); None at a desk."""
    have = environment.get
    github = f"{have('GITHUB_SERVER_URL')}/{have('GITHUB_REPOSITORY')}/actions/runs/{have('GITHUB_RUN_ID')}"
    builds = [
        Build("GitHub", have("GITHUB_WORKFLOW", ""), have("GITHUB_RUN_NUMBER", ""), github),
        Build("GitLab", have("CI_JOB_NAME", ""), have("CI_PIPELINE_IID", ""), have("CI_JOB_URL", "")),
        Build("Jenkins", have("JOB_NAME", ""), have("BUILD_NUMBER", ""), have("BUILD_URL", "")),
    ]
    return next((build for build in builds if build.url.startswith(("http://", "https://"))), None)
