"""Sums a Cost and Usage Report (CSV) by exact decimals, as AWS defines billed and amortized cost: prints grouping, key, billed, effective."""
import csv
import sys
from collections import defaultdict
from decimal import Decimal, getcontext

getcontext().prec = 50


def number(row, column):
    return Decimal(row.get(column) or 0)


def effective(row):
    kind = row["lineItem/LineItemType"]
    if kind == "SavingsPlanCoveredUsage":
        return number(row, "savingsPlan/SavingsPlanEffectiveCost")
    if kind == "SavingsPlanNegation":
        return Decimal(0)
    if kind == "SavingsPlanRecurringFee":
        return number(row, "savingsPlan/TotalCommitmentToDate") - number(row, "savingsPlan/UsedCommitment")
    return number(row, "lineItem/UnblendedCost")


def component(row):
    usage = row["lineItem/UsageType"]
    if "ComputeSP" in usage:
        return "commitment"
    if "BoxUsage" in usage or usage.endswith("NatGateway-Hours"):
        return "time"
    if "TimedStorage" in usage or "TagStorage" in usage:
        return "storage"
    return "usage"


sums = defaultdict(lambda: [Decimal(0), Decimal(0)])
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        keys = {
            "provider": "aws",
            "service": row["product/ProductName"],
            "component": component(row),
            "account": row["lineItem/UsageAccountId"],
        }
        for key in keys.items():
            sums[key][0] += number(row, "lineItem/UnblendedCost")
            sums[key][1] += effective(row)
for (grouping, key), (billed, cost) in sorted(sums.items()):
    print(f"{grouping}\t{key}\t{billed:f}\t{cost:f}")
