-- Rights that change are told to every node, and what people did is kept.

-- One row a change that may take a right away. A node that was not listening reads what it missed; rows are of no use after a day.
create table rights_changes (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  kind text not null check (kind in ('member', 'project', 'session', 'account')),
  project_id uuid,
  user_id text,
  -- SHA-256 of a session's or an API token's token, in hex: how nodes name it.
  token_hash text
);

create index rights_changes_by_time on rights_changes (at);

-- Told at commit, to everyone who listens.
create function tell_rights_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('rights', json_build_object(
    'id', new.id::text, 'kind', new.kind, 'projectId', new.project_id, 'userId', new.user_id, 'tokenHash', new.token_hash)::text);
  return null;
end $$;

create trigger rights_changes_tell after insert on rights_changes for each row execute function tell_rights_change();

create function note_member_change() returns trigger language plpgsql as $$
begin
  insert into rights_changes (kind, project_id, user_id) values ('member', old.project_id, old.user_id);
  return null;
end $$;

create trigger members_changed after update of role on members for each row when (old.role <> new.role) execute function note_member_change();
create trigger members_removed after delete on members for each row execute function note_member_change();

create function note_project_change() returns trigger language plpgsql as $$
begin
  insert into rights_changes (kind, project_id) values ('project', new.id);
  return null;
end $$;

create trigger projects_archived after update of archived_at on projects
  for each row when ((old.archived_at is null) <> (new.archived_at is null)) execute function note_project_change();

-- By whatever way a session ends: sign-out, a password that was changed, an account that was deleted.
create function note_session_end() returns trigger language plpgsql as $$
begin
  insert into rights_changes (kind, user_id, token_hash)
  values ('session', old."userId", encode(sha256(convert_to(old."token", 'UTF8')), 'hex'));
  return null;
end $$;

create trigger session_ended after delete on "session" for each row execute function note_session_end();

-- What people did. No foreign keys: it outlives what it tells of.
create table audit_events (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null default clock_timestamp(),
  kind text not null,
  -- Null where nobody signed in did it.
  actor_id text,
  project_id uuid,
  -- The account it was done to or in, where that is another one or there is no project.
  subject_id text,
  details jsonb not null default '{}'
);

create index audit_events_by_project on audit_events (project_id, id) where project_id is not null;
create index audit_events_by_subject on audit_events (subject_id, id) where subject_id is not null;
create index audit_events_by_time on audit_events (at);

-- Who uses an invitation is counted, so that an owner sees which links are in use.
alter table invitations add column uses integer not null default 0;
