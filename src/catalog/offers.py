"""Machine types and their list prices: what the sources say, through the guards, in the columns of the offers table."""

import csv
import gzip
import re
from collections import defaultdict
from decimal import Decimal
from statistics import median

import accelerators

COLUMNS = [
    "provider", "region", "machine_type", "accelerator", "accelerator_count", "accelerator_memory_gib", "vcpus", "memory_gib",
    "on_demand", "spot", "committed_1y", "committed_3y", "currency", "as_of",
]  # fmt: skip
PRICES = ["on_demand", "spot", "committed_1y", "committed_3y"]

# Dates of the sources that carry none in their rows (catalog/SOURCE.txt).
AZURE_DATE = "2026-06-18"
GCP_DATE = "2026-07-30"

# Ordinary machine types: the families that CPU inference, ML workspaces and node groups run on. Others stay unpriced rather than make the files ten times as large.
AWS_ORDINARY = re.compile(r"[cmrt]([5-9])[a-z]*(-flex)?\.(?!metal)|t3a?\.|t4g\.")
AZURE_ORDINARY = re.compile(
    r"Standard_(DS\d+_v2|D\d+s_v3|D\d+d?s_v4|D\d+d?s_v5|D\d+as_v5|D\d+s_v6|E\d+s_v3|E\d+d?s_v5|E\d+as_v5|F\d+s_v2)$"
)
GCP_ORDINARY = re.compile(r"(e2|n1|n2|n2d|c3)-(standard|highmem|highcpu)-\d+$|c2-standard-\d+$")

WINDOWS_PER_VCPU = Decimal("0.046")  # what Azure adds to a Linux price, USD per vCPU and hour
HIGHEST_SAGEMAKER_FACTOR = Decimal("1.6")  # SageMaker costs 1.15 to 1.40 times EC2; twice that is a doubled meter
LOWEST_SHARE_OF_MEDIAN = Decimal("0.5")  # below: a part of the price is missing upstream
HIGHEST_SHARE_OF_MEDIAN = Decimal("3")


def build(data, refused):
    """Offers by provider, sorted by machine type and region; appends what was refused, with the reason, to `refused`."""
    catalog = read(data / "catalog/gpu_catalog.csv.gz")
    aws_types = read(data / "catalog/aws_all_types_specs_useast1.csv.gz")
    aws = newest(accelerated(catalog, "aws", refused)) + aws_ordinary(aws_types)
    sage_maker = sage_maker_offers(read(data / "catalog/sagemaker_all.csv.gz"), aws, refused)
    azure = accelerated(catalog, "azure", refused) + azure_ordinary(read(data / "catalog/azure_all_types_prices.csv.gz"), refused)
    gcp = accelerated(catalog, "gcp", refused) + accelerated(catalog, "gcp-vertex", refused)
    gcp += gcp_ordinary(read(data / "catalog/gcp_all_types_prices.csv.gz"))
    return {
        provider: [formatted(offer) for offer in sorted(guarded(rows, refused), key=order)]
        for provider, rows in (("aws", aws + sage_maker), ("azure", azure), ("gcp", gcp))
    }


def read(file):
    with gzip.open(file, "rt", encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def order(offer):
    return offer["machine_type"], offer["region"]


def number(text):
    """The number in a cell; an empty cell and zero are unknown: no source says that a machine is free."""
    return Decimal(text) if text and Decimal(text) != 0 else None


def offer(provider, region, machine_type, vcpus, memory_gib, as_of, accelerator=(None, Decimal(0), None), **prices):
    name, count, accelerator_memory = accelerator
    values = {"provider": provider, "region": region, "machine_type": machine_type, "accelerator": name, "accelerator_count": count}
    values |= {"accelerator_memory_gib": accelerator_memory, "vcpus": number(vcpus), "memory_gib": number(memory_gib)}
    values |= {price: number(prices.get(price)) for price in PRICES}
    return values | {"currency": "USD", "as_of": as_of}


def accelerated(catalog, cloud, refused):
    """The catalog's rows of one cloud. Vertex AI and TPU chips get a prefix: they cost something else than the machine of that name, or are none."""
    rows = []
    for row in catalog:
        if row["cloud"] != cloud:
            continue
        machine_type = row["instance_type"]
        if machine_type.endswith("_Promo"):
            refused.append(f"azure {row['region']} {machine_type}: a retired offer")
            continue
        if cloud == "gcp-vertex":
            machine_type = "vertex/" + machine_type
        elif machine_type.startswith("TPU"):
            machine_type = "tpu/" + re.sub(r"^TPU(v\d+[ep]?)(device|pod)?-chip$", lambda m: "-".join(filter(None, m.groups())), machine_type)
        rows.append(
            offer(
                cloud.split("-")[0],
                row["region"],
                machine_type,
                row["vcpus"],
                row["memory_gib"],
                "" if row["as_of"] == "undated" else row["as_of"],
                accelerators.describe(row),
                on_demand=row["price_usd_hour"],
                spot=row["spot_price_usd_hour"],
                committed_1y=row["reserved_1y_usd_hour"],
                committed_3y=row["reserved_3y_usd_hour"],
            )
        )
    return rows


def newest(rows):
    """
    One row per region and machine type. The newest on-demand price counts; spot and committed prices of an older row are kept only while its on-demand price
    still holds, and then the row is as old as its oldest price.
    """
    by_key = defaultdict(list)
    for row in rows:
        by_key[row["region"], row["machine_type"]].append(row)
    merged = []
    for same in by_key.values():
        same.sort(key=lambda row: row["as_of"], reverse=True)
        best = dict(same[0])
        for older in same[1:]:
            if older["on_demand"] == best["on_demand"]:
                missing = [price for price in PRICES if best[price] is None and older[price] is not None]
                best |= {price: older[price] for price in missing}
                if missing:
                    best["as_of"] = older["as_of"]
        merged.append(best)
    return merged


def aws_ordinary(types):
    """EC2 without accelerators: the source has on-demand prices of us-east-1 only."""
    return [
        offer("aws", "us-east-1", row["instance_type"], row["vcpus"], row["memory_gib"], row["as_of"], on_demand=row["price_useast1_usd_hour"])
        for row in types
        if AWS_ORDINARY.match(row["instance_type"]) and "metal" not in row["instance_type"] and row["price_useast1_usd_hour"]
    ]


def sage_maker_offers(rows, ec2, refused):
    """Hosting prices of ml.* types. Elastic Inference (eia) is an attachment, no machine. A family that costs over 1.6 times EC2 is doubled upstream."""
    ec2_price = {row["machine_type"]: row["on_demand"] for row in ec2 if row["region"] == "us-east-1"}
    doubled = set()
    for row in rows:
        base = ec2_price.get(row["instance_type"].removeprefix("ml."))
        if row["region"] == "us-east-1" and base and Decimal(row["price_usd_hour"]) > base * HIGHEST_SAGEMAKER_FACTOR:
            doubled.add(row["instance_type"].split(".")[1])
    offers = []
    for row in rows:
        family = row["instance_type"].split(".")[1]
        if family in doubled:
            refused.append(f"aws {row['region']} {row['instance_type']}: {row['price_usd_hour']} USD an hour; the family costs over 1.6 times EC2")
        elif not family.startswith("eia"):
            described = accelerators.describe(row) if row["accelerator_name"] else (None, Decimal(0), None)
            offers.append(
                offer(
                    "aws",
                    row["region"],
                    row["instance_type"],
                    row["vcpus"],
                    row["memory_gib"],
                    row["as_of"],
                    described,
                    on_demand=row["price_usd_hour"],
                )
            )
    return offers


def azure_ordinary(rows, refused):
    """
    Linux pay-as-you-go. In the AMD v5 series about half of the source's rows hold the Windows meter. Within a region and series the Linux price per vCPU is one
    number, the lowest; a size that costs 0.046 more per vCPU is Windows. Where all sizes are, each costs more than the Intel series, which AMD never does.
    """
    series = defaultdict(list)
    for row in rows:
        if AZURE_ORDINARY.match(row["vm_size"]) and number(row["vcpus"]) and number(row["price_usd_hour_linux_payg"]):
            series[row["region"], re.sub(r"\d+", "#", row["vm_size"], count=1)].append(row)
    lowest = {key: min(per_vcpu(row) for row in sizes) for key, sizes in series.items()}
    offers = []
    for (region, name), sizes in series.items():
        intel = lowest.get((region, name.replace("#as_v5", "#s_v5")), lowest[region, name])
        for row in sizes:
            extra = per_vcpu(row) - lowest[region, name]
            if abs(extra - WINDOWS_PER_VCPU) < Decimal("0.001") or lowest[region, name] > intel:
                refused.append(f"azure {row['region']} {row['vm_size']}: {row['price_usd_hour_linux_payg']} USD an hour is the Windows meter")
            else:
                offers.append(
                    offer(
                        "azure",
                        row["region"],
                        row["vm_size"],
                        row["vcpus"],
                        row["memory_gib"],
                        AZURE_DATE,
                        on_demand=row["price_usd_hour_linux_payg"],
                    )
                )
    return offers


def per_vcpu(row):
    return Decimal(row["price_usd_hour_linux_payg"]) / Decimal(row["vcpus"])


def gcp_ordinary(rows):
    """Only where the machine type is offered: the source also multiplies out prices of regions that lack it. Accelerated types are in the catalog."""
    return [
        offer(
            "gcp",
            row["region"],
            row["machine_type"],
            row["vcpus"],
            row["memory_gib"],
            GCP_DATE,
            on_demand=row["price_usd_hour"],
            spot=row["spot_usd_hour"],
            committed_1y=row["cud_1y_usd_hour"],
            committed_3y=row["cud_3y_usd_hour"],
        )
        for row in rows
        if row["type_offered_in_region"] == "1" and GCP_ORDINARY.match(row["machine_type"])
    ]


def guarded(rows, refused):
    """Drops rows without a price or far from the median of their type, repeated until no median moves, and single prices above the on-demand price."""
    kept = [row for row in rows if row["on_demand"] is not None]
    while True:
        prices = defaultdict(list)
        for row in kept:
            prices[row["machine_type"]].append(row["on_demand"])
        medians = {machine_type: median(values) for machine_type, values in prices.items()}
        far = [row for row in kept if not near(row["on_demand"], medians[row["machine_type"]])]
        if not far:
            break
        for row in far:
            refused.append(f"{label(row)}: {row['on_demand']} USD an hour; the median of the type is {medians[row['machine_type']]:f}")
        kept = [row for row in kept if near(row["on_demand"], medians[row["machine_type"]])]
    for row in kept:
        for price in PRICES[1:]:
            if row[price] is not None and row[price] > row["on_demand"]:
                refused.append(f"{label(row)}: {price} {row[price]} is above on_demand {row['on_demand']}")
                row[price] = None
    return kept


def near(price, middle):
    return middle * LOWEST_SHARE_OF_MEDIAN <= price <= middle * HIGHEST_SHARE_OF_MEDIAN


def label(row):
    return f"{row['provider']} {row['region']} {row['machine_type']}"


def formatted(row):
    return {column: plain(row[column]) for column in COLUMNS}


def plain(value):
    """Numbers without exponent and without trailing zeros; unknown is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
