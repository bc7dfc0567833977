-- The live documents: one snapshot a project, and the log of updates that are not in it yet.

create table document_snapshots (
  project_id uuid primary key references projects (id) on delete cascade,
  epoch integer not null,
  -- Counts replacements of this row; compaction swaps only the revision it has read.
  revision bigint not null,
  state bytea not null,
  updated_at timestamptz not null default now()
);

-- No foreign key: the INSERT joins projects for the epoch anyway, and a key check would lock the project's row once an update.
create table document_updates (
  id bigint generated always as identity primary key,
  project_id uuid not null,
  epoch integer not null,
  author_id text,
  payload bytea not null,
  created_at timestamptz not null default now()
);

create index document_updates_by_document on document_updates (project_id, epoch, id);

-- The state vectors of replaced histories: they name the Yjs client ids by which a copy of an old epoch is recognised.
create table retired_epochs (
  project_id uuid not null references projects (id) on delete cascade,
  epoch integer not null,
  state_vector bytea not null,
  retired_at timestamptz not null default now(),
  primary key (project_id, epoch)
);
