-- Which model a project has chosen, where several are configured.

create table project_models (
  project_id uuid not null primary key references projects (id) on delete cascade,
  -- A name of the settings, or `builtin`.
  model text not null
);
