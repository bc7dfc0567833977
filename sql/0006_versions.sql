-- Versions of a spec, and what says who worked on it when.

-- Whole texts, never differences: each can be read, and any other deleted, on its own.
create table versions (
  id uuid not null primary key default gen_random_uuid(),
  project_id uuid not null references projects (id) on delete cascade,
  -- 1, 2, 3 … within a project. Whoever makes the next one has seen the last: of two nodes that try, one succeeds.
  number integer not null,
  kind text not null check (kind in ('automatic', 'named', 'before_restore', 'restore')),
  -- A version with a name is kept for ever.
  name text,
  -- Who named it or restored; of an automatic one, who worked last. No foreign key: a version outlives its author's account.
  author_id text,
  -- All who worked since the version before, the last one first.
  author_ids text[] not null,
  restored_from uuid references versions (id) on delete set null,
  -- SHA-256 of the Markdown.
  text_hash bytea not null,
  -- The Markdown, compressed by Brotli.
  content bytea not null,
  size_bytes integer not null,
  -- When its text was about to be read: whoever wrote later worked for the next version.
  taken_at timestamptz not null,
  created_at timestamptz(3) not null default now(),
  -- When it is old enough to be looked at again by the thinning; null when it never is.
  thin_after timestamptz,
  unique (project_id, number)
);

-- Compressed already.
alter table versions alter column content set storage external;

create index versions_to_thin on versions (thin_after) where name is null;
create index versions_by_restored on versions (restored_from) where restored_from is not null;

-- Documents with work that no version holds yet, so that whichever node sees the pause makes one, also after a crash.
create table version_work (
  project_id uuid not null primary key references projects (id) on delete cascade,
  first_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  -- A node that is making the version; when it has died, another takes over after that time.
  claimed_until timestamptz
);

-- Who worked on a document, and when last, by the updates that left the log for the snapshot; of the rest the log says it.
create table document_editors (
  project_id uuid not null references projects (id) on delete cascade,
  user_id text not null,
  last_at timestamptz not null,
  primary key (project_id, user_id)
);

-- Who first brought which words: stretches of Yjs clocks, of updates that left the log for the snapshot; of the rest the log says it.
create table document_authorship (
  project_id uuid not null references projects (id) on delete cascade,
  epoch integer not null,
  -- A Yjs client, and the stretch of its clock.
  client_id bigint not null,
  clock bigint not null,
  length bigint not null,
  author_id text not null,
  at timestamptz not null,
  primary key (project_id, epoch, client_id, clock)
);
