-- How good a spec is: the phase of a project and how it got there, figures of its own, and what was noticed and dismissed.

-- The number of the last item there was when the phase began; null in a first phase that nobody has left.
alter table projects add column phase_from_number integer;

-- Every change of phase, with the reason why an owner passed a closed gate. No foreign key on the person: it outlives the account.
create table phase_changes (
  id bigint generated always as identity primary key,
  project_id uuid not null references projects (id) on delete cascade,
  from_phase text not null,
  to_phase text not null,
  by_id text not null,
  at timestamptz(3) not null default now(),
  override_reason text,
  -- What the gate lacked when it was passed, as sentences.
  unmet text[] not null default '{}'
);

create index phase_changes_by_project on phase_changes (project_id, id);

-- Figures that a project has otherwise than the defaults.
create table quality_tables (
  project_id uuid not null primary key references projects (id) on delete cascade,
  own jsonb not null,
  revision integer not null default 1
);

create table dismissed_notices (
  project_id uuid not null references projects (id) on delete cascade,
  notice_id text not null,
  -- The pieces of evidence it rested on: it comes back on others.
  evidence text[] not null,
  dismissed_by text not null,
  dismissed_at timestamptz(3) not null default now(),
  primary key (project_id, notice_id)
);

-- When each item was written and changed: one row for all changes within ten minutes, so that several nodes may note the same.
create table item_occasions (
  project_id uuid not null references projects (id) on delete cascade,
  item_id uuid not null,
  -- Minutes since 1970, by tens.
  occasion integer not null,
  primary key (project_id, item_id, occasion)
);

create index item_occasions_by_time on item_occasions (project_id, occasion);

-- What was told last about a project: a node tells only what is new, and never over what another has told since it began to look.
create table quality_heads (
  project_id uuid not null primary key references projects (id) on delete cascade,
  revision integer not null,
  -- SHA-256 of what was told.
  digest text not null
);
