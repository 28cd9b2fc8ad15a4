-- Where rows of bills land, in the store beside the tables of schema.sql.

-- Rows of bills. What differs from row to row (amounts, period) is a line; what many rows have in common (names, ids,
-- tags) is kept once in texts, under a hash of it. Both are in the store itself, for the lines stay there: millions of
-- rows are written once. file_id and ordinal locate the row in the file; a row that a dialect makes out of a part of
-- another one has its ordinal below 0. bad names the column and value that made a row unreadable, such a row counts
-- nowhere. row_hash is of the whole text of the row, where the dialect has ids of lines, so that the same line twice is
-- the same.
CREATE TABLE charge_lines AS
SELECT
  NULL::BIGINT AS file_id, NULL::BIGINT AS ordinal, NULL::STRUCT("column" VARCHAR, "value" VARCHAR) AS bad,
  NULL::UBIGINT AS row_hash, NULL::UBIGINT AS text_id,
  BilledCost, EffectiveCost, ListCost, ContractedCost, ChargePeriodStart, ChargePeriodEnd, ConsumedQuantity,
  PricingQuantity, ListUnitPrice, ContractedUnitPrice
FROM charges LIMIT 0;

CREATE SCHEMA staged;

CREATE TABLE staged.texts AS
SELECT
  NULL::UBIGINT AS text_id,
  * EXCLUDE (BilledCost, EffectiveCost, ListCost, ContractedCost, ChargePeriodStart, ChargePeriodEnd, ConsumedQuantity,
    PricingQuantity, ListUnitPrice,
    ContractedUnitPrice, component, spend_class, model, token_kind, tier, cost, cost_basis),
  false AS at_billed_cost    -- its EffectiveCost is none: finish/rounded-costs.sql
FROM charges LIMIT 0;

ALTER TABLE staged.texts ALTER at_billed_cost SET DEFAULT false;

-- What is known of a bill as a file lands with its rows: a transaction writes to one database only.
CREATE TABLE staged.files AS SELECT NULL::BIGINT AS file_id, NULL::VARCHAR AS source, NULL::VARCHAR AS scope, *
  FROM files LIMIT 0;
CREATE TABLE staged.rejects AS SELECT NULL::VARCHAR AS source, NULL::VARCHAR AS scope, * FROM rejects LIMIT 0;
-- How the user named the files of bills, where they lie, in which form (CSV, JSON, PARQUET), the run of an export that
-- they are parts of, and a number for the names of their columns, with how many these are. The higher its release, the
-- newer is the version of the dialect.
CREATE TABLE staged.bill_paths (file_id BIGINT, argument VARCHAR, path VARCHAR, form VARCHAR, run VARCHAR,
  header UBIGINT, columns INTEGER, release INTEGER);
CREATE TABLE staged.bill_rows AS SELECT * FROM bill_rows LIMIT 0;

-- Both together: the bills as they were read.
CREATE VIEW staged.bill AS SELECT * FROM charge_lines JOIN staged.texts USING (text_id);
