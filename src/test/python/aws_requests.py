"""Judges requests by the models of AWS that botocore brings: members that are required, types, lengths, ranges and patterns, and what is limited by
words only. The SDK of Java checks none of them, and moto few. Names need no check, since the SDK is made from the same models; what an older botocore
does not know is let pass."""
import base64
import datetime
import functools
import gzip
import json
import re
import urllib.parse

import botocore.exceptions
import botocore.session

SESSION = botocore.session.get_session()
SERVICES = {"monitoring": "cloudwatch", "elasticmapreduce": "emr"}  # signed with another name
NUMBERS = {"integer": int, "long": int, "float": float, "double": float}
TYPES = {
    "string": str, "integer": int, "long": int, "float": (int, float), "double": (int, float), "boolean": bool, "list": list, "map": dict,
    "structure": dict, "timestamp": (int, float, str), "blob": str,
}


@functools.lru_cache(maxsize=None)
def model_of(service):
    try:
        return SESSION.get_service_model(service)
    except botocore.exceptions.UnknownServiceError:
        return None


def faults(method, path, query, headers, body):
    """What AWS would refuse in a request, as sentences. The body is bytes, or their text in base64."""
    body = base64.b64decode(body) if isinstance(body, str) else body
    headers = {name.lower(): value for name, value in headers.items()}
    signed = re.search(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request", headers.get("authorization", ""))
    model = model_of(SERVICES.get(signed.group(1), signed.group(1))) if signed else None
    if model is None or model.service_name == "s3":
        return []
    text = (gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body).decode()
    if "x-amz-target" in headers:
        return by_name(model, headers["x-amz-target"].rpartition(".")[2], lambda shape: json.loads(text or "{}"))
    if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        fields = dict(urllib.parse.parse_qsl(text, keep_blank_values=True))
        flat = Fields(fields, model.metadata["protocol"] == "ec2")
        return by_name(model, fields["Action"], lambda shape: flat.value(shape, ""))
    return by_path(model, method, urllib.parse.unquote(path), urllib.parse.parse_qs(query), text)


def by_name(model, name, sent):
    if name not in model.operation_names:
        return []
    shape = model.operation_model(name).input_shape
    if shape is None:
        return []
    value = sent(shape)
    return of_shape(shape, value, name) or [f"{name}: {fault}" for fault in in_words(model.service_name, name, value)]


def in_words(service, name, sent):
    """What only the words of the models and of the documentation limit."""
    if service == "ec2":
        yield from (f"more than 200 values of {one['Name']}" for one in sent.get("Filters", []) if len(one.get("Values", [])) > 200)
        if "MaxResults" in sent and "InstanceIds" in sent:
            yield "pages of instances that are named"
    if name == "GetMetricData":
        yield from of_metrics(sent)
    if service == "ce" and "TimePeriod" in sent:
        yield from of_costs(name, sent)


def of_metrics(sent):
    start, end = (datetime.datetime.fromisoformat(sent[key].replace("Z", "+00:00")) for key in ("StartTime", "EndTime"))
    age = (datetime.datetime.now(datetime.timezone.utc) - start).days
    least = 60 if age < 15 else 300 if age < 63 else 3600
    if start >= end:
        yield f"{start} is not before {end}"
    if len(sent["MetricDataQueries"]) > 500:
        yield f"{len(sent['MetricDataQueries'])} series at once"
    for query in sent["MetricDataQueries"]:
        period = query["MetricStat"]["Period"]
        if period % 60 or period < least:
            yield f"a period of {period} s, {age} days ago"


def of_costs(name, sent):
    start, end = (datetime.date.fromisoformat(sent["TimePeriod"][key][:10]) for key in ("Start", "End"))
    age = (datetime.datetime.now(datetime.timezone.utc).date() - start).days
    if start >= end:
        yield f"{start} is not before {end}, which is not in it"
    if age > (14 if name == "GetCostAndUsageWithResources" or sent.get("Granularity") == "HOURLY" else 425):
        yield f"costs of {age} days ago"
    groups = sent.get("GroupBy", [])
    if len(groups) > 2:
        yield f"{len(groups)} groups"
    if name.startswith("GetReservation") and groups and "Granularity" in sent:
        yield "a granularity of groups"


def by_path(model, method, path, query, text):
    for name in model.operation_names:
        operation = model.operation_model(name)
        pattern = re.sub(r"\\\{(\w+)(?:\\\+)?\\\}", r"(?P<\1>.+)", re.escape(operation.http["requestUri"].partition("?")[0].rstrip("/") or "/"))
        found = re.fullmatch(pattern, path.rstrip("/") or "/")
        if operation.http["method"] == method and found and operation.input_shape is not None:
            return of_shape(operation.input_shape, rest(operation.input_shape, found.groupdict(), query, text), name)
    return []


def rest(shape, in_path, query, text):
    content = json.loads(text) if text.startswith("{") else {}
    sent = {}
    for name, member in shape.members.items():
        place, key = member.serialization.get("location"), member.serialization.get("name", name)
        if place == "uri" and key in in_path:
            sent[name] = typed(member, in_path[key])
        elif place == "querystring" and key in query:
            many = member.type_name == "list"
            sent[name] = [typed(member.member, value) for value in query[key]] if many else typed(member, query[key][0])
        elif place is None and key in content:
            sent[name] = content[key]
    return sent


def typed(shape, text):
    try:
        return NUMBERS.get(shape.type_name, str)(text) if shape.type_name != "boolean" else {"true": True, "false": False}[text]
    except (ValueError, KeyError):
        return text


class Fields:
    """The flat fields of the query protocols, as values of shapes."""

    def __init__(self, fields, ec2):
        self.fields = fields
        self.ec2 = ec2
        self.begins = {""}
        for field in fields:
            while field:
                self.begins.add(field)
                field = field.rpartition(".")[0]

    def value(self, shape, prefix):
        if shape.type_name == "structure":
            keys = {name: (prefix + "." if prefix else "") + self.key(name, member) for name, member in shape.members.items()}
            return {name: self.value(shape.members[name], key) for name, key in keys.items() if key in self.begins}
        if shape.type_name != "list":
            return typed(shape, self.fields.get(prefix, ""))
        flat = self.ec2 or shape.serialization.get("flattened")
        below = prefix if flat else prefix + "." + shape.member.serialization.get("name", "member")
        items = []
        while f"{below}.{len(items) + 1}" in self.begins:
            items.append(self.value(shape.member, f"{below}.{len(items) + 1}"))
        return items

    def key(self, name, member):
        key = member.serialization.get("name", name)
        return member.serialization.get("queryName") or (key[0].upper() + key[1:] if self.ec2 else key)


def of_shape(shape, value, where):
    kind, limits = shape.type_name, shape.metadata
    if not isinstance(value, TYPES[kind]):
        return [f"{where}: {value!r} is not of type {kind}"]
    found = []
    size = value if kind in NUMBERS else len(value) if kind in ("string", "list", "map", "blob") else None
    if size is not None and not limits.get("min", size) <= size <= limits.get("max", size):
        found.append(f"{where}: {value!r:.80} is not within {limits.get('min')} and {limits.get('max')}")
    if kind == "string" and not matches(limits.get("pattern"), value):
        found.append(f"{where}: {value!r:.80} does not match {limits['pattern']}")
    if kind == "list":
        found += [fault for item in value for fault in of_shape(shape.member, item, where + "[]")]
    if kind == "structure":
        found += [f"{where}.{name} is missing" for name in shape.required_members if name not in value]
        for name, item in value.items():
            if name in shape.members and item is not None:
                found += of_shape(shape.members[name], item, f"{where}.{name}")
    return found


@functools.lru_cache(maxsize=None)
def compiled(pattern):
    letters = pattern.replace("\\p{L}", "a-zA-Z").replace("\\p{Z}", " ").replace("\\p{N}", "0-9").replace("\\p{S}", "$")
    try:
        return re.compile("(?:" + letters + ")", re.DOTALL)
    except re.error:
        return None  # written for another engine


def matches(pattern, value):
    engine = compiled(pattern) if pattern else None
    return engine is None or engine.fullmatch(value) is not None
