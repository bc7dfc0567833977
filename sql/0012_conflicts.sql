-- Items that clash, one row for the same items and rule for ever: found again, it is the same.
create table conflicts (
  id uuid not null primary key default gen_random_uuid(),
  project_id uuid not null references projects (id) on delete cascade,
  -- Counts in the order in which they first came up; lists are paged by it.
  number bigint generated always as identity,
  -- Of the ids of the items and the rule.
  fingerprint text not null,
  revision integer not null default 1,
  kind text not null,
  domain text not null,
  severity text not null,
  status text not null check (status in ('open', 'resolved', 'ignored')),
  resolution text,
  closed_by text check (closed_by in ('person', 'text')),
  -- Id, ref, text and clashing words of each item, as they were seen last.
  items jsonb not null,
  rule text not null,
  why text not null,
  note text,
  -- No foreign key: it outlives the account.
  decided_by text,
  -- The analysis of items that it was seen in last: one that is older changes nothing.
  items_revision integer not null,
  -- While somebody's decision is being written into the text, finding the conflict there says nothing.
  deciding_until timestamptz,
  opened_at timestamptz(3) not null default now(),
  closed_at timestamptz(3),
  unique (project_id, fingerprint)
);

create index conflicts_by_status on conflicts (project_id, status, number);
