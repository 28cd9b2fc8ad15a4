-- The model that a resource of kind model_usage stands for.
CREATE OR REPLACE TEMP MACRO model_of(r) AS coalesce(r.attributes['model'], r.machine_type, r.name);
