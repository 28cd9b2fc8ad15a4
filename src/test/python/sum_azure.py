"""Sums Azure cost details (CSV, any of its headers in English) by exact decimals: prints grouping, key, billed, effective."""
import csv
import sys
from collections import defaultdict
from decimal import Decimal, getcontext

getcontext().prec = 50


def first(row, *names):
    return next((row[name] for name in names if row.get(name)), "")


def component(row):
    meter = " ".join((first(row, "MeterSubCategory", "MeterSubcategory"), row["MeterName"]))
    if row.get("ChargeType") == "Purchase":
        return "commitment"
    if "SQL License" in meter:
        return "licence"
    if "Disk" in meter or row["UnitOfMeasure"] == "1 GB/Month":
        return "storage"
    if "Hour" in row["UnitOfMeasure"] or row["UnitOfMeasure"] == "1/Day":
        return "time"
    if row["UnitOfMeasure"] == "1/Month":
        return "-"  # neither the meter nor the unit tells
    return "usage"


sums = defaultdict(lambda: [Decimal(0), Decimal(0)])
for path in sys.argv[1:]:
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            cost = Decimal(first(row, "Cost", "PreTaxCost"))
            covered = row.get("PricingModel") in ("Reservation", "SavingsPlan") and row["ChargeType"] != "Purchase"
            keys = {
                "provider": "azure",
                "service": row["MeterCategory"],
                "component": component(row),
                "account": first(row, "SubscriptionId", "SubscriptionGuid").lower(),
            }
            for key in keys.items():
                sums[key][0] += 0 if covered else cost
                sums[key][1] += cost
for (grouping, key), (billed, cost) in sorted(sums.items()):
    print(f"{grouping}\t{key}\t{billed:f}\t{cost:f}")
