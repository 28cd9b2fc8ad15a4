-- The model that a resource of kind model_usage stands for.
CREATE OR REPLACE TEMP MACRO model_of(r) AS coalesce(r.attributes['model'], r.machine_type, r.name);

-- Whether a name of a model, which may have a vendor before it and a date or version behind it, is that short one.
CREATE OR REPLACE TEMP MACRO is_model(name, short) AS
  regexp_matches(replace(lower(name), '.', '-'), '(^|[-/:])' || regexp_replace(replace(lower(short), '.', '-'), '[^a-z0-9-]', '', 'g') || '(-[0-9]{3,}[0-9-]*(v[0-9].*)?|-v[0-9].*|[@:].*|-latest|-preview.*)?$');
