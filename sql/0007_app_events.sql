-- What happened in a project beside its text, numbered without a gap, so that whoever missed some can fetch them.

-- The last number of each project. Taking the next one locks the row until COMMIT, so events become visible in the order of their numbers.
create table app_event_heads (
  project_id uuid not null primary key references projects (id) on delete cascade,
  last_id integer not null
);

-- The latest events; what they are about is in tables of its own, so that an old one is no loss.
create table app_events (
  project_id uuid not null references projects (id) on delete cascade,
  event_id integer not null,
  event text not null,
  payload jsonb not null,
  created_at timestamptz(3) not null default now(),
  primary key (project_id, event_id)
);
