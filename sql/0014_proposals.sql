-- What was said in the interview and may become an item, once somebody who writes has decided so.

create table interview_proposals (
  id uuid not null primary key default gen_random_uuid(),
  number bigint generated always as identity,
  project_id uuid not null references projects (id) on delete cascade,
  message_id uuid not null references interview_messages (id) on delete cascade,
  -- Whose words they are.
  author_id text not null,
  category text not null,
  text text not null,
  confidence real not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'rejected')),
  decided_by text,
  decided_at timestamptz,
  created_at timestamptz(3) not null default now()
);

create index interview_proposals_open on interview_proposals (project_id, number) where state = 'open';
