-- Fields of Lago's plan that are not read here, as they were given, so that a plan comes back whole (module billing).
alter table plans add column other_fields jsonb not null default '{}' check (jsonb_typeof(other_fields) = 'object');
