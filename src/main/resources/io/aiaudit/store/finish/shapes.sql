-- Charges that look alike are classified once. Alike = the same 64-bit hash of what the mapping tables look at; among a
-- hundred thousand kinds of charges the chance that any two meet is below one in a billion.
CREATE TEMP VIEW shaped AS
SELECT *, hash(
  provider, ServiceName, ServiceCategory, ServiceSubcategory, ResourceType, SkuMeter, SkuPriceDetails,
  ChargeDescription, ConsumedUnit, PricingUnit, ChargeCategory,
  CommitmentDiscountStatus, CommitmentDiscountId IS NULL, PublisherName) AS shape
FROM staged.texts;

CREATE TEMP TABLE shapes (shape UBIGINT, component VARCHAR, spend_class VARCHAR, model VARCHAR, machine_type VARCHAR,
  token_kind VARCHAR, tier VARCHAR);

-- Lines of single calls, of which most bills have none (calls.sql).
CREATE TEMP TABLE calls (text_id UBIGINT, used_as VARCHAR, model VARCHAR);
