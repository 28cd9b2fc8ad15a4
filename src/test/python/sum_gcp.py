"""Sums a Cloud Billing export (JSON lines) by exact decimals: prints grouping, key, billed, effective. Promotional credits stand apart, all others are part of the price."""
import json
import sys
from collections import defaultdict
from decimal import Decimal, getcontext

getcontext().prec = 50


def component(sku, unit):
    if sku.startswith("Licensing Fee"):
        return "licence"
    if "Instance Core" in sku or "Instance Ram" in sku or unit == "hour":
        return "time"
    if "month" in unit:
        return "storage"
    return "usage"


sums = defaultdict(lambda: [Decimal(0), Decimal(0)])
with open(sys.argv[1], encoding="utf-8") as file:
    for line in file:
        row = json.loads(line, parse_float=Decimal, parse_int=Decimal)
        cost = Decimal(row["cost"])
        promotion = Decimal(0)
        for credit in row["credits"]:
            if credit["type"] == "PROMOTION":
                promotion += credit["amount"]
            else:
                cost += credit["amount"]
        keys = {
            "provider": "gcp",
            "service": row["service"]["description"],
            "component": component(row["sku"]["description"], row["usage"]["pricing_unit"]),
            "sku": row["sku"]["description"],
        }
        for key in keys.items():
            sums[key][0] += cost + promotion
            sums[key][1] += cost
for (grouping, key), (billed, cost) in sorted(sums.items()):
    print(f"{grouping}\t{key}\t{billed:f}\t{cost:f}")
