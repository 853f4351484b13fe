"""prefect.yaml names what there is: its entrypoints, their parameters, the schedules."""

import importlib
import inspect
from datetime import timedelta

import pytest
import yaml
from prefect.client.schemas.schedules import CronSchedule
from prefect.events.schemas.automations import AutomationCore
from prefect.settings import get_current_settings
from prefect.utilities.callables import parameter_schema

from flows.ingest import ingest, rebuild, retry
from tests.loading import ROOT

DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]


def entrypoint(deployment):
    module, name = deployment["entrypoint"].rsplit(".", 1)
    return getattr(importlib.import_module(module), name)


def test_deployments_are_those_of_the_documents():
    names = ["ingest", "ingest-on-dask", "rebuild", "maintain"]
    assert [deployment["name"] for deployment in DEPLOYMENTS] == names


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["name"])
def test_deployment_is_one_of_a_flow(deployment):
    flow = entrypoint(deployment)
    assert flow.name == deployment["name"].removesuffix("-on-dask")
    assert deployment["parameters"].keys() <= inspect.signature(flow.fn).parameters.keys()
    flow.validate_parameters(deployment["parameters"])
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
    for schedule in deployment.get("schedules", ()):
        CronSchedule(**schedule)


@pytest.mark.parametrize("flow", [ingest, rebuild, retry], ids=lambda flow: flow.name)
def test_every_parameter_is_described_in_the_form(flow):
    properties = parameter_schema(flow).properties
    assert properties
    assert [name for name, shown in properties.items() if not shown.get("description")] == []


def test_parameters_are_validated():
    with pytest.raises(Exception, match="workers"):
        ingest.validate_parameters({"inputs": [], "workers": 0})
    with pytest.raises(Exception, match="options"):
        ingest.validate_parameters({"inputs": [], "options": {"mode": "slow"}})


def test_automations_are_what_prefect_takes():
    file = yaml.safe_load((ROOT / "docs/prefect/broken-off.yaml").read_text())
    for automation in file["automations"]:
        read = AutomationCore.model_validate(automation)
        assert [action.state for action in read.actions] == ["CRASHED"]
        assert read.trigger.within > timedelta(
            seconds=3 * get_current_settings().flows.heartbeat_frequency
        )
