-- What each person of a project has said about how they want to be asked; what they answered and passed over is read from the messages.

create table interview_people (
  project_id uuid not null references projects (id) on delete cascade,
  user_id text not null,
  -- The interviewer's roles in which they want to be asked.
  roles text[] not null default '{}',
  -- What is older counts no more: they had it forgotten.
  forgotten_at timestamptz,
  primary key (project_id, user_id)
);

create index interview_messages_skipped on interview_messages (project_id, skipped_by) where skipped_by is not null;
