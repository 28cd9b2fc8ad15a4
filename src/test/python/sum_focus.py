"""Sums a FOCUS bill (CSV.gz) by exact decimals: prints grouping, key, billed, effective. What counts is effective cost, or billed cost of a provider that rounds it."""
import csv
import gzip
import sys
from collections import defaultdict
from decimal import Decimal, getcontext

getcontext().prec = 50
PROVIDERS = {"AWS": "aws", "Microsoft": "azure", "Google Cloud": "gcp"}


def component(row):
    unit = row["ConsumedUnit"] if row["ConsumedUnit"] != "NULL" else row["PricingUnit"]
    if "Marketplace" in row["ChargeDescription"]:
        return "licence"
    if row["ServiceCategory"] == "Storage" or unit.startswith(("GB-Month", "GB Month", "GB/Month")) or "Managed Disks" in row["ChargeDescription"]:
        return "storage"
    if unit.startswith("LCU"):
        return "usage"
    return "time" if "Hour" in unit or "Second" in unit or "prorated hourly" in row["ChargeDescription"] else "usage"


def rounds(rows):
    effective, billed = [[Decimal(row[column]) for row in rows] for column in ("EffectiveCost", "BilledCost")]
    whole = all(cost == int(cost) for cost in effective) and any(cost != int(cost) for cost in billed)
    return len(rows) >= 100 and whole and abs(sum(effective) - sum(billed)) > abs(sum(billed)) / 100


by_provider = defaultdict(list)
with gzip.open(sys.argv[1], "rt", newline="", encoding="utf-8-sig") as file:
    for row in csv.DictReader(file):
        by_provider[PROVIDERS.get(row["ProviderName"], "other")].append(row)

sums = defaultdict(lambda: [Decimal(0), Decimal(0)])
for provider, rows in by_provider.items():
    column = "BilledCost" if rounds(rows) else "EffectiveCost"
    for row in rows:
        counts = row["ChargeCategory"] in ("Usage", "Purchase")
        keys = {"provider": provider, "service": row["ServiceName"], "component": component(row), "effective as it stands": provider}
        for grouping, key in keys.items():
            cost = Decimal(row["EffectiveCost"]) if grouping.startswith("effective") else Decimal(row[column]) if counts else 0
            sums[grouping, key][0] += Decimal(row["BilledCost"])
            sums[grouping, key][1] += cost
for (grouping, key), (billed, cost) in sorted(sums.items()):
    print(f"{grouping}\t{key}\t{billed:f}\t{cost:f}")
