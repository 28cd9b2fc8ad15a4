"""Runs moto's server on a port of 127.0.0.1. Each line of its input says how many days ago it is from now on, so that things can be made that are
older than the test; when the input ends, so does the server."""
import datetime
import io
import json
import logging
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

import moto.cloudwatch.models as cloudwatch  # noqa: E402
import moto.core.parse as parse  # noqa: E402
import aws_requests  # noqa: E402
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


def taken(environ):
    """The body, left there for the next reader."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def faults(environ):
    """What AWS would refuse in a request of aiaudit; what tests send is theirs."""
    if not environ.get("HTTP_USER_AGENT", "").startswith("aiaudit"):
        return []
    headers = {name[5:].replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")}
    headers["content-type"] = environ.get("CONTENT_TYPE") or ""
    return aws_requests.faults(
        environ["REQUEST_METHOD"], environ["PATH_INFO"], environ.get("QUERY_STRING", ""), headers, taken(environ)
    )


class Account(moto.server.DomainDispatcherApplication):
    def __call__(self, environ, start_response):
        if environ.get("PATH_INFO") == "/requests-to-judge":
            start_response("200 OK", [("Content-Type", "application/json")])
            judged = {fault for asked in json.loads(taken(environ)) for fault in aws_requests.faults(**asked)}
            return [json.dumps(sorted(judged)).encode()]
        refused = faults(environ)
        if refused:
            start_response("400 Bad Request", [("Content-Type", "application/json"), ("x-amzn-ErrorType", "ValidationException")])
            return [json.dumps({"__type": "ValidationException", "message": "; ".join(refused)}).encode()]
        nothing = NOTHING.get(environ.get("HTTP_X_AMZ_TARGET") or environ.get("PATH_INFO"))
        if nothing is None:
            return super().__call__(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [nothing]


moto.server.DomainDispatcherApplication = Account


# moto looks at every point of an account for each hour of each series, which is minutes for a small company. Here a series is
# found by its name and its points by their hour; what is answered is the same.
read_otherwise = cloudwatch.CloudWatchBackend.get_metric_data


def named(namespace, name, dimensions):
    return namespace, name, tuple(sorted((dimension.name, dimension.value) for dimension in dimensions))


def get_metric_data(backend, queries, start_time, end_time, scan_by="TimestampAscending"):
    if any("MetricStat" not in query for query in queries):
        return read_otherwise(backend, queries, start_time, end_time, scan_by)
    start_time, end_time = start_time.replace(microsecond=0), end_time.replace(microsecond=0)
    series = {}
    for datum in backend.get_all_metrics():
        if start_time <= datum.timestamp < end_time:
            series.setdefault(named(datum.namespace, datum.name, datum.dimensions), []).append(datum)
    return [hours_of(query, series, start_time, scan_by == "TimestampDescending") for query in queries]


def hours_of(query, series, start_time, newest_first):
    metric, stat = query["MetricStat"]["Metric"], query["MetricStat"]["Stat"]
    dimensions = [cloudwatch.Dimension(d["Name"], d["Value"]) for d in metric.get("Dimensions", [])]
    period = int(query["MetricStat"]["Period"])
    periods = {}
    for datum in series.get(named(metric["Namespace"], metric["MetricName"], dimensions), []):
        periods.setdefault(int((datum.timestamp - start_time).total_seconds()) // period, []).append(datum)
    times, values = [], []
    for number, data in sorted(periods.items(), reverse=newest_first):
        statistics = cloudwatch.Statistics([stat], start_time + datetime.timedelta(seconds=number * period))
        statistics.metric_data = data
        times.append(statistics.timestamp)
        values.append(statistics.get_statistics_for_type(stat))
    label = query.get("Label") or metric["MetricName"] + " " + stat
    return {"id": query["Id"], "label": label, "values": values, "timestamps": times, "status_code": "Complete"}


def get_filtered_metrics(backend, metric_name, namespace, dimensions):
    first = {}
    for datum in backend.get_all_metrics():
        first.setdefault(named(datum.namespace, datum.name, datum.dimensions), datum)
    return [datum for datum in first.values() if datum.filter(namespace, metric_name, dimensions)]


# moto looks at every key of a request for each of its parts: a request of 500 parts is a million looks.
def is_absent(parser, parameters, prefix):
    if getattr(parser, "parameters", None) is not parameters:
        parser.parameters = parameters
        parser.prefixes = {""}
        for key in parameters:
            while key:
                parser.prefixes.add(key)
                key = key.rpartition(".")[0]
    return prefix not in parser.prefixes


parse.QueryParser._gonna_recurse = is_absent
cloudwatch.CloudWatchBackend.get_metric_data = get_metric_data
cloudwatch.CloudWatchBackend.get_filtered_metrics = get_filtered_metrics


def follow_input():
    global ago
    for line in sys.stdin:
        ago = datetime.timedelta(days=int(line))
        print("days ago:", line.strip(), flush=True)
    os._exit(0)


logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line a request, which nobody reads
threading.Thread(target=follow_input, daemon=True).start()
main(["-H", "127.0.0.1", "-p", sys.argv[1]])
