"""Runs moto's server on a port of 127.0.0.1. Each line of its input says how many days ago it is from now on, so that things can be made that are
older than the test; when the input ends, so does the server."""
import datetime
import os
import sys
import threading

real = datetime.datetime
ago = datetime.timedelta(0)


class AnyDateTime(type):
    def __instancecheck__(cls, value):
        return isinstance(value, real)


class Earlier(real, metaclass=AnyDateTime):
    @classmethod
    def now(cls, tz=None):
        return real.now(tz) - ago

    @classmethod
    def utcnow(cls):
        return real.now(datetime.timezone.utc).replace(tzinfo=None) - ago


datetime.datetime = Earlier  # before moto takes it

import moto.server  # noqa: E402
from moto.server import main  # noqa: E402

# What a scan asks of every account and moto does not have: answered as by an account without such things.
NOTHING = {
    "/provisioned-model-throughputs": b'{"provisionedModelSummaries": []}',
    "/model-customization/custom-model-deployments": b'{"modelDeploymentSummaries": []}',
    "/imported-models": b'{"modelSummaries": []}',
    "/model-invocation-jobs": b'{"invocationJobSummaries": []}',
    "/inference-profiles": b'{"inferenceProfileSummaries": []}',
    "/foundation-models": b'{"modelSummaries": []}',
    "/guardrails": b'{"guardrails": []}',
    "SageMaker.ListTrainingPlans": b'{"TrainingPlanSummaries": []}',
    "SageMaker.ListMonitoringSchedules": b'{"MonitoringScheduleSummaries": []}',
    "AWSInsightsIndexService.GetAnomalyMonitors": b'{"AnomalyMonitors": []}',
    "AWSInsightsIndexService.GetAnomalySubscriptions": b'{"AnomalySubscriptions": []}',
}


class Account(moto.server.DomainDispatcherApplication):
    def __call__(self, environ, start_response):
        nothing = NOTHING.get(environ.get("HTTP_X_AMZ_TARGET") or environ.get("PATH_INFO"))
        if nothing is None:
            return super().__call__(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [nothing]


moto.server.DomainDispatcherApplication = Account


def follow_input():
    global ago
    for line in sys.stdin:
        ago = datetime.timedelta(days=int(line))
        print("days ago:", line.strip(), flush=True)
    os._exit(0)


threading.Thread(target=follow_input, daemon=True).start()
main(["-H", "127.0.0.1", "-p", sys.argv[1]])
