-- What gives access to something: tokens() (model/Tokens), and what is under a key such as db_password.
-- Names of several words (team-a-2, an ARN) are none.
-- A quick question before those below, which the database takes as long to plan as a large query: may_hold_token()
-- (model/Tokens) is true of every text with a token.
CREATE OR REPLACE TEMP MACRO may_hold_secret(tags) AS
  regexp_matches(tags,
    '(?i)pass|pw|secret|token|credential|key|cookie|otp|seed|mfa|pin[^a-z]|codes|mnemonic|jwt|kennw|mdp'
    || '|clave|contrase|senha|wachtw|parol|парол|has[lł]|heslo|senord|adgang|密|パスワード|비밀|[0-9A-Za-z+/]{40}')
    OR may_hold_token(tags);
CREATE OR REPLACE TEMP MACRO has_token(x) AS regexp_matches(x, tokens());
-- A sentence or a name with a token in it.
CREATE OR REPLACE TEMP MACRO without_tokens(x) AS CASE WHEN has_token(x)
  THEN regexp_replace(x, tokens(), '[hidden]', 'g') ELSE x END;
-- Each look for tokens in a query takes milliseconds before it sees a row, so that several columns are
-- looked through as one list.
-- The full expression only for what may hold one: it is applied to most columns of a text.
CREATE OR REPLACE TEMP MACRO all_without_tokens(texts) AS
  list_transform(texts, lambda x: CASE WHEN may_hold_token(x) THEN without_tokens(x) ELSE x END);
-- Of a name: where or for whom a password or key is. Words such as rotation, policy and count say that it is none.
CREATE OR REPLACE TEMP MACRO ends_as_secret(key, names) AS regexp_matches(key, '(?i)(' || names
  || ')([-_. ]?[0-9]+|[-_. ]'
  || '(prod|production|live|dev|test|qa|uat|stage|staging|ssh|db|admin|root|user|base|old|new))?$');
-- dbPassword, DB.PASSWORD and db password are db_password; mot-de-passé is mot_de_passe.
CREATE OR REPLACE TEMP MACRO folded_key(key) AS regexp_replace(lower(strip_accents(nfc_normalize(
  regexp_replace(key, '([a-z0-9])([A-Z])', '\1_\2', 'g')))), '[-_. :/]+', '_', 'g');
-- In the languages in which tags are written, with what serves as a password.
CREATE OR REPLACE TEMP MACRO is_password_key(key) AS ends_as_secret(key,
  'pass_?w(or)?[dt]|pass_?phrase|pwd|(^|_|db|admin|root|user|mysql|pg|redis|sql)(pass|pw)|mot_?de_?passe|kennwort'
  || '|contrasena|senha|wachtwoord|пароль|(^|_)(mdp|clave|parola|haslo|hasło|heslo|losenord|adgangskode)|密码|密碼'
  || '|パスワード|비밀번호|(^|_)(otp|totp|mfa|hotp)(_(seed|code))?|(^|_)seed(_phrase)?'
  || '|(recovery|backup|scratch)_codes|mnemonic');
-- A secret access key of AWS is 40 characters without a sign of its own. A commit or checksum is of hexadecimal digits,
-- an id has separators; a name in camel case has its capitals one by one, and its digits in one number.
CREATE OR REPLACE TEMP MACRO is_bare_key(value) AS regexp_full_match(value, '[0-9A-Za-z+/]{40}')
  AND regexp_matches(value, '[A-Z]{2}') AND regexp_matches(value, '[a-z]') AND NOT regexp_matches(value, '[a-z]{9}')
  AND len(regexp_extract_all(value, '[0-9]+')) >= 2
  AND len(regexp_extract_all(value, '[A-Z]+|[a-z]+|[0-9]+|[+/]+')) >= 14;
CREATE OR REPLACE TEMP MACRO is_secret_of(key, value) AS
  (is_password_key(key) AND length(value) >= 6 AND NOT regexp_full_match(value, '[0-9.]+'))
  OR (regexp_matches(key, '(^|_)(pin|pin_?code|otp|mfa_code)$') AND regexp_full_match(value, '[0-9]{4,8}'))
  OR (regexp_matches(key, '(^|_)cookies?$') AND regexp_matches(value, '=[^;\s]{8}'))
  OR (ends_as_secret(key, 'secret|token|credentials?|(^|_)cookies?|jwt|(license|licence|product|activation|serial)_?key'
      || '|(api|access|account|private|secret|openai|encryption|signing|subscription|master)[-_ ]?key')
    AND regexp_full_match(value, '[!-~]{12,}')
    AND regexp_matches(value, '[0-9]') AND regexp_matches(value, '[A-Za-z]')
      AND len(list_distinct(string_split(value, ''))) >= 8
    AND (NOT regexp_full_match(value, '[a-z0-9]+([-_.:/]+[a-z0-9]+)+|(arn:|projects/|https://|/subscriptions/).*')
      -- a key of a cloud's own service has such an id
      OR (regexp_full_match(value, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
        AND NOT regexp_matches(key, '(?i)(encryption|signing|master)'))));
CREATE OR REPLACE TEMP MACRO is_secret(tag, value) AS has_token(value) OR is_bare_key(value)
  OR is_secret_of(folded_key(tag), value);
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
