-- Bills in several files. Parts of one export have different charges of the same days; copies, later runs and other
-- forms of a bill have the same ones. A group is what belongs together by its path: the files of one manifest, else
-- those of one dialect in one folder that were named together.

CREATE TEMP TABLE bill_groups AS
SELECT *, if(count(*) OVER (PARTITION BY bill_group) = 1, source_file, argument) AS group_name
FROM (
  SELECT
    f.file_id, f.file AS source_file, f.dialect, argument, run IS NOT NULL AS is_run, path, form AS file_form, header,
    columns,
    coalesce(run, concat_ws(chr(10), argument, regexp_replace(path, '[^/]*$', ''), f.dialect)) AS bill_group
  FROM staged.files f JOIN staged.bill_paths USING (file_id)
);

-- The bills with their accounts, each in one spelling. By the number of a text, since there are few.
CREATE TEMP TABLE text_accounts AS
SELECT text_id, account_key(coalesce(SubAccountId, BillingAccountId, '')) AS account,
  account_key(BillingAccountId) AS payer
FROM staged.texts;

CREATE TEMP VIEW account_bill AS SELECT * FROM staged.bill JOIN text_accounts USING (text_id);

CREATE TEMP TABLE account_days AS
SELECT file_id, provider, account, date_trunc('day', ChargePeriodStart) AS day, count(*) FILTER (ordinal > 0) AS rows
FROM account_bill
GROUP BY ALL;

-- What another bill has as well, and what of it was taken out.
CREATE TEMP TABLE billed_elsewhere (file_id BIGINT, ordinal BIGINT, provider VARCHAR, day TIMESTAMP, older VARCHAR,
  newer VARCHAR);
CREATE TEMP TABLE taken_out (older VARCHAR, newer VARCHAR, first_day DATE, last_day DATE, rows BIGINT);
