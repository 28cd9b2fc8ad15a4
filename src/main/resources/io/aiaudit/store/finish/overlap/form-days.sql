-- What each file bills to an account on a day.

CREATE OR REPLACE TEMP TABLE file_days AS
SELECT file_id, provider, account, currency, date_trunc('day', ChargePeriodStart) AS day, sum(BilledCost) AS billed,
  coalesce(sum(BilledCost) FILTER (lower(ChargeCategory) = 'usage'), 0) AS usage,
  coalesce(sum(coalesce(EffectiveCost, BilledCost)) FILTER (charge_kind = 'cost'), 0) AS effective,
  bool_and(EffectiveCost IS NOT NULL OR charge_kind <> 'cost') AS knows_effective
FROM account_bill
GROUP BY ALL;

-- Whether a day shows anything of two bills: what credits or a commitment pay for is billed at 0 and costs all the
-- same.
CREATE OR REPLACE TEMP MACRO has_amounts(a, b) AS a.billed <> 0 OR b.billed <> 0 OR a.usage <> 0 OR b.usage <> 0
  OR (a.knows_effective AND b.knows_effective AND (a.effective <> 0 OR b.effective <> 0));

-- Whether both are the same of a day. A fee that happens to be as high as the usage of its day is not that usage. Where
-- the invoice is 0, usage before credits and effective cost have to be the same, as far as both are known.
CREATE OR REPLACE TEMP MACRO same_amounts(a, b) AS CASE WHEN abs(a.billed) < 0.005 AND abs(b.billed) < 0.005
  THEN abs(a.usage - b.usage) <= greatest(abs(b.usage), abs(b.effective)) * 0.01
    AND (NOT a.knows_effective OR NOT b.knows_effective
      OR abs(a.effective - b.effective) <= greatest(abs(b.usage), abs(b.effective)) * 0.01)
  ELSE abs(a.billed - b.billed) <= abs(b.billed) * 0.01 AND abs(a.usage - b.usage) <= abs(b.billed) * 0.5 END;
