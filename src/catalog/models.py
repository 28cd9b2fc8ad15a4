"""Token prices of the models that the clouds, OpenAI and Anthropic sell, per million tokens, in the columns of the models table."""

import gzip
import json
import re
from collections import defaultdict
from decimal import Decimal

import newer
from offers import plain

COLUMNS = [
    "provider", "model", "tier", "input", "output", "cache_read", "cache_write", "batch_input", "batch_output", "currency", "as_of",
]  # fmt: skip
PRICES = COLUMNS[3:9]
DATE = "2026-08-01"  # of the source file (llm_prices/SOURCE.txt)
MODES = {"chat", "completion", "responses", "embedding"}  # images, audio and video are not sold by text tokens alone
MILLION = 1_000_000

# Tier -> what the source appends to its price keys. Long context starts at 200,000 (Claude, Gemini) or 272,000 (GPT) input tokens.
TIERS = {
    "standard": ("",),
    "priority": ("_priority",),
    "flex": ("_flex",),
    "long_context": ("_above_200k_tokens", "_above_272k_tokens"),
    "long_context_priority": ("_above_200k_tokens_priority", "_above_272k_tokens_priority"),
    "long_context_flex": ("_above_200k_tokens_flex", "_above_272k_tokens_flex"),
}
GEOGRAPHIES = "us|eu|apac|jp|au|ca|us-gov"
HIGHEST_WRITE_FACTOR = Decimal("2.5")  # a cache write costs 1.25 times the input (5 minutes) or twice (1 hour)
HIGHEST_INPUT = Decimal(500)  # USD per million; above: the source took the price of a thousand for that of one
PRIORITY_FACTOR = (1, 3)
BATCH_FACTOR = (Decimal("0.4"), Decimal("0.6"))


def build(data, refused):
    """Rows sorted by provider, model and tier; appends what was refused, with the reason, to `refused`."""
    with gzip.open(data / "llm_prices/model_prices_and_context_window.json.gz", "rt", encoding="utf-8") as source:
        entries = json.load(source, parse_float=Decimal, parse_int=Decimal)
    said = defaultdict(list)
    for key in sorted(entries):
        entry = entries[key]
        sold = offering(key, entry.get("litellm_provider", "")) if entry.get("mode") in MODES else None
        if sold is None:
            continue
        provider, model, scope = sold
        for tier, prices in tiers(entry, f"{provider} {key}", refused):
            place = tier if scope is None else scope_tier(scope, tier)
            said[provider, model, place].append(prices)
    rows = {}
    for (provider, model, tier), prices in said.items():
        if any(other != prices[0] for other in prices):
            refused.append(f"{provider} {model} {tier}: the source contradicts itself: " + "; or ".join(shown(each) for each in prices))
        else:
            rows[provider, model, tier] = prices[0] | {"as_of": DATE}
    correct(rows, newer.read(data), refused)
    return [formatted(*key, prices) for key, prices in sorted(rows.items())]


def correct(rows, known, refused):
    """Where the newer source contradicts the standard price of a model, only the newer price stays: the model's other tiers belong to the older one."""
    for provider, model, tier in [key for key in rows if key[2] == "standard"]:
        older = rows[provider, model, tier]
        prices = newer.correction(known, provider, model, older)
        if prices is None:
            continue
        tiers_of_model = [key for key in rows if key[:2] == (provider, model)]
        refused.append(f"{provider} {model}: {shown(older)}; {newer.DATE} says {shown(prices)}; {len(tiers_of_model)} tiers")
        for key in tiers_of_model:
            del rows[key]
        rows[provider, model, tier] = dict.fromkeys(PRICES) | prices | {"as_of": newer.DATE}


def formatted(provider, model, tier, prices):
    row = {"provider": provider, "model": model, "tier": tier} | {name: plain(prices[name]) for name in PRICES}
    return row | {"currency": "USD", "as_of": prices["as_of"]}


def scope_tier(scope, tier):
    """`global`, `regional@eu`, `regional_long_context@us`: what a scope costs is told apart from what the service level costs."""
    name, _, place = scope.partition("@")
    return (name if tier == "standard" else f"{name}_{tier}") + (f"@{place}" if place else "")


def offering(key, source):
    """(provider, model as the provider names it, scope or None) of a key; None for what is not sold by the token or is another name of the same."""
    if source.startswith("bedrock"):
        return bedrock(key)
    if source in ("azure", "azure_text", "azure_ai"):
        parts = key.split("/")[1:]
        if len(parts) == 2 and parts[0] in ("eu", "us", "global", "global-standard"):
            return "azure", parts[1], "global" if parts[0].startswith("global") else f"regional@{parts[0]}"
        return ("azure", parts[0], None) if len(parts) == 1 else None
    if source.startswith("vertex_ai"):
        return "gcp", key.removeprefix("vertex_ai/"), None
    if source in ("openai", "text-completion-openai"):
        return "openai", key, None
    return ("anthropic", key, None) if source == "anthropic" else None


def bedrock(key):
    """Keys are MODEL, GEOGRAPHY.MODEL, global.MODEL, bedrock/REGION/MODEL; commitments are sold by the hour; a model without its maker is an alias, a date behind @ is the id of Vertex AI."""
    if "commitment" in key or "/invoke/" in key or "@" in key:
        return None
    parts = re.sub(r"^bedrock(_mantle)?/", "", key).split("/")
    model = parts[-1]
    scope = f"regional@{parts[0]}" if len(parts) == 2 else None
    profile = re.match(rf"({GEOGRAPHIES}|global)\.(.+)$", model)
    if profile:
        scope = "global" if profile[1] == "global" else f"regional@{profile[1]}"
        model = profile[2]
    return ("aws", model, scope) if re.match(r"[a-z0-9]+\.", model) and len(parts) <= 2 else None


def tiers(entry, name, refused):
    """The tiers of an entry that have an input price, each with its prices."""
    standard = prices_of(entry, "")
    if standard["input"] is not None and standard["input"] > HIGHEST_INPUT:
        refused.append(f"{name}: input {plain(standard['input'])} USD per million is the price of a thousand tokens")
        return
    check_batch(standard, name, refused)
    for tier, suffixes in TIERS.items():
        for suffix in suffixes:
            prices = standard if suffix == "" else prices_of(entry, suffix)
            if prices["input"] is None or tier == "priority" and not priority_holds(prices, standard, name, refused):
                continue
            check_cache(prices, f"{name} {tier}", refused)
            yield tier, prices
    hour = dollars(entry, "cache_creation_input_token_cost_above_1hr")
    if hour is not None and standard["input"] is not None:
        prices = standard | {"cache_write": hour, "batch_input": None, "batch_output": None}
        check_cache(prices, f"{name} cache_1h", refused)
        if prices["cache_write"] is not None:
            yield "cache_1h", prices


def prices_of(entry, suffix):
    prices = {
        "input": dollars(entry, "input_cost_per_token" + suffix),
        "output": dollars(entry, "output_cost_per_token" + suffix),
        "cache_read": dollars(entry, "cache_read_input_token_cost" + suffix),
        "cache_write": dollars(entry, "cache_creation_input_token_cost" + suffix),
    }
    batch = suffix == ""
    prices["batch_input"] = dollars(entry, "input_cost_per_token_batches") if batch else None
    prices["batch_output"] = dollars(entry, "output_cost_per_token_batches") if batch else None
    return prices


def dollars(entry, key):
    """USD per million tokens; zero is unknown (and an embedding has no output)."""
    return entry[key] * MILLION if entry.get(key) else None


def check_batch(prices, name, refused):
    if prices["input"] is None or prices["batch_input"] is None:
        return
    factor = prices["batch_input"] / prices["input"]
    if not BATCH_FACTOR[0] <= factor <= BATCH_FACTOR[1]:
        refused.append(f"{name}: batch_input {plain(prices['batch_input'])} is {factor:.3f} of input {plain(prices['input'])}")
        prices["batch_input"] = prices["batch_output"] = None


def check_cache(prices, name, refused):
    """Nobody writes a cache for less than the input price or for far more than twice, and nobody reads one for more than the input price."""
    write = prices["cache_write"]
    if write is not None and not 1 <= write / prices["input"] <= HIGHEST_WRITE_FACTOR:
        refused.append(f"{name}: cache_write {plain(write)} is {write / prices['input']:.1f} times input {plain(prices['input'])}")
        prices["cache_write"] = None
    if prices["cache_read"] is not None and prices["cache_read"] > prices["input"]:
        refused.append(f"{name}: cache_read {plain(prices['cache_read'])} is above input {plain(prices['input'])}")
        prices["cache_read"] = None


def priority_holds(prices, standard, name, refused):
    if standard["input"] is not None and not PRIORITY_FACTOR[0] < prices["input"] / standard["input"] <= PRIORITY_FACTOR[1]:
        refused.append(f"{name} priority: input {plain(prices['input'])} is {prices['input'] / standard['input']:.1f} times the standard one")
        return False
    return True


def shown(prices):
    return ", ".join(f"{name} {plain(prices[name])}" for name in PRICES if prices.get(name) is not None)
