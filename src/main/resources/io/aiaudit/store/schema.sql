-- The normalized model: one schema for live scans, saved scans and the tests of the rules (DESIGN.md section 4).
-- Times are UTC, hours are hour starts, ratios 0..1, memory GiB, periods half-open, money DECIMAL(28,12) in the audit's
-- currency. Unknown is NULL. Hardly anything is NOT NULL, since the tests of a rule give only the columns that matter
-- to them; Store.finish fills all of them.

-- Charges as they are billed: FOCUS columns under their own names, then what aiaudit adds. No key: duplicates are
-- resolved when all is read. Once bills are read this is a view of the same columns: what differs from row to row is in
-- charge_lines, what many rows have in common in charge_texts (finish/charges.sql).
CREATE TABLE charges (
  BilledCost DECIMAL(28,12), EffectiveCost DECIMAL(28,12), ListCost DECIMAL(28,12), ContractedCost DECIMAL(28,12),
  BillingCurrency VARCHAR,
  BillingPeriodStart TIMESTAMP, BillingPeriodEnd TIMESTAMP, ChargePeriodStart TIMESTAMP, ChargePeriodEnd TIMESTAMP,
  ChargeCategory VARCHAR, ChargeClass VARCHAR, ChargeFrequency VARCHAR, ChargeDescription VARCHAR,
  PricingCategory VARCHAR,
  ProviderName VARCHAR, PublisherName VARCHAR, InvoiceIssuerName VARCHAR,
  BillingAccountId VARCHAR, BillingAccountName VARCHAR, SubAccountId VARCHAR, SubAccountName VARCHAR, RegionId VARCHAR,
  RegionName VARCHAR,
  ServiceName VARCHAR, ServiceCategory VARCHAR, ServiceSubcategory VARCHAR, SkuId VARCHAR, SkuPriceId VARCHAR,
  SkuMeter VARCHAR, SkuPriceDetails VARCHAR,
  ResourceId VARCHAR, ResourceName VARCHAR, ResourceType VARCHAR,
  ConsumedQuantity DECIMAL(28,12), ConsumedUnit VARCHAR, PricingQuantity DECIMAL(28,12), PricingUnit VARCHAR,
  ListUnitPrice DECIMAL(28,12), ContractedUnitPrice DECIMAL(28,12),
  CommitmentDiscountId VARCHAR, CommitmentDiscountName VARCHAR, CommitmentDiscountType VARCHAR,
  CommitmentDiscountCategory VARCHAR, CommitmentDiscountStatus VARCHAR,
  Tags VARCHAR,                 -- a JSON object
  provider VARCHAR,             -- aws, azure, gcp, kubernetes or other
  resource_id VARCHAR,          -- canonical; always a leaf of resources
  component VARCHAR,            -- time, usage, storage, licence, commitment
  spend_class VARCHAR,          -- 'ai', 'other', 'untold'
  -- short name of the model that the line pays for, as gpt-4.1-mini; NULL where the meter names none
  model VARCHAR,
  token_kind VARCHAR,           -- input, output, cache_read, cache_write; NULL where the line counts no tokens
  -- standard, batch, priority, flex, long_context, data_zone, regional, unknown; of token lines
  tier VARCHAR,
  charge_kind VARCHAR,          -- cost (counts in effective cost), tax, promotional_credit, refund
  -- what counts: EffectiveCost, or BilledCost where cost_basis says billed; 0 for tax, promotional credits and refunds
  cost DECIMAL(28,12),
  -- effective, billed, allocated (split from a parent) or unpriced (under a commitment, and the bill does not say at
  -- what cost: cost is 0)
  cost_basis VARCHAR,
  source_file VARCHAR
);

CREATE TABLE resources (
  resource_id VARCHAR NOT NULL, kind VARCHAR, provider VARCHAR, account_id VARCHAR, account_name VARCHAR,
  region VARCHAR, name VARCHAR, machine_type VARCHAR, replicas INTEGER,
  accelerator VARCHAR, accelerator_count DOUBLE, accelerator_memory_gib DOUBLE, vcpus DOUBLE, memory_gib DOUBLE,
  created_at TIMESTAMP, ended_at TIMESTAMP, state VARCHAR, purchase VARCHAR,
  parent_id VARCHAR, workload VARCHAR, tags MAP(VARCHAR, VARCHAR), attributes MAP(VARCHAR, VARCHAR)
);

CREATE TABLE metrics (resource_id VARCHAR NOT NULL, metric VARCHAR NOT NULL, hour TIMESTAMP NOT NULL, average DOUBLE,
  maximum DOUBLE, total DOUBLE, samples BIGINT);

-- Hours of metrics that a usage file knows in part: what they show happened, and what they do not show may have.
CREATE TABLE partial_hours (resource_id VARCHAR NOT NULL, metric VARCHAR NOT NULL, hour TIMESTAMP NOT NULL);

-- Resources that two bills have, of which nothing shows the later one, or whether they are the same: the lower cost as
-- a share of what counts. No saving is based on more.
CREATE TABLE smaller_bills (resource_id VARCHAR NOT NULL, share DECIMAL(13,12) NOT NULL);

CREATE TABLE commitments (
  provider VARCHAR, id VARCHAR, kind VARCHAR, scope VARCHAR, "start" TIMESTAMP, "end" TIMESTAMP,
  hourly_commitment DECIMAL(28,12), used_share DECIMAL(28,12)
);

CREATE TABLE advice (resource_id VARCHAR, source VARCHAR, recommendation VARCHAR, monthly_saving DECIMAL(28,12));

CREATE TABLE offers (
  provider VARCHAR, region VARCHAR, machine_type VARCHAR, accelerator VARCHAR, accelerator_count DOUBLE,
  accelerator_memory_gib DOUBLE, vcpus DOUBLE, memory_gib DOUBLE,
  on_demand DECIMAL(28,12), spot DECIMAL(28,12), committed_1y DECIMAL(28,12), committed_3y DECIMAL(28,12),
  currency VARCHAR, as_of DATE,
  -- where the price is from, for people: built-in, the file of --prices, the price list of a source; and the discount
  -- that it has in it
  origin VARCHAR
);

CREATE TABLE models (
  provider VARCHAR, model VARCHAR, tier VARCHAR, input DECIMAL(28,12), output DECIMAL(28,12), cache_read DECIMAL(28,12),
  cache_write DECIMAL(28,12),
  batch_input DECIMAL(28,12), batch_output DECIMAL(28,12), currency VARCHAR, as_of DATE, origin VARCHAR
);

-- Percent that the customer pays less than the list prices of a provider; offers and models have it in them already.
CREATE TABLE discounts (provider VARCHAR, percent DECIMAL(28,12));

-- What could not be read. scope says where for people; the columns after fix say it for SQL: account_id NULL = unknown
-- or several, region NULL = all or unknown, dataset (billing, inventory, prices, commitments, governance, metrics,
-- details, advice) NULL = everything, objects empty = all of them.
CREATE TABLE gaps (
  source VARCHAR, scope VARCHAR, problem VARCHAR, fix VARCHAR, account_id VARCHAR, region VARCHAR, dataset VARCHAR,
  objects VARCHAR[]
);

-- Rows that could not be read: at most 100 named for each file; files counts them all. The header is record 1; line is
-- the line of the text where the record starts; resource_id is NULL where the row names none that can be read.
CREATE TABLE rejects (file VARCHAR, record BIGINT, line BIGINT, column_name VARCHAR, value VARCHAR, problem VARCHAR,
  resource_id VARCHAR);

-- Every file that was read. rows are those that count, told_rows those and the ones that something else had
-- before; fingerprint is the same for the same contents.
CREATE TABLE files (content VARCHAR, label VARCHAR, file VARCHAR, dialect VARCHAR, rows BIGINT, rejected_rows BIGINT,
  fingerprint VARCHAR, told_rows BIGINT);

-- The rows of bills by provider. A rejected row whose provider cannot be read belongs to the file's largest provider.
CREATE TABLE bill_rows (file VARCHAR, provider VARCHAR, rows BIGINT, rejected_rows BIGINT);

-- Of which clouds an inventory file or the cloud itself listed resources; a bill and usage files list none.
CREATE TABLE listings (provider VARCHAR);

CREATE TABLE warnings (message VARCHAR);

-- Amounts that were brought into the currency of the scan: of bills (what = bill) with their provider and own totals,
-- of list prices (what = list_prices) without.
CREATE TABLE conversions (what VARCHAR, provider VARCHAR, currency VARCHAR, rate DECIMAL(18,10), rate_date DATE,
  billed_cost DECIMAL(38,12), effective_cost DECIMAL(38,12));

CREATE TABLE scan (
  schema_version INTEGER, tool_version VARCHAR, window_start TIMESTAMP, window_end TIMESTAMP, currency VARCHAR,
  sources VARCHAR[], scanned_at TIMESTAMP, demo BOOLEAN, redacted BOOLEAN, partial BOOLEAN
);

-- The configuration that was in effect, as text by key; never a secret.
CREATE TABLE config (key VARCHAR, value VARCHAR);

-- Of a redacted scan: the audit, as it was judged before names were replaced, as JSON with the same pseudonyms in it.
-- Rules and policy go by names, so such a scan is not evaluated again. Empty in any other scan.
CREATE TABLE finished_audit (json VARCHAR);
