-- The names under which a machine may be offered: alone, and with the accelerators that were attached to it. Worked out
-- once for all questions, since planning offered_as takes longer than most of them. A commitment has the type of what
-- it covers, which has that price itself: what was paid for the commitment only a bill shows.
CREATE OR REPLACE TEMP TABLE offered_names AS
SELECT resource_id,
  'attached/' || offered || '+' || try_cast(accelerator_count AS INTEGER) || 'x' || lower(accelerator) AS attached,
  CASE WHEN kind = 'volume' AND provider = 'azure' THEN lower(machine_type) || '/' || disk_step(r)
    ELSE CASE WHEN is_flex_start(r) THEN 'flex/' WHEN is_low_priority(r) THEN 'lowpriority/'
      ELSE '' END || offered END AS alone,
  is_flex_start(r) OR is_low_priority(r) AS is_cheaper
FROM (SELECT *, offered_as(machine) AS offered FROM resources machine
  WHERE machine_type IS NOT NULL AND kind IS DISTINCT FROM 'commitment') r;
