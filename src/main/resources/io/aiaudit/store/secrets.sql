-- What gives access to something: known forms of keys and tokens, and what is under a key such as db_password.
-- Names of several words (team-a-2, an ARN) are none.
CREATE OR REPLACE TEMP MACRO tokens() AS
  '(AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{30}|github_pat_[0-9A-Za-z_]{20}|glpat-[0-9A-Za-z_-]{20}'
  || '|xox[abeprs]-[0-9A-Za-z-]{10}|AIza[0-9A-Za-z_-]{35}|ya29\.[0-9A-Za-z_-]{20}'
  || '|eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8}|\bsk-[0-9A-Za-z_-]{20}|\bhf_[0-9A-Za-z]{30}|-----BEGIN [A-Z ]*PRIVATE KEY'
  || '|://[^/\s:@"]+:[^/\s@"]+@|(AccountKey|SharedAccessKey|[?&]sig)=[0-9A-Za-z+/%]{20}'
  -- Of makers of software and models, vaults and chats, as they publish them.
  || '|[sr]k_(live|test)_[0-9A-Za-z]{16}|\bSG\.[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16}|npm_[0-9A-Za-z]{30}'
  || '|pypi-[0-9A-Za-z_-]{16}|\bhv[sb]\.[0-9A-Za-z_-]{20}|dapi[0-9a-f]{32}|nvapi-[0-9A-Za-z_-]{20}'
  || '|gsk_[0-9A-Za-z]{20}|\br8_[0-9A-Za-z]{30}|xai-[0-9A-Za-z]{20}|\bdp\.[a-z]{2,5}\.[0-9A-Za-z]{30}'
  || '|AGE-SECRET-KEY-1[0-9A-Z]{20}|hooks\.slack\.com/services/T[0-9A-Z]+/B[0-9A-Z]+/[0-9A-Za-z]{10}'
  || '|(?i:\bbearer |authorization: *basic )[0-9A-Za-z+/=._-]{12}'
  -- In settings, connection strings, command lines and JSON.
  || '|(?i:(passw(or)?d|pwd|secret(_access_key)?|api_?key)=[^\s,;&"]{6})|(?i:\bpassw(or)?d: *[^\s"]{6})'
  || '|(?i:--(passw(or)?d|token|secret|api-?key)[ =][^\s"]{6})'
  || '|(?i:"[a-z_-]*(passw(or)?d|pwd|secret|token|api_?key)" *: *"[^"]{6})';
CREATE OR REPLACE TEMP MACRO has_token(x) AS regexp_matches(x, tokens());
-- A sentence or a name with a token in it.
CREATE OR REPLACE TEMP MACRO without_tokens(x) AS CASE WHEN has_token(x)
  THEN regexp_replace(x, '(' || tokens() || ')[^\s",;&]*', '[hidden]', 'g') ELSE x END;
-- Each place in a query that looks for tokens takes milliseconds before it sees a row, so that several columns are
-- looked through as one list.
CREATE OR REPLACE TEMP MACRO all_without_tokens(texts) AS list_transform(texts, lambda x: without_tokens(x));
CREATE OR REPLACE TEMP MACRO is_secret(key, value) AS has_token(value)
  OR (regexp_matches(key, '(?i)(passw(or)?d|passphrase|pwd|(^|[-_. ])(pass|pw))$') AND length(value) >= 6
    AND NOT regexp_full_match(value, '[0-9.]+'))
  OR (regexp_matches(key, '(?i)(secret|token|credentials?|(api|access|account|private|secret)[-_ ]?key)$')
    AND regexp_full_match(value, '[!-~]{12,}')
    AND regexp_matches(value, '[0-9]') AND regexp_matches(value, '[A-Za-z]')
      AND len(list_distinct(string_split(value, ''))) >= 8
    AND (NOT regexp_full_match(value, '[a-z0-9]+([-_.:/]+[a-z0-9]+)+')
      OR regexp_full_match(value, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')));
-- What was pasted into the name of a tag instead of its value. Two hidden names would be the same key.
CREATE OR REPLACE TEMP MACRO without_token_keys(entries) AS CASE
  WHEN NOT has_token(list_transform(entries, lambda e: e.key)::VARCHAR) THEN entries
  ELSE list_concat(list_filter(entries, lambda e: NOT has_token(e.key) AND e.key <> '[hidden]'),
    [{'key': '[hidden]', 'value': '[hidden]'}]) END;
CREATE OR REPLACE TEMP MACRO without_secrets(tags) AS CASE WHEN tags IS NULL THEN NULL
  ELSE map_from_entries(list_transform(without_token_keys(map_entries(tags)),
  lambda tag: {'key': tag.key, 'value': CASE WHEN is_secret(tag.key, tag.value) THEN '[hidden]' ELSE tag.value END}))
    END;
CREATE OR REPLACE TEMP MACRO all_without_secrets(maps) AS list_transform(maps, lambda tags: without_secrets(tags));
