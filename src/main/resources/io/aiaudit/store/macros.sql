-- What the mappings of files share.

-- A time as UTC; without a zone it is UTC. DuckDB's cast to TIMESTAMP drops an offset or a zone name without a word, so only text that cannot have one takes it.
CREATE OR REPLACE TEMP MACRO any_utc(x) AS CASE
  WHEN strlen(x) = 10 OR (strlen(x) = 19 AND x[17] = ':') OR (strlen(x) = 20 AND x[17] = ':' AND x[20] = 'Z') THEN TRY_CAST(x AS TIMESTAMP)
  WHEN regexp_full_match(x, '\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T ][0-9]{1,2}:[0-9]{1,2}(:[0-9.]+)?)?\s*(Z|UTC)?\s*') THEN TRY_CAST(x AS TIMESTAMP)
  ELSE TRY_CAST(x AS TIMESTAMPTZ) AT TIME ZONE 'UTC'
END;

-- Outside these years it is no time of a bill; this refuses 'infinity' and 'epoch' too.
CREATE OR REPLACE TEMP MACRO sane_time(t) AS CASE WHEN t BETWEEN TIMESTAMP '1990-01-01' AND TIMESTAMP '2200-01-01' THEN t END;

-- Numbers: DuckDB reads 1_000 as a thousand and knows infinity; neither is a number in a file.
CREATE OR REPLACE TEMP MACRO money(x) AS TRY_CAST(x AS DECIMAL(28,12));
CREATE OR REPLACE TEMP MACRO quantity(x) AS CASE WHEN contains(x, '_') THEN NULL ELSE TRY_CAST(x AS DECIMAL(28,12)) END;
CREATE OR REPLACE TEMP MACRO number(x) AS CASE WHEN contains(x, '_') OR NOT isfinite(TRY_CAST(x AS DOUBLE)) THEN NULL ELSE TRY_CAST(x AS DOUBLE) END;
CREATE OR REPLACE TEMP MACRO whole(x) AS CASE WHEN number(x) = floor(number(x)) THEN TRY_CAST(number(x) AS BIGINT) END;

CREATE OR REPLACE TEMP MACRO is_price_credit(text) AS
  regexp_matches(text, 'sustained use|committed use|negotiated|reseller|free tier|volume discount|private pricing|enterprise discount|spend.based', 'i');

-- Tags of AWS under the names that their owner gave them: user:team in CSV files, user_team elsewhere.
CREATE OR REPLACE TEMP MACRO aws_tags(tags) AS
  CASE WHEN contains(tags, '"user') THEN regexp_replace(tags, '([{,]\s*")user[:_]', '\1', 'g') ELSE nullif(tags, '{}') END;

-- The cloud that an id belongs to, where the id tells.
CREATE OR REPLACE TEMP MACRO provider_of(id) AS CASE
  WHEN starts_with(id, 'arn:aws') OR regexp_full_match(id, '(i|vol)-[0-9a-f]+') THEN 'aws'
  WHEN starts_with(id, '/subscriptions/') THEN 'azure'
  WHEN regexp_matches(id, '^//[a-z-]+[.]googleapis[.]com/') THEN 'gcp'
  ELSE 'other'
END;
