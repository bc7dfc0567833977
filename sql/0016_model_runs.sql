-- What was asked of a model and what it took, one row for each, however often it was tried and however it ended.

create table model_runs (
  id uuid not null primary key,
  -- What was spent stays known when the project is gone.
  project_id uuid references projects (id) on delete set null,
  purpose text not null check (purpose in ('question', 'answer', 'opinion')),
  provider text not null,
  model text not null,
  -- `finished`, `stopped`, or what went wrong.
  outcome text not null,
  tries integer not null,
  input_tokens integer not null,
  output_tokens integer not null,
  -- Whether the provider told the tokens, or they were counted from the words.
  is_estimated boolean not null,
  -- In the currency of the prices; null without prices.
  cost numeric(12, 6),
  first_token_ms integer,
  duration_ms integer not null,
  ended_at timestamptz(3) not null default now()
);

create index model_runs_by_project on model_runs (project_id, ended_at);
