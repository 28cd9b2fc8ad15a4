-- Words of bills that FOCUS does not have, with a warning. A charge of another category is a cost like others. Whether
-- a commitment covers a charge follows from the commitment that it names, as where there is no word for it: without,
-- money that is paid to the end of a term would be saved.
INSERT INTO warnings
SELECT format('{} of the bill is none of {} ({}). {}', word_column, known,
  string_agg('"' || left(word, 60) || '"', ', ' ORDER BY word), effect)
FROM (
  SELECT DISTINCT 'ChargeCategory' AS word_column, 'Usage, Purchase, Tax, Credit, Adjustment' AS known,
    ChargeCategory AS word, 'It counts as a cost.' AS effect
  FROM staged.texts WHERE ChargeCategory NOT IN ('Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment')
  UNION ALL
  SELECT DISTINCT 'CommitmentDiscountStatus', 'Used, Unused', CommitmentDiscountStatus,
    'Usage counts as covered where it names a commitment.'
  FROM staged.texts WHERE CommitmentDiscountStatus NOT IN ('Used', 'Unused')
)
GROUP BY word_column, known, effect ORDER BY word_column;

UPDATE staged.texts SET CommitmentDiscountStatus = CASE WHEN ChargeCategory = 'Usage'
  THEN commitment_status(ResourceId, CommitmentDiscountId, PricingCategory, false) END
WHERE CommitmentDiscountStatus NOT IN ('Used', 'Unused');
