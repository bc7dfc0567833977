-- API tokens, links that set a new password, sessions as their person sees them, and accounts that are gone.

-- When its session was last used, to half a minute or so.
alter table "session" add column "lastUsedAt" timestamptz(3);

-- A deleted account keeps its row, without a name, an email, a password or a session: what its person wrote goes on having an author.
alter table "user" add column "deletedAt" timestamptz(3);

create table api_tokens (
  id uuid not null primary key default gen_random_uuid(),
  user_id text not null references "user" ("id") on delete cascade,
  name text not null,
  -- SHA-256 of the token; the token itself is shown once and never kept.
  token_hash bytea not null unique,
  scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['read', 'answer', 'write', 'administer']),
  -- Null: all projects of the person, those to come too.
  project_ids uuid[],
  expires_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  created_at timestamptz(3) not null default now()
);

create index api_tokens_by_user on api_tokens (user_id, created_at);

-- Open sockets of the token end on every node, as those of a session do.
create function note_api_token_end() returns trigger language plpgsql as $$
begin
  insert into rights_changes (kind, user_id, token_hash) values ('session', old.user_id, encode(old.token_hash, 'hex'));
  return null;
end $$;

create trigger api_token_ended after delete on api_tokens for each row execute function note_api_token_end();

-- One-time links that set a new password. Used ones stay: the person is told who made the last one.
create table password_resets (
  token_hash bytea not null primary key,
  user_id text not null references "user" ("id") on delete cascade,
  -- The owner who made it, and the project both were in; null for one that went to the person's own mailbox, or came from the machine.
  made_by text references "user" ("id") on delete cascade,
  project_id uuid references projects (id) on delete cascade,
  check ((made_by is null) = (project_id is null)),
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  used_at timestamptz(3)
);

create index password_resets_by_user on password_resets (user_id);
