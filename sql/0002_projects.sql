-- Projects, who is in them, and the links that let people in.

create table projects (
  id uuid not null primary key default gen_random_uuid(),
  name text not null,
  description text not null default '',
  phase text not null default 'discovery' check (phase in ('discovery', 'analysis', 'design', 'implementation')),
  -- Raised when the history of the document is replaced; a copy of an older epoch never merges.
  epoch integer not null default 1,
  created_by text not null references "user" ("id"),
  -- Milliseconds, as JavaScript keeps them: a list's cursor compares for equality.
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  archived_at timestamptz(3)
);

create table members (
  project_id uuid not null references projects (id) on delete cascade,
  user_id text not null references "user" ("id") on delete cascade,
  role text not null check (role in ('owner', 'editor', 'commenter', 'viewer')),
  joined_at timestamptz(3) not null default now(),
  primary key (project_id, user_id)
);

-- The list of one person's projects; `role` comes along, so that the table itself is not read.
create index members_by_user on members (user_id) include (project_id, role);

create table invitations (
  id uuid not null primary key default gen_random_uuid(),
  project_id uuid not null references projects (id) on delete cascade,
  -- SHA-256 of the token; the token itself is shown once and never kept.
  token_hash bytea not null unique,
  role text not null check (role in ('editor', 'commenter', 'viewer')),
  email text check (email = lower(email)),
  expires_at timestamptz(3) not null,
  created_by text not null references "user" ("id") on delete cascade,
  created_at timestamptz(3) not null default now(),
  withdrawn_at timestamptz(3)
);

create index invitations_by_project on invitations (project_id) where withdrawn_at is null;
