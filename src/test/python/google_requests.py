"""Judges requests by the discovery documents of Google that googleapiclient brings: paths, methods, parameters with their types, enumerations and
patterns, and the fields of bodies. Reads a file of requests, one JSON object with method, path, query and body a line, and prints what Google would
refuse, one sentence a line. All services are told apart by their paths, since the tests have them at one address."""
import json
import pathlib
import re
import sys
import urllib.parse

import googleapiclient.discovery_cache as cache

DOCUMENTS = pathlib.Path(cache.__file__).parent / "documents"
SERVICES = (
    "aiplatform.v1 aiplatform.v1beta1 bigquery.v2 billingbudgets.v1 cloudasset.v1 cloudbilling.v1 cloudresourcemanager.v1 cloudresourcemanager.v3 "
    "compute.v1 container.v1 kmsinventory.v1 logging.v2 monitoring.v3 notebooks.v2 recommender.v1 run.v1 tpu.v2"
).split()
FORMATS = {
    "google-datetime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", "google-duration": r"\d+(\.\d{1,9})?s", "int32": r"-?\d+",
    "int64": r"-?\d+", "uint32": r"\d+", "uint64": r"\d+", "google-fieldmask": r"[\w.]+(,[\w.]+)*",
}
TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict, "any": object}
LABEL = r"(resource|metric)\.(type|labels?\.\w+)|metadata\.(user|system)_labels\.\w+|resource\.project"
METRIC = r'metric\.type ?= ?"([^"]+)"'
GAUGES = r".*(utilizations?|duty_cycle|bytes_used|memory_used|memory_usages|replicas|instance_count|_limit)"
DISTRIBUTIONS = r".*(_latencies|/gpu/utilizations|/gpu/memory_usages)"
NOT_OF_GAUGES = {"ALIGN_DELTA", "ALIGN_RATE"}
OF_DISTRIBUTIONS = re.compile("ALIGN_(SUM|DELTA|PERCENTILE_[0-9]+)")
COMPARISON = rf'({LABEL}|project|group\.id) ?(=|!=|>=?|<=?|:) ?("[^"]*"|\w+\("[^"]*"(, ?"[^"]*")*\))'


def methods(resource):
    yield from resource.get("methods", {}).values()
    for below in resource.get("resources", {}).values():
        yield from methods(below)


def pattern(document, method):
    path = document["servicePath"] + method.get("flatPath", method["path"])
    return re.compile("/" + re.sub(r"\\\{\+?\w+\\\}", "[^/:]+", re.escape(path)))


def published():
    for name in SERVICES:
        document = json.loads((DOCUMENTS / f"{name}.json").read_text())
        for method in methods(document):
            yield document, method, pattern(document, method)


def value_fault(name, schema, text):
    if "enum" in schema and text not in schema["enum"]:
        return f"{name} cannot be {text}"
    if schema.get("type") == "boolean" and text not in ("true", "false"):
        return f"{name} is no truth: {text}"
    form = FORMATS.get(schema.get("format"), r"-?\d+" if schema.get("type") == "integer" else None)
    if form and not re.fullmatch(form, text):
        return f"{name} is no {schema.get('format') or 'integer'}: {text}"
    if schema.get("type") == "integer" and not int(schema.get("minimum", text)) <= int(text) <= int(schema.get("maximum", text)):
        return f"{name} is out of range: {text}"
    return None


def query_faults(document, method, query):
    allowed = {**document.get("parameters", {}), **method.get("parameters", {})}
    for name, values in query.items():
        schema = allowed.get(name) or document["parameters"].get(name.removeprefix("$"))  # $alt is alt
        if schema is None or schema["location"] != "query":
            yield f"there is no parameter {name}"
            continue
        if len(values) > 1 and not schema.get("repeated"):
            yield f"{name} is told {len(values)} times"
        yield from filter(None, (value_fault(name, schema, value.partition(";")[0] if name == "$alt" else value) for value in values))
    for name, schema in method.get("parameters", {}).items():
        if schema.get("required") and schema["location"] == "query" and name not in query:
            yield f"{name} is missing"


def body_faults(document, schema, value, where):
    if "$ref" in schema:
        schema = document["schemas"][schema["$ref"]]
    kind = schema.get("type", "any")
    if kind == "string" and schema.get("format") in ("int64", "uint64"):
        fits = isinstance(value, (str, int)) and not isinstance(value, bool)
    else:
        fits = isinstance(value, TYPES[kind]) and not (kind in ("integer", "number") and isinstance(value, bool))
    if not fits:
        yield f"{where} is no {kind}"
    elif kind == "object":
        for name, inner in value.items():
            below = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            if below is None:
                yield f"there is no field {where}.{name}"
            else:
                yield from body_faults(document, below, inner, f"{where}.{name}")
    elif kind == "array":
        for inner in value:
            yield from body_faults(document, schema["items"], inner, where)
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{where} cannot be {value}"


def series_faults(query):
    """What the documents say in words only: how points are aligned, what is grouped by, and the form of a filter."""
    one = {name.removeprefix("aggregation."): values[0] for name, values in query.items() if name.startswith("aggregation.")}
    aligned = one.get("perSeriesAligner", "ALIGN_NONE") != "ALIGN_NONE"
    if aligned and float(one.get("alignmentPeriod", "0s")[:-1]) < 60:
        yield "points cannot be aligned by less than a minute"
    if one.get("crossSeriesReducer", "REDUCE_NONE") != "REDUCE_NONE" and not aligned:
        yield "series that are not aligned cannot be reduced"
    metric = re.search(METRIC, query["filter"][0])
    if aligned and metric:
        aligner = one["perSeriesAligner"]
        if aligner in NOT_OF_GAUGES and re.fullmatch(GAUGES, metric.group(1)):
            yield f"{aligner} is not for gauges, such as {metric.group(1)}"
        if re.fullmatch(DISTRIBUTIONS, metric.group(1)) and not OF_DISTRIBUTIONS.fullmatch(aligner):
            yield f"{aligner} is not for distributions, such as {metric.group(1)}"
    for field in query.get("aggregation.groupByFields", []):
        if not re.fullmatch(LABEL, field):
            yield f"series cannot be grouped by {field}"
    text = query["filter"][0]
    parts = [part.strip("() ") for part in re.split(r" AND | OR ", text)]
    rest = [part for part in parts if not re.fullmatch(COMPARISON, part) and not re.fullmatch(COMPARISON, part + ")")]
    if rest or text.count("metric.type") != 1:
        yield f"filter cannot be {text}"


def faults(request):
    path = urllib.parse.unquote(request["path"])
    query = urllib.parse.parse_qs(request["query"] or "", keep_blank_values=True)
    found = [(document, method) for document, method, form in PUBLISHED if method["httpMethod"] == request["method"] and form.fullmatch(path)]
    judged = []
    for document, method in found:
        told = list(query_faults(document, method, query))
        if request["body"]:
            told += body_faults(document, method.get("request", {"type": "any"}), json.loads(request["body"]), "body")
        if method["id"] == "monitoring.projects.timeSeries.list":
            told += series_faults(query)
        judged.append(told)
    return min(judged, key=len) if judged else ["there is no such method"]


PUBLISHED = list(published())

for line in pathlib.Path(sys.argv[1]).read_text().splitlines():
    asked = json.loads(line)
    for fault in faults(asked):
        print(f"{asked['method']} {asked['path']}: {fault}")
