-- The interview of a project: its mode, its messages, and who writes the one that is under way.

create table interviews (
  project_id uuid not null primary key references projects (id) on delete cascade,
  mode text not null check (mode in ('socratic', 'direct'))
);

create table interview_messages (
  id uuid not null primary key default gen_random_uuid(),
  -- The order of the conversation, and of the queue.
  number bigint generated always as identity,
  project_id uuid not null references projects (id) on delete cascade,
  role text not null check (role in ('interviewer', 'person')),
  -- What the interviewer is asked for; null of a person's.
  kind text check (kind in ('question', 'answer')),
  -- No foreign key: words outlive their author's account.
  author_id text not null,
  request_id text,
  reply_to uuid references interview_messages (id) on delete set null,
  category text,
  asked_as text,
  why text,
  -- Which question of the bank it is, for those that come from there.
  question_id text,
  text text not null default '',
  suggestions text[] not null default '{}',
  state text not null check (state in ('queued', 'running', 'finished', 'stopped', 'interrupted', 'failed')),
  -- A question that was answered, skipped or replaced.
  closed_at timestamptz,
  skipped_by text,
  -- The run that writes it now, alone as long as its lease is renewed.
  run_id uuid,
  leased_until timestamptz,
  is_stop_wanted boolean not null default false,
  created_at timestamptz(3) not null default now(),
  started_at timestamptz
);

-- The same request never runs twice.
create unique index interview_messages_by_request on interview_messages (project_id, author_id, request_id) where request_id is not null;
-- One running answer a project, however many nodes try.
create unique index interview_messages_running on interview_messages (project_id) where state = 'running';
create index interview_messages_by_project on interview_messages (project_id, number);
create index interview_messages_served on interview_messages (project_id, author_id, started_at desc) where started_at is not null;
create index interview_messages_waiting on interview_messages (project_id) where state in ('queued', 'running');

-- Who is next: each person's first before anybody's second, and whoever was served last comes last.
create view interview_queue as
select id, project_id, row_number() over (partition by project_id order by turn, served_at nulls first, number)::integer as place
from (
  select id, project_id, number, row_number() over (partition by project_id, author_id order by number) as turn,
    (
      select max(served.started_at) from interview_messages served
      where served.project_id = queued.project_id and served.author_id = queued.author_id
    ) as served_at
  from interview_messages queued
  where state = 'queued'
) turns;
