"""A second, newer source of token prices: it corrects the first one where both know a model and disagree."""

import gzip
import json
import re
from decimal import Decimal

DATE = "2026-09-23"  # of the package (llm_prices/SOURCE.txt)

# Ours -> the source's provider. Its Google prices are those of the Gemini API, not of Vertex AI, and its Azure ones mix resellers: both are left out.
PROVIDERS = {"anthropic": "anthropic", "aws": "aws", "openai": "openai"}
NAMES = {"input": "input_mtok", "output": "output_mtok", "cache_read": "cache_read_mtok", "cache_write": "cache_write_mtok"}
ROUNDING = Decimal("0.02")  # the source rounds to two or three digits
PREMIUM = (Decimal("1.08"), Decimal("1.12"))  # what Bedrock adds outside its global profile: another scope, no other price


def read(data):
    """(provider, model) -> prices per million tokens, for models that the source names and does not only match by a part of their name."""
    with gzip.open(data / "llm_prices/genai_prices_0.1.8.json.gz", "rt", encoding="utf-8") as source:
        providers = {entry["id"]: entry for entry in json.load(source, parse_float=Decimal, parse_int=Decimal)}
    known = {}
    for ours, theirs in PROVIDERS.items():
        for model in providers[theirs]["models"]:
            prices = model["prices"]
            if isinstance(prices, list):  # a history, oldest first
                prices = prices[-1]["prices"]
            values = {name: first_tier(prices.get(key)) for name, key in NAMES.items()}
            for name in [model["id"]] + equal_names(model.get("match", {})):
                if name.startswith("global."):  # the plain name means the region's price, where there is one
                    known.setdefault((ours, plain_name(name)), values)
                else:
                    known[ours, plain_name(name)] = values
    return known


def first_tier(price):
    return price["base"] if isinstance(price, dict) else price or None


def equal_names(rule):
    return [each["equals"] for each in rule.get("or", [rule]) if "equals" in each]


def plain_name(model):
    """Without the scope, the release date and the first version, which the two sources write differently."""
    return re.sub(r"(-\d{8})?(-v1)?(:0)?$", "", re.sub(r"^(global|regional)\.", "", model))


def correction(known, provider, model, standard):
    """The newer prices of a model where they contradict, else None."""
    newer = known.get((provider, plain_name(model)))
    if newer is None or newer["input"] is None:
        return None
    ratios = [newer[name] / standard[name] for name in NAMES if newer[name] and standard[name]]
    same = all(abs(ratio - 1) <= ROUNDING for ratio in ratios)
    premium = all(PREMIUM[0] <= ratio <= PREMIUM[1] for ratio in ratios)
    return None if same or premium else newer
